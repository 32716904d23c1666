import { checkNeededOptions, describe, isCount, isOneOf, isText } from '../core/check-options';
import type { Check } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { commonChecks } from './common-options';
import type { CommonOptions } from './common-options';
import { cursorPagination } from './cursor-pagination';
import { readWhole } from './read-values';
import { isPointer, isSelector, lacksBoundary, lastItem } from './selector';
import type { Selector, SelectorFunction } from './selector';
import { labelled } from './selector-functions';
import { NO_SIZE } from './size-slot';
import { isPlace, sizePlace } from './slot-options';
import { readSlot } from './slot';
import type { SlotPlace } from './slot';

/** Where an API takes the boundary of the next page, and where it stands in an item. */
export interface LastItemOptions<T = unknown> extends CommonOptions<T> {
  /** The slot of the boundary, e.g. `'starting_after'`: a name, or a JSON pointer where `in` is `'body'`. Needed unless `field` names the slots. */
  readonly param?: string | undefined;
  /** @defaultValue 'params' */
  readonly in?: SlotPlace | undefined;
  /**
   * A JSON pointer into the last item; for a boundary of several parts an object of pointers by the slot of each, query parameters
   * or members of the body. @defaultValue '/id'
   */
  readonly field?: string | Readonly<Record<string, string>> | undefined;
  /** A flag that says whether there is more; `false` ends the walk, without the request that finds out. */
  readonly hasMore?: Selector | undefined;
  readonly totalCount?: Selector | undefined;
  /** Names the page size: a pointer where `in` is `'body'`, else a query parameter. */
  readonly limitParam?: string | undefined;
  /** The page size asked for where the request does not say; needs `limitParam`. */
  readonly limit?: number | undefined;
  /** `'end'`: a page with fewer items than the limit asked for is the last; needs `limitParam`. @defaultValue 'continue' */
  readonly shortPage?: 'continue' | 'end' | undefined;
}

const WHERE = 'lastItemPagination';

const isField: Check = (value) => {
  const expected = 'a JSON pointer or an object of JSON pointers';
  if (typeof value !== 'object' || value === null) return isPointer(value) && expected;
  const pointers: unknown[] = Object.values(value);
  const fits = pointers.length > 0 && pointers.every((one) => isPointer(one) === undefined);
  return fits ? undefined : expected;
};

const checks = {
  ...commonChecks,
  param: isText,
  in: isPlace,
  field: isField,
  hasMore: isSelector,
  totalCount: isSelector,
  limitParam: isText,
  limit: isCount,
  shortPage: isOneOf('continue', 'end'),
};

/**
 * Pages that begin behind (or before) an item: the next request carries the id, time or sort key of the last item of the page
 * (`starting_after`, `since_id`, `before`, `search_after`).
 *
 * The walk ends where the `hasMore` flag is `false`, else with a page without items. Errors: `BAD_SHAPE` where the last item has
 * nothing at `field`, as ending there would lose the rest; `PROTOCOL` for a page without items that says there is more. Where the API
 * gives the boundary itself again, the walk's option `key` drops the repeats.
 *
 * @throws TypeError for an unknown or wrong option.
 */
export function lastItemPagination<T = unknown>(
  options: LastItemOptions<T>,
): PaginationStrategy<T, 'cursor'> {
  checkNeededOptions(WHERE, options, checks);
  const { param, field = '/id', shortPage = 'continue', in: place = 'params', ...rest } = options;
  const { limitParam } = rest;
  if (typeof field === 'string' && param === undefined) {
    throw new TypeError(`${WHERE}: option 'param' is needed: the slot of the boundary`);
  }
  if (typeof field === 'object' && param !== undefined && place !== 'body') {
    throw new TypeError(
      `${WHERE}: option 'param' does not go with fields by name, got ${describe(param)}`,
    );
  }
  if (shortPage === 'end' && limitParam === undefined) {
    throw new TypeError(`${WHERE}: option 'shortPage' needs 'limitParam', got none`);
  }
  const cursors = cursorPagination<T>({
    ...rest,
    in: place,
    ...(param !== undefined && { param }),
    ...(typeof field === 'object' && { spread: true }),
    next: boundary(field),
  });
  if (limitParam === undefined || shortPage !== 'end') return cursors;
  return {
    ...cursors,
    ...NO_SIZE, // a server that lowers the size would seem to end
    read: (request, reply) => {
      const reading = cursors.read(request, reply);
      const isShort = reading.items.length < askedOf(request, limitParam, place);
      return isShort && reading.hasMore !== true ? { ...reading, next: () => undefined } : reading;
    },
  };
}

function askedOf(request: PageRequest, limitParam: string, place: SlotPlace): number {
  return readWhole(readSlot(request, sizePlace(place), limitParam)) ?? 0;
}

function boundary(field: string | Readonly<Record<string, string>>): SelectorFunction {
  const names = typeof field === 'string' ? [field] : Object.values(field);
  const read = names.map((pointer) => ({ pointer, find: lastItem(pointer) }));
  const label = typeof field === 'string' ? field : JSON.stringify(field);
  return labelled(
    `lastItem(${label})`,
    (reply: PageReply, items) => {
      if (items.length === 0) return undefined;
      const parts = read.map(({ pointer, find }) => {
        const part = find(reply, items);
        if (part !== undefined && part !== null && part !== '') return part;
        throw lacksBoundary(pointer);
      });
      if (typeof field === 'string') return parts[0];
      return Object.fromEntries(Object.keys(field).map((name, index) => [name, parts[index]]));
    },
    read.map(({ find }) => find),
  );
}
