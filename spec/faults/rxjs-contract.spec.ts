import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  config,
  first,
  firstValueFrom,
  from,
  of,
  Subject,
  take,
  takeUntil,
  takeWhile,
  toArray,
} from 'rxjs';

import {
  cursorPagination,
  paginate,
  type PageReply,
  type PagedObservable,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import type { Fault } from '../support/fault';
import { cursorList } from '../support/fault-lists';
import { startFaultServer } from '../support/fault-server';
import { leaveInProcess } from '../support/child-process';
import { buildExportProcess } from '../support/kill-export';
import { labTransports } from '../support/lab-transports';
import { atOnce, ListApi, promised, range } from '../support/list-api';
import { realProcess } from '../support/real-process';
import { record } from '../support/recorder';
import { tempFolder } from '../support/temp-folder';

jest.setTimeout(30_000);

const SIZES = [3, 0, 2, 1, 4];

/** Time in which what goes on after the end would show, in milliseconds. */
const LATE = 30;

describe('R1', () => {
  it.each([
    ['of', atOnce],
    ['arrays', (reply: PageReply) => [reply]],
    ['a cache that completes at once', (reply: PageReply) => from([reply])],
  ])('delivers 20,000 pages answered synchronously by %s, and completes', (_, answer) => {
    const api = new ListApi(
      Array.from({ length: 20_000 }, () => 1),
      answer,
    );
    const { notifications } = record(api.list());
    expect(notifications.completions).toBe(1);
    expect(notifications.errors).toBe(0);
    expect(notifications.values).toEqual(range(0, 20_000));
    expect(api.asked).toEqual(range(0, 20_000));
  });
});

describe('R2', () => {
  type Consume = (list: PagedObservable<number>, work: () => Promise<void>) => Promise<unknown>;
  const paths: Readonly<Record<string, Consume>> = {
    'for await': async (list, work) => {
      for await (const item of list) await work().then(() => item);
    },
    forEach: (list, work) => list.forEach(work),
    consume: (list, work) => firstValueFrom(list.consume(work).pipe(toArray())),
  };

  it.each(
    Object.entries(paths).flatMap(([name, consume]) =>
      [0, 1, 3].map((prefetch) => [name, prefetch, consume] as const),
    ),
  )(
    'asks at most prefetch + 1 pages beyond those consumed through %s with prefetch %i',
    async (_, prefetch, consume) => {
      const api = new ListApi(
        Array.from({ length: 8 }, () => 2),
        promised,
      );
      let items = 0;
      const ahead: number[] = [];
      await consume(api.list({ prefetch }), async () => {
        await sleep(20);
        // A page is consumed once an item beyond its last is asked for.
        ahead.push(api.asked.length - Math.floor(items / 2));
        items++;
      });
      expect(items).toBe(16);
      expect(Math.max(...ahead)).toBeLessThanOrEqual(1 + prefetch);
      expect(ahead).toContain(1 + prefetch);
    },
  );
});

describe('R3', () => {
  const operators: Readonly<Record<string, (list: PagedObservable<number>) => Promise<unknown>>> = {
    take: (list) => firstValueFrom(list.pipe(take(4), toArray())),
    first: (list) => firstValueFrom(list.pipe(first((item) => item === 3))),
    takeWhile: (list) =>
      firstValueFrom(
        list.pipe(
          takeWhile((item) => item < 3, true),
          toArray(),
        ),
      ),
    break: async (list) => {
      for await (const item of list) if (item === 3) break;
    },
  };

  it.each(Object.entries(operators))(
    'asks for no page beyond the one with the last item that %s wants',
    async (_, operate) => {
      const api = new ListApi(SIZES, promised);
      await operate(api.list());
      await sleep(LATE);
      expect(api.asked).toEqual([0, 1, 2]); // items 0 to 2, none, 3 and 4
      expect(api.aborted).toEqual([]);
    },
  );
});

const program = tempFolder()('leave-process.js');

describe.each(labTransports.map(({ name }) => name))('R4 and R5 on the %s transport:', (name) => {
  beforeAll(() => buildExportProcess(program, 'leave-process'));

  const stall = (at: 'start' | 'body'): Fault => ({ kind: 'stall', at });

  /** How it went when the walk was left; a busy machine may make the process late, so the best of several counts. */
  const leaveAt = async (moment: string, fault: Fault) => {
    for (let tries = 1; ; tries++) {
      const server = await startFaultServer(cursorList({ faults: { 1: fault } }));
      const child = await leaveInProcess(program, name, server, moment);
      if (moment !== 'wait') {
        await server.until((all) => all.every(({ abortedAt }) => abortedAt !== undefined));
      }
      const abortedAt = performance.timeOrigin + (server.requests[0]?.abortedAt ?? Infinity);
      await server.close();
      const abortedAfter = moment === 'wait' ? 0 : abortedAt - child.leftAt;
      const isLate = abortedAfter >= 100 || child.exitAfter >= 200;
      if (!isLate || tries === 8) return { child, abortedAfter, requests: server.requests };
    }
  };

  it.each([
    ['request', 'a request is in flight', stall('start')],
    ['body', 'a body is in flight', stall('body')],
    ['wait', 'a wait of 60 s', { kind: 'reply', status: 429, headers: { 'retry-after': '60' } }],
  ] as const)(
    'aborts within 100 ms and frees the process within 200 ms when %s is left',
    async (moment, _, fault) => {
      const { child, abortedAfter, requests } = await leaveAt(moment, fault);

      expect(requests).toHaveLength(1);
      expect(abortedAfter).toBeLessThan(100);
      expect(child.exitAfter).toBeLessThan(200);
      expect(child.said).toEqual(['left']);
      expect(child.code).toBe(0);
    },
    60_000,
  );
});

describe.each([
  ['synchronous replies', atOnce],
  ['promises', promised],
] as const)('with %s,', (_, answer) => {
  describe('R6', () => {
    it('hands on nothing more of a page that is left inside next, and asks for nothing', async () => {
      const api = new ListApi([5, 5], answer);
      const stop = new Subject<void>();
      const seen: number[] = [];
      api
        .list()
        .pipe(takeUntil(stop))
        .subscribe((item) => {
          seen.push(item);
          if (item === 2) stop.next();
        });
      await sleep(LATE);
      expect(seen).toEqual([0, 1, 2]);
      expect(api.asked).toEqual([0]);
    });
  });

  describe('R7', () => {
    it.each(
      Object.entries<
        (list: PagedObservable<number>, fail: (item: number) => void) => Promise<unknown>
      >({
        forEach: (list, fail) => list.forEach(fail),
        'an asynchronous forEach': (list, fail) =>
          list.forEach(async (item) => {
            await Promise.resolve();
            fail(item);
          }),
        consume: (list, fail) =>
          firstValueFrom(
            list
              .consume((item) => {
                fail(item);
                return of(item);
              })
              .pipe(toArray()),
          ),
        'for await': async (list, fail) => {
          for await (const item of list) fail(item);
        },
      }),
    )('stops the walk with one error when a callback of %s throws', async (_path, run) => {
      const api = new ListApi([3, 3, 3], answer);
      const ends: WalkEvent[] = [];
      const mine = new Error('mine');
      const seen: number[] = [];
      const list = api.list({
        events: { next: (event) => event.type === 'end' && ends.push(event) },
      });
      const thrown = await run(list, (item) => {
        seen.push(item);
        if (item === 4) throw mine;
      }).catch((error: unknown) => error);
      await sleep(LATE);
      expect(thrown).toBe(mine);
      expect(seen).toEqual([0, 1, 2, 3, 4]);
      expect(api.asked).toEqual([0, 1]);
      expect(ends).toMatchObject([{ endReason: 'unsubscribed' }]);
    });

    it('leaves another subscriber unharmed when a plain next throws', async () => {
      const uncaught: unknown[] = [];
      const { onUnhandledError } = config;
      config.onUnhandledError = (error) => uncaught.push(error);
      try {
        const api = new ListApi(SIZES, answer);
        const mine = new Error('mine');
        const list = api.list();
        const seen: number[] = [];
        list.subscribe((item) => {
          seen.push(item);
          if (item === 4) throw mine;
        });
        const other = record(list);
        await sleep(LATE);
        expect(other.notifications).toEqual({ values: api.items, errors: 0, completions: 1 });
        // RxJS 7 tells it outside of the stream, and goes on.
        expect(uncaught).toEqual([mine]);
        expect(seen).toEqual(api.items);
      } finally {
        config.onUnhandledError = onUnhandledError;
      }
    });
  });

  describe('R8', () => {
    it('leaves no listener and gives no warning when 10,000 walks share a signal', async () => {
      const warnings: string[] = [];
      const note = (warning: Error) => warnings.push(String(warning));
      realProcess.on('warning', note);
      const { signal } = new AbortController();
      const api = new ListApi([1, 1], answer);
      let completed = 0;
      for (let walk = 0; walk < 10_000; walk++) {
        const list = api.list({ signal });
        if (walk % 3 === 0) list.subscribe().unsubscribe();
        else list.pipe(take(1 + (walk % 2) * 5)).subscribe({ complete: () => completed++ });
        if (walk % 500 === 0) await sleep(1);
      }
      // All at once, too: more than the ten that Node takes for a leak.
      const together = range(0, 50).map(() => record(api.list({ signal })));
      const listeners = getEventListeners(signal, 'abort').length;
      await sleep(LATE);
      realProcess.off('warning', note);
      expect(listeners).toBeLessThanOrEqual(1);
      expect(together.map(({ completions }) => completions)).toEqual(range(0, 50).map(() => 1));
      expect(completed).toBe(6666);
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      expect(warnings).toEqual([]);
    });
  });

  describe('R10', () => {
    it('walks twice for two subscriptions, each by itself', async () => {
      const api = new ListApi(SIZES, answer);
      const list = api.list();
      const one = record(list);
      const two = record(list.pipe(take(4)));
      const three = record(list);
      await sleep(LATE);
      expect(one.notifications).toEqual({ values: api.items, errors: 0, completions: 1 });
      expect(two.notifications).toEqual({ values: [0, 1, 2, 3], errors: 0, completions: 1 });
      expect(three.notifications).toEqual(one.notifications);
      expect(api.asked.length).toBe(5 + 3 + 5);
    });
  });

  describe('R11', () => {
    it.each<WalkOptions>([{}, { prefetch: 2 }, { maxItems: 4 }, { maxPages: 3 }])(
      'gives the items and the pages of one call in the same order and number, with %j',
      async (options) => {
        const api = new ListApi(SIZES, answer);
        const list = api.list(options);
        const items = record(list);
        const pages = record(list.pages());
        await sleep(LATE);
        expect(pages.completions).toBe(1);
        expect(pages.values.flatMap((page) => page.items)).toEqual(items.values);
        expect(pages.values.map(({ index }) => index)).toEqual(range(0, pages.values.length));
        const half = api.asked.length / 2;
        expect([...api.asked].sort((a, b) => a - b).filter((_page, at) => at % 2 === 0)).toEqual(
          range(0, half),
        );
      },
    );
  });

  describe('R12', () => {
    it('keeps order over 100 walks, each started inside next of another', async () => {
      const api = new ListApi([2, 1], answer);
      const order: string[] = [];
      const start = (level: number): void => {
        api.list().subscribe({
          next: (item) => {
            order.push(`${String(level)}:${String(item)}`);
            if (item === 0 && level < 99) start(level + 1);
          },
          complete: () => order.push(`${String(level)}:end`),
        });
      };
      start(0);
      await sleep(10 * LATE);
      const of = (level: number) => order.filter((entry) => entry.startsWith(`${String(level)}:`));
      for (const level of range(0, 100)) {
        const name = String(level);
        expect(of(level)).toEqual([`${name}:0`, `${name}:1`, `${name}:2`, `${name}:end`]);
      }
      const begun = order.filter((entry) => entry.endsWith(':0')).map((entry) => parseInt(entry));
      expect(begun).toEqual(range(0, 100));
    });
  });

  describe('R13', () => {
    it.each([0, 1, 2, 3, 4])(
      'gives the items before page %i, then one error and no completion',
      async (broken) => {
        const api = new ListApi(SIZES, (reply, page) =>
          answer(page === broken ? { ...reply, status: 500, body: 'no' } : reply, page),
        );
        const told = record(api.list({ retry: false }));
        await sleep(LATE);
        expect(told.notifications).toEqual({
          values: range(
            0,
            SIZES.slice(0, broken).reduce((sum, size) => sum + size, 0),
          ),
          errors: 1,
          completions: 0,
        });
        expect(told.error).toMatchObject({ code: 'HTTP_STATUS', status: 500 });
      },
    );
  });
});

describe('R9', () => {
  const unhandled: string[] = [];
  const note = (error: unknown) => unhandled.push(String(error));
  beforeEach(() => {
    unhandled.length = 0;
    realProcess.on('unhandledRejection', note);
    realProcess.on('uncaughtException', note);
  });
  afterEach(() => {
    realProcess.off('unhandledRejection', note);
    realProcess.off('uncaughtException', note);
  });

  it.each(['reply', 'rejection'])('takes no notice of a %s after it was left', async (outcome) => {
    let settle: () => void = () => undefined;
    const api = new ListApi([1, 1], (reply) =>
      from(
        new Promise<PageReply>((resolve, reject) => {
          settle = () => {
            if (outcome === 'reply') resolve(reply);
            else reject(new Error('late'));
          };
        }),
      ),
    );
    const told = record(api.list());
    told.subscription.unsubscribe();
    settle();
    await sleep(LATE);
    expect(told.notifications).toEqual({ values: [], errors: 0, completions: 0 });
    expect(api.asked).toEqual([0]);
    expect(unhandled).toEqual([]);
  });

  it.each(labTransports.map((transport) => [transport.name, transport] as const))(
    'takes no notice of a real response or failure after it was left, on the %s transport',
    async (_, transport) => {
      const faults: readonly Fault[] = [
        { kind: 'drip', bytes: 20, everyMs: 10 },
        { kind: 'reset', at: 'body' },
        { kind: 'cut' },
        { kind: 'hang-up', at: 'start' },
        { kind: 'reply', status: 500 },
      ];
      for (const fault of faults) {
        for (const delay of [0, 2, 8, 20]) {
          const server = await startFaultServer(cursorList({ faults: { 1: fault } }));
          const list = paginate(transport.make({ baseUrl: server.origin }), '/items', {
            pagination: cursorPagination({ items: '/items' }),
            retry: false,
          });
          const told = record(list);
          await sleep(delay);
          told.subscription.unsubscribe();
          const before = { ...told.notifications, values: [...told.values] };
          await sleep(LATE);
          await server.close();
          expect(told.notifications).toEqual(before);
        }
      }
      expect(unhandled).toEqual([]);
    },
  );
});
