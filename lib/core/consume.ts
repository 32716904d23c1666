import { from, Observable, type ObservableInput } from 'rxjs';

import type { OpenValues } from './walk';

/** A value that is being worked on. */
interface Work {
  readonly batch: number;
  /** Its place in the batch. */
  readonly place: number;
  /** Something came of it already. */
  hasEmitted: boolean;
}

/** `mergeMap` that holds the walk back: a value is taken only when one of `concurrency` places is free. */
export function consumeValues<T, O>(
  open: OpenValues<T>,
  project: (value: T, index: number) => ObservableInput<O>,
  concurrency: number,
): Observable<O> {
  return new Observable((subscriber) => {
    /** In the order in which they were begun. */
    const working = new Set<Work>();
    let values: readonly T[] = [];
    let batch = 0;
    let at = 0;
    let index = 0;
    let waiting = false;
    /** Ends the walk, once its list is known to have come to an end. */
    let over: (() => void) | undefined;
    let filling = false;
    let failed = false;

    // A resume token goes on at the first value that is not done, so that none is skipped. One that has emitted counts as
    // done where the consumer leaves, as `take` does in the middle of it; where it fails it does not.
    const firstOpen = () => [...working].find(({ hasEmitted }) => failed || !hasEmitted);
    const flow = open({
      values: (next) => {
        values = next;
        batch++;
        at = 0;
        waiting = false;
        fill();
      },
      taken: () => firstOpen()?.place ?? at,
      behind: () => batch - (firstOpen()?.batch ?? batch),
      error: (error) => {
        subscriber.error(error);
      },
      whenDone: (finish) => {
        over = finish;
        if (working.size === 0) finish();
      },
      complete: () => {
        subscriber.complete();
      },
    });
    subscriber.add(() => {
      flow.stop();
    });
    fill();

    // A loop and not a recursion: projections may complete synchronously.
    function fill(): void {
      if (filling) return;
      filling = true;
      while (working.size < concurrency && !subscriber.closed) {
        if (at < values.length) {
          run(values[at] as T, at++);
        } else if (waiting || over !== undefined) {
          break;
        } else {
          waiting = true;
          flow.more();
        }
      }
      filling = false;
    }

    function run(value: T, place: number): void {
      const work: Work = { batch, place, hasEmitted: false };
      working.add(work);
      let input;
      try {
        input = from(project(value, index++));
      } catch (error) {
        fail(error);
        return;
      }
      const inner = input.subscribe({
        next: (output) => {
          work.hasEmitted = true;
          subscriber.next(output);
        },
        error: fail,
        complete: () => {
          working.delete(work);
          if (over !== undefined && working.size === 0) over();
          else fill();
        },
      });
      subscriber.add(inner);
    }

    function fail(error: unknown): void {
      failed = true;
      subscriber.error(error);
    }
  });
}
