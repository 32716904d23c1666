import type { PageSteps } from './page-chain';
import { PageFlow, type PageFlowSettings } from './page-flow';
import { PaginationError } from './pagination-error';
import type { EndReason } from './walk-event';

/** Where a stopped walk goes on, and what it must remember to keep its guards; made and read by the walk only. */
export interface Continuation {
  readonly memory: object;
}

/** How a walk stopped. */
export interface WalkEnd<P> {
  readonly reason: EndReason;
  /** The last page handed on, and how many of its items were. */
  readonly page: P | undefined;
  readonly itemsTaken: number;
  readonly error?: unknown;
}

/** The walk of one subscription. */
export interface Walk<P> extends PageSteps<P> {
  readonly settings: PageFlowSettings;
  readonly signal: AbortSignal | undefined;
  /** Why the page steps came to their end, once they have. */
  readonly endReason: EndReason;
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
  const { signal } = walk;
  let last: P | undefined;
  let state: 'new' | 'open' | 'over' = 'new';

  const end = (reason: EndReason, error?: unknown) => {
    state = 'over';
    signal?.removeEventListener('abort', abort);
    const itemsTaken = last === undefined ? 0 : view.items(last, observer.taken());
    return walk.stopped({ reason, page: last, itemsTaken, error });
  };
  const fail = (reason: EndReason, cause: unknown) => {
    const { error, continuation } = end(reason, cause);
    observer.error(error, continuation);
  };
  const flow = new PageFlow(walk, walk.settings, {
    page: (page) => {
      last = page;
      observer.values(view.values(page));
    },
    error: (error) => {
      fail('error', error);
    },
    complete: (paced) => {
      end(paced ? 'limit' : walk.endReason);
      observer.complete();
    },
  });
  function abort(): void {
    if (state === 'over') return;
    flow.stop();
    fail('aborted', new PaginationError('ABORTED', 'The walk was aborted by its signal'));
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
        signal?.addEventListener('abort', abort);
      }
      flow.more();
    },
    stop: () => {
      if (state === 'over') return;
      flow.stop();
      if (state === 'open') end('unsubscribed');
      state = 'over';
    },
  };
}
