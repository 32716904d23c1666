import fc from 'fast-check';
import { Observable, Subject, take } from 'rxjs';

import {
  choosePagination,
  cursorPagination,
  fromPages,
  linkPagination,
  numberPagination,
  paginate,
  singlePage,
  type PaginationStrategy,
  type Transport,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';
import { Lists, run } from '../support/counted-lists';
import { range } from '../support/list-api';
import { record } from '../support/recorder';

describe('a walk with concurrency', () => {
  it.each(['byNumber', 'byOffset'] as const)(
    'keeps that many requests in flight, hands on in order, and asks for nothing beyond the total: %s',
    (way) => {
      for (const concurrency of [2, 4, 8]) {
        const lists = new Lists(195, 10);
        const walked = run(lists, lists[way]({ concurrency }));
        expect(walked.notifications).toEqual({ values: range(0, 195), errors: 0, completions: 1 });
        const first = way === 'byNumber' ? range(1, 21) : range(0, 20).map((page) => page * 10);
        expect(lists.asked).toEqual(first);
        expect(lists.mostInFlight).toBe(concurrency);
        // The first page tells the total; the other 19 share the time.
        expect(lists.clock.frame).toBe(10 + Math.ceil(19 / concurrency) * 10);
      }
    },
  );

  it('changes nothing where it is 1', () => {
    const lists = new Lists(30, 10);
    run(lists, lists.byNumber({ concurrency: 1 }));
    expect([lists.asked, lists.mostInFlight]).toEqual([[1, 2, 3], 1]);
  });

  it.each(['byNumber', 'byOffset'] as const)(
    'stops looking ahead at the first short page where no total is told: %s',
    (way) => {
      for (const rows of [31, 39, 40]) {
        const lists = new Lists(rows, 10);
        lists.total = 'untold';
        const walked = run(lists, lists[way]({ concurrency: 4 }));
        expect(walked.values).toEqual(range(0, rows));
        const needed = 5; // the last of them is empty
        expect(lists.asked.length - needed).toBeLessThanOrEqual(3);
      }
    },
  );

  it('aborts what it asked for beyond the end', () => {
    const lists = new Lists(35, 10);
    lists.total = 'untold';
    lists.latency = (place) => (place >= 5 ? 1000 : 10);
    const walked = run(lists, lists.byNumber({ concurrency: 4 }));
    expect(walked.completions).toBe(1);
    expect(lists.asked).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(lists.aborted).toEqual([6, 7]);
    expect(lists.inFlight).toBe(0);
  });

  it('plans anew behind a page that is not as long as was thought', () => {
    const lists = new Lists(100, 10);
    lists.length = (offset) => (offset === 30 ? 7 : 10);
    lists.latency = (place) => (place > 30 ? 15 : 10);
    const walked = run(lists, lists.byOffset({ concurrency: 4 }));
    expect(walked.notifications).toEqual({ values: range(0, 100), errors: 0, completions: 1 });
    expect(lists.asked.filter((offset) => offset <= 40)).toEqual([0, 10, 20, 30, 40, 37]);
    expect(lists.aborted).toEqual(expect.arrayContaining([40]));
    expect(lists.mostInFlight).toBe(4);
  });

  it('hands on what came before a page that fails, aborts those behind it, and goes on at the gap', () => {
    const lists = new Lists(100, 10);
    lists.status = (page) => (page === 4 ? 404 : 200);
    lists.latency = (place) => (place > 3 ? 100 : 10);
    const walked = run(lists, lists.byNumber({ concurrency: 4 }));
    expect(walked.values).toEqual(range(0, 30));
    expect(walked.error).toMatchObject({ code: 'HTTP_STATUS', status: 404, pageIndex: 3 });
    expect(lists.asked).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(lists.aborted).toEqual([5, 6, 7]);
    lists.status = () => 200;
    const rest = run(lists, lists.byNumber({ resumeFrom: walked.error.resumeToken }));
    expect(rest.values).toEqual(range(30, 100));
  });

  it('asks a page again that failed, and only that page', () => {
    const lists = new Lists(100, 10);
    lists.status = (page, attempt) => (page % 3 === 0 && attempt <= 2 ? 503 : 200);
    const events: WalkEvent[] = [];
    const walked = run(
      lists,
      lists.byNumber({ concurrency: 4, events: { next: (event) => events.push(event) } }),
    );
    expect(walked.notifications).toEqual({ values: range(0, 100), errors: 0, completions: 1 });
    const times = range(1, 11).map((page) => lists.asked.filter((asked) => asked === page).length);
    expect(times).toEqual([1, 1, 3, 1, 1, 3, 1, 1, 3, 1]);
    expect(lists.mostInFlight).toBeLessThanOrEqual(4);
    const requests = events.filter((event) => event.type === 'request');
    expect(requests.map(({ index }) => index + 1)).toEqual(lists.asked);
    expect(requests.filter(({ index }) => index === 2).map(({ attempt }) => attempt)).toEqual([
      1, 2, 3,
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'end', attempts: 16, items: 100, pages: 10 });
  });

  it.each<[string, Readonly<Record<string, string>>, number]>([
    ['its back-off', {}, 125],
    ['what the server asks for', { 'retry-after': '0.15' }, 150],
    ['the date that the server names', { 'retry-after': new Date(1_000).toUTCString() }, 980],
  ])('counts %s from when a page failed, though its turn came later', (_, headers, wait) => {
    for (const [slow, asked] of [
      [60, Math.max(wait, 60)], // page 3 fails 10 ms after it was sent, and its turn comes 60 ms after that
      [1_200, 1_200],
    ] as const) {
      const lists = new Lists(30, 10);
      lists.latency = (place) => (place === 1 ? slow + 10 : 10);
      lists.status = (page, attempt) => (page === 3 && attempt === 1 ? 503 : 200);
      lists.headers = () => headers;
      const events: WalkEvent[] = [];
      const options = { events: { next: (event: WalkEvent) => events.push(event) } };
      const walked = run(lists, lists.byNumber({ concurrency: 2, ...options }));
      expect(walked.notifications).toEqual({ values: range(0, 30), errors: 0, completions: 1 });
      expect(lists.asked).toEqual([1, 2, 3, 3]);
      expect(lists.times).toEqual([0, 10, 10, 20 + asked]);
      const waits = events.flatMap((event) => (event.type === 'retry' ? [event.waitMs] : []));
      expect(waits).toEqual([asked - slow]);
    }
  });

  it('counts the waits after that from when each attempt failed', () => {
    const lists = new Lists(30, 10);
    lists.latency = (place) => (place === 1 ? 70 : 10);
    lists.status = (page, attempt) => (page === 3 && attempt <= 2 ? 503 : 200);
    run(lists, lists.byNumber({ concurrency: 2 }));
    expect(lists.times).toEqual([0, 10, 10, 20 + 125, 155 + 250]);
  });

  it('reads a date by the time at which that attempt failed', () => {
    const lists = new Lists(30, 10);
    lists.latency = (place) => (place === 1 ? 500 : 10);
    lists.status = (page, attempt) => (page === 3 && attempt <= 2 ? 503 : 200);
    let date = 1_000;
    lists.headers = (page) => {
      if (page === 3) date += 1_000;
      return { 'retry-after': new Date(date).toUTCString() };
    };
    const walked = run(lists, lists.byNumber({ concurrency: 2 }));
    expect(walked.completions).toBe(1);
    // Page 3 failed at 20 and was asked for again at the first date, and then at the second.
    expect(lists.times).toEqual([0, 10, 10, 2_000, 3_000]);
  });

  it('asks a page again whose early request failed without a reply', () => {
    const lists = new Lists(30, 10);
    const failure = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    lists.failure = (page, attempt) => (page === 3 && attempt === 1 ? failure : undefined);
    const events: WalkEvent[] = [];
    const options = { events: { next: (event: WalkEvent) => events.push(event) } };
    const walked = run(lists, lists.byNumber({ concurrency: 2, ...options }));
    expect(walked.notifications).toEqual({ values: range(0, 30), errors: 0, completions: 1 });
    expect(lists.asked).toEqual([1, 2, 3, 3]);
    expect(events.filter(({ type }) => type === 'retry')).toEqual([
      { type: 'retry', index: 2, attempt: 1, code: 'NETWORK', status: undefined, waitMs: 125 },
    ]);
  });

  it('keeps to the demand of who pulls', async () => {
    for (const [concurrency, prefetch] of [
      [2, 0],
      [4, 0],
      [3, 2],
    ] as const) {
      const lists = new Lists(200, 10);
      const pages = lists.byNumber({ concurrency, prefetch }).pages()[Symbol.asyncIterator]();
      for (let consumed = 0; consumed < 12; consumed += 1) {
        const page = pages.next();
        lists.clock.flush();
        expect(await page).toMatchObject({ value: { index: consumed } });
        lists.clock.flush();
        await new Promise(setImmediate);
        lists.clock.flush();
        expect(lists.asked).toEqual(range(1, consumed + concurrency + prefetch + 1));
      }
      await pages.return?.();
      expect(lists.inFlight).toBe(0);
    }
  });

  it('sends ahead with prefetch while the page in front is slow, never more at once than it may', () => {
    const lists = new Lists(400, 10);
    lists.latency = (place) => 5 + ((place * 13) % 36); // 5 to 40, unevenly
    const walked = run(lists, lists.byNumber({ concurrency: 4, prefetch: 4 }));
    expect(walked.values).toEqual(range(0, 400));
    expect(lists.mostInFlight).toBe(4);
    const work = range(0, 40).reduce((sum, place) => sum + lists.latency(place), 0);
    expect(lists.clock.frame).toBeLessThan((work / 4) * 1.1);
  });

  it('makes at most prefetch + concurrency - 1 requests that nobody needs, all aborted', () => {
    for (const prefetch of [0, 1, 3]) {
      const lists = new Lists(1000, 10);
      const walked = run(lists, lists.byNumber({ concurrency: 4, prefetch }).pipe(take(25)));
      expect(walked.notifications).toEqual({ values: range(0, 25), errors: 0, completions: 1 });
      const surplus = lists.asked.length - 3;
      expect(surplus).toBeLessThanOrEqual(prefetch + 3);
      expect(lists.inFlight).toBe(0);
    }
  });

  it.each<[WalkOptions, number[], number]>([
    [{ maxPages: 3 }, [1, 2, 3], 30],
    [{ maxItems: 25 }, [1, 2, 3], 25],
    [{ maxItems: 30 }, [1, 2, 3], 30],
    [{ maxPages: 1 }, [1], 10],
  ])('asks for nothing beyond %j', (caps, asked, items) => {
    const lists = new Lists(1000, 10);
    const walked = run(lists, lists.byNumber({ concurrency: 4, ...caps }));
    expect(walked.values).toEqual(range(0, items));
    expect(lists.asked).toEqual(asked);
  });

  it('holds with a notifier, which lets pages through one by one', () => {
    const lists = new Lists(60, 10);
    const more = new Subject<void>();
    const walked = record(lists.byNumber({ concurrency: 3, pacedBy: more }));
    lists.clock.flush();
    expect([walked.values.length, lists.asked]).toEqual([10, [1, 2, 3]]);
    more.next();
    lists.clock.flush();
    expect([walked.values.length, lists.asked]).toEqual([20, [1, 2, 3, 4]]);
    walked.subscription.unsubscribe();
  });

  it('aborts everything when it is left, also from within next', () => {
    const lists = new Lists(1000, 10);
    const walked = record(lists.byNumber({ concurrency: 5 }));
    lists.clock.schedule(() => {
      walked.subscription.unsubscribe();
    }, 15);
    lists.clock.flush();
    expect(lists.asked).toEqual([1, 2, 3, 4, 5, 6]);
    expect(lists.aborted).toEqual([2, 3, 4, 5, 6]);
  });

  it('goes on beyond a total that was too low, one page at a time', () => {
    const lists = new Lists(100, 10);
    lists.toldTotal = 25;
    const walked = run(lists, lists.byNumber({ concurrency: 4 }));
    expect(walked.values).toEqual(range(0, 100));
    expect(lists.asked).toEqual(range(1, 12));
  });

  it('delivers what a walk one by one delivers, with as few requests as it may, whatever comes', () => {
    const PLAIN = {
      way: 'byOffset' as const,
      total: 'told' as const,
      concurrency: 2,
      prefetch: 0,
      latencies: [1],
      lengths: [1],
      isRegular: false,
      failing: [] as number[],
      fatal: undefined,
      leaveAfter: undefined,
      maxItems: undefined,
    };
    const shape = fc.record({
      rows: fc.integer({ min: 0, max: 60 }),
      size: fc.integer({ min: 1, max: 9 }),
      way: fc.constantFrom('byNumber' as const, 'byOffset' as const),
      total: fc.constantFrom('told' as const, 'untold' as const),
      concurrency: fc.integer({ min: 2, max: 6 }),
      prefetch: fc.integer({ min: 0, max: 3 }),
      latencies: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 7 }),
      lengths: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      isRegular: fc.boolean(),
      failing: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 3 }),
      fatal: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
      leaveAfter: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
      maxItems: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(shape, (given) => {
        const walk = (concurrency: number) => {
          const lists = new Lists(given.rows, given.size);
          lists.total = given.total;
          lists.latency = (place) => given.latencies[place % given.latencies.length] ?? 1;
          if (!given.isRegular) {
            lists.length = (offset) =>
              Math.min(given.size, given.lengths[offset % given.lengths.length] ?? 1);
          }
          const placeOf = (position: number) =>
            given.way === 'byNumber' ? position - 1 : Math.floor(position / given.size);
          lists.status = (position, attempt) =>
            placeOf(position) === given.fatal
              ? 404
              : given.failing.includes(placeOf(position)) && attempt === 1
                ? 503
                : 200;
          const { prefetch, maxItems } = given;
          const list = lists[given.way]({ concurrency, prefetch, maxItems });
          const { leaveAfter = Infinity } = given;
          const walked = run(lists, list.pipe(take(leaveAfter)));
          return { lists, walked };
        };
        const one = walk(1);
        const many = walk(given.concurrency);
        expect(many.walked.values).toEqual(one.walked.values);
        expect(many.walked.completions).toBe(one.walked.completions);
        expect(many.walked.errors).toHaveLength(one.walked.errors.length);
        if (one.walked.errors.length > 0) {
          const [{ code, resumeToken }, other] = [many.walked.error, one.walked.error];
          expect({ code, resumeToken }).toEqual({
            code: other.code,
            resumeToken: other.resumeToken,
          });
        }
        expect(many.lists.mostInFlight).toBeLessThanOrEqual(given.concurrency);
        expect(many.lists.inFlight).toBe(0);
        const used = new Set(one.lists.asked);
        if (given.isRegular) {
          const surplus = many.lists.asked.filter((position) => !used.has(position));
          expect(surplus.length).toBeLessThanOrEqual(given.prefetch + given.concurrency - 1);
        }
      }),
      {
        numRuns: 300,
        // Both were too many requests once: behind a short last page, and beside a page that is asked for again.
        examples: [
          [{ ...PLAIN, rows: 31, size: 2, total: 'untold', isRegular: true, leaveAfter: 31 }],
          [{ ...PLAIN, rows: 14, size: 6, prefetch: 2, lengths: [1, 1, 1, 2], failing: [1] }],
        ],
      },
    );
  });

  describe('is refused with a TypeError', () => {
    const url = 'http://api.test/rows';
    const never: Transport = () => new Observable();
    it.each<[string, PaginationStrategy]>([
      ['cursor', cursorPagination()],
      ['link', linkPagination()],
      ['single', singlePage()],
      ['link', choosePagination([linkPagination(), numberPagination()])],
    ])('for %s walks', (kind, pagination) => {
      const walk = () => paginate(never, url, { pagination, concurrency: 2 });
      expect(walk).toThrow(TypeError);
      expect(walk).toThrow(`paged by ${kind}`);
      expect(() => paginate(never, url, { pagination }).with({ concurrency: 2 })).toThrow(
        TypeError,
      );
      expect(() => paginate(never, url, { pagination, concurrency: 1 })).not.toThrow();
    });

    it('for pages of one function', () => {
      const fetchPage = () => Promise.resolve({ items: [1] });
      expect(() => fromPages(fetchPage, { concurrency: 2 })).toThrow('paged by cursor');
    });

    it('at the first reply, for a strategy that does not say its kind', () => {
      const untold = { ...cursorPagination<number>({ items: '/rows' }), kind: undefined };
      const transport: Transport = () =>
        new Observable((subscriber) => {
          subscriber.next({ status: 200, headers: {}, url, body: { rows: [1] } });
        });
      const walked = record(paginate(transport, url, { pagination: untold, concurrency: 2 }));
      expect(walked.values).toEqual([]);
      expect(walked.errors).toEqual([expect.any(TypeError)]);
    });

    it.each([0, -1, 1.5, '2'])('for %j requests at once', (concurrency) => {
      const options = { pagination: numberPagination(), concurrency: concurrency as number };
      expect(() => paginate(never, url, options)).toThrow("option 'concurrency' must be");
    });
  });
});
