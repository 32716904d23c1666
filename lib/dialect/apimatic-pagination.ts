import { checkOptions, describe, isOneOf } from '../core/check-options';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { choosePagination } from '../strategy/choose-pagination';
import { cursorPagination } from '../strategy/cursor-pagination';
import { linkPagination } from '../strategy/link-pagination';
import { numberPagination } from '../strategy/number-pagination';
import { offsetPagination } from '../strategy/offset-pagination';
import { NO_SIZE } from '../strategy/size-slot';
import { isResponsePointer, requestSlot } from './apimatic-pointer';
import type { RequestSlot } from './apimatic-pointer';

/** One value of APIMatic's OpenAPI extension `x-pagination`; keys that are not named here are ignored. */
export interface XPagination {
  readonly type: 'offset' | 'page' | 'cursor' | 'link';
  /** Where the items are: `$response.body#/data`, or `$response.body` for a bare array. */
  readonly result?: string | undefined;
  /** Another spelling of `result`. */
  readonly results?: string | undefined;
  /** The slot of the request that changes (offset, page, cursor): `$request.query#/page`; also `path`, `headers`, `body`. */
  readonly input?: string | undefined;
  /** Where the next cursor is (cursor): `$response.body#/paging/next`, `$response.headers#/x-next`. */
  readonly output?: string | undefined;
  /** Where the next link is (link). */
  readonly next?: string | undefined;
  readonly [key: string]: unknown;
}

/** What `apimaticPagination` can be told besides the protocol. */
export interface ApimaticOptions {
  /**
   * `'end'`: a page without items ends the walk although there is a cursor or link, as in APIMatic's clients.
   * @defaultValue 'continue'
   */
  readonly emptyPage?: 'continue' | 'end' | undefined;
}

/** @inline */
type ApimaticKind = 'offset' | 'number' | 'cursor' | 'link';

const WHERE = 'apimaticPagination';
const TYPES = ['offset', 'page', 'cursor', 'link'] as const;

/**
 * What APIMatic's `x-pagination` says of an operation: one strategy, or several in order of preference. Of several, the first
 * that can prepare the request reads page 1, and the first that can go on from there is taken for the rest of the walk; a
 * request whose URL or body has no place for `input` (the parents of a body field must be there) is one that the strategy cannot prepare.
 *
 * Offset advances by the items received, from the request's own value or 0, page by 1, from the request's own value or 1; both
 * end with a page without items. A cursor goes into its slot, as the type it came as; of a link only the query is taken,
 * laid over the request's own, whose host, path, method, headers and body stay. Both end where there is none, or `null`. `pages()`
 * does not show a closing page without items. Pointers are unescaped by RFC 6901, and header names ignore case.
 *
 * Where this differs from APIMatic's clients: a page without items does not end a walk that has a cursor or link, as filtered lists
 * have such pages (`emptyPage: 'end'` for theirs); an empty cursor ends it, where they send it (the walk's option `emptyCursor:
 * 'continue'` does, too); a cursor or link that leads back to a page is a `LOOP` error; page numbers and offsets of pages are numbers.
 *
 * @throws TypeError for a value that is no `x-pagination` of APIMatic, naming what is wrong with it, and for an unknown or wrong option.
 * @see https://docs.apimatic.io/rulesets/openapi-v3-apimatic-linting/valid-pagination-type
 */
export function apimaticPagination<T = unknown>(
  xPagination: XPagination & { readonly type: 'offset' },
  options?: ApimaticOptions,
): PaginationStrategy<T, 'offset'>;
export function apimaticPagination<T = unknown>(
  xPagination: XPagination & { readonly type: 'page' },
  options?: ApimaticOptions,
): PaginationStrategy<T, 'number'>;
export function apimaticPagination<T = unknown>(
  xPagination: XPagination & { readonly type: 'cursor' },
  options?: ApimaticOptions,
): PaginationStrategy<T, 'cursor'>;
export function apimaticPagination<T = unknown>(
  xPagination: XPagination & { readonly type: 'link' },
  options?: ApimaticOptions,
): PaginationStrategy<T, 'link'>;
export function apimaticPagination<T = unknown>(
  xPagination: XPagination | readonly XPagination[],
  options?: ApimaticOptions,
): PaginationStrategy<T, ApimaticKind>;
export function apimaticPagination<T = unknown>(
  xPagination: XPagination | readonly XPagination[],
  options: ApimaticOptions = {},
): PaginationStrategy<T, ApimaticKind> {
  checkOptions(WHERE, options, { emptyPage: isOneOf('continue', 'end') });
  if (!isList(xPagination)) return toStrategy<T>(xPagination, WHERE, options);
  if (xPagination.length === 0) throw new TypeError(`${WHERE}: expected one strategy or more`);
  const strategies = xPagination.map((one, index) =>
    toStrategy<T>(one, `${WHERE}: strategy ${String(index + 1)}`, options),
  );
  const [only] = strategies;
  return strategies.length === 1 && only !== undefined ? only : choosePagination(strategies);
}

function toStrategy<T>(
  value: unknown,
  where: string,
  { emptyPage }: ApimaticOptions,
): PaginationStrategy<T, ApimaticKind> {
  const own = ownMembers(value, where);
  const type = TYPES.find((one) => one === own.get('type'));
  if (type === undefined) {
    throw wrong(where, 'type', `one of ${TYPES.join(', ')}`, own.get('type'));
  }
  const items = response(own, where, own.has('result') ? 'result' : 'results', { bodyOnly: true });
  const common = { items, hideEmpty: true };
  switch (type) {
    case 'offset':
      return { ...offsetPagination<T>({ ...common, ...slot(own, where) }), ...NO_SIZE };
    case 'page':
      return numberPagination<T>({ ...common, ...slot(own, where) });
    case 'cursor':
      return cursorPagination<T>({
        ...common,
        ...slot(own, where),
        next: response(own, where, 'output'),
        emptyPage,
      });
    case 'link':
      return linkPagination<T>({
        ...common,
        next: response(own, where, 'next'),
        follow: 'merge',
        emptyPage,
      });
  }
}

function ownMembers(value: unknown, where: string): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${where}: expected an object of type, result ..., got ${describe(value)}`);
  }
  return new Map(Object.entries(value));
}

function slot(own: ReadonlyMap<string, unknown>, where: string): RequestSlot {
  const input = own.get('input');
  const found = typeof input === 'string' ? requestSlot(input) : undefined;
  if (found !== undefined) return found;
  const expected =
    "'$request.query#/name', '$request.path#/name', '$request.headers#/name' or '$request.body#/pointer'";
  throw wrong(where, 'input', expected, input);
}

function response(
  own: ReadonlyMap<string, unknown>,
  where: string,
  key: string,
  { bodyOnly = false } = {},
): string {
  const pointer = own.get(key);
  if (typeof pointer === 'string' && isResponsePointer(pointer, { bodyOnly })) return pointer;
  const expected = `'$response.body#/pointer'${bodyOnly ? '' : " or '$response.headers#/name'"}`;
  throw wrong(where, bodyOnly ? 'result' : key, expected, pointer);
}

function wrong(where: string, key: string, expected: string, found: unknown): TypeError {
  return new TypeError(`${where}: '${key}' must be ${expected}, got ${describe(found)}`);
}

/** `Array.isArray` does not tell a readonly array from the rest of a union. */
function isList(value: XPagination | readonly XPagination[]): value is readonly XPagination[] {
  return Array.isArray(value);
}
