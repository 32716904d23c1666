import { from, Observable, type ObservableInput } from 'rxjs';

import type { OpenValues } from './walk';

/** `mergeMap` that holds the walk back: a value is taken only when one of `concurrency` places is free. */
export function consumeValues<T, O>(
  open: OpenValues<T>,
  project: (value: T, index: number) => ObservableInput<O>,
  concurrency: number,
): Observable<O> {
  return new Observable((subscriber) => {
    let values: readonly T[] = [];
    let at = 0;
    let index = 0;
    let active = 0;
    /** Places in the batch of the values that are being worked on. */
    let working = new Set<number>();
    let failed = false;
    let waiting = false;
    let over = false;
    let filling = false;

    const flow = open({
      values: (batch) => {
        values = batch;
        at = 0;
        working = new Set();
        waiting = false;
        fill();
      },
      // After a failure up to the first that is not done, so that a resume token never skips it.
      taken: () => (failed ? Math.min(at, ...working) : at),
      error: (error) => {
        subscriber.error(error);
      },
      complete: () => {
        over = true;
        if (active === 0) subscriber.complete();
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
      while (active < concurrency && !subscriber.closed) {
        if (at < values.length) {
          run(values[at] as T, at++);
        } else if (waiting || over) {
          break;
        } else {
          waiting = true;
          flow.more();
        }
      }
      filling = false;
    }

    function fail(error: unknown): void {
      failed = true;
      subscriber.error(error);
    }

    function run(value: T, place: number): void {
      const batch = working;
      batch.add(place);
      let input;
      try {
        input = from(project(value, index++));
      } catch (error) {
        fail(error);
        return;
      }
      active++;
      const inner = input.subscribe({
        next: (output) => {
          subscriber.next(output);
        },
        error: fail,
        complete: () => {
          active--;
          batch.delete(place);
          if (over && active === 0) subscriber.complete();
          else fill();
        },
      });
      subscriber.add(inner);
    }
  });
}
