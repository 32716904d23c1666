import { isPaginationError, PaginationError, type RetryOptions } from 'paged-observable';

import { settle } from '../support/manual-clock';
import { record } from '../support/recorder';
import { reset, ScriptedApi, type Outcome } from '../support/scripted-api';

const JUST_BELOW_1 = 1 - 2 ** -53;
const ALL = [0, 1, 2, 3, 4, 5];
const HOUR = 3_600_000;
const failing = (status: number, headers: Record<string, string> = {}): Outcome => ({
  status,
  headers,
});
const times = (count: number, outcome: Outcome) => Array.from({ length: count }, () => outcome);

/** Walks a list whose page 1 comes to these outcomes before it is well. */
function walk(outcomes: readonly Outcome[], retry?: RetryOptions | false, random = 0) {
  const api = new ScriptedApi({ 1: outcomes });
  const seen = record(api.list({ retry, random: () => random, timeout: Infinity }));
  api.clock.advance(24 * HOUR);
  return { api, seen };
}

describe('the wait before a retry', () => {
  it.each([
    ['503, at least', 503, 0, [125, 250, 500]],
    ['503, at most', 503, JUST_BELOW_1, [250, 500, 1000]],
    ['429, at least', 429, 0, [500, 1000, 2000]],
    ['429, at most', 429, JUST_BELOW_1, [1000, 2000, 4000]],
    ['503, in the middle', 503, 0.5, [188, 375, 750]],
  ])('doubles from its base: %s', (_, status, random, waits) => {
    const { api, seen } = walk(times(3, failing(status)), undefined, random);

    expect(api.gapsOf(1)).toEqual(waits);
    expect(seen.notifications).toEqual({ values: ALL, errors: 0, completions: 1 });
  });

  it('is at most maxDelay, 30 s where nobody says', () => {
    const retry = { retries: 12 };
    const { api } = walk(times(12, failing(500)), retry, JUST_BELOW_1);

    expect(api.gapsOf(1)).toEqual([
      250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000,
    ]);
    expect(
      walk(times(3, failing(500)), { baseDelay: 80, maxDelay: 200 }, JUST_BELOW_1).api.gapsOf(1),
    ).toEqual([80, 160, 200]);
    expect(walk(times(2, failing(429)), { baseDelay: 80 }).api.gapsOf(1)).toEqual([40, 80]);
  });

  it.each([
    ['1', 0, 1000],
    ['1', JUST_BELOW_1, 1150],
    ['0', 0, 0],
    ['0', JUST_BELOW_1, 100],
    ['60', 0, 60_000],
    ['60', JUST_BELOW_1, 63_100],
    ['0.2', 0, 200],
  ])('is at least what Retry-After asks: %s s with random %d', (value, random, wait) => {
    const { api } = walk([failing(429, { 'retry-after': value })], undefined, random);

    const [gap = NaN] = api.gapsOf(1);
    expect(gap).toBe(wait);
    const asked = Number(value) * 1000;
    expect(gap).toBeGreaterThanOrEqual(asked);
    expect(gap).toBeLessThanOrEqual(asked * 1.1 + 250);
  });

  it('is not over before the date of Retry-After', () => {
    const date = new Date(3000).toUTCString();
    const { api } = walk([failing(503, { 'retry-after': date })]);

    expect(api.timesOf(1)).toEqual([0, 3000]);
  });

  it.each(['soon', '-1', '', new Date(0).toUTCString()])(
    'is the usual one where Retry-After is %j',
    (value) => {
      expect(walk([failing(503, { 'retry-after': value })]).api.gapsOf(1)).toEqual([125]);
    },
  );

  it('is until the reset where no request is left, and Retry-After wins', () => {
    const limit = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '7' };

    expect(walk([failing(429, limit)]).api.gapsOf(1)).toEqual([7000]);
    expect(walk([failing(429, { ...limit, 'retry-after': '2' })]).api.gapsOf(1)).toEqual([2000]);
    expect(walk([failing(429, limit)], { respectRateLimit: false }).api.gapsOf(1)).toEqual([500]);
  });

  it('may be longer than a timer can be', () => {
    const asked = 40 * 24 * HOUR;
    const api = new ScriptedApi({
      1: [failing(503, { 'retry-after': String(asked / 1000) })],
    });
    const seen = record(api.list({ retry: { maxRetryAfter: Infinity } }));
    api.clock.advance(asked - 1);
    expect(api.timesOf(1)).toEqual([0]);
    api.clock.advance(1);

    expect(api.timesOf(1)).toEqual([0, asked]);
    expect(seen.values).toEqual(ALL);
  });
});

