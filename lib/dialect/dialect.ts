import { checkOptions, describe } from '../core/check-options';
import type { PaginationStrategy } from '../core/pagination-strategy';
import type { PaginationDescription, SelectorData } from '../strategy/pagination-description';
import { isSelectorData } from '../strategy/selector-of';
import { strategyOf } from '../strategy/strategy-of';
import { CATALOGUE } from './catalogue/all';
import type { Dialect } from './dialect-entry';
import { nearNames } from './near-names';

/** What may differ from list to list of one API. */
export interface DialectOptions {
  /** Where the items are, for lists of an API that name them after the resource. @defaultValue what the dialect says */
  readonly items?: SelectorData | undefined;
}

const BY_NAME: ReadonlyMap<string, Dialect> = new Map(
  CATALOGUE.flatMap((entry) =>
    [entry.name, ...(entry.also ?? [])].map((name) => [name, entry] as const),
  ),
);

/** All dialects, in the order of their names. */
export const dialects: readonly Dialect[] = CATALOGUE;

/**
 * The strategy of a known API, by its name in {@link dialects}: `dialect('github')`.
 *
 * Where the items stand under the name of the resource, the one array of records in the reply is taken; a reply with several errors
 * the walk with `BAD_SHAPE`, and `items` says which one it is: `dialect('zendesk', { items: '/tickets' })`.
 *
 * @throws TypeError for an unknown name, with names that are near to it, and for an unknown or wrong option.
 *
 * @example
 * ```ts
 * import { paginate } from 'paged-observable';
 * import { dialect } from 'paged-observable/dialects';
 * import { fetchTransport } from 'paged-observable/fetch';
 *
 * const github = fetchTransport({ baseUrl: 'http://127.0.0.1:8080' });
 * const issues = paginate<{ id: string }>(github, '/link/users', { pagination: dialect('github') });
 * await issues.with({ maxItems: 3 }).forEach(({ id }) => {
 *   console.log(id);
 * });
 * ```
 */
export function dialect<T = unknown>(
  name: string,
  options: DialectOptions = {},
): PaginationStrategy<T> {
  checkOptions('dialect', options, { items: isSelectorData });
  const { pagination } = entryOf(name);
  return strategyOf<T>(withItems(pagination, options.items));
}

/** @throws TypeError for an unknown name, with names that are near to it. */
export function entryOf(name: unknown): Dialect {
  const entry = typeof name === 'string' ? BY_NAME.get(name) : undefined;
  if (entry !== undefined) return entry;
  const near = typeof name === 'string' ? nearNames(name, [...BY_NAME.keys()]) : [];
  const meant =
    near.length === 0 ? '' : `; near to it: ${near.map((one) => `'${one}'`).join(', ')}`;
  throw new TypeError(`dialect: there is none named ${describe(name)}${meant}`);
}

function withItems(
  pagination: PaginationDescription,
  items: SelectorData | undefined,
): PaginationDescription {
  return items === undefined ? pagination : { ...pagination, items };
}
