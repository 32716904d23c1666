import type { Observer, SchedulerLike } from 'rxjs';

import type { Page } from '../core/page';
import type { PageRequest } from '../core/page-request';
import type { FailedAttempt } from '../core/pagination-error';
import { redactRequest } from '../core/redact';
import type { EndEvent, PageSizeEvent, RetryEvent, WalkEvent } from '../core/walk-event';

import type { ErrorPlace } from './complete-error';

/** A page that is being asked for, or waited for. */
interface Asking {
  /** Where what stops the walk meanwhile happens. */
  place(): ErrorPlace;
}

/** Counts what a walk does and tells its events; costs nothing but the counting while nobody listens. */
export class WalkLog {
  attempts = 0;
  bytes = 0;
  pages = 0;
  asking: Asking | undefined;
  /** The attempts before the one that the last page came of. */
  failed: readonly FailedAttempt[] = [];
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

  request(request: PageRequest, index: number, attempt: number): void {
    this.attempts++;
    this.#emit(() => ({
      type: 'request',
      index,
      attempt,
      request: redactRequest(request, this.#base),
    }));
  }

  retry(retry: Omit<RetryEvent, 'type'>): void {
    this.#emit(() => ({ type: 'retry', ...retry }));
  }

  wait(index: number, waitMs: number): void {
    this.#emit(() => ({ type: 'wait', index, waitMs }));
  }

  pageSize(change: Omit<PageSizeEvent, 'type'>): void {
    this.#emit(() => ({ type: 'pageSize', ...change }));
  }

  page(page: Page, startedAt: number): void {
    if (!page.isRepeat) this.pages = Math.max(this.pages, page.index + 1);
    this.#emit(() => ({
      type: 'page',
      index: page.index,
      items: page.items.length,
      status: page.status,
      elapsedMs: this.#clock.now() - startedAt,
    }));
  }

  end(
    end: Pick<EndEvent, 'endReason' | 'items' | 'duplicates' | 'code'>,
    resumeToken: () => string,
  ): void {
    this.#emit(() => ({
      type: 'end',
      ...end,
      pages: this.pages,
      attempts: this.attempts,
      bytes: this.bytes,
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