describe('which statuses are retried', () => {
  const retried = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529];
  const never = [
    300, 304, 400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 412, 413, 414, 415, 416, 417,
    418, 421, 422, 423, 424, 425, 426, 428, 431, 451, 501, 505, 506, 507, 508, 510, 511, 519, 525,
    526, 527, 528, 530, 599, 600,
  ];

  it.each(retried)('%d is', (status) => {
    const { api, seen } = walk([failing(status)]);

    expect(api.pages).toEqual([0, 1, 1, 2]);
    expect(seen.notifications).toEqual({ values: ALL, errors: 0, completions: 1 });
  });

  it.each(never)('%d is not', (status) => {
    const { api, seen } = walk([failing(status)]);

    expect(api.pages).toEqual([0, 1]);
    expect(seen.values).toEqual([0, 1]);
    const { code, attempts, history, itemsEmitted } = seen.error;
    const meaning = status === 410 ? 'CURSOR_EXPIRED' : status === 304 ? 'PROTOCOL' : 'HTTP_STATUS';
    expect({ code, attempts, history, itemsEmitted }).toEqual({
      code: meaning,
      attempts: 1,
      history: [{ code: meaning, status, waitMs: 0 }],
      itemsEmitted: 2,
    });
    expect(api.timers).toBe(0);
  });

  it('are the ones given, in the place of the usual ones', () => {
    expect(walk([failing(418)], { statuses: [418] }).api.pages).toEqual([0, 1, 1, 2]);
    expect(walk([failing(503)], { statuses: [418] }).api.pages).toEqual([0, 1]);
    expect(walk([failing(503)], { statuses: [] }).api.pages).toEqual([0, 1]);
  });
});

describe('which failures are retried', () => {
  const coded = (code: string) => Object.assign(new Error(code), { code });
  const ours = (code: ConstructorParameters<typeof PaginationError>[0]) =>
    new PaginationError(code, code);

  it.each([
    ['a reset', coded('ECONNRESET')],
    ['a refusal', coded('ECONNREFUSED')],
    ['a broken pipe', coded('EPIPE')],
    ['a name not found', coded('ENOTFOUND')],
    ['a resolver not answering', coded('EAI_AGAIN')],
    ['a host out of reach', coded('EHOSTUNREACH')],
    ['a network out of reach', coded('ENETUNREACH')],
    ['a body cut short', coded('UND_ERR_SOCKET')],
    ['a refused HTTP/2 stream', coded('ERR_HTTP2_STREAM_ERROR')],
    ['a timeout of the connection', coded('UND_ERR_CONNECT_TIMEOUT')],
    ['a timeout of the headers', coded('UND_ERR_HEADERS_TIMEOUT')],
    ['a timeout of the body', coded('UND_ERR_BODY_TIMEOUT')],
    ['broken JSON', ours('BAD_JSON')],
    ['a failure of fetch', Object.assign(new TypeError('fetch failed'))],
  ])('%s is', (_, error) => {
    const { api, seen } = walk([error]);

    expect(api.pages).toEqual([0, 1, 1, 2]);
    expect(seen.notifications).toEqual({ values: ALL, errors: 0, completions: 1 });
  });

  it.each([
    ['an expired certificate', coded('CERT_HAS_EXPIRED'), 'TLS'],
    ['a certificate of another host', coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'TLS'],
    ['an abort', Object.assign(new Error('aborted'), { name: 'AbortError' }), 'ABORTED'],
    ['another content type', ours('BAD_CONTENT'), 'BAD_CONTENT'],
    ['a body too large', ours('BODY_TOO_LARGE'), 'BODY_TOO_LARGE'],
    ['an error nobody knows', new Error('?'), 'PROTOCOL'],
    ['items that are none', { status: 200, body: { items: 'x' } }, 'BAD_SHAPE'],
  ] as const)('%s is not', (_, outcome, code) => {
    const { api, seen } = walk([outcome]);

    expect(api.pages).toEqual([0, 1]);
    expect([seen.error.code, seen.error.attempts]).toEqual([code, 1]);
    expect(api.timers).toBe(0);
  });

  it('an attempt that takes too long is, and is aborted first', () => {
    const api = new ScriptedApi({ 1: ['never'] });
    const seen = record(api.list({ timeout: 700 }));
    api.clock.advance(699);
    expect([api.pages, api.aborted]).toEqual([[0, 1], []]);
    api.clock.advance(HOUR);

    expect(api.asked).toEqual([
      [0, 0],
      [1, 0],
      [1, 825],
      [2, 825],
    ]);
    expect(api.aborted).toEqual([1]);
    expect(seen.values).toEqual(ALL);
  });
});

