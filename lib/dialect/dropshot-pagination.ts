import { checkOptions, isCount } from '../core/check-options';
import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { cursorPagination } from '../strategy/cursor-pagination';
import { typeFound } from '../strategy/read-values';
import { select } from '../strategy/selector';
import type { SelectorFunction } from '../strategy/selector';

/** What `dropshotPagination` can be told besides the protocol. */
export interface DropshotOptions {
  /** The page size asked for where the request does not say; the server lowers what is above its maximum. @defaultValue the server's own */
  readonly limit?: number | undefined;
}

/**
 * Lists of Dropshot servers (KittyCAD, Oxide): `items` and `next_page`, which goes into the query as `page_token`.
 *
 * The walk starts at the request's own `page_token`, if it has one, and ends where `next_page` is absent or `null`. Dropshot
 * gives a token with every page that has items, so the last page is usually an empty one. An empty page with a token is not
 * the end. All parameters go along on every request: the server ignores those that the token holds (sort order, filters), and
 * needs those that it does not. Errors: `BAD_SHAPE` where `items` is no array or `next_page` no text, `PROTOCOL` where
 * `next_page` is blank, `LOOP` where it was sent before, the token of the first request included.
 *
 * These are the rules of KittyCAD's Python client. Its older versions end at a blank token and read missing items as none,
 * which would hide a broken server. Oxide's generated Rust client repeats only `limit`; the pages are the same.
 *
 * @throws TypeError for an unknown or wrong option.
 * @see https://docs.rs/dropshot ("Pagination")
 */
export function dropshotPagination<T = unknown>(
  options: DropshotOptions = {},
): PaginationStrategy<T, 'cursor'> {
  checkOptions('dropshotPagination', options, { limit: isCount });
  return cursorPagination<T>({
    id: 'dropshot',
    items: '/items',
    param: 'page_token',
    next: nextPage,
    limitParam: 'limit',
    limit: options.limit,
  });
}

/** Throws for a blank token before the walk's `emptyCursor` can take it for the end. */
const nextPage: SelectorFunction = (reply) => {
  const token = select(reply, '/next_page');
  if (token === undefined || token === null) return undefined;
  if (typeof token !== 'string') {
    throw new PaginationError(
      'BAD_SHAPE',
      `Expected text or null at /next_page, found ${typeFound(token)}`,
    );
  }
  if (token.trim() === '')
    throw new PaginationError('PROTOCOL', 'The token at /next_page is blank');
  return token;
};
