import type { ObservableInput, Observer, SchedulerLike } from 'rxjs';

import type { WalkEvent } from './walk-event';

/** Bounds on what a server may make the walk do. */
export interface WalkLimits {
  /** Pages without items in a row, after which the walk errors with `STALLED`. @defaultValue 100 */
  readonly emptyPages?: number | undefined;
  /** Redirects of one request. @defaultValue 5 */
  readonly redirects?: number | undefined;
}

/** How a list is walked, whatever its protocol. */
export interface WalkOptions {
  /** Pages fetched ahead of demand. @defaultValue 0 */
  readonly prefetch?: number | undefined;
  /**
   * A notifier ("load more"): the first page at subscribe, each emission asks one more; emissions while a page is on its
   * way are dropped. Its completion ends the walk after the page on its way, its error errors the walk.
   */
  readonly pacedBy?: ObservableInput<unknown> | undefined;
  /** A resume token of the same request and strategy. */
  readonly resumeFrom?: string | undefined;
  /** Pages after which the walk completes, resumed ones included. @defaultValue none */
  readonly maxPages?: number | undefined;
  /** Items after which the walk completes, resumed ones included; also in mid-page. @defaultValue none */
  readonly maxItems?: number | undefined;
  /** Milliseconds one request may take, to the last byte of its body; `Infinity` for no limit. @defaultValue 30_000 */
  readonly timeout?: number | undefined;
  readonly limits?: WalkLimits | undefined;
  /** What an empty cursor means. @defaultValue 'end' */
  readonly emptyCursor?: 'end' | 'continue' | undefined;
  /** Aborting it errors the walk with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Told what happens besides the items; only `next` is called, and what it throws does not reach the walk. */
  readonly events?: Partial<Observer<WalkEvent>> | undefined;
  /** Gives the time and runs timers, for tests. @defaultValue `asyncScheduler` */
  readonly clock?: SchedulerLike | undefined;
}
