import type { PaginationError } from '../../lib/core/pagination-error';
import type { WalkEvent } from '../../lib/core/walk-event';

/** What can be seen of a walk from outside, in the order in which it happened. */
export type TraceEntry =
  | { readonly type: 'ask' } // the consumer wants one more value, or with a notifier one more page
  | { readonly type: 'request'; readonly place: number; readonly atMs?: number | undefined } // by the virtual clock
  | { readonly type: 'reply'; readonly place: number } // a good one
  | { readonly type: 'value'; readonly ids: readonly number[] } // an item, or the items of a page
  | { readonly type: 'event'; readonly event: WalkEvent }
  | { readonly type: 'left'; readonly undone: number } // values in hand that the consumer had not finished with
  | { readonly type: 'complete' }
  | {
      readonly type: 'error';
      readonly code: string;
      readonly error?: PaginationError | undefined;
      /** As when it left. */
      readonly undone?: number | undefined;
    }
  | { readonly type: 'timer'; readonly afterMs: number } // one that ran on so long after the stop
  | { readonly type: 'resumed'; readonly ids: readonly number[]; readonly end: string }; // from the token, once all is well

export type Trace = readonly TraceEntry[];
