import { describe } from '../core/check-options';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { contentRangePagination } from './content-range-pagination';
import { cursorPagination } from './cursor-pagination';
import { lastItemPagination } from './last-item-pagination';
import { linkPagination } from './link-pagination';
import { numberPagination } from './number-pagination';
import { offsetPagination } from './offset-pagination';
import type { PaginationDescription } from './pagination-description';
import { selectorOf } from './selector-of';
import { singlePage } from './single-page';

/** Options that hold a selector, in whichever factory. */
const SELECTORS: ReadonlySet<string> = new Set([
  ...['items', 'apiError', 'emptyWith', 'next', 'prev', 'first', 'last', 'delta'],
  ...['hasMore', 'totalCount', 'totalPages'],
]);

const FACTORIES = {
  cursor: cursorPagination,
  link: linkPagination,
  number: numberPagination,
  offset: offsetPagination,
  contentRange: contentRangePagination,
  lastItem: lastItemPagination,
  single: singlePage,
} as const;

/** The name of the factory of a kind, as people write it. */
export const FACTORY_NAMES: Readonly<Record<PaginationDescription['kind'], string>> = {
  cursor: 'cursorPagination',
  link: 'linkPagination',
  number: 'numberPagination',
  offset: 'offsetPagination',
  contentRange: 'contentRangePagination',
  lastItem: 'lastItemPagination',
  single: 'singlePage',
};

/**
 * The strategy that a description stands for.
 * @throws TypeError naming what is wrong with it; the description may come from anywhere.
 */
export function strategyOf<T = unknown>(description: PaginationDescription): PaginationStrategy<T> {
  const { kind, ...options } = checkedDescription(description);
  // The factory of a kind checks its options itself, so their types are not needed to be known here.
  const make = FACTORIES[kind] as (options: object) => PaginationStrategy<T>;
  return make(withSelectors(kind, options));
}

/** @throws TypeError if it is no description of a known kind. */
export function checkedDescription(description: unknown): PaginationDescription {
  if (typeof description !== 'object' || description === null || Array.isArray(description)) {
    throw new TypeError(`Expected a description of a list's paging, got ${describe(description)}`);
  }
  const kind: unknown = Object.hasOwn(description, 'kind')
    ? Reflect.get(description, 'kind')
    : undefined;
  if (typeof kind === 'string' && Object.hasOwn(FACTORIES, kind)) {
    return description as PaginationDescription;
  }
  throw new TypeError(
    `Expected a description of kind ${Object.keys(FACTORIES).join(', ')}, got ${describe(kind)}`,
  );
}

/** A number's `first` is a number, a link's a selector: only what is no number is read as one. */
function withSelectors(kind: string, options: object): object {
  const entries = Object.entries(options).map(([name, value]: [string, unknown]) => {
    if (value === undefined || !SELECTORS.has(name) || typeof value === 'number') {
      if (typeof value === 'function') throw notData(kind, name);
      return [name, value] as const;
    }
    try {
      return [name, selectorOf(value)] as const;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new TypeError(`${kind}: option '${name}': ${error.message}`);
    }
  });
  return Object.fromEntries(entries);
}

function notData(kind: string, name: string): TypeError {
  return new TypeError(`${kind}: option '${name}' must be data, got a function`);
}
