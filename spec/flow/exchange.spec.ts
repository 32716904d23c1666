import { runInNewContext } from 'node:vm';

import { concat, EMPTY, NEVER, Observable, of, type ObservableInput } from 'rxjs';

import {
  linkPagination,
  paginate,
  singlePage,
  type PageReply,
  type Transport,
  type TransportLimits,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { withSecrets } from '../../lib/core/secrets';
import { atOnce, ListApi, range, type Answer } from '../support/list-api';
import { ManualClock, settle } from '../support/manual-clock';
import { realProcess } from '../support/real-process';
import { record } from '../support/recorder';

const REPLY: PageReply = { status: 200, headers: {}, url: '', body: ['a', 'b'] };
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  realProcess.on('unhandledRejection', note).on('uncaughtException', note);
});
afterEach(async () => {
  await settle(); // a rejection is told to be unhandled once all promises have settled
  realProcess.off('unhandledRejection', note).off('uncaughtException', note);
  expect(unhandled).toEqual([]);
});

function walk(transport: Transport, options: { clock?: ManualClock; timeout?: number } = {}) {
  return record(
    paginate<string>(transport, 'http://api.test/items', {
      ...options,
      retry: false,
      pagination: singlePage(),
    }),
  );
}

/** A reply that is given or refused by hand. */
function byHand() {
  let resolve: (reply: PageReply) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<PageReply>((onReply, onError) => {
    resolve = onReply;
    reject = onError;
  });
  return { promise, resolve, reject };
}

