import { checkOptions, isCount, isFlag, isOneOf, isText, isWhole } from '../core/check-options';
import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { PageReading, PaginationStrategy } from '../core/pagination-strategy';
import {
  commonChecks,
  isStatusOrStatuses,
  readCommon,
  readFigures,
  statusesOf,
  strategyId,
} from './common-options';
import type { CommonOptions } from './common-options';
import { readWhole } from './read-values';
import { isSelector } from './selector';
import type { Selector } from './selector';
import { hasPlace, readSlot, withSlot } from './slot';
import type { SlotPlace } from './slot';
import {
  checkPlace,
  checkPosition,
  checkSlot,
  checkWholeSlot,
  isPlace,
  sizePlace,
  slotName,
} from './slot-options';

/** Where an API takes page numbers and what it says about their end. */
export interface NumberOptions<T = unknown> extends CommonOptions<T> {
  /** The slot of the page number: a name, or a JSON pointer where `in` is `'body'`, whose absent objects are made. @defaultValue 'page' */
  readonly param?: string | undefined;
  /** @defaultValue 'params' */
  readonly in?: SlotPlace | undefined;
  /** The number of the first page. @defaultValue 1 */
  readonly first?: number | undefined;
  /** Sends the number of the first page too; always done where it is part of the path. @defaultValue false */
  readonly sendFirst?: boolean | undefined;
  /** Names the page size: a pointer where `in` is `'body'`, else a query parameter. */
  readonly sizeParam?: string | undefined;
  /** The page size asked for where the request does not say; needs `sizeParam`. */
  readonly size?: number | undefined;
  /** Where the number of pages is; the walk ends with the page that completes it. */
  readonly totalPages?: Selector | undefined;
  /** Where the number of items is; the walk ends when that many were received. */
  readonly totalCount?: Selector | undefined;
  /** A flag that says whether there is more; `false` ends the walk, `true` goes on after a page without items. */
  readonly hasMore?: Selector | undefined;
  /** Statuses that a page past the last one answers with, e.g. 404. */
  readonly endStatus?: number | readonly number[] | undefined;
  /** `'end'`: a page without items ends the walk even if `hasMore` is `true`. @defaultValue 'continue' */
  readonly emptyPage?: 'continue' | 'end' | undefined;
}

const WHERE = 'numberPagination';

const checks = {
  ...commonChecks,
  param: isText,
  in: isPlace,
  first: isWhole,
  sendFirst: isFlag,
  sizeParam: isText,
  size: isCount,
  totalPages: isSelector,
  totalCount: isSelector,
  hasMore: isSelector,
  endStatus: isStatusOrStatuses,
  emptyPage: isOneOf('continue', 'end'),
};

/**
 * Pages with numbers. The walk starts at the number in the request, else at `first`, and ends where the `hasMore` flag is
 * `false`, `totalPages` is reached, `totalCount` items were received, `endStatus` is answered, else with a page without items. A
 * total that is missing, unreadable or already exceeded is ignored; a short page is not the end.
 *
 * @throws TypeError for an unknown or wrong option.
 *
 * @example
 * ```ts
 * import { numberPagination, paginate } from 'paged-observable';
 * import { fetchTransport } from 'paged-observable/fetch';
 *
 * const users = paginate(fetchTransport(), 'http://127.0.0.1:8080/apimatic/page/users', {
 *   pagination: numberPagination<{ id: string }>({ items: '/data', sizeParam: 'size', size: 100 }),
 * });
 * await users.pages().forEach(({ pageNumber, items }) => {
 *   console.log(pageNumber, items.length);
 * });
 * ```
 */
export function numberPagination<T = unknown>(
  options: NumberOptions<T> = {},
): PaginationStrategy<T, 'number'> {
  checkOptions(WHERE, options, checks);
  const { in: place = 'params', first = 1, sizeParam, size, emptyPage = 'continue' } = options;
  const { totalPages, totalCount, hasMore, endStatus = [] } = options;
  const sendFirst = options.sendFirst === true || place === 'path';
  const param = slotName(options.param, 'page', place);
  checkSlot(WHERE, 'param', param, place);
  if (sizeParam !== undefined) checkSlot(WHERE, 'sizeParam', sizeParam, sizePlace(place));
  if (size !== undefined && sizeParam === undefined) {
    throw new TypeError(`${WHERE}: option 'size' needs 'sizeParam', got none`);
  }

  const sizeOf = (request: PageRequest): unknown =>
    sizeParam === undefined ? undefined : readSlot(request, sizePlace(place), sizeParam);

  const start = (request: PageRequest): PageRequest => {
    checkPlace(WHERE, request, place, param);
    const given = checkWholeSlot(WHERE, request, place, param);
    const numbered =
      sendFirst && given === undefined ? withSlot(request, place, param, first) : request;
    return size === undefined || sizeParam === undefined || sizeOf(request) !== undefined
      ? numbered
      : withSlot(numbered, sizePlace(place), sizeParam, size);
  };

  const read = (request: PageRequest, reply: PageReply): PageReading<T, 'number'> => {
    const common = readCommon(reply, options);
    const figures = readFigures(reply, common.items, { totalPages, totalCount, hasMore });
    const ends = common.items.length === 0 && emptyPage === 'end';
    const pageNumber = readWhole(readSlot(request, place, param)) ?? first;
    const next = (): Json | undefined => {
      if (common.apiError !== undefined || figures.hasMore === false) return undefined;
      if (ends || (common.items.length === 0 && figures.hasMore !== true)) return undefined;
      return pageNumber - first + 1 === figures.totalPages ? undefined : pageNumber + 1;
    };
    return {
      kind: 'number',
      ...common,
      ...figures,
      ...(ends ? { hasMore: false } : {}), // or it would be an end where more was promised
      position: pageNumber,
      limit: readWhole(sizeOf(request)),
      next,
      previous: () => (pageNumber > first ? { position: pageNumber - 1 } : undefined),
    };
  };

  return {
    kind: 'number',
    id:
      options.id ??
      strategyId('number', {
        in: place,
        param,
        first,
        sizeParam,
        size,
        totalPages,
        totalCount,
        hasMore,
        items: options.items,
      }),
    start,
    at: (request, position) =>
      withSlot(request, place, param, checkPosition('page number', position)),
    read,
    applies: (request) => hasPlace(request, place, param),
    statuses: statusesOf(options, typeof endStatus === 'number' ? [endStatus] : endStatus),
  };
}
