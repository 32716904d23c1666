import {
  PaginationError,
  type ErrorCode,
  type FailedAttempt,
  type PaginationErrorFields,
} from '../../lib/core/pagination-error';
import type { RetryOptions } from '../../lib/core/retry-options';
import { RetryBudget } from '../../lib/flow/retry-budget';
import { RetryPolicy } from '../../lib/flow/retry-policy';

const policy = (options: RetryOptions | false = {}, budget = 500) =>
  new RetryPolicy(options, new RetryBudget(budget), () => 0);
const failed = (code: ErrorCode, fields: PaginationErrorFields = {}) =>
  new PaginationError(code, 'planted', fields);
const tried = (times: number): readonly FailedAttempt[] =>
  Array.from({ length: times }, () => ({ code: 'NETWORK', waitMs: 0 }));

describe('whether a failed page is asked for again', () => {
  it.each<[ErrorCode, PaginationErrorFields, boolean]>([
    ['NETWORK', {}, true],
    ['TIMEOUT', {}, true],
    ['BAD_JSON', {}, true],
    ['API_ERROR', { retryable: true }, true],
    ['API_ERROR', {}, false],
    ['HTTP_STATUS', { status: 503 }, true],
    ['HTTP_STATUS', { status: 501 }, false],
    ['HTTP_STATUS', {}, false],
    ['TLS', {}, false],
    ['BAD_SHAPE', {}, false],
    ['BODY_TOO_LARGE', {}, false],
    ['ABORTED', {}, false],
  ])('depends on what happened: %s %j', (code, fields, isRetried) => {
    const verdict = policy().judge(failed(code, fields), [], 0);
    expect(verdict).toEqual(
      isRetried ? { retry: true, cost: 14, waitMs: 125 } : { retry: false, why: 'final' },
    );
  });

  it('is told by the caller first, who knows which attempt it was', () => {
    const when = jest.fn<boolean | undefined, [PaginationError, number]>((error) =>
      error.code === 'TLS' ? true : error.code === 'NETWORK' ? false : undefined,
    );
    const own = policy({ when });
    expect(own.judge(failed('TLS'), tried(1), 0)).toMatchObject({ retry: true });
    expect(own.judge(failed('NETWORK'), [], 0)).toEqual({ retry: false, why: 'final' });
    expect(own.judge(failed('TIMEOUT'), [], 0)).toMatchObject({ retry: true });
    expect(when.mock.calls.map(([{ code }, attempt]) => [code, attempt])).toEqual([
      ['TLS', 2],
      ['NETWORK', 1],
      ['TIMEOUT', 1],
    ]);
  });

  it('ends after as many retries as are allowed, and where the budget is used up', () => {
    const error = failed('NETWORK');
    expect(policy().judge(error, tried(2), 0)).toMatchObject({ retry: true });
    expect(policy().judge(error, tried(3), 0)).toEqual({ retry: false, why: 'exhausted' });
    expect(policy({ retries: 1 }).judge(error, tried(1), 0)).toEqual({
      retry: false,
      why: 'exhausted',
    });
    expect(policy({ retries: 0 }).judge(error, [], 0)).toEqual({ retry: false, why: 'final' });
    expect(policy(false).judge(error, [], 0)).toEqual({ retry: false, why: 'final' });
    expect(policy({}, 13).judge(error, [], 0)).toEqual({ retry: false, why: 'exhausted' });
    const throttled = failed('HTTP_STATUS', { status: 429 });
    expect(policy({}, 13).judge(throttled, [], 0)).toEqual({ retry: true, cost: 5, waitMs: 500 });
  });

  it('is refused where the server asks for a longer wait than is allowed, to the millisecond', () => {
    const own = policy({ maxRetryAfter: 2000 });
    const asked = (retryAfterMs: number) => failed('HTTP_STATUS', { status: 503, retryAfterMs });
    expect(own.judge(asked(2000), [], 0)).toEqual({ retry: true, cost: 14, waitMs: 2000 });
    expect(own.judge(asked(2001), [], 0)).toEqual({ retry: false, why: 'limited', askedMs: 2001 });
    expect(policy().allowsWait(60_000)).toBe(true);
    expect(policy().allowsWait(60_001)).toBe(false);
  });

  it('waits twice as long each time, up to a bound', () => {
    const own = policy({ retries: 9, baseDelay: 100, maxDelay: 500 });
    const waits = [0, 1, 2, 3, 4].map((times) => own.judge(failed('NETWORK'), tried(times), 0));
    expect(waits.map((verdict) => verdict.retry && verdict.waitMs)).toEqual([
      50, 100, 200, 250, 250,
    ]);
  });
});
