import type { Observer, SchedulerLike } from 'rxjs';

import type { Page } from '../core/page';
import type { PageRequest } from '../core/page-request';
import type { EndEvent, WalkEvent } from '../core/walk-event';

import { redactRequest } from './redact';

/** Counts what a walk does and tells its events; costs nothing but the counting while nobody listens. */
export class WalkLog {
  attempts = 0;
  bytes = 0;
  pages = 0;
  readonly #events: Partial<Observer<WalkEvent>> | undefined;
  readonly #clock: SchedulerLike;
  readonly #base: string | undefined;

  constructor(
    events: Partial<Observer<WalkEvent>> | undefined,
    clock: SchedulerLike,
    base: string | undefined,
  ) {
    this.#events = events;
    this.#clock = clock;
    this.#base = base;
  }

  request(request: PageRequest, index: number): void {
    this.attempts++;
    this.#emit(() => ({
      type: 'request',
      index,
      attempt: 1,
      request: redactRequest(request, this.#base),
    }));
  }

  page(page: Page, startedAt: number): void {
    this.pages = Math.max(this.pages, page.index + 1);
    this.#emit(() => ({
      type: 'page',
      index: page.index,
      items: page.items.length,
      status: page.status,
      elapsedMs: this.#clock.now() - startedAt,
    }));
  }

  end(end: Pick<EndEvent, 'endReason' | 'items' | 'code'>, resumeToken: () => string): void {
    this.#emit(() => ({
      type: 'end',
      ...end,
      pages: this.pages,
      attempts: this.attempts,
      bytes: this.bytes,
      duplicates: 0,
      resumeToken: resumeToken(),
    }));
  }

  #emit(event: () => WalkEvent): void {
    if (this.#events?.next === undefined) return;
    const made = event();
    try {
      this.#events.next(made);
    } catch (error) {
      // As RxJS does with what a subscriber's callback throws: seen by the process, not by the walk.
      setTimeout(() => {
        throw error;
      });
    }
  }
}
