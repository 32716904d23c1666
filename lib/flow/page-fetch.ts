import { Observable, type Subscriber, type Subscription } from 'rxjs';

import type { Page } from '../core/page';
import { isPaginationError, PaginationError, type FailedAttempt } from '../core/pagination-error';
import { fieldsOf } from '../core/scrub-error';
import { startTimer } from '../core/timer';

import { locateError, readingError, type ErrorPlace } from './complete-error';
import { PageAttempt, type FetchContext, type PageReceiver } from './page-attempt';
import type { PageOrder } from './page-order';
import type { RetryPolicy, Verdict } from './retry-policy';

const NONE: readonly FailedAttempt[] = [];

/**
 * Fetches one page on subscribe, in as many attempts as the policy allows; waits before where the server said that no
 * request is left. Emits the page and completes, or only completes where the reply ends the list without being a page.
 * Unsubscribing aborts the request and ends a wait at once. Errors with a `PaginationError`.
 */
export function fetchPage(
  context: FetchContext,
  order: PageOrder,
  policy: RetryPolicy,
): Observable<Page> {
  return new Observable((subscriber) => {
    const fetch = new PageFetch(context, order, policy, subscriber);
    subscriber.add(() => {
      fetch.cancel();
    });
    fetch.start();
  });
}

/** The attempts at one page. */
class PageFetch implements PageReceiver {
  readonly #context: FetchContext;
  readonly #order: PageOrder;
  /** The order with the size that is asked for now, where that adapts. */
  #sized: PageOrder;
  readonly #policy: RetryPolicy;
  readonly #subscriber: Subscriber<Page>;
  #history: readonly FailedAttempt[] = NONE;
  #attempts = 0;
  /** Of the last attempt that failed. */
  #error: PaginationError | undefined;
  /** What the last retry cost. */
  #paid = 0;
  /** Attempts that asked for too much; no retries. */
  #halvings = 0;
  #startedAt = 0;
  #attempt: PageAttempt | undefined;
  #wait: Subscription | undefined;

  constructor(
    context: FetchContext,
    order: PageOrder,
    policy: RetryPolicy,
    subscriber: Subscriber<Page>,
  ) {
    this.#context = context;
    this.#order = order;
    this.#sized = order;
    this.#policy = policy;
    this.#subscriber = subscriber;
  }

  start(): void {
    const { log, memory, exchange } = this.#context;
    const { sent, step } = this.#order;
    const { notBefore } = memory;
    log.asking = this;
    const wait = sent !== undefined || notBefore === 0 ? 0 : notBefore - exchange.clock.now();
    if (wait <= 0) {
      this.#start();
    } else if (this.#policy.allowsWait(wait)) {
      log.wait(step.pages, wait);
      this.#later(wait);
    } else {
      this.#fail(limitedError(wait));
    }
  }

  cancel(): void {
    this.#wait?.unsubscribe();
    this.#attempt?.cancel();
  }