describe('the number of attempts', () => {
  it('is four for each page, counted anew', () => {
    const outcomes = times(3, failing(503));
    const api = new ScriptedApi({ 0: outcomes, 1: outcomes, 2: outcomes });
    const seen = record(api.list());
    api.clock.advance(HOUR);

    expect(api.pages).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect(seen.notifications).toEqual({ values: ALL, errors: 0, completions: 1 });
  });

  it('ends with RETRY_EXHAUSTED and what each of them came to', () => {
    const body = { detail: 'down' };
    const { api, seen } = walk([
      failing(503),
      reset(),
      failing(429, { 'retry-after': '3' }),
      { status: 500, headers: { 'x-request-id': 'r-7' }, body },
    ]);

    expect(api.pages).toEqual([0, 1, 1, 1, 1]);
    expect(seen.values).toEqual([0, 1]);
    const { error } = seen;
    expect(error.code).toBe('RETRY_EXHAUSTED');
    expect(error.history).toEqual([
      { code: 'HTTP_STATUS', status: 503, waitMs: 125 },
      { code: 'NETWORK', waitMs: 250 },
      { code: 'HTTP_STATUS', status: 429, waitMs: 3000 },
      { code: 'HTTP_STATUS', status: 500, waitMs: 0 },
    ]);
    expect(error).toMatchObject({
      attempts: 4,
      status: 500,
      pageIndex: 1,
      itemsEmitted: 2,
      requestId: 'r-7',
      request: { method: 'GET', url: 'http://api.test/items?cursor=***' },
      cause: { name: 'PaginationError', code: 'HTTP_STATUS' },
    });
    expect(error.message).toMatch(/^Gave up after 4 attempts: The server answered 500/);
    expect(api.timers).toBe(0);
  });

  it.each([
    [1, 2],
    [5, 6],
  ])('is %d more than retries says', (retries, attempts) => {
    const { api, seen } = walk(times(9, failing(503)), { retries });

    expect(api.timesOf(1)).toHaveLength(attempts);
    expect([seen.error.code, seen.error.attempts]).toEqual(['RETRY_EXHAUSTED', attempts]);
  });

  it.each([
    ['false', false as const],
    ['no retries', { retries: 0 }],
  ])('is one with %s, and the error is its own', (_, retry) => {
    for (const [outcome, code] of [
      [failing(503), 'HTTP_STATUS'],
      [failing(429, { 'retry-after': '86400' }), 'HTTP_STATUS'],
      [reset(), 'NETWORK'],
    ] as const) {
      const { api, seen } = walk([outcome], retry);

      expect(api.pages).toEqual([0, 1]);
      expect([seen.error.code, seen.error.attempts, seen.error.history.length]).toEqual([
        code,
        1,
        1,
      ]);
    }
  });

  it('leaves a failure that is not worth it its own code, with those before in its history', () => {
    const { seen } = walk([failing(503), failing(404)]);

    expect(seen.error).toMatchObject({
      code: 'HTTP_STATUS',
      status: 404,
      attempts: 2,
      history: [
        { code: 'HTTP_STATUS', status: 503, waitMs: 125 },
        { code: 'HTTP_STATUS', status: 404, waitMs: 0 },
      ],
    });
  });
});

