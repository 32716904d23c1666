import { EMPTY, mergeMap, NEVER, of, timer, type Observable, type SchedulerLike } from 'rxjs';

import type { Json } from '../../lib/core/json';
import type { PageReply } from '../../lib/core/page-reply';
import { PaginationError, type ErrorCode } from '../../lib/core/pagination-error';

/** What goes wrong with one attempt at a page, after so many milliseconds, 0 for in the call itself; plain data. */
export type Trouble = { readonly delayMs: number } & (
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter?: RetryAfter | undefined;
    }
  /** The client throws an error of this code, as it is or as the cause of fetch's. */
  | { readonly kind: 'thrown'; readonly code: ThrownCode; readonly wrapped: boolean }
  | { readonly kind: 'refused'; readonly code: 'BAD_JSON' | 'BAD_CONTENT' }
  | { readonly kind: 'silence' }
  /** The reply comes this long after the time limit, when nobody waits any more; whoever plays it must see to that. */
  | { readonly kind: 'late'; readonly byMs: number }
  | { readonly kind: 'shape'; readonly body: Json }
  | { readonly kind: 'no reply' }
);

/** A header, and the milliseconds it asks for; none where it cannot be used. */
export interface RetryAfter {
  readonly text: string;
  readonly ms?: number;
}

export type ThrownCode = keyof typeof THROWN;

/** What the errors of clients mean. */
export const THROWN = {
  ECONNRESET: 'NETWORK',
  ECONNREFUSED: 'NETWORK',
  EPIPE: 'NETWORK',
  ENOTFOUND: 'NETWORK',
  EAI_AGAIN: 'NETWORK',
  UND_ERR_SOCKET: 'NETWORK',
  ETIMEDOUT: 'TIMEOUT',
  UND_ERR_CONNECT_TIMEOUT: 'TIMEOUT',
  CERT_HAS_EXPIRED: 'TLS',
  E_NOBODY_KNOWS: 'PROTOCOL',
} as const satisfies Record<string, ErrorCode>;

/** How a walk is to take it, told without the engine (FAULTS section 2). */
export interface Failure {
  readonly code: ErrorCode;
  readonly status?: number;
  readonly isRetried: boolean;
  readonly askedMs?: number | undefined;
  /** Milliseconds from the request to the failure. */
  readonly tookMs: number;
}

const RETRIED_STATUSES = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529];

export function failureOf(trouble: Trouble, timeoutMs: number): Failure {
  const tookMs = trouble.delayMs;
  switch (trouble.kind) {
    case 'status': {
      const { status, retryAfter } = trouble;
      const isRetried = RETRIED_STATUSES.includes(status);
      return { code: 'HTTP_STATUS', status, isRetried, askedMs: retryAfter?.ms, tookMs };
    }
    case 'thrown': {
      // Inside fetch's own error a code that says nothing is a failure of the network.
      const known = THROWN[trouble.code];
      const code = known === 'PROTOCOL' && trouble.wrapped ? 'NETWORK' : known;
      return { code, isRetried: code === 'NETWORK' || code === 'TIMEOUT', tookMs };
    }
    case 'refused':
      return { code: trouble.code, isRetried: trouble.code === 'BAD_JSON', tookMs };
    case 'silence':
    case 'late':
      return { code: 'TIMEOUT', isRetried: true, tookMs: timeoutMs };
    case 'shape':
      return { code: 'BAD_SHAPE', status: 200, isRetried: false, tookMs };
    case 'no reply':
      return { code: 'PROTOCOL', isRetried: false, tookMs };
  }
}

/** What a transport in this trouble gives for the reply it should have given; may throw. */
export function inTrouble(
  trouble: Trouble,
  reply: PageReply,
  clock: SchedulerLike,
): Observable<PageReply> {
  const { delayMs } = trouble;
  if (delayMs === 0) return outcome(trouble, reply);
  return timer(delayMs, clock).pipe(mergeMap(() => outcome(trouble, reply)));
}

function outcome(trouble: Trouble, reply: PageReply): Observable<PageReply> {
  switch (trouble.kind) {
    case 'status': {
      const { status, retryAfter } = trouble;
      const headers: Record<string, string> =
        retryAfter === undefined ? {} : { 'retry-after': retryAfter.text };
      return of({ ...reply, status, headers, body: { error: 'planted' } });
    }
    case 'thrown': {
      const error = Object.assign(new Error(`planted ${trouble.code}`), { code: trouble.code });
      throw trouble.wrapped ? new TypeError('fetch failed', { cause: error }) : error;
    }
    case 'refused':
      throw new PaginationError(trouble.code, 'planted');
    case 'silence':
    case 'late':
      return NEVER;
    case 'shape':
      return of({ ...reply, headers: {}, body: trouble.body });
    case 'no reply':
      return EMPTY;
  }
}
