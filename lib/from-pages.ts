import { from, map, type ObservableInput } from 'rxjs';

import { describe, isText } from './core/check-options';
import { isObservableInput } from './core/is-observable-input';
import type { Json } from './core/json';
import type { PageReply } from './core/page-reply';
import { PagedObservable } from './core/paged-observable';
import type { CursorPagedResponse } from './core/paged-response';
import { PaginationError } from './core/pagination-error';
import type { PaginationStrategy } from './core/pagination-strategy';
import { checkWalk } from './flow/check-walk';
import { checkWalkOptions } from './flow/check-walk-options';
import { walkSource } from './flow/walk-source';
import type { WalkOptions } from './core/walk-options';

/** What a function that fetches a page gives. */
export interface FetchedPage<T, C> {
  /** In server order; empty for a page without items. */
  readonly items: readonly T[];
  /** Where the next page is; absent (or `null`) at the end of the list. */
  readonly next?: C | null | undefined;
  /** Items of the whole list, if known: for `progress` and `totalPages`; it does not end the walk. */
  readonly totalCount?: number | undefined;
}

/** Options of {@link fromPages}. */
export interface FromPagesOptions<T = unknown> extends WalkOptions<T> {
  /** Names the list in its resume tokens, so that those of another list are refused. @defaultValue '', the same for all */
  readonly id?: string | undefined;
}

/**
 * Any function that fetches a page as one stream of items, for example an SDK's own list method.
 *
 * `fetchPage` is called with `undefined` for the first page and then with the `next` of the page before, one call after
 * another, as the consumer asks for more; leaving aborts `signal`. Completes at a page without `next`; an empty page with
 * one goes on. What `fetchPage` throws is asked for again where it may be over soon, and reaches the error channel as a
 * {@link PaginationError}, whose `resumeToken` continues exactly after the last item delivered where positions are JSON.
 *
 * @throws TypeError for an unknown or wrong option
 *
 * @example
 * ```ts
 * import { fromPages } from 'paged-observable';
 *
 * // Stands for the list method of an SDK.
 * const listUsers = async (page: number) => {
 *   const reply = await fetch(`http://127.0.0.1:8080/slow/users?delay=1&page=${String(page)}`);
 *   return (await reply.json()) as { data: { id: string }[]; total_pages: number };
 * };
 *
 * const users = fromPages(async (page: number = 1) => {
 *   const { data, total_pages: pages } = await listUsers(page);
 *   return { items: data, next: page < pages ? page + 1 : undefined };
 * });
 *
 * await users.with({ maxItems: 12 }).forEach(({ id }) => {
 *   console.log(id);
 * });
 * ```
 */
export function fromPages<T, C = unknown>(
  fetchPage: (position: C | undefined, signal: AbortSignal) => ObservableInput<FetchedPage<T, C>>,
  options: FromPagesOptions<T> = {},
): PagedObservable<T, CursorPagedResponse<T, unknown, 'cursor'>> {
  if (typeof fetchPage !== 'function') {
    throw new TypeError(`fromPages: 'fetchPage' must be a function, got ${describe(fetchPage)}`);
  }
  checkWalkOptions('fromPages', options, { id: isText });
  // What the key is given are the items of `fetchPage`, whatever their type.
  const { id = '', ...walk } = options as FromPagesOptions;
  const url = `pages:${encodeURIComponent(id)}`;
  checkWalk('fromPages', walk, {}, STRATEGY, { url });
  const call = (position: unknown, signal: AbortSignal) =>
    from(checkedInput(fetchPage(position as C | undefined, signal))).pipe(
      map((page): PageReply => ({ status: 200, headers: {}, body: page, url })),
    );
  return new PagedObservable(
    walkSource({
      transport: (request, signal) => call(request.body, signal),
      request: { url },
      strategy: STRATEGY,
      schema: undefined,
      options: walk,
    }),
  );
}

/** @throws PaginationError `PROTOCOL` for what holds no page that could come */
function checkedInput<I>(given: I): I {
  if (isObservableInput(given)) return given;
  throw new PaginationError(
    'PROTOCOL',
    `fetchPage must give a Promise or an Observable of { items, next? }, got ${describe(given)}`,
  );
}

/** Positions travel in the body, for they may be of any type. */
const STRATEGY: PaginationStrategy<unknown, 'cursor'> = {
  kind: 'cursor',
  id: 'fromPages',
  start: (request) => request,
  at: (request, position) => ({ ...request, body: position }),
  read: (request, { body }) => {
    const page: object = isObject(body) ? body : { items: body };
    const items: unknown = Reflect.get(page, 'items');
    if (!Array.isArray(items)) {
      throw new PaginationError(
        'BAD_SHAPE',
        `fetchPage must give { items, next? } with an array of items, and gave items: ${describe(items)}`,
      );
    }
    checkNext(page);
    const totalCount: unknown = Reflect.get(page, 'totalCount');
    return {
      kind: 'cursor',
      items,
      position: request.body as Json | undefined,
      totalCount: typeof totalCount === 'number' ? totalCount : undefined,
      next: () => (Reflect.get(page, 'next') as Json | null | undefined) ?? undefined,
    };
  },
};

/** @throws PaginationError for an SDK's own page, whose next position has another name: ending there would lose the rest */
function checkNext(page: object): void {
  if ('next' in page) return;
  const [other] = Object.entries(page).find(([name, value]) => isNext(name, value)) ?? [];
  if (other === undefined) return;
  throw new PaginationError(
    'BAD_SHAPE',
    `fetchPage must give { items, next? }, and gave ${other} and no next: give next, undefined where there is no further page`,
  );
}

function isNext(name: string, value: unknown): boolean {
  const isNone = value === null || value === undefined || value === '' || value === false;
  return /^next/i.test(name) && !isNone && typeof value !== 'function';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