describe('the time limit', () => {
  it.each([1, 250, 30_000])('errors at exactly %i ms and aborts the request', (timeout) => {
    const clock = new ManualClock();
    const api = new ListApi([2, 2], (reply, page) => (page === 0 ? atOnce(reply, page) : NEVER));
    const seen = record(api.list({ clock, timeout, retry: false }));
    clock.advance(timeout - 1);
    expect(seen.notifications).toEqual({ values: [0, 1], errors: 0, completions: 0 });
    expect(api.aborted).toEqual([]);
    clock.advance(1);

    expect(seen.error).toMatchObject({
      code: 'TIMEOUT',
      pageIndex: 1,
      attempts: 1,
      itemsEmitted: 2,
    });
    expect(seen.error.message).toMatch(`No complete reply within ${String(timeout)} ms`);
    expect(api.aborted).toEqual([1]);
    expect(api.asked).toEqual([0, 1]);
    expect(record(new ListApi([2, 2]).list({ resumeFrom: seen.error.resumeToken })).values).toEqual(
      [2, 3],
    );
  });

  it('is 30 s by default', () => {
    const clock = new ManualClock();
    const seen = walk(() => NEVER, { clock });
    clock.advance(29_999);
    expect(seen.errors).toEqual([]);
    clock.advance(1);
    expect(seen.error.code).toBe('TIMEOUT');
  });

  it('is none with Infinity', () => {
    const clock = new ManualClock();
    const seen = walk(() => NEVER, { clock, timeout: Infinity });
    expect(clock.actions).toEqual([]);
    clock.advance(1e9);
    expect(seen.errors).toEqual([]);
  });

  it.each([
    ['a reply', ({ resolve }: ReturnType<typeof byHand>) => { resolve(REPLY); }], // prettier-ignore
    ['a failure', ({ reject }: ReturnType<typeof byHand>) => { reject(new Error('late')); }], // prettier-ignore
  ])('ignores %s that comes later', async (_, settleIt) => {
    const clock = new ManualClock();
    const hand = byHand();
    const seen = walk(() => hand.promise, { clock, timeout: 10 });
    clock.advance(10);
    settleIt(hand);
    await settle();

    expect(seen.error.code).toBe('TIMEOUT');
    expect(seen.values).toEqual([]);
  });

  it('starts anew for each page', () => {
    const clock = new ManualClock();
    const slow: Answer = (reply) =>
      new Observable((subscriber) => {
        const wait = clock.schedule(() => {
          subscriber.next(reply);
        }, 8);
        return wait;
      });
    const api = new ListApi([1, 1, 1], slow);
    const seen = record(api.list({ clock, timeout: 10 }));
    clock.advance(24);
    expect(seen.notifications).toEqual({ values: [0, 1, 2], errors: 0, completions: 1 });
  });

  it('leaves no timer after a reply, a failure or leaving', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'setImmediate', 'nextTick'] });
    try {
      walk(() => of(REPLY));
      expect(jest.getTimerCount()).toBe(0);
      const hand = byHand();
      walk(() => hand.promise);
      expect(jest.getTimerCount()).toBe(1);
      hand.resolve(REPLY);
      await settle();
      expect(jest.getTimerCount()).toBe(0);
      const failing = byHand();
      walk(() => failing.promise);
      failing.reject(new Error('socket'));
      await settle();
      expect(jest.getTimerCount()).toBe(0);
      const broken: Transport = () => {
        throw new Error('broken');
      };
      expect(walk(broken).error.code).toBe('PROTOCOL');
      expect(jest.getTimerCount()).toBe(0);
      const left = walk(() => NEVER);
      expect(jest.getTimerCount()).toBe(1);
      left.subscription.unsubscribe();
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('a transport', () => {
  it.each<readonly [WalkOptions, TransportLimits]>([
    [{}, { bodyBytes: 67_108_864, jsonDepth: 512, idleTimeout: 15_000 }],
    [
      { idleTimeout: 7, limits: { bodyBytes: 8, jsonDepth: 9 } },
      { bodyBytes: 8, jsonDepth: 9, idleTimeout: 7 },
    ],
    [
      { idleTimeout: undefined, limits: { bodyBytes: undefined, jsonDepth: 3 } },
      { bodyBytes: 67_108_864, jsonDepth: 3, idleTimeout: 15_000 },
    ],
  ])('is told how much it may read with the options %j', (options, expected) => {
    const told: unknown[] = [];
    const transport: Transport = (_request, _signal, limits) => {
      told.push(limits);
      return of(REPLY);
    };
    const pagination = singlePage<string>();
    record(paginate<string>(transport, 'http://api.test/items', { ...options, pagination }));
    expect(told).toEqual([expected]);
  });

  it.each<[string, Transport, string, RegExp]>([
    ['gives no reply', () => EMPTY, 'PROTOCOL', /gave no reply/],
    ['gives an empty array', () => [], 'PROTOCOL', /gave no reply/],
    ['throws', () => { throw new Error('broken'); }, 'PROTOCOL', /broken/], // prettier-ignore
    ['rejects', () => Promise.reject(new Error('broken')), 'PROTOCOL', /broken/],
    ['gives nothing that RxJS can read', () => 7 as unknown as [], 'PROTOCOL', /7/],
    ['returns undefined', () => undefined as unknown as [], 'PROTOCOL', /undefined/],
    ...[undefined, null, 'text', 7, true].map((garbage): [string, Transport, string, RegExp] => [
      `gives ${String(garbage)}`,
      () => of(garbage) as unknown as ObservableInput<PageReply>,
      'BAD_SHAPE',
      /gave .* where a reply \{ status, headers, body, url \} was expected/,
    ]),
    ['gives no status', () => of({ body: [] } as unknown as PageReply), 'BAD_SHAPE', /a status/],
    ['gives no body', () => of({ status: 200 } as unknown as PageReply), 'BAD_SHAPE', /a body/],
    [
      'gives a status that is no number',
      () => of({ ...REPLY, status: '200' } as unknown as PageReply),
      'BAD_SHAPE',
      /a status/,
    ],
  ])('that %s errors the walk once', async (_, transport, code, message) => {
    const seen = walk(transport);
    await settle();

    expect(seen.values).toEqual([]);
    expect(seen.error).toMatchObject({ code, pageIndex: 0, attempts: 1, itemsEmitted: 0 });
    expect(seen.error.message).toMatch(message);
    expect(seen.error.resumeToken).not.toBe('');
  });

  it('is believed how many bytes it read, whatever became of them', () => {
    const ends: unknown[] = [];
    const events = {
      next: (event: WalkEvent) => event.type === 'end' && ends.push(event.bytes),
    };
    const bytes = [5, undefined, 0, 7];
    const api = new ListApi([1, 1, 1, 1], (reply, page) => [{ ...reply, bytes: bytes[page] }]);
    record(api.list({ events }));
    const failing = new ListApi([1], (reply) => [{ ...reply, status: 404, bytes: 9 }]);
    record(failing.list({ events }));
    expect(ends).toEqual([12, 9]);
  });

  describe('that leaves out of its reply', () => {
    const url = 'http://api.test/v1/items';
    const given: readonly (readonly [string, Partial<PageReply>, string])[] = [
      ['the headers and the URL', {}, url],
      ['the headers', { url: 'http://api.test/v2/items' }, 'http://api.test/v2/items'],
      ['the URL', { headers: { 'x-page': '1' } }, url],
      ['what the URL is', { headers: { 'x-page': '1' }, url: '' }, url],
    ];

    it.each(given)('%s goes on from the URL that was asked', (_, parts, from) => {
      const asked: string[] = [];
      const transport: Transport = (request) => {
        const next = asked.push(request.url) === 1 ? '?page=2' : null;
        return of({ status: 200, body: { data: [asked.length], next }, ...parts } as PageReply);
      };
      const pagination = linkPagination<number>({ items: '/data', next: '/next' });
      const pages = record(paginate<number>(transport, url, { pagination }).pages());

      expect(pages.values.map(({ headers }) => headers)).toEqual(
        Array(2).fill(parts.headers ?? {}),
      );
      expect(asked).toEqual([url, `${from}?page=2`]);
    });

    it.each([{}, { url: '' }])('the URL goes on from where it was redirected to: %j', (parts) => {
      const asked: string[] = [];
      const transport: Transport = (request) => {
        asked.push(request.url);
        const isOld = request.url === url;
        const next = asked.length === 2 ? '?page=2' : null;
        return of({
          status: isOld ? 307 : 200,
          headers: isOld ? { location: '../v2/items' } : {},
          body: { data: [asked.length], next },
          ...parts,
        } as PageReply);
      };
      const pagination = linkPagination<number>({ items: '/data', next: '/next' });
      const seen = record(paginate<number>(transport, url, { pagination }));

      expect(seen.notifications).toEqual({ values: [2, 3], errors: 0, completions: 1 });
      const moved = 'http://api.test/v2/items';
      expect(asked).toEqual([url, moved, `${moved}?page=2`]);
    });

    it.each(given)('%s keeps the secrets that it noted', (_, parts) => {
      const reply = { status: 403, body: 'of told-secret', ...parts } as PageReply;
      const seen = walk(() => of(withSecrets({ ...reply }, () => ['told-secret'])));
      expect(seen.error).toMatchObject({ code: 'HTTP_STATUS', bodyExcerpt: 'of ***' });
    });
  });

  const two = { ...REPLY, body: ['second'] };
  it.each<[string, Transport]>([
    ['at once', () => of(REPLY, two)],
    ['and never completes', () => concat(of(REPLY, two), NEVER)],
    ['later', () => new Observable((subscriber) => {
        subscriber.next(REPLY);
        queueMicrotask(() => { subscriber.next(two); });
      })], // prettier-ignore
    ['as an array', () => [REPLY, two]],
    ['and then fails', () => new Observable((subscriber) => {
        subscriber.next(REPLY);
        subscriber.error(new Error('after the reply'));
      })], // prettier-ignore
  ])('that replies twice %s counts once', async (_, transport) => {
    const seen = walk(transport);
    await settle();
    expect(seen.notifications).toEqual({ values: ['a', 'b'], errors: 0, completions: 1 });
  });

  it('is left after its reply, and its signal is not aborted then', () => {
    let left = 0;
    const signals: AbortSignal[] = [];
    const seen = walk((_, signal) => {
      signals.push(signal);
      return new Observable((subscriber) => {
        subscriber.next(REPLY);
        return () => {
          left++;
        };
      });
    });
    expect(seen.completions).toBe(1);
    expect(left).toBe(1);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it('sees the abort and the end of its subscription when the walk is left', () => {
    let left = 0;
    const signals: AbortSignal[] = [];
    const seen = walk((_, signal) => {
      signals.push(signal);
      return new Observable(() => () => {
        left++;
      });
    });
    seen.subscription.unsubscribe();
    expect(left).toBe(1);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('gets a signal of its own for each request', () => {
    const signals: AbortSignal[] = [];
    const api = new ListApi(range(0, 3).map(() => 1));
    const list = paginate<number>(
      (request, signal) => {
        signals.push(signal);
        return api.transport(request, signal);
      },
      'http://api.test/items',
      { pagination: singlePage({ items: '/items' }) },
    );
    record(list);
    record(list);
    expect(signals[0]).not.toBe(signals[1]);
  });

  it.each<[string, (seen: AbortSignal[]) => Transport]>([
    [
      'in a rest parameter',
      (seen) =>
        (_request, ...rest) => {
          seen.push(rest[0]);
          return NEVER;
        },
    ],
    [
      'among all its arguments',
      (seen) =>
        (...given) => {
          seen.push(given[1]);
          return NEVER;
        },
    ],
  ])('that takes its signal %s is aborted like any other', (_, make) => {
    const seen: AbortSignal[] = [];
    const walked = walk(make(seen));
    walked.subscription.unsubscribe();
    expect(seen.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it.each([
    ['a reply', ({ resolve }: ReturnType<typeof byHand>) => { resolve(REPLY); }], // prettier-ignore
    ['a failure', ({ reject }: ReturnType<typeof byHand>) => { reject(new Error('late')); }], // prettier-ignore
  ])('may give %s after it was left: nothing is told', async (_, settleIt) => {
    const hand = byHand();
    const seen = walk(() => hand.promise);
    seen.subscription.unsubscribe();
    settleIt(hand);
    await settle();
    expect(seen.notifications).toEqual({ values: [], errors: 0, completions: 0 });
  });

  describe('in whose call the walk is left', () => {
    /** Walks until the transport is called, and gives what it had when that returned. */
    const leftIn = (make: (signal: AbortSignal) => ObservableInput<PageReply>) => {
      const clock = new ManualClock();
      const controller = new AbortController();
      const events: string[] = [];
      let asked = 0;
      const transport: Transport = (_, signal) => {
        asked++;
        controller.abort();
        return make(signal);
      };
      const list = paginate<string>(transport, 'http://api.test/items', {
        ...{ clock, signal: controller.signal, pagination: singlePage<string>() },
        events: { next: ({ type }) => events.push(type) },
      });
      return { seen: record(list), clock, events, asked: () => asked };
    };

    it('is not subscribed to, and nothing waits for it', () => {
      let subscribed = 0;
      const { seen, clock, events, asked } = leftIn(
        () =>
          new Observable(() => {
            subscribed++;
          }),
      );
      expect([seen.error.code, seen.values, asked()]).toEqual(['ABORTED', [], 1]);
      expect([subscribed, clock.actions, events]).toEqual([0, [], ['request', 'end']]);
    });

    it.each<[string, (signal: AbortSignal) => Promise<PageReply>]>([
      ['reply', () => Promise.resolve(REPLY)],
      ['reject because of it', (signal) => Promise.reject(signal.reason as Error)],
      [
        'reject as a promise of another realm',
        () => runInNewContext('Promise.reject(new Error())') as Promise<PageReply>,
      ],
    ])('may %s: nothing is told', async (_, make) => {
      const { seen, clock } = leftIn(make);
      await settle();
      expect([seen.error.code, seen.values, clock.actions]).toEqual(['ABORTED', [], []]);
    });
  });

  it('may reject because of the abort: nothing is told', async () => {
    const seen = walk(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new DOMException('aborted', 'AbortError'));
          });
        }),
    );
    seen.subscription.unsubscribe();
    await settle();
    expect(seen.notifications).toEqual({ values: [], errors: 0, completions: 0 });
  });
});

describe('a transport that gives nothing to read from', () => {
  const expected =
    'The transport must give an Observable or a Promise of a reply { status, headers, body, url }, got ';

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['5', 5],
    ['"text"', 'text'],
    ['an object', {}],
    ['an object, which of(...) or a Promise could give', REPLY],
    ['a function', () => of(REPLY)],
  ])('is told what it gave: %s', (came, given) => {
    let calls = 0;
    const transport = () => {
      calls++;
      return given as never;
    };
    const seen = record(paginate(transport, '/items', { pagination: singlePage() }));
    expect(seen.error.code).toBe('PROTOCOL');
    expect(seen.error.message).toContain(`${expected}${came} (page 1`);
    expect([seen.values, calls]).toEqual([[], 1]); // no retry mends it
  });
});
