import type { SchedulerLike, Subscription } from 'rxjs';

import { cleanedCause } from './cleaned-cause';
import { onAbort } from './on-abort';
import type { PageSteps } from './page-chain';
import { PageFlow, type PageFlowSettings } from './page-flow';
import { PaginationError } from './pagination-error';
import { startTimer } from './timer';
import type { EndReason } from './walk-event';

/** Where a stopped walk goes on, and what it must remember to keep its guards; made and read by the walk only. */
export interface Continuation {
  readonly memory: object;
}

/** How a walk stopped. */
export interface WalkEnd<P> {
  readonly reason: EndReason;
  /** The last page handed on, or the first that is not done, and how many of its items are. */
  readonly page: P | undefined;
  readonly itemsTaken: number;
  readonly error?: unknown;
}

/** The walk of one subscription. */
export interface Walk<P> extends PageSteps<P> {
  readonly settings: PageFlowSettings;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds the walk may take from its first demand on. */
  readonly deadline: { readonly ms: number; readonly clock: SchedulerLike } | undefined;
  /** Why the page steps came to their end, once they have. */
  readonly endReason: EndReason;
  /** Called before a page is handed on: what depends on its items must be known before a consumer can change them. */
  handOn(page: P): void;
  /** Called once, when the walk has stopped. Gives the error as the consumer sees it and where to go on. */
  stopped(end: WalkEnd<P>): { readonly error: unknown; readonly continuation: Continuation };
}

/** What a view of a walk (its items, its pages) hands on for a page. */
export interface View<P, T> {
  readonly values: (page: P) => readonly T[];
  /** How many of the page's items `taken` of those values stand for. */
  readonly items: (page: P, taken: number) => number;
}

/** Takes the values of a walk a page at a time. */
export interface ValueObserver<T> {
  values(batch: readonly T[]): void;
  /** How many values of the last batch have been handed on. */
  taken(): number;
  /** How many batches before the last one still hold a value that is not done; `taken` then speaks of that batch. */
  behind?(): number;
  /** Calls `finish` once nothing is being worked on any more; until then the walk is not over, and may still be left. */
  whenDone?(finish: () => void): void;
  error(error: unknown, continuation: Continuation): void;
  complete(): void;
}

/** Demand of one consumer, in batches. */
export interface ValueFlow {
  /** The batch in hand is consumed: ask for the next. The first call starts the walk. */
  more(): void;
  /** Leaves the walk. */
  stop(): void;
}

export type OpenValues<T> = (observer: ValueObserver<T>, from?: Continuation) => ValueFlow;

/** Connects a walk with the consumer of one of its views; whatever way it stops, the walk is told exactly once. */
export function openWalk<P, T>(
  walk: Walk<P>,
  view: View<P, T>,
  observer: ValueObserver<T>,
): ValueFlow {
  const { signal, deadline } = walk;
  let timer: Subscription | undefined;
  let stopListening: (() => void) | undefined;
  /** The page in hand, last, and those before it that are not done. */
  let pages: readonly P[] = [];
  let state: 'new' | 'open' | 'over' = 'new';

  const end = (reason: EndReason, error?: unknown) => {
    state = 'over';
    stopListening?.();
    timer?.unsubscribe();
    const page = pages.at(-1 - (observer.behind?.() ?? 0));
    const itemsTaken = page === undefined ? 0 : view.items(page, observer.taken());
    pages = [];
    return walk.stopped({ reason, page, itemsTaken, error });
  };
  const fail = (reason: EndReason, cause: unknown) => {
    const { error, continuation } = end(reason, cause);
    observer.error(error, continuation);
  };
  const flow = new PageFlow(walk, walk.settings, {
    page: (page) => {
      const behind = observer.behind?.() ?? 0;
      // The page before is still needed where a value of it is not done.
      pages = observer.behind === undefined ? [page] : [...pages.slice(-1 - behind), page];
      walk.handOn(page);
      observer.values(view.values(page));
    },
    error: (error) => {
      fail('error', error);
    },
    complete: (paced) => {
      const finish = () => {
        end(paced ? 'limit' : walk.endReason);
        observer.complete();
      };
      if (observer.whenDone === undefined) finish();
      else observer.whenDone(finish);
    },
  });
  function abort(): void {
    flow.stop();
    fail(
      'aborted',
      new PaginationError('ABORTED', 'The walk was aborted by its signal', {
        cause: signal?.reason === undefined ? undefined : cleanedCause(signal.reason),
      }),
    );
  }
  function startDeadline(): void {
    if (deadline === undefined) return;
    const { ms, clock } = deadline;
    timer = startTimer(clock, ms, () => {
      flow.stop();
      fail(
        'error',
        new PaginationError('DEADLINE', `The walk was not over within ${String(ms)} ms`),
      );
    });
  }

  return {
    more: () => {
      if (state === 'over') return;
      if (state === 'new') {
        state = 'open';
        if (signal?.aborted === true) {
          abort();
          return;
        }
        if (signal !== undefined) stopListening = onAbort(signal, abort);
        startDeadline();
      }
      flow.more();
    },
    stop: () => {
      flow.stop();
      if (state === 'open') end('unsubscribed');
      state = 'over';
    },
  };
}