describe('the option when', () => {
  it('has the last word, and is asked for every failure with its attempt', () => {
    const asked: [string, number | undefined, number][] = [];
    const retry: RetryOptions = {
      when: (error, attempt) => {
        expect(isPaginationError(error)).toBe(true);
        asked.push([error.code, error.status, attempt]);
        return error.status === 503 ? false : error.status === 404 ? true : undefined;
      },
    };

    expect(walk([failing(404), reset(), failing(503)], retry).api.pages).toEqual([0, 1, 1, 1]);
    expect(asked).toEqual([
      ['HTTP_STATUS', 404, 1],
      ['NETWORK', undefined, 2],
      ['HTTP_STATUS', 503, 3],
    ]);
  });

  it('does not give more attempts than retries says', () => {
    expect(walk(times(9, failing(404)), { when: () => true }).api.timesOf(1)).toHaveLength(4);
  });

  it('ends the walk where it throws', () => {
    const retry: RetryOptions = {
      when: () => {
        throw new RangeError('mine');
      },
    };
    const { api, seen } = walk([failing(503)], retry);

    expect([seen.error.code, seen.values, api.pages]).toEqual(['HTTP_STATUS', [0, 1], [0, 1]]);
    expect(seen.error.message).toContain("the option 'retry' threw: mine");
    expect(api.timers).toBe(0);
  });
});

