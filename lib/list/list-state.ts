/**
 * What a list is doing:
 *
 * - `'idle'`: it waits to be asked for more
 * - `'loading'`: a page is on its way
 * - `'refreshing'`: the first page is on its way anew; what is shown is still the old list
 * - `'error'`: a page failed; what is shown stays, and `retry()` asks for that page again
 * - `'done'`: the list is shown to its end
 */
export type ListStatus = 'idle' | 'loading' | 'refreshing' | 'error' | 'done';

/** What is to be shown of a list: one immutable value, replaced as a whole by every change. */
export interface ListState<T> {
  /** The items loaded and kept, in server order; the same array as before where they did not change. */
  readonly items: readonly T[];
  /** Pages the items are of, those between them and behind them without items too; at most `maxPages`. */
  readonly pages: number;
  /** What the list is doing. */
  readonly status: ListStatus;
  /** Why the last page asked for did not come: a `PaginationError`, or the `TypeError` of a misuse. Only with the status `error`. */
  readonly error?: unknown;
  /** Items of the whole list, as far as the server tells. */
  readonly totalCount?: number | undefined;
  /** Whether `loadPrevious()` has something to ask for: pages let go, or those before a start in the middle of the list. */
  readonly hasPrevious: boolean;
}
