import type { FailedAttempt, PaginationError } from '../core/pagination-error';
import type { RetryOptions } from '../core/retry-options';
import { readRateLimitWait } from '../protocol/rate-limit';
import { readRetryAfter } from '../protocol/retry-after';

import { RetryBudget } from './retry-budget';

const DEFAULT_STATUSES: readonly number[] = [
  408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529,
];
const THROTTLED_BASE_DELAY = 1_000;
const OFF: RetryOptions = { retries: 0, respectRateLimit: false };
const FINAL = { retry: false, why: 'final' } as const;

type Headers = Readonly<Record<string, string>>;

/** What to do about a failed attempt. */
export type Verdict =
  | { readonly retry: true; readonly waitMs: number; readonly cost: number }
  | {
      readonly retry: false;
      /** `final`: it is not worth another attempt; `exhausted`: no more are allowed; `limited`: the server asks for too long a wait. */
      readonly why: 'final' | 'exhausted' | 'limited';
      /** The wait the server asked for. */
      readonly askedMs?: number | undefined;
    };

/** Whether and when a failed page is asked for again. */
export class RetryPolicy {
  readonly #options: RetryOptions;
  readonly #budget: RetryBudget;
  readonly #random: () => number;

  constructor(options: RetryOptions | false, budget: RetryBudget, random: () => number) {
    this.#options = options === false ? OFF : options;
    this.#budget = budget;
    this.#random = random;
  }

  judge(error: PaginationError, history: readonly FailedAttempt[], now: number): Verdict {
    const { retries = 3 } = this.#options;
    if (retries === 0 || !this.#isWorthIt(error, history.length + 1)) return FINAL;
    const askedMs = error.retryAfterMs ?? this.#resetOf(error.headers, now);
    if (askedMs !== undefined && !this.allowsWait(askedMs)) {
      return { retry: false, why: 'limited', askedMs };
    }
    const cost = RetryBudget.costOf(error.status);
    if (history.length >= retries || !this.#budget.take(cost)) {
      return { retry: false, why: 'exhausted' };
    }
    return { retry: true, cost, waitMs: this.#wait(error, askedMs, history.length) };
  }

  /**
   * Milliseconds before a page is asked for otherwise, which is no retry and costs nothing; `undefined` where the server asks for
   * too long a wait.
   */
  pause(error: PaginationError, paused: number, now: number): number | undefined {
    const askedMs = error.retryAfterMs ?? this.#resetOf(error.headers, now);
    if (askedMs !== undefined && !this.allowsWait(askedMs)) return undefined;
    // Only the size was wrong, and the server is well.
    const isWell = error.status === 413 || error.code === 'BODY_TOO_LARGE';
    return isWell && askedMs === undefined ? 0 : this.#wait(error, askedMs, paused);
  }

  /** A page came; `paid` is what the retry before it cost. */
  succeed(paid: number): void {
    this.#budget.succeed(paid);
  }

  /** When the next page may be asked for, as the reply to this one has it; 0 where it says nothing. */
  notBefore(headers: Headers, now: number): number {
    const reset = this.#resetOf(headers, now);
    return reset === undefined ? 0 : now + (readRetryAfter(headers, now) ?? reset);
  }

  allowsWait(waitMs: number): boolean {
    const { maxRetryAfter = 60_000 } = this.#options;
    return waitMs <= maxRetryAfter;
  }

  #resetOf(headers: Headers | undefined, now: number): number | undefined {
    const { respectRateLimit = true } = this.#options;
    return headers === undefined || !respectRateLimit ? undefined : readRateLimitWait(headers, now);
  }

  #isWorthIt(error: PaginationError, attempt: number): boolean {
    const { statuses = DEFAULT_STATUSES, when } = this.#options;
    const own = when?.(error, attempt);
    if (own !== undefined) return own;
    if (error.code === 'HTTP_STATUS') return statuses.includes(error.status ?? 0);
    return (
      error.retryable === true ||
      error.code === 'NETWORK' ||
      error.code === 'TIMEOUT' ||
      error.code === 'BAD_JSON'
    );
  }

  /** At least what the server asks for, spread a little so that its clients do not all come back at once. */
  #wait(error: PaginationError, asked: number | undefined, retried: number): number {
    if (asked !== undefined) return Math.ceil(asked + this.#random() * (asked * 0.05 + 100));
    const usual = error.status === 429 ? THROTTLED_BASE_DELAY : 250;
    const { baseDelay = usual, maxDelay = 30_000 } = this.#options;
    const delay = Math.min(maxDelay, baseDelay * 2 ** retried);
    return Math.round(delay * (0.5 + this.#random() / 2));
  }
}
