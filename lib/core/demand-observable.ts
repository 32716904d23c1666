import { Observable, type ObservableInput, type Subscriber } from 'rxjs';

import { checkOptions, describe, isCount } from './check-options';
import { consumeValues } from './consume';
import { DemandIterator } from './demand-iterator';
import { forEachValue } from './for-each';
import type { OpenValues } from './walk';

/**
 * An Observable that can also be pulled, and then holds its source back.
 *
 * `subscribe` demands for ever: each page is asked for when the one before has been handed on. `for await`, `forEach` and
 * `consume` demand as they consume: at most the pages consumed + 1 + `prefetch` are requested. Each subscription and each
 * iterator is a walk of its own with its own requests, made from then on and not before; leaving aborts the one in flight.
 */
export class DemandObservable<T> extends Observable<T> implements AsyncIterable<T> {
  readonly #open: OpenValues<T>;

  /** @internal */
  constructor(open: OpenValues<T>) {
    super((subscriber) => {
      push(open, subscriber);
    });
    this.#open = open;
  }

  /**
   * Calls `next` for each value and waits for what it returns before it takes the next one.
   * Rejects with the walk's error, or with what `next` throws or rejects with, after which nothing more is requested.
   */
  override forEach(next: (value: T) => unknown): Promise<void> {
    if (typeof next !== 'function') {
      throw new TypeError(`forEach: 'next' must be a function, got ${describe(next)}`);
    }
    return forEachValue(this.#open, next);
  }

  /**
   * Emits what the projected inputs emit, at most `concurrency` (1 if omitted) of them at a time, and completes after the
   * last. The walk is held back: a page is requested when a place is free and no value is left. Errors with the error of
   * the walk, of a projected input or of `project`; unsubscribing leaves them all.
   */
  consume<O>(
    project: (value: T, index: number) => ObservableInput<O>,
    options: { readonly concurrency?: number | undefined } = {},
  ): Observable<O> {
    if (typeof project !== 'function') {
      throw new TypeError(`consume: 'project' must be a function, got ${describe(project)}`);
    }
    checkOptions('consume', options, { concurrency: isCount });
    const { concurrency = 1 } = options;
    return consumeValues(this.#open, project, concurrency);
  }

  /**
   * Pulls the values one by one; requests are made by `next()` only. `return()`, as `break` calls it, aborts the request
   * in flight. After a rejection the next `next()` asks the failed page again.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    return new DemandIterator(this.#open);
  }
}

function push<T>(open: OpenValues<T>, subscriber: Subscriber<T>): void {
  const place = { taken: 0 };
  const flow = open({
    values: (batch) => {
      handOn(batch, subscriber, place);
      if (!subscriber.closed) flow.more();
    },
    taken: () => place.taken,
    error: (error) => {
      subscriber.error(error);
    },
    complete: () => {
      subscriber.complete();
    },
  });
  subscriber.add(() => {
    flow.stop();
  });
  flow.more();
}

/** A function of its own, so that the compiler sees little else than the loop. */
function handOn<T>(batch: readonly T[], subscriber: Subscriber<T>, place: { taken: number }): void {
  const { length } = batch;
  place.taken = 0;
  for (let at = 0; at < length && !subscriber.closed; at++) {
    place.taken = at + 1;
    subscriber.next(batch[at] as T);
  }
}
