import { describe } from './core/check-options';
import { field } from './core/field';
import { isStrategy } from './core/is-strategy';
import type { PageRequest } from './core/page-request';
import { PagedObservable } from './core/paged-observable';
import type { Kind, PagedResponse } from './core/paged-response';
import type { PaginationStrategy } from './core/pagination-strategy';
import { requestUrl } from './core/request-url';
import type { StandardSchemaV1 } from './core/standard-schema';
import type { Transport } from './core/transport';
import type { WalkOptions } from './core/walk-options';
import { detectPagination } from './detect/detect-pagination';
import { checkWalk } from './flow/check-walk';
import { checkWalkOptions } from './flow/check-walk-options';
import { checkedRequest } from './flow/checked-request';
import { walkSource } from './flow/walk-source';
import { choosePagination } from './strategy/choose-pagination';

/** Options of a walk, and how the list is paged. */
export interface PaginateOptions<T, K extends Kind> extends WalkOptions<T> {
  /**
   * A strategy, or several in order of preference: the first that can prepare the request reads page 1, and the first
   * that can continue is taken for the rest of the walk.
   */
  readonly pagination?: PaginationStrategy<T, K> | readonly PaginationStrategy<T, K>[] | undefined;
  /** See {@link SchemaPaginateOptions}. */
  readonly schema?: undefined;
}

/** Options of a walk whose items a Standard Schema checks and types. */
export interface SchemaPaginateOptions<T, K extends Kind> extends Omit<
  PaginateOptions<unknown, K>,
  'schema'
> {
  /** Each item as the schema gives it; one that does not fit errors the walk with `BAD_SHAPE`. */
  readonly schema: StandardSchemaV1<unknown, T>;
}

/**
 * With one strategy, so that its kind is known even where `T` is given by hand.
 *
 * @inline
 */
type OfKind<T, K extends Kind> = PaginateOptions<T, K> & {
  readonly pagination: PaginationStrategy<T, K>;
};

/**
 * A list API as one stream of its items.
 *
 * Nothing is requested before a subscription; then one page after another, as the consumer asks for more. Completes at a
 * positive end of the list (no next link, no cursor, the total received ...) or at `maxPages` or `maxItems`; everything
 * else is a {@link PaginationError} whose `resumeToken` continues exactly after the last item delivered. Unsubscribing
 * aborts the request in flight.
 *
 * Without `pagination` the walk finds out from the first reply how the list is paged, and checks it on the second; where it
 * is not sure, it errors with `PROTOCOL`, and the message says what was seen and which lines of configuration would do.
 *
 * @param transport sends a request: `axiosTransport(...)`, `fetchTransport(...)` or a function of one's own
 * @param request the first page: a URL, or a request as plain JSON; it is never changed
 * @throws TypeError for an unknown or wrong option, naming it, what was expected and what came
 *
 * @example
 * ```ts
 * import { numberPagination, paginate } from 'paged-observable';
 * import { fetchTransport } from 'paged-observable/fetch';
 * import { take } from 'rxjs';
 *
 * const transport = fetchTransport({ baseUrl: 'http://127.0.0.1:8080' });
 * const users = paginate(transport, '/apimatic/page/users', {
 *   pagination: numberPagination<{ id: string }>({ items: '/data' }),
 * });
 *
 * users.pipe(take(3)).subscribe(({ id }) => console.log(id));
 * for await (const { pageNumber, items } of users.with({ maxPages: 2 }).pages()) {
 *   console.log(pageNumber, items.length);
 * }
 * ```
 */
export function paginate<T>(
  transport: Transport,
  request: string | PageRequest,
  options: OfKind<T, 'cursor'>,
): PagedObservable<T, PagedResponse<T, unknown, 'cursor'>>;
/**
 * A list API as one stream of its items, paged by links. Requested when it is subscribed to, a page at a time as the consumer asks for more;
 * what goes wrong is a {@link PaginationError} with a `resumeToken`; unsubscribing aborts the request in flight.
 *
 * @throws TypeError for an unknown or wrong option
 */
export function paginate<T>(
  transport: Transport,
  request: string | PageRequest,
  options: OfKind<T, 'link'>,
): PagedObservable<T, PagedResponse<T, unknown, 'link'>>;
/**
 * A list API as one stream of its items, paged by page numbers. Requested when it is subscribed to, a page at a time as the consumer asks for more;
 * what goes wrong is a {@link PaginationError} with a `resumeToken`; unsubscribing aborts the request in flight.
 *
 * @throws TypeError for an unknown or wrong option
 */
