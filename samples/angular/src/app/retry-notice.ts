import { Injectable, signal } from '@angular/core';
import type { WalkEvent } from 'paged-observable';

/** Whether a page that failed is about to be asked for again. */
@Injectable({ providedIn: 'root' })
export class RetryNotice {
  readonly #attempt = signal(0);
  /** Which attempt is next; 0 while all is well. */
  readonly attempt = this.#attempt.asReadonly();

  readonly observer = {
    next: (event: WalkEvent): void => {
      if (event.type === 'retry') this.#attempt.set(event.attempt);
      if (event.type === 'page' || event.type === 'end') this.#attempt.set(0);
    },
  };
}
