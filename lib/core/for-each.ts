import type { OpenValues } from './walk';

/** Calls `next` for each value, one after another, and waits for what it returns; the walk waits along. */
export function forEachValue<T>(open: OpenValues<T>, next: (value: T) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    let values: readonly T[] = [];
    let at = 0;
    const flow = open({
      values: (batch) => {
        values = batch;
        at = 0;
        step();
      },
      taken: () => at,
      error: leave,
      complete: resolve,
    });

    // A value counts as taken once its callback is done, so that a resume token never skips one that failed.
    function step(): void {
      while (at < values.length) {
        let result;
        try {
          result = next(values[at] as T);
        } catch (error) {
          leave(error);
          return;
        }
        if (isPromiseLike(result)) {
          result.then(() => {
            at++;
            step();
          }, leave);
          return;
        }
        at++;
      }
      flow.more();
    }

    function leave(error: unknown): void {
      values = []; // an abort may come in the middle of a page
      flow.stop();
      // What a callback throws is passed on as it is.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(error);
    }

    flow.more();
  });
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    'then' in value &&
    typeof value.then === 'function'
  );
}
