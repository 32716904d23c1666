import { Observable, Subject } from 'rxjs';

/** Whether anybody watches. */
export interface Watchers {
  /** Before the first one is told the value. */
  first(): void;
  /** After the last one left. */
  none(): void;
}

/**
 * A value that is watched: who subscribes is told the present one at once and then each change, all of them in the same order, also
 * changes made while one is told.
 */
export class StateStream<T> {
  readonly #subject = new Subject<T>();
  readonly #waiting: T[] = [];
  #told: T;
  #isTelling = false;
  #watchers = 0;

  constructor(
    value: T,
    private readonly watchers: Watchers,
  ) {
    this.#told = value;
  }

  /** Emits the value and its changes; completes with the stream, never errors. */
  readonly changes = new Observable<T>((subscriber) => {
    if (this.#watchers++ === 0) this.watchers.first();
    subscriber.add(() => {
      if (--this.#watchers === 0) this.watchers.none();
    });
    subscriber.next(this.#told);
    subscriber.add(this.#subject.subscribe(subscriber));
  });

  set(value: T): void {
    this.#waiting.push(value);
    if (this.#isTelling) return;
    this.#isTelling = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#told = next;
      this.#subject.next(next);
    }
    this.#isTelling = false;
  }

  complete(): void {
    this.#subject.complete();
  }
}
