import { Observable, type Subscription } from 'rxjs';

import type { Page } from '../core/page';
import { isPaginationError, PaginationError, type FailedAttempt } from '../core/pagination-error';
import { fieldsOf } from '../core/scrub-error';
import { startTimer } from '../core/timer';

import { locateError, readingError } from './complete-error';
import { attemptPage, type FetchContext } from './page-attempt';
import type { PageOrder } from './page-order';
import type { RetryPolicy, Verdict } from './retry-policy';

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
  const { log, memory, plan } = context;
  const { clock } = context.exchange;
  const { request } = order;
  const index = order.step.pages;
  return new Observable((subscriber) => {
    const history: FailedAttempt[] = [];
    let paid = 0;
    let halvings = 0;
    let startedAt = 0;
    let sized = order;
    let current: Subscription | undefined;
    subscriber.add(() => current?.unsubscribe());

    // Whoever listens to the events may leave the walk in them.
    const later = (waitMs: number) => {
      if (!subscriber.closed) current = startTimer(clock, waitMs, attempt);
    };
    function attempt(): void {
      if (memory.pageSize !== undefined) {
        try {
          sized = memory.pageSize.sized(order, log);
        } catch (error) {
          const place = { request, base: plan.transport.baseUrl, pageIndex: index, attempts: 0 };
          subscriber.error(locateError(readingError(error), place));
          return;
        }
        startedAt = clock.now();
      }
      const isSent = history.length === 0 && order.sent !== undefined;
      if (!isSent) log.request(sized.request, index, history.length + 1);
      if (subscriber.closed) return;
      const inner = attemptPage(context, sized, history.length + 1).subscribe({
        next: (page) => {
          if (sized !== order) memory.pageSize?.came(page.reading, clock.now() - startedAt);
          policy.succeed(paid);
          memory.notBefore = policy.notBefore(page.headers, clock.now());
          subscriber.next(page);
        },
        error: retry,
        complete: () => {
          subscriber.complete();
        },
      });
      // A retry may have begun already, where the attempt failed synchronously.
      if (!inner.closed) current = inner;
    }
    function retry(error: unknown): void {
      if (!isPaginationError(error)) {
        subscriber.error(error);
        return;
      }
      const now = clock.now();
      const failedAt = (history.length === 0 ? order.sentUntil?.() : undefined) ?? now;
      let verdict: Verdict;
      try {
        const retried = halvings === 0 ? history : history.slice(halvings);
        verdict = halve(error) ?? policy.judge(error, retried, failedAt);
      } catch (thrown) {
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        const message = `${error.message}; the option 'retry' threw: ${why}`;
        subscriber.error(new PaginationError(error.code, message, fieldsOf(error)));
        return;
      }
      const { code, status } = error;
      const waitMs = verdict.retry ? Math.max(0, verdict.waitMs - (now - failedAt)) : 0;
      history.push({ code, waitMs, ...(status !== undefined && { status }) });
      if (!verdict.retry) {
        subscriber.error(finalError(error, verdict, history));
        return;
      }
      paid = verdict.cost;
      log.retry({ index, attempt: history.length, code, status, waitMs });
      later(waitMs);
    }

    /** Asks for a page that is too much with half the size, which is no retry. */
    function halve(error: PaginationError): Verdict | undefined {
      if (sized === order || memory.pageSize?.isTooLarge(error) !== true) return undefined;
      const waitMs = policy.pause(error, halvings, clock.now());
      if (waitMs === undefined) return undefined;
      memory.pageSize.halve(error);
      halvings += 1;
      return { retry: true, waitMs, cost: paid };
    }

    const wait = order.sent === undefined ? memory.notBefore - clock.now() : 0;
    if (wait <= 0) {
      attempt();
    } else if (policy.allowsWait(wait)) {
      log.wait(index, wait);
      later(wait);
    } else {
      const place = { request, base: plan.transport.baseUrl, pageIndex: index, attempts: 0 };
      subscriber.error(locateError(limitedError(wait), place));
    }
  });
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
