import type { RetryOptions } from 'paged-observable';

import { settle } from '../support/manual-clock';
import { record } from '../support/recorder';
import { ScriptedApi } from '../support/scripted-api';

const ALL = [0, 1, 2, 3, 4, 5];
const HOUR = 3_600_000;
const none = (reset: string) => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset });

function walk(headers: Record<string, string>, retry?: RetryOptions | false, prefetch = 0) {
  const api = new ScriptedApi({}, { 0: headers });
  const seen = record(api.list({ retry, prefetch }));
  api.clock.advance(HOUR);
  return { api, seen };
}

describe('a page with which no request is left', () => {
  it('is handed on at once, and the next one is asked for at the reset', () => {
    const api = new ScriptedApi({}, { 0: none('7') });
    const seen = record(api.list());
    expect([seen.values, api.pages, api.timers]).toEqual([[0, 1], [0], 1]);
    api.clock.advance(6999);
    expect(api.pages).toEqual([0]);
    api.clock.advance(1);

    expect(api.asked).toEqual([
      [0, 0],
      [1, 7000],
      [2, 7000],
    ]);
    expect(seen.notifications).toEqual({ values: ALL, errors: 0, completions: 1 });
    expect(api.events.filter(({ type }) => type === 'wait')).toEqual([
      { type: 'wait', index: 1, waitMs: 7000 },
    ]);
    expect(api.timers).toBe(0);
  });

  it('holds requests made ahead too', async () => {
    const api = new ScriptedApi({}, { 0: none('7') });
    const seen = record(api.list({ prefetch: 2 }));
    api.clock.advance(0);
    await settle();
    expect([seen.values, api.pages]).toEqual([[0, 1], [0]]);
    api.clock.advance(HOUR);

    expect(api.asked).toEqual([
      [0, 0],
      [1, 7000],
      [2, 7000],
    ]);
    expect(seen.values).toEqual(ALL);
  });

  it('counts from the reply, so that a consumer who takes longer waits no more', async () => {
    const api = new ScriptedApi({}, { 0: none('7') });
    const iterator = api.list()[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    api.clock.advance(6000);
    const third = iterator.next();
    expect([api.pages, api.timers]).toEqual([[0], 1]);
    api.clock.advance(1000);
    expect((await third).value).toBe(2);
    expect(api.timesOf(1)).toEqual([7000]);

    const late = new ScriptedApi({}, { 0: none('7') });
    const slow = late.list()[Symbol.asyncIterator]();
    await slow.next();
    await slow.next();
    late.clock.advance(7000);
    await slow.next();
    expect(late.timesOf(1)).toEqual([7000]);
    expect(late.typesOf().filter((type) => type === 'wait')).toEqual([]);
  });

  it('is RATE_LIMITED before the next request where the reset is too far', () => {
    const { api, seen } = walk(none('61'));

    expect(api.pages).toEqual([0]);
    expect(seen.values).toEqual([0, 1]);
    expect(seen.error).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 61_000,
      pageIndex: 1,
      attempts: 0,
      history: [],
      itemsEmitted: 2,
      request: { method: 'GET', url: 'http://api.test/items?cursor=***' },
    });
    expect(api.timers).toBe(0);
    const rest = record(api.list({ resumeFrom: seen.error.resumeToken }));
    expect(rest.values).toEqual([2, 3, 4, 5]);
  });

  it.each<[string, RetryOptions, number[]]>([
    ['the maximum itself is waited for', { maxRetryAfter: 7000 }, [7000]],
    ['more is not', { maxRetryAfter: 6999 }, []],
    ['nothing is waited for where nobody wants it', { respectRateLimit: false }, [0]],
    ['without retries it is waited for too', { retries: 0 }, [7000]],
  ])('%s', (_, retry, times) => {
    expect(walk(none('7'), retry).api.timesOf(1)).toEqual(times);
  });

  it('is waited for as Retry-After says where both are there', () => {
    expect(walk({ ...none('7'), 'retry-after': '3' }).api.timesOf(1)).toEqual([3000]);
  });

  it('is no other page: a Retry-After alone is for failures', () => {
    expect(walk({ 'retry-after': '3' }).api.timesOf(1)).toEqual([0]);
    expect(walk({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '7' }).api.timesOf(1)).toEqual(
      [0],
    );
  });

  it('does not keep the list from ending', () => {
    const api = new ScriptedApi({}, { 2: none('7') });
    const seen = record(api.list());

    expect(seen.notifications).toEqual({ values: ALL, errors: 0, completions: 1 });
    expect(api.timers).toBe(0);
  });

  it('is left at once', () => {
    const api = new ScriptedApi({}, { 0: none('60') });
    const seen = record(api.list());
    expect(api.timers).toBe(1);
    seen.subscription.unsubscribe();
    expect(api.timers).toBe(0);
    api.clock.advance(HOUR);

    expect(api.pages).toEqual([0]);
  });
});
