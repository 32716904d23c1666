import { checkOptions, isCount, isText, isWhole } from '../core/check-options';
import type { Check } from '../core/check-options';
import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type {
  PageReading,
  PaginationStrategy,
  PreviousPosition,
} from '../core/pagination-strategy';
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
import { sizeSlot } from './size-slot';
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

/**
 * What a page was, for a step of one's own.
 *
 * @inline
 */
interface OffsetStep {
  readonly offset: number;
  /** The page size asked for, if any. */
  readonly limit: number | undefined;
  readonly items: readonly unknown[];
}

/** Where an API takes offsets and what it says about their end. */
export interface OffsetOptions<T = unknown> extends CommonOptions<T> {
  /** The slot of the offset: a name, or a JSON pointer where `in` is `'body'`, whose absent objects are made. @defaultValue 'offset' */
  readonly param?: string | undefined;
  /** @defaultValue 'params' */
  readonly in?: SlotPlace | undefined;
  /**
   * The offset of the first item as the server counts; a page's own `offset` begins at 0 all the same. Where it is left out and the request begins
   * in the middle, nobody knows whether the server counts from 0 or 1, and the walk goes on to a page without items. @defaultValue 0
   */
  readonly first?: number | undefined;
  /** Names the page size: a pointer where `in` is `'body'`, else a query parameter. @defaultValue 'limit' */
  readonly limitParam?: string | undefined;
  /** The page size asked for where the request does not say. */
  readonly limit?: number | undefined;
  /** The largest page size the server takes; a larger one is lowered to it. */
  readonly maxLimit?: number | undefined;
  /** Where the number of items is; the walk ends when that many were received. */
  readonly totalCount?: Selector | undefined;
  /** A flag that says whether there is more; `false` ends the walk, `true` goes on after a page without items. */
  readonly hasMore?: Selector | undefined;
  /** Statuses that an offset past the end answers with, e.g. 416. */
  readonly endStatus?: number | readonly number[] | undefined;
  /**
   * How far the offset moves: by the items received, by the limit asked for (which skips items where the server gives fewer),
   * or by what a function says. @defaultValue 'received'
   */
  readonly step?: 'received' | 'limit' | ((page: OffsetStep) => number) | undefined;
}

const WHERE = 'offsetPagination';

const isStep: Check = (value) =>
  value === 'received' || value === 'limit' || typeof value === 'function'
    ? undefined
    : "'received', 'limit' or a function";

const checks = {
  ...commonChecks,
  param: isText,
  in: isPlace,
  first: isWhole,
  limitParam: isText,
  limit: isCount,
  maxLimit: isCount,
  totalCount: isSelector,
  hasMore: isSelector,
  endStatus: isStatusOrStatuses,
  step: isStep,
};

/**
 * Pages found by the number of items before them. The walk starts at the offset in the request, else at 0, and ends where the
 * `hasMore` flag is `false`, `totalCount` items were received or, of a list that is known to be counted from 0 or 1, came before its end, `endStatus` is answered, else with a page without items. A total
 * that is missing, unreadable or already exceeded is ignored; a short page is not the end. Errors: `PROTOCOL` where the walk must
 * go on and the step does not move it.
 *
 * @throws TypeError for an unknown or wrong option.
 *
 * @example
 * ```ts
 * import { offsetPagination, paginate } from 'paged-observable';
 * import { fetchTransport } from 'paged-observable/fetch';
 *
 * const users = paginate(fetchTransport(), 'http://127.0.0.1:8080/kneo/users', {
 *   pagination: offsetPagination<{ id: string }>({
 *     items: '/users',
 *     totalCount: '/total',
 *     limit: 100,
 *   }),
 *   concurrency: 3,
 * });
 * await users.pages().forEach(({ offset, totalCount }) => {
 *   console.log(offset, totalCount);
 * });
 * ```
 */
export function offsetPagination<T = unknown>(
  options: OffsetOptions<T> = {},
): PaginationStrategy<T, 'offset'> {
  checkOptions(WHERE, options, checks);
  const { in: place = 'params', limit, maxLimit = Infinity, step = 'received' } = options;
  const { first = 0, totalCount, hasMore, endStatus = [] } = options;
  const param = slotName(options.param, 'offset', place);
  const limitParam = slotName(options.limitParam, 'limit', sizePlace(place));
  checkSlot(WHERE, 'param', param, place);
  checkSlot(WHERE, 'limitParam', limitParam, sizePlace(place));

  const limitOf = (request: PageRequest): unknown =>
    readSlot(request, sizePlace(place), limitParam);

  const start = (request: PageRequest): PageRequest => {
    checkPlace(WHERE, request, place, param);
    const given = checkWholeSlot(WHERE, request, place, param);
    const placed =
      place === 'path' && given === undefined ? withSlot(request, place, param, first) : request;
    const own = limitOf(request);
    const asked = readWhole(own ?? limit);
    if (step === 'limit' && (asked ?? 0) === 0) {
      throw new TypeError(`${WHERE}: step 'limit' needs a limit above 0 in the request or options`);
    }
    if (asked === undefined) return placed;
    const sent = Math.min(asked, maxLimit);
    return own !== undefined && sent === asked
      ? placed
      : withSlot(placed, sizePlace(place), limitParam, sent);
  };

  const read = (request: PageRequest, reply: PageReply): PageReading<T, 'offset'> => {
    const common = readCommon(reply, options);
    const figures = readFigures(reply, common.items, { totalCount, hasMore });
    const offset = Math.max(0, (readWhole(readSlot(request, place, param)) ?? first) - first);
    const page = { offset, limit: readWhole(limitOf(request)), items: common.items };
    const next = (): Json | undefined => {
      if (common.apiError !== undefined || figures.hasMore === false) return undefined;
      if (common.items.length === 0 && figures.hasMore !== true) return undefined;
      return offset + advance(page, step);
    };
    return {
      kind: 'offset',
      ...common,
      ...figures,
      position: offset,
      limit: page.limit,
      next,
      previous: () => before(page),
    };
  };

  return {
    kind: 'offset',
    id:
      options.id ??
      strategyId('offset', {
        in: place,
        param,
        ...(first > 0 && { first }),
        step: typeof step === 'function' ? 'fn' : step,
        totalCount,
        hasMore,
        items: options.items,
      }),
    start,
    at: (request, position) =>
      withSlot(request, place, param, checkPosition('offset', position) + first),
    read,
    countsFromZero: (request) =>
      options.first !== undefined || (readWhole(readSlot(request, place, param)) ?? 0) === 0,
    applies: (request) => hasPlace(request, place, param),
    ...sizeSlot(sizePlace(place), limitParam, maxLimit),
    statuses: statusesOf(options, typeof endStatus === 'number' ? [endStatus] : endStatus),
  };
}

/** As many rows as a page has, up to the page itself. */
function before({ offset, limit, items }: OffsetStep): PreviousPosition | undefined {
  const size = limit ?? items.length;
  if (offset === 0 || size === 0) return undefined;
  const position = Math.max(0, offset - size);
  return { position, items: offset - position };
}

function advance(page: OffsetStep, step: NonNullable<OffsetOptions['step']>): number {
  const by =
    typeof step === 'function'
      ? step(page)
      : step === 'limit'
        ? (page.limit ?? 0)
        : page.items.length;
  if (Number.isSafeInteger(by) && by > 0) return by;
  throw new PaginationError(
    'PROTOCOL',
    `Expected a step of 1 or more to the next offset, got ${String(by)} on a page of ${String(page.items.length)} items`,
  );
}
