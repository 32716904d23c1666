import { of, Subject, takeUntil } from 'rxjs';

import {
  cursorPagination,
  offsetPagination,
  paginate,
  type PaginationErrorFields,
  type Transport,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { range } from '../support/list-api';
import { record } from '../support/recorder';
import { reset, ScriptedApi, type Outcome } from '../support/scripted-api';
import { SizedList } from '../support/sized-list';

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

describe('a fetch', () => {
  it('brings no page where a status ends the list, and takes it for no failure', () => {
    const asked: unknown[] = [];
    const transport: Transport = ({ params }) => {
      const at = asked.push(params?.['offset'] ?? 'first') - 1;
      const body = at === 0 ? [1, 2] : null;
      return of({ status: at === 0 ? 200 : 416, headers: {}, url: 'http://api.test/items', body });
    };
    const pagination = offsetPagination<number>({ items: '', endStatus: 416 });
    const seen = record(paginate<number>(transport, 'http://api.test/items', { pagination }));
    expect(seen.notifications).toEqual({ values: [1, 2], errors: 0, completions: 1 });
    expect(asked).toEqual(['first', 2]);
  });

  it('fails without a request where its size cannot be asked for', () => {
    const list = new SizedList(30);
    const { clock, transport } = list;
    const strategy = cursorPagination<number>({
      items: '/rows',
      next: '/next',
      limitParam: 'limit',
    });
    const sized: typeof strategy.sized = (request, size) => {
      if (size > 10) throw new Error('no size');
      return strategy.sized?.(request, size) ?? request;
    };
    const options = { clock, pageSize: {}, pagination: { ...strategy, sized } };
    const seen = record(paginate<number>(transport, '/rows', options));
    clock.flush();
    expect(seen.values).toEqual(range(0, 10));
    expect(list.limits).toEqual([10]);
    expect(seen.error).toMatchObject({ code: 'BAD_SHAPE', attempts: 0, pageIndex: 1 });
    expect(seen.error.message).toMatch(/no size/);
  });

  it('tells of no request that is not sent, as the walk was left in the event before it', () => {
    const list = new SizedList(100);
    const left = new Subject<void>();
    const types: string[] = [];
    const next = ({ type }: WalkEvent) => {
      types.push(type);
      if (type === 'pageSize') left.next();
    };
    record(list.by('cursor', { pageSize: { min: 5 }, events: { next } }).pipe(takeUntil(left)));
    list.clock.flush();
    expect(list.asked).toHaveLength(1);
    expect(types).toEqual(['request', 'page', 'pageSize', 'end']);
  });
});
