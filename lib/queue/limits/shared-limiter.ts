import { from, Observable, type Subscription } from 'rxjs';

import type { PageReply } from '../../core/page-reply';
import { PaginationError } from '../../core/pagination-error';
import type { Transport } from '../../core/transport';
import { readRateLimitWait } from '../../protocol/rate-limit';
import { readRetryAfter } from '../../protocol/retry-after';
import type { LimitDescription } from '../export-description';
import type { Limiter } from '../limiter';
import type { Sql } from '../sql-pool';

import { LimitStore } from './limit-store';
import { Permits, type Release } from './permits';

/** As `maxRetryAfter` of a walk, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Keeps limits for all processes that use one database. A request waits until the rate and the number of requests in flight
 * allow it, and until the moment that `Retry-After` or rate-limit headers of any worker's reply have named; where that is more
 * than a minute ahead it errors with `RATE_LIMITED`. Leaving a request ends its wait and frees its place.
 */
export function sharedLimiter(sql: Sql, patienceMs = PATIENCE): Limiter {
  const permits = new Permits(new LimitStore(sql), patienceMs);
  return (transport, limit, timeout) => limited(transport, limit, timeout, permits);
}

function limited(
  transport: Transport,
  limit: LimitDescription,
  timeout: number,
  permits: Permits,
): Transport {
  const waiting: Transport = (request, signal, limits) =>
    new Observable<PageReply>((subscriber) => {
      const left = new AbortController();
      let release: Release = () => undefined;
      let isOver = false;
      let inner: Subscription | undefined;
      let timer: NodeJS.Timeout | undefined;
      subscriber.add(() => {
        isOver = true;
        left.abort();
        clearTimeout(timer);
        inner?.unsubscribe();
        release();
      });
      const send = (free: Release) => {
        if (isOver) {
          free();
          return;
        }
        release = free;
        if (timeout !== Infinity) {
          timer = setTimeout(() => {
            subscriber.error(timedOut(timeout));
          }, timeout);
        }
        inner = from(transport(request, signal, limits)).subscribe({
          next: (reply) => {
            const closedMs = waitOf(reply.headers, reply.status);
            if (closedMs !== undefined) permits.close(limit, closedMs);
            subscriber.next(reply);
          },
          error: (error: unknown) => {
            const closedMs = waitOfError(error);
            if (closedMs !== undefined) permits.close(limit, closedMs);
            subscriber.error(error);
          },
          complete: () => {
            subscriber.complete();
          },
        });
        if (subscriber.closed) inner.unsubscribe();
      };
      permits
        .take(limit, left.signal)
        .then(send)
        .catch((error: unknown) => {
          subscriber.error(error);
        });
    });
  const { anonymous, baseUrl } = transport;
  return Object.assign(waiting, { anonymous, baseUrl });
}

/** The wait that a reply asks of everybody; `Retry-After` wins where there are both. */
function waitOf(headers: PageReply['headers'] | undefined, status: number): number | undefined {
  if (headers === undefined) return undefined;
  const now = Date.now();
  const asked = status >= 400 ? readRetryAfter(headers, now) : undefined;
  return asked ?? readRateLimitWait(headers, now);
}

/** Clients may throw replies of a status of 400 and above. */
function waitOfError(error: unknown): number | undefined {
  if (!(error instanceof PaginationError)) return undefined;
  return error.retryAfterMs ?? waitOf(error.headers, error.status ?? 0);
}

function timedOut(timeout: number): PaginationError {
  return new PaginationError('TIMEOUT', `No complete reply within ${String(timeout)} ms`);
}
