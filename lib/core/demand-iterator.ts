import type { Continuation, OpenValues, ValueFlow } from './walk';

interface Waiter<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

/**
 * Pulls a walk: nothing is requested before the first `next()`, and a page only when `next()` asks beyond the last value
 * of the one before. After a rejection the next `next()` asks the failed page again. `return()` leaves the walk at once.
 */
export class DemandIterator<T> implements AsyncIterableIterator<T, undefined> {
  readonly #open: OpenValues<T>;
  #values: readonly T[] = [];
  #at = 0;
  #flow: ValueFlow | undefined;
  #continuation: Continuation | undefined;
  readonly #waiters: Waiter<T>[] = [];
  /** An error that came while nobody was waiting. */
  #failure: { readonly error: unknown } | undefined;
  #asking = false;
  #done = false;

  constructor(open: OpenValues<T>) {
    this.#open = open;
  }

  // A native async function: it costs half of a generator's step, and zone.js leaves it cheap where it makes
  // `Promise.resolve` ten times slower.
  async next(): Promise<IteratorResult<T, undefined>> {
    if (this.#at < this.#values.length) {
      return { value: this.#values[this.#at++] as T, done: false };
    }
    return this.#pull();
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async return(): Promise<IteratorResult<T, undefined>> {
    this.#flow?.stop();
    this.#finish();
    return { value: undefined, done: true };
  }

  async throw(error?: unknown): Promise<IteratorResult<T, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #pull(): Promise<IteratorResult<T, undefined>> | IteratorResult<T, undefined> {
    if (this.#done) return { value: undefined, done: true };
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      throw error;
    }
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#ask();
    });
  }

  #ask(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#flow ??= this.#connect();
    this.#flow.more();
  }

  #connect(): ValueFlow {
    return this.#open(
      {
        values: (batch) => {
          this.#values = batch;
          this.#at = 0;
          this.#asking = false;
          this.#serve();
        },
        taken: () => this.#at,
        error: (error, continuation) => {
          this.#disconnect();
          this.#continuation = continuation;
          const waiters = this.#waiters.splice(0);
          if (waiters.length === 0) this.#failure = { error };
          for (const waiter of waiters) waiter.reject(error);
        },
        complete: () => {
          this.#finish();
        },
      },
      this.#continuation,
    );
  }

  #serve(): void {
    while (this.#waiters.length > 0) {
      if (this.#at >= this.#values.length) {
        this.#ask();
        return;
      }
      const value = this.#values[this.#at++] as T;
      this.#waiters.shift()?.resolve({ value, done: false });
    }
  }

  #disconnect(): void {
    this.#flow = undefined;
    this.#asking = false;
    this.#values = [];
    this.#at = 0;
  }

  #finish(): void {
    this.#done = true;
    this.#disconnect();
    for (const waiter of this.#waiters.splice(0)) waiter.resolve({ value: undefined, done: true });
  }
}
