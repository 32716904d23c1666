import { checkOptions, isCount, isFlag, isOneOf, isText } from '../core/check-options';
import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type { PageReading, PaginationStrategy } from '../core/pagination-strategy';
import { commonChecks, readCommon, readFigures, statusesOf, strategyId } from './common-options';
import type { CommonOptions } from './common-options';
import { isLaterRequest, laterRequest } from './later-request';
import type { LaterRequest } from './later-request';
import { isJson, readWhole } from './read-values';
import { isPointer, isSelector, lacksBoundary, select, selectorLabel } from './selector';
import type { Selector } from './selector';
import { sizeSlot } from './size-slot';
import { hasPlace, readSlot, unsendable, withSlot } from './slot';
import type { SlotPlace } from './slot';
import { checkPlace, checkSlot, isPlace, sizePlace, slotName } from './slot-options';
import { unspreadable, withMembers } from './spread-slot';
import type { SpreadPlace } from './spread-slot';

/** Where an API takes its cursors and where it gives them. */
export interface CursorOptions<T = unknown> extends CommonOptions<T> {
  /** The slot of the cursor: a name, or a JSON pointer where `in` is `'body'`, whose absent objects are made. @defaultValue 'cursor' */
  readonly param?: string | undefined;
  /** @defaultValue 'params' */
  readonly in?: SlotPlace | undefined;
  /** Where the next cursor is; `lastItem` makes it of the last item. @defaultValue '/next_cursor' */
  readonly next?: Selector | undefined;
  /** A flag that says whether there is more; `false` ends the walk even where there is a cursor. */
  readonly hasMore?: Selector | undefined;
  readonly totalCount?: Selector | undefined;
  /** Names the page size: a pointer where `in` is `'body'`, else a query parameter. */
  readonly limitParam?: string | undefined;
  /** The page size asked for where the request does not say; needs `limitParam`. */
  readonly limit?: number | undefined;
  /** Whether a page without items ends the walk although there is a cursor. @defaultValue 'continue' */
  readonly emptyPage?: 'continue' | 'end' | undefined;
  /**
   * The cursor is an object whose members are sent each under its own name: as query parameters, or in the body, in the
   * object that `param` points to (the body itself, if omitted). @defaultValue false
   */
  readonly spread?: boolean | undefined;
  /** How the requests after the first one differ besides the cursor. @defaultValue not at all */
  readonly later?: LaterRequest | undefined;
  /** Whether a cursor may stand for one page after the other (Elasticsearch scroll); the same items again are a `LOOP` error. @defaultValue false */
  readonly sameCursor?: boolean | undefined;
}

const WHERE = 'cursorPagination';

const checks = {
  ...commonChecks,
  param: isText,
  in: isPlace,
  next: isSelector,
  hasMore: isSelector,
  totalCount: isSelector,
  limitParam: isText,
  limit: isCount,
  emptyPage: isOneOf('continue', 'end'),
  spread: isFlag,
  later: isLaterRequest,
  sameCursor: isFlag,
};

/**
 * Pages whose replies give an opaque cursor for the next one. The walk ends where the cursor is missing or `null` or the
 * `hasMore` flag is `false`; an empty page does not end it. A number is a cursor, 0 too; what an empty one means is the walk's
 * option `emptyCursor`. Errors: `BAD_SHAPE` for a cursor that cannot be sent unchanged.
 *
 * @throws TypeError for an unknown or wrong option.
 *
 * @example
 * ```ts
 * import { cursorPagination, paginate } from 'paged-observable';
 * import { fetchTransport } from 'paged-observable/fetch';
 *
 * const users = paginate(fetchTransport(), 'http://127.0.0.1:8080/apimatic/cursor/users', {
 *   pagination: cursorPagination<{ id: string }>({
 *     items: '/users',
 *     param: 'cursor',
 *     next: '/paging/next',
 *   }),
 * });
 * await users.pages().forEach(({ cursor, nextCursor }) => {
 *   console.log(cursor, nextCursor);
 * });
 * ```
 */