export function paginate<T>(
  transport: Transport,
  request: string | PageRequest,
  options: OfKind<T, 'number'>,
): PagedObservable<T, PagedResponse<T, unknown, 'number'>>;
/**
 * A list API as one stream of its items, paged by offsets. Requested when it is subscribed to, a page at a time as the consumer asks for more;
 * what goes wrong is a {@link PaginationError} with a `resumeToken`; unsubscribing aborts the request in flight.
 *
 * @throws TypeError for an unknown or wrong option
 */
export function paginate<T>(
  transport: Transport,
  request: string | PageRequest,
  options: OfKind<T, 'offset'>,
): PagedObservable<T, PagedResponse<T, unknown, 'offset'>>;
/**
 * A list API as one stream of its items, which comes whole. Requested when it is subscribed to;
 * what goes wrong is a {@link PaginationError} with a `resumeToken`; unsubscribing aborts the request in flight.
 *
 * @throws TypeError for an unknown or wrong option
 */
export function paginate<T>(
  transport: Transport,
  request: string | PageRequest,
  options: OfKind<T, 'single'>,
): PagedObservable<T, PagedResponse<T, unknown, 'single'>>;
/**
 * A list API as one stream of its items, paged by one of several strategies, or as its first reply shows. Requested when it is subscribed to, a page at a time as the consumer asks for more;
 * what goes wrong is a {@link PaginationError} with a `resumeToken`; unsubscribing aborts the request in flight.
 *
 * Without `pagination` the walk finds out how the list is paged, and checks it on page 2; where it is not sure, it errors with
 * `PROTOCOL`, and the message says what was seen and which lines of configuration would do.
 *
 * @throws TypeError for an unknown or wrong option
 */
export function paginate<T = unknown, K extends Kind = Kind>(
  transport: Transport,
  request: string | PageRequest,
  options?: PaginateOptions<T, K>,
): PagedObservable<T, PagedResponse<T, unknown, K>>;
/**
 * A list API as one stream of its items, each of them checked and typed by a schema. Requested when it is subscribed to, a page at a time as the consumer asks for more;
 * what goes wrong is a {@link PaginationError} with a `resumeToken`; unsubscribing aborts the request in flight.
 *
 * @throws TypeError for an unknown or wrong option
 */
export function paginate<T, K extends Kind = Kind>(
  transport: Transport,
  request: string | PageRequest,
  options: SchemaPaginateOptions<T, K>,
): PagedObservable<T, PagedResponse<T, unknown, K>>;
export function paginate(
  transport: Transport,
  request: string | PageRequest,
  options: PaginateOptions<unknown, Kind> | SchemaPaginateOptions<unknown, Kind> = {},
): PagedObservable<unknown> {
  if (typeof transport !== 'function') {
    throw new TypeError(`paginate: the transport must be a function, got ${describe(transport)}`);
  }
  checkWalkOptions('paginate', options, { pagination: isPagination, schema: isSchema });
  const { pagination, schema, ...walkOptions } = options;
  const first = checkedRequest('paginate', request);
  const strategy = oneStrategy(pagination);
  checkWalk('paginate', options, transport, strategy, first);
  const start = strategy.start(first);
  requestUrl(start); // what cannot be prepared throws here and not in the walk
  if (strategy.applies?.(first) === false) {
    throw new TypeError(`paginate: the strategy ${strategy.id} cannot prepare this request`);
  }
  if (options.pageSize !== undefined) strategy.sized?.(start, 1); // so does a size it has no place for
  return new PagedObservable(
    walkSource({ transport, request: first, strategy, schema, options: walkOptions }),
  );
}

function oneStrategy(pagination: PaginateOptions<unknown, Kind>['pagination']): PaginationStrategy {
  if (pagination === undefined) return detectPagination();
  if ('read' in pagination) return pagination;
  const [only, ...others] = pagination;
  return only !== undefined && others.length === 0 ? only : choosePagination(pagination);
}

function isPagination(value: unknown): string | undefined {
  const fits = Array.isArray(value)
    ? value.length > 0 && value.every(isStrategy)
    : isStrategy(value);
  return fits ? undefined : 'a strategy or an array of strategies';
}

function isSchema(value: unknown): string | undefined {
  return typeof field(field(value, '~standard'), 'validate') === 'function'
    ? undefined
    : 'a Standard Schema (zod, valibot, arktype ...)';
}
