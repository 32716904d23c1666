import { record } from '../support/recorder';
import { reset, ScriptedApi, type Outcome } from '../support/scripted-api';

import type { PaginationErrorFields, WalkOptions } from 'paged-observable';

const failing = (status: number, headers: Record<string, string> = {}): Outcome => ({
  status,
  headers,
});

/** Walks a list whose second page comes to these outcomes, a day long. */
function failed(outcomes: readonly Outcome[], options: WalkOptions = {}, headers = {}) {
  const api = new ScriptedApi({ 1: outcomes }, { 0: headers });
  const seen = record(api.list({ timeout: Infinity, ...options }));
  api.clock.advance(24 * 3_600_000);
  return { api, error: seen.error };
}

describe('the error of a page that was given up', () => {
  it('says after how many attempts, with the last one as its cause', () => {
    const { error } = failed([failing(500), failing(503)], { retry: { retries: 1 } });
    expect(error.code).toBe('RETRY_EXHAUSTED');
    expect(error.message).toMatch(/^Gave up after 2 attempts: The server answered 503 /);
    expect(error).toMatchObject({ attempts: 2, status: 503, pageIndex: 1 });
    expect(error.cause).toMatchObject({ name: 'PaginationError', code: 'HTTP_STATUS' });
    expect(error.cause?.message).toMatch(/^The server answered 503 /);
    expect(error.cause?.stack).toContain('PaginationError');
  });

  it('says that it was the only attempt, where no retry was left to be made', () => {
    const { error } = failed([failing(500)], { retry: { budget: 0 } });
    expect(error.message).toMatch(/^Gave up after 1 attempt: The server answered 500 /);
  });

  it('has behind the last attempt what that failed with', () => {
    const { error } = failed([reset(), reset()], { retry: { retries: 1 } });
    expect(error.cause).toMatchObject({ code: 'NETWORK', cause: { code: 'ECONNRESET' } });
    expect(error.history).toEqual([
      { code: 'NETWORK', waitMs: 125 },
      { code: 'NETWORK', waitMs: 0 },
    ]);
    expect(error.history.map((attempt) => 'status' in attempt)).toEqual([false, false]);
  });

  it('says what wait the server asks for, where that is too long', () => {
    const { error } = failed([failing(429, { 'retry-after': '61' })]);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 61_000, attempts: 1 });
    expect(error.message).toMatch(
      /^The server asks to wait 61000 ms, which is more than maxRetryAfter allows: The server answered 429 /,
    );
    expect(error.cause).toMatchObject({ code: 'HTTP_STATUS' });
  });

  it('says that no request is left, where the page before told it and the wait is too long', () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '70' };
    const { api, error } = failed([], {}, headers);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 70_000, attempts: 0 });
    expect(error.message).toMatch(
      /^The server has no request left for 70000 ms, which is more than maxRetryAfter allows /,
    );
    expect(api.pages).toEqual([0]);
  });

  it('is the very failure where it is not worth another attempt', () => {
    const fields: PaginationErrorFields = { attempts: 1, status: 404, pageIndex: 1 };
    const { error } = failed([failing(404)]);
    expect(error).toMatchObject({ code: 'HTTP_STATUS', ...fields });
    expect(error.history).toEqual([{ code: 'HTTP_STATUS', status: 404, waitMs: 0 }]);
    expect(error).not.toHaveProperty('cause');
  });
});
