import type { Observable, Subscription } from 'rxjs';

import { isPaginationError, type PaginationError } from 'paged-observable';

/** Everything a subscription was told, in order. */
export class Recorder<T> {
  readonly values: T[] = [];
  readonly errors: unknown[] = [];
  completions = 0;
  readonly subscription: Subscription;

  constructor(source: Observable<T>) {
    this.subscription = source.subscribe({
      next: (value) => this.values.push(value),
      error: (error: unknown) => this.errors.push(error),
      complete: () => this.completions++,
    });
  }

  /** The one error that ended it. */
  get error(): PaginationError {
    const [error] = this.errors;
    if (this.errors.length === 1 && this.completions === 0 && isPaginationError(error))
      return error;
    throw new Error(`Expected one PaginationError, got ${JSON.stringify(this)}`, { cause: error });
  }

  get notifications(): { values: T[]; errors: number; completions: number } {
    return { values: this.values, errors: this.errors.length, completions: this.completions };
  }
}

export function record<T>(source: Observable<T>): Recorder<T> {
  return new Recorder(source);
}
