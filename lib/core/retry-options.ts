import type { PaginationError } from './pagination-error';

/** How a page that failed is asked for again. The page is the unit: connection, headers, whole body, parsing, shape. */
export interface RetryOptions {
  /** Attempts after the first, for each page; `0` turns retrying off. @defaultValue 3 */
  readonly retries?: number | undefined;
  /**
   * Milliseconds of the first back-off, doubled each time; of each the wait is a random part between half and all.
   * @defaultValue 250, and 1_000 after a 429
   */
  readonly baseDelay?: number | undefined;
  /** Longest back-off, in milliseconds. @defaultValue 30_000 */
  readonly maxDelay?: number | undefined;
  /** Longest wait a server may ask for, in milliseconds; more is `RATE_LIMITED`. @defaultValue 60_000 */
  readonly maxRetryAfter?: number | undefined;
  /** Statuses worth another attempt. @defaultValue 408, 429, 500, 502, 503, 504, 520 to 524, 529 */
  readonly statuses?: readonly number[] | undefined;
  /** The last word on whether an error is worth another attempt; asked for every error. */
  readonly when?: ((error: PaginationError, attempt: number) => boolean | undefined) | undefined;
  /**
   * Tokens for the retries of all walks of one transport: a retry costs 14 (after a 429 5), a success gives back what the
   * retry before it cost, else 1. With too few left a page fails at once. `Infinity` for no limit. @defaultValue 500
   */
  readonly budget?: number | undefined;
  /** Whether to wait for the reset where a reply says that no request is left. @defaultValue true */
  readonly respectRateLimit?: boolean | undefined;
}