describe('a wait asked for that is too long', () => {
  it.each([
    ['Retry-After', { 'retry-after': '86400' }, 86_400_000],
    ['just above the maximum', { 'retry-after': '60.001' }, 60_001],
    ['the reset', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3600' }, 3_600_000],
    ['an eternity', { 'retry-after': '9'.repeat(60) }, 2 ** 53 - 1],
  ])('is RATE_LIMITED at once: %s', (_, headers, retryAfterMs) => {
    const api = new ScriptedApi({ 1: [failing(429, headers)] });
    const seen = record(api.list());

    expect(api.clock.now()).toBe(0);
    expect(api.pages).toEqual([0, 1]);
    expect(seen.error).toMatchObject({
      code: 'RATE_LIMITED',
      status: 429,
      attempts: 1,
      itemsEmitted: 2,
      retryAfterMs,
      history: [{ code: 'HTTP_STATUS', status: 429, waitMs: 0 }],
    });
    expect(api.timers).toBe(0);
  });

  it('depends on maxRetryAfter, the value itself being allowed', () => {
    const outcome = failing(429, { 'retry-after': '5' });

    expect(walk([outcome], { maxRetryAfter: 5000 }).api.gapsOf(1)).toEqual([5000]);
    expect(walk([outcome], { maxRetryAfter: 4999 }).seen.error.code).toBe('RATE_LIMITED');
    expect(walk([failing(503, { 'retry-after': '60' })]).api.gapsOf(1)).toEqual([60_000]);
  });

  it('is so also at the last attempt', () => {
    const outcomes = [...times(3, failing(503)), failing(503, { 'retry-after': '99' })];
    const { seen } = walk(outcomes);

    expect([seen.error.code, seen.error.attempts]).toEqual(['RATE_LIMITED', 4]);
  });

  it('says nothing for a status that is not retried', () => {
    expect(walk([failing(404, { 'retry-after': '86400' })]).seen.error.code).toBe('HTTP_STATUS');
  });
});

describe('leaving during a wait', () => {
  it('ends it without a further request', () => {
    const api = new ScriptedApi({ 1: [failing(503)] });
    const seen = record(api.list());
    expect(api.timers).toBe(1);
    seen.subscription.unsubscribe();
    expect(api.timers).toBe(0);
    api.clock.advance(HOUR);

    expect(api.pages).toEqual([0, 1]);
    expect(seen.notifications).toEqual({ values: [0, 1], errors: 0, completions: 0 });
    expect(api.events.at(-1)).toMatchObject({
      type: 'end',
      endReason: 'unsubscribed',
      attempts: 2,
    });
  });

  it('by the signal errors with ABORTED at once', () => {
    const api = new ScriptedApi({ 1: [failing(503)] });
    const controller = new AbortController();
    const seen = record(api.list({ signal: controller.signal }));
    controller.abort();

    expect(seen.error.code).toBe('ABORTED');
    expect(api.timers).toBe(0);
    api.clock.advance(HOUR);
    expect(api.pages).toEqual([0, 1]);
  });

  it.each(['request', 'retry', 'wait', 'page'])(
    'is possible inside the event %s, and nothing is asked for any more',
    async (type) => {
      const controller = new AbortController();
      const limit = { 'ratelimit-remaining': '0', 'ratelimit-reset': '5' };
      const api = new ScriptedApi({ 1: [failing(503)] }, { 0: limit });
      const events = {
        next: (event: { readonly type: string; readonly index?: number }) => {
          if (event.type === type && (event.index === 1 || type === 'page')) controller.abort();
        },
      };
      const seen = record(api.list({ signal: controller.signal, events }));
      api.clock.advance(5000);
      expect(api.timers).toBe(0);
      api.clock.advance(HOUR);
      await settle();

      expect(seen.error.code).toBe('ABORTED');
      expect(api.pages).toEqual({ request: [0], retry: [0, 1], wait: [0], page: [0] }[type]);
      expect(api.timers).toBe(0);
    },
  );
});

describe('what comes after a retry', () => {
  it('is the rest of the list, from the token of the error', () => {
    const api = new ScriptedApi({ 1: times(4, failing(503)) });
    const list = api.list();
    const failed = record(list);
    api.clock.advance(HOUR);
    const rest = record(list.with({ resumeFrom: failed.error.resumeToken }));

    expect([...failed.values, ...rest.values]).toEqual(ALL);
    expect(rest.completions).toBe(1);
    expect(api.pages).toEqual([0, 1, 1, 1, 1, 1, 2]);
  });

  it('is the failed page again where an iterator goes on', async () => {
    const api = new ScriptedApi({ 1: times(4, failing(503)) });
    const iterator = api.list()[Symbol.asyncIterator]();
    const values: number[] = [];
    const codes: string[] = [];
    for (let step = 0; step < 8; step++) {
      const next = iterator.next().then(
        ({ value, done }) => {
          if (done !== true) values.push(value);
        },
        (error: unknown) => codes.push(isPaginationError(error) ? error.code : 'other'),
      );
      api.clock.advance(HOUR);
      await next;
    }

    expect(codes).toEqual(['RETRY_EXHAUSTED']);
    expect(values).toEqual(ALL);
    expect(api.pages).toEqual([0, 1, 1, 1, 1, 1, 2]);
  });
});

describe('events', () => {
  it('tell each request, retry and page in order', () => {
    const { api } = walk([failing(429), reset()]);

    const told = api.events.map((event) =>
      event.type === 'request'
        ? ['request', event.index, event.attempt]
        : event.type === 'retry'
          ? ['retry', event.index, event.attempt, event.code, event.status, event.waitMs]
          : [event.type],
    );
    expect(told).toEqual([
      ['request', 0, 1],
      ['page'],
      ['request', 1, 1],
      ['retry', 1, 1, 'HTTP_STATUS', 429, 500],
      ['request', 1, 2],
      ['retry', 1, 2, 'NETWORK', undefined, 250],
      ['request', 1, 3],
      ['page'],
      ['request', 2, 1],
      ['page'],
      ['end'],
    ]);
    expect(api.events.at(-1)).toMatchObject({ attempts: 5, pages: 3, items: 6, duplicates: 0 });
  });
});
