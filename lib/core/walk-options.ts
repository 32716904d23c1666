import type { ObservableInput, Observer, SchedulerLike } from 'rxjs';

import type { PageSizeOptions } from './page-size-options';
import type { RetryOptions } from './retry-options';
import type { WalkEvent } from './walk-event';

/** Bounds on what a server may make the walk do. */
export interface WalkLimits {
  /** Bytes of one page's body after decompression. @defaultValue 64 MiB */
  readonly bodyBytes?: number | undefined;
  /** Levels of nested JSON in one page. @defaultValue 512 */
  readonly jsonDepth?: number | undefined;
  /** Characters of a reply's `Link` header. @defaultValue 16 KiB */
  readonly linkHeaderBytes?: number | undefined;
  /** Characters of the next request's URL. @defaultValue 8 KiB, beside a cursor's length */
  readonly urlBytes?: number | undefined;
  /** Characters of a cursor, as JSON. @defaultValue 16 KiB */
  readonly cursorBytes?: number | undefined;
  /** Pages in a row without items, or without new ones where there is a `key`, after which the walk errors with `STALLED`. @defaultValue 100 */
  readonly emptyPages?: number | undefined;
  /** Redirects of one request. @defaultValue 5 */
  readonly redirects?: number | undefined;
}

/**
 * What tells the items of a list apart: a JSON pointer into the item, or a function of it. The item is as it came, before a schema has
 * looked at it: where there is one, and in `with`, which does not know whether there is, its type is `unknown`.
 */
export type ItemKey<T = unknown> = string | ((item: T) => string | number);

/** How a list is walked, whatever its protocol. Times are in milliseconds; an option that is `undefined` is as if left out. */
export interface WalkOptions<T = unknown> {
  /** Pages fetched ahead of demand. @defaultValue 0 */
  readonly prefetch?: number | undefined;
  /**
   * Requests in flight at once, of number and offset walks only, whose next positions can be told beforehand; pages are handed on in
   * order. Up to `concurrency` - 1 further pages are asked for ahead of demand; a page that is not as long as the one before
   * aborts what was asked for behind it. A walk of another kind is a TypeError. @defaultValue 1
   */
  readonly concurrency?: number | undefined;
  /**
   * Lets the page size asked for adapt, of cursor and offset walks whose strategy knows the parameter for it: it begins with
   * the request's own, else with `min`, grows while pages take less than `target` milliseconds, and is halved where a page is too
   * much (status 413, 502, 504 or 524, a timeout, `BODY_TOO_LARGE`), which then is asked for again from the same position. That is no
   * retry until `min` is reached. A walk of another kind, `concurrency` and `overlap` are a TypeError.
   */
  readonly pageSize?: PageSizeOptions | undefined;
  /**
   * A notifier ("load more"): the first page at subscribe, each emission asks one more; emissions while a page is on its
   * way are dropped. Its completion ends the walk after the page on its way (`endReason: 'limit'`), its error errors the walk.
   */
  readonly pacedBy?: ObservableInput<unknown> | undefined;
  /** A resume token of the same request and strategy. */
  readonly resumeFrom?: string | undefined;
  /** Pages after which the walk completes, resumed ones included. @defaultValue none */
  readonly maxPages?: number | undefined;
  /** Items after which the walk completes, resumed ones included; also in mid-page. @defaultValue none */
  readonly maxItems?: number | undefined;
  /** How a page that failed is asked for again; `false` for not at all. */
  readonly retry?: RetryOptions | false | undefined;
  /** Milliseconds one request may take, to the last byte of its body; `Infinity` for no limit. @defaultValue 30_000 */
  readonly timeout?: number | undefined;
  /** Milliseconds a body may pause; `Infinity` for no limit. @defaultValue 15_000 */
  readonly idleTimeout?: number | undefined;
  /** Milliseconds the whole walk may take, pauses of the consumer included; then it errors with `DEADLINE`. @defaultValue none */
  readonly deadline?: number | undefined;
  /** Bounds on what a server may make the walk do; each of them errors. */
  readonly limits?: WalkLimits | undefined;
  /**
   * Further origins that links and redirects may lead to, always without credentials, which the transport must be able to
   * leave out. @defaultValue none: leaving the first request's origin errors with `CROSS_ORIGIN`
   */
  readonly allowedOrigins?: readonly string[] | undefined;
  /**
   * Drops items whose key was handed on before in this walk, among the last 10,000 (1,000,000 with `onExpired: 'restart'`). A walk that is
   * resumed by a token knows none of those before it, but for the rows of an `overlap`. A function is given the item as it came:
   * `key: ({ id }) => id` where the type of the items is known, `key: '/id'` where a schema or `with` makes it `unknown`.
   */
  readonly key?: ItemKey<T> | undefined;
  /**
   * Rows of the page before that an offset walk asks for again. A page that shares none shows that rows were deleted before
   * the position: the walk steps back until it finds a known row, or errors with `DRIFT`. Needs `key`. A walk of another kind is a TypeError, on the
   * error channel where only the first reply shows the kind. @defaultValue 0
   */
  readonly overlap?: number | undefined;
  /** What an expired position means: `CURSOR_EXPIRED`, or to walk the list anew without what was handed on, which needs `key`. @defaultValue 'error' */
  readonly onExpired?: 'error' | 'restart' | undefined;
  /** What a page that was asked for or received before means: `LOOP`, a quiet end, or nothing. @defaultValue 'error' */
  readonly onRepeat?: 'error' | 'complete' | 'allow' | undefined;
  /** What an empty cursor means. @defaultValue 'end' */
  readonly emptyCursor?: 'end' | 'continue' | undefined;
  /** Aborting it errors the walk with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Told what happens besides the items; only `next` is called, and what it throws does not reach the walk. */
  readonly events?: Partial<Observer<WalkEvent>> | undefined;
  /** A number from 0 to below 1, for the spread of waits. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
  /** Gives the time and runs timers, for tests. @defaultValue `asyncScheduler` */
  readonly clock?: SchedulerLike | undefined;
}
