import { isPaginationError, type PaginationError } from '../../lib/core/pagination-error';
import type { EndEvent } from '../../lib/core/walk-event';
import type { WalkOptions } from '../../lib/core/walk-options';
import type { DemandObservable } from '../../lib/core/demand-observable';

export interface WalkResult<T> {
  readonly values: T[];
  /** Absent where the walk completed. */
  readonly error?: PaginationError;
  /** The code of the error, or 'complete'. */
  readonly end: string;
  readonly event: EndEvent;
}

/** Anything that can be walked with other options. */
interface Walkable<T> extends DemandObservable<T> {
  with(options: WalkOptions): DemandObservable<T>;
}

/** Walks to the end and gives what came. An error that is not the toolkit's own is thrown. */
export function walkToEnd<T>(
  paged: Walkable<T>,
  options: WalkOptions = {},
): Promise<WalkResult<T>> {
  return new Promise((resolve, reject) => {
    const values: T[] = [];
    const ends: EndEvent[] = [];
    const events = {
      next: (event: { readonly type: string }) => {
        if (event.type === 'end') ends.push(event as EndEvent);
      },
    };
    const finish = (end: string, error?: PaginationError) => {
      const [event, ...more] = ends;
      if (event === undefined || more.length > 0) {
        reject(new Error(`Expected one end event, got ${String(ends.length)}`));
      } else {
        resolve({ values, end, event, ...(error !== undefined && { error }) });
      }
    };
    paged.with({ ...options, events }).subscribe({
      next: (value) => values.push(value),
      error: (error: unknown) => {
        if (isPaginationError(error)) finish(error.code, error);
        else reject(error instanceof Error ? error : new Error(String(error)));
      },
      complete: () => {
        finish('complete');
      },
    });
  });
}