  /** With what is known of its attempts and their last reply. */
  place(): ErrorPlace {
    const { request, step } = this.#sized;
    const base = this.#context.plan.transport.baseUrl;
    const known = { attempts: this.#attempts, history: this.#history, last: this.#error };
    return { request, base, pageIndex: step.pages, ...known };
  }

  page(page: Page | undefined): void {
    const subscriber = this.#subscriber;
    const { log, memory, exchange } = this.#context;
    log.asking = undefined;
    log.failed = this.#history;
    // Whoever listens to the events may have left in them.
    if (page !== undefined && !subscriber.closed) {
      if (this.#sized !== this.#order) {
        memory.pageSize?.came(page.reading, exchange.clock.now() - this.#startedAt);
      }
      this.#policy.succeed(this.#paid);
      memory.notBefore = this.#policy.notBefore(page.headers, exchange.clock.now());
      subscriber.next(page);
    }
    subscriber.complete();
  }

  failed(error: unknown): void {
    const subscriber = this.#subscriber;
    if (!isPaginationError(error)) {
      subscriber.error(error);
      return;
    }
    const history = this.#history;
    const { log, exchange } = this.#context;
    const now = exchange.clock.now();
    const failedAt = (history.length === 0 ? this.#order.sentUntil?.() : undefined) ?? now;
    let verdict: Verdict;
    try {
      const retried = this.#halvings === 0 ? history : history.slice(this.#halvings);
      verdict = this.#halve(error, now) ?? this.#policy.judge(error, retried, failedAt);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const message = `${error.message}; the option 'retry' threw: ${why}`;
      subscriber.error(new PaginationError(error.code, message, fieldsOf(error)));
      return;
    }
    const { code, status } = error;
    const waitMs = verdict.retry ? Math.max(0, verdict.waitMs - (now - failedAt)) : 0;
    this.#history = [...history, { code, waitMs, ...(status !== undefined && { status }) }];
    this.#error = error;
    if (!verdict.retry) {
      subscriber.error(finalError(error, verdict, this.#history));
      return;
    }
    this.#paid = verdict.cost;
    const attempt = this.#history.length;
    log.retry({ index: this.#order.step.pages, attempt, code, status, waitMs });
    this.#later(waitMs);
  }

  #later(waitMs: number): void {
    if (this.#subscriber.closed) return;
    this.#wait = startTimer(this.#context.exchange.clock, waitMs, () => {
      this.#start();
    });
  }

  #start(): void {
    const { log, memory, exchange } = this.#context;
    const { sent, step } = this.#order;
    const attempt = this.#history.length + 1;
    if (memory.pageSize !== undefined) {
      this.#startedAt = exchange.clock.now();
      try {
        this.#sized = memory.pageSize.sized(this.#order, log);
      } catch (error) {
        this.#fail(readingError(error));
        return;
      }
      if (this.#subscriber.closed) return; // who heard of another size may leave
    }
    this.#attempts = attempt;
    const isSent = attempt === 1 && sent !== undefined;
    if (!isSent) log.request(this.#sized.request, step.pages, attempt);
    if (this.#subscriber.closed) return;
    this.#attempt = new PageAttempt(this.#context, this.#sized, attempt, this);
    this.#attempt.start();
  }

  /** Asks for a page that is too much with half the size, which is no retry. */
  #halve(error: PaginationError, now: number): Verdict | undefined {
    const { pageSize } = this.#context.memory;
    if (this.#sized === this.#order || pageSize?.isTooLarge(error) !== true) return undefined;
    const waitMs = this.#policy.pause(error, this.#halvings, now);
    if (waitMs === undefined) return undefined;
    pageSize.halve(error);
    this.#halvings += 1;
    return { retry: true, waitMs, cost: this.#paid };
  }

  /** Before anything was sent. */
  #fail(error: unknown): void {
    this.#subscriber.error(locateError(error, this.place()));
  }
}

function finalError(
  error: PaginationError,
  {
    why,
    askedMs,
  }: { readonly why: 'final' | 'exhausted' | 'limited'; readonly askedMs?: number | undefined },
  history: readonly FailedAttempt[],
): PaginationError {
  const fields = { ...fieldsOf(error), history, attempts: history.length };
  if (why === 'final') return new PaginationError(error.code, error.message, fields);
  const { name, code, message, stack, cause } = error;
  const last = { name, code, message, ...(stack !== undefined && { stack }), cause };
  if (why === 'limited') {
    return new PaginationError(
      'RATE_LIMITED',
      `The server asks to wait ${String(askedMs)} ms, which is more than maxRetryAfter allows: ${message}`,
      { ...fields, retryAfterMs: askedMs, cause: last },
    );
  }
  const times = history.length === 1 ? '1 attempt' : `${String(history.length)} attempts`;
  return new PaginationError('RETRY_EXHAUSTED', `Gave up after ${times}: ${message}`, {
    ...fields,
    cause: last,
  });
}

function limitedError(waitMs: number): PaginationError {
  return new PaginationError(
    'RATE_LIMITED',
    `The server has no request left for ${String(waitMs)} ms, which is more than maxRetryAfter allows`,
    { retryAfterMs: waitMs },
  );
}