export function cursorPagination<T = unknown>(
  options: CursorOptions<T> = {},
): PaginationStrategy<T, 'cursor'> {
  checkOptions(WHERE, options, checks);
  const { in: place = 'params', next = '/next_cursor', emptyPage = 'continue' } = options;
  const { limit, limitParam, hasMore, totalCount, later, sameCursor } = options;
  const spread = options.spread === true ? spreadPlace(place, options.param) : undefined;
  const param = spread?.parent ?? slotName(options.param, 'cursor', place);
  if (spread === undefined) checkSlot(WHERE, 'param', param, place);
  if (limitParam !== undefined) checkSlot(WHERE, 'limitParam', limitParam, sizePlace(place));
  if (limit !== undefined && limitParam === undefined) {
    throw new TypeError(`${WHERE}: option 'limit' needs 'limitParam', got none`);
  }

  // Requests that go on elsewhere need not take a size, and a place the server keeps is lost with a failed one.
  const isBound = later !== undefined || sameCursor === true;

  const start = (request: PageRequest): PageRequest => {
    if (spread === undefined) checkPlace(WHERE, request, place, param);
    else checkPlace(WHERE, request, place, slotWithin(spread));
    if (limit === undefined || limitParam === undefined) return request;
    const isSet = readSlot(request, sizePlace(place), limitParam) !== undefined;
    return isSet ? request : withSlot(request, sizePlace(place), limitParam, limit);
  };

  const read = (request: PageRequest, reply: PageReply): PageReading<T, 'cursor'> => {
    const common = readCommon(reply, options);
    const figures = readFigures(reply, common.items, { hasMore, totalCount });
    const ends = common.items.length === 0 && emptyPage === 'end';
    const position = spread === undefined ? readSlot(request, place, param) : undefined;
    const asked =
      limitParam === undefined ? undefined : readSlot(request, sizePlace(place), limitParam);
    return {
      kind: 'cursor',
      ...common,
      ...figures,
      ...(ends ? { hasMore: false } : {}), // or it would be an end where more was promised
      ...(typeof next === 'function' && next.isOfItems === true && { isMadeOfItems: true }),
      position: isJson(position) ? position : undefined,
      limit: readWhole(asked),
      next: () => {
        if (common.apiError !== undefined || figures.hasMore === false) return undefined;
        if (ends) return undefined;
        const value = select(reply, next, common.items);
        const isUntold = value === undefined && figures.hasMore === undefined;
        const boundary = typeof next === 'function' ? next.pointer : undefined;
        if (isUntold && boundary !== undefined && common.items.length > 0) {
          throw lacksBoundary(boundary);
        }
        return toCursor(value, next, place, (one) =>
          spread === undefined ? unsendable(one, place) : unspreadable(one, spread),
        );
      },
    };
  };

  return {
    kind: 'cursor',
    id:
      options.id ??
      strategyId('cursor', {
        in: place,
        param,
        next,
        hasMore,
        items: options.items,
        emptyPage,
        ...(spread !== undefined && { spread: 'all' }),
        ...(later !== undefined && { later: JSON.stringify(later) }),
      }),
    start,
    at: (request, position) => {
      const base = laterRequest(request, later);
      return spread === undefined
        ? withSlot(base, place, param, position)
        : withMembers(base, spread, position);
    },
    read,
    applies: (request) =>
      hasPlace(request, place, spread === undefined ? param : slotWithin(spread)),
    statuses: statusesOf(options),
    ...(sameCursor === true && { mayRepeat: true }),
    ...(limitParam !== undefined && !isBound && sizeSlot(sizePlace(place), limitParam)),
  };
}

function spreadPlace(place: SlotPlace, param: string | undefined): SpreadPlace {
  if (place === 'params' && param === undefined) return { place, parent: '' };
  const parent = param ?? '';
  if (place === 'body' && isPointer(parent) === undefined) return { place, parent };
  throw new TypeError(
    `${WHERE}: option 'spread' needs 'in' to be 'params' without 'param', or 'body' with a pointer to an object in it`,
  );
}

/** A slot that is there where there is an object for members. */
function slotWithin({ place, parent }: SpreadPlace): string {
  return place === 'body' ? `${parent}/cursor` : 'cursor';
}

function toCursor(
  value: unknown,
  next: Selector,
  place: SlotPlace,
  problemOf: (value: unknown) => string | undefined,
): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === '') return value;
  const problem = problemOf(value) ?? (isJson(value) ? undefined : 'no JSON value');
  if (problem === undefined && isJson(value)) return value;
  throw new PaginationError(
    'BAD_SHAPE',
    `The next cursor at ${selectorLabel(next) ?? ''} is ${problem ?? ''}, which cannot be sent in ${place}`,
  );
}
