import { defer, NEVER, of, throwError, timer } from 'rxjs';
import fc from 'fast-check';

import { PaginationError, paginate, numberPagination, type EndEvent } from 'paged-observable';

import { atOnce, ListApi, promised, range, type Answer } from '../support/list-api';
import { settle } from '../support/manual-clock';

const SIZES = [2, 3, 1, 2, 2];
const DONE = { value: undefined, done: true };
const ANSWERS = [
  ['synchronous replies', atOnce],
  ['promises', promised],
] as const;

/** Fails the page the given times, then answers. */
function failing(page: number, times: number, answer: Answer): Answer {
  let left = times;
  return (reply, index) =>
    index === page && left-- > 0 ? throwError(() => new Error('socket')) : answer(reply, index);
}

describe.each(ANSWERS)('pulling over %s', (_, answer) => {
  it('asks for one page with each pull beyond the last value', async () => {
    const api = new ListApi(SIZES, answer);
    const values = api.list()[Symbol.asyncIterator]();
    const asked: number[] = [];
    for (const item of api.items) {
      expect(await values.next()).toEqual({ value: item, done: false });
      await settle(2);
      asked.push(api.asked.length);
    }

    expect(asked).toEqual([1, 1, 2, 2, 2, 3, 4, 4, 5, 5]);
    expect(await values.next()).toEqual(DONE);
    expect(await values.next()).toEqual(DONE);
    expect(api.asked).toEqual(range(0, 5));
  });

  it.each([
    [[0], []],
    [[0, 0, 0], []],
    [
      [0, 2, 0, 0, 1, 0],
      [0, 1, 2],
    ],
  ])('goes through the empty pages of %p', async (sizes, expected) => {
    const api = new ListApi(sizes, answer);
    const values: number[] = [];
    for await (const value of api.list()) values.push(value);

    expect(values).toEqual(expected);
    expect(api.asked).toEqual(range(0, sizes.length));
  });

  const failures = [0, 1, 2].flatMap((prefetch) =>
    [1, 2].flatMap((times) => [0, 2, 4].map((page) => ({ prefetch, times, page }))),
  );
  it.each(failures)(
    'goes on at the page that failed: page $page, $times times, prefetch $prefetch',
    async ({ prefetch, times, page }) => {
      const api = new ListApi(SIZES, failing(page, times, answer));
      const values = api.list({ prefetch })[Symbol.asyncIterator]();
      const log: (number | string)[] = [];
      for (;;) {
        try {
          const result = await values.next();
          if (result.done === true) break;
          log.push(result.value);
        } catch (error) {
          expect(error).toMatchObject({ code: 'PROTOCOL', pageIndex: page, attempts: 1 });
          log.push('failed');
        }
      }

      const before = range(0, page).flatMap((index) => api.itemsOf(index));
      const failed = Array.from({ length: times }, () => 'failed');
      const rest = range(page, 5).flatMap((index) => api.itemsOf(index));
      expect(log).toEqual([...before, ...failed, ...rest]);
      const again = Array.from({ length: times }, () => page);
      expect(api.asked).toEqual([...range(0, page), ...again, ...range(page, 5)]);
    },
  );

  it('keeps its guards over a failure', async () => {
    // The third page leads back to the second; it fails once before that.
    const loop = failing(2, 1, (reply, page) =>
      answer(
        page === 2 ? { ...reply, body: { ...Object(reply.body), next_cursor: 'c1' } } : reply,
        page,
      ),
    );
    const api = new ListApi(SIZES, loop);
    const values = api.list()[Symbol.asyncIterator]();
    for (const item of range(0, 5)) expect((await values.next()).value).toBe(item);
    await expect(values.next()).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect((await values.next()).value).toBe(5);
    await expect(values.next()).rejects.toMatchObject({ code: 'LOOP' });
    expect(api.asked).toEqual([0, 1, 2, 2]);
  });

  it('does not take a counted page asked again for a repeat', async () => {
    let failed = false;
    const asked: unknown[] = [];
    const transport = (request: {
      readonly params?: Readonly<Record<string, unknown>> | undefined;
    }) => {
      const page = Number(request.params?.['page'] ?? 1);
      asked.push(page);
      if (page === 2 && !failed) {
        failed = true;
        return throwError(() => new Error('socket'));
      }
      return of({ status: 200, headers: {}, url: '', body: page < 4 ? [page] : [] });
    };
    const list = paginate<number>(transport, 'http://api.test/items', {
      pagination: numberPagination(),
    });
    const values = list[Symbol.asyncIterator]();
    expect(await values.next()).toEqual({ value: 1, done: false });
    await expect(values.next()).rejects.toBeInstanceOf(PaginationError);
    expect(await values.next()).toEqual({ value: 2, done: false });
    expect(await values.next()).toEqual({ value: 3, done: false });
    expect(await values.next()).toEqual(DONE);
    expect(asked).toEqual([1, 2, 2, 3, 4]);
  });

  it.each([2, 3, 10, 25])('answers %i calls of next() made at once in order', async (calls) => {
    const api = new ListApi(SIZES, answer);
    const values = api.list()[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: calls }, () => values.next()));

    expect(results).toEqual([
      ...range(0, Math.min(10, calls)).map((value) => ({ value, done: false })),
      ...Array.from({ length: Math.max(0, calls - 10) }, () => DONE),
    ]);
    // Never further than the page that holds the last value asked for.
    expect(api.asked).toEqual(range(0, { 2: 1, 3: 2, 10: 5, 25: 5 }[calls]!));
  });

  it('gives each value once however the calls of next() overlap', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 3 }),
        async (sizes, bursts, prefetch) => {
          const api = new ListApi(sizes, answer);
          const values = api.list({ prefetch })[Symbol.asyncIterator]();
          const seen: unknown[] = [];
          for (const burst of bursts) {
            const results = await Promise.all(Array.from({ length: burst }, () => values.next()));
            seen.push(...results.map(({ value, done }) => (done === true ? 'done' : value)));
          }
          const wanted = bursts.reduce((sum, burst) => sum + burst, 0);
          const all = [...api.items, ...Array.from({ length: wanted }, () => 'done')];
          expect(seen).toEqual(all.slice(0, wanted));
          expect(api.asked).toEqual(range(0, api.asked.length));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on in a loop over an iterator that was begun', async () => {
    const api = new ListApi(SIZES, answer);
    const values = api.list()[Symbol.asyncIterator]();
    await values.next();
    const seen: number[] = [];
    for await (const value of values) seen.push(value);
    expect(seen).toEqual(range(1, 10));
    expect(api.asked).toEqual(range(0, 5));
  });

  it('makes each iterator of one list a walk of its own', async () => {
    const api = new ListApi(SIZES, answer);
    const list = api.list();
    const [one, two] = [list[Symbol.asyncIterator](), list[Symbol.asyncIterator]()];
    for (const item of api.items) {
      expect((await one.next()).value).toBe(item);
      expect((await two.next()).value).toBe(item);
    }
    expect(api.asked).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });
});

it('rejects all calls that wait for a page that fails, and loses nothing', async () => {
  const api = new ListApi(SIZES, failing(1, 1, promised));
  const values = api.list()[Symbol.asyncIterator]();
  const results = await Promise.allSettled(range(0, 4).map(() => values.next()));

  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
  ]);
  for (const item of range(2, 10)) expect((await values.next()).value).toBe(item);
  expect(await values.next()).toEqual(DONE);
  expect(api.asked).toEqual([0, 1, 1, 2, 3, 4]);
});

describe('leaving the pull', () => {
  const stuck: Answer = (reply, page) => (page < 1 ? of(reply) : NEVER);

  it('aborts the request in flight and ends the calls that wait', async () => {
    const ends: EndEvent[] = [];
    const api = new ListApi(SIZES, stuck);
    const list = api.list({
      events: { next: (event) => event.type === 'end' && ends.push(event) },
    });
    const values = list[Symbol.asyncIterator]();
    await values.next();
    await values.next();
    const waiting = [values.next(), values.next()];
    await settle();
    expect(api.aborted).toEqual([]);

    expect(await values.return?.()).toEqual(DONE);
    expect(api.aborted).toEqual([1]);
    expect(await Promise.all(waiting)).toEqual([DONE, DONE]);
    expect(await values.next()).toEqual(DONE);
    expect(await values.return?.()).toEqual(DONE);
    expect(api.asked).toEqual([0, 1]);
    expect(ends.map(({ endReason }) => endReason)).toEqual(['unsubscribed']);
  });

  it('asks for nothing when it is left before the first pull', async () => {
    const api = new ListApi(SIZES);
    const values = api.list()[Symbol.asyncIterator]();
    expect(await values.return?.()).toEqual(DONE);
    expect(await values.next()).toEqual(DONE);
    expect(api.asked).toEqual([]);
  });

  it('gives nothing of the page in hand after it was left', async () => {
    const api = new ListApi(SIZES);
    const values = api.list()[Symbol.asyncIterator]();
    await values.next();
    await values.return?.();
    expect(await values.next()).toEqual(DONE);
    expect(api.asked).toEqual([0]);
  });

  it('rejects with what throw() is given, and is left', async () => {
    const api = new ListApi(SIZES, stuck);
    const values = api.list()[Symbol.asyncIterator]();
    await values.next();
    await values.next();
    const waiting = values.next();
    const failure = new Error('thrown in');
    await expect(values.throw?.(failure)).rejects.toBe(failure);
    expect(await waiting).toEqual(DONE);
    expect(await values.next()).toEqual(DONE);
    expect(api.aborted).toEqual([1]);
  });

  it('tells the loop of a failure and leaves the walk', async () => {
    const api = new ListApi(SIZES, failing(1, 1, atOnce));
    const seen: number[] = [];
    const loop = (async () => {
      for await (const value of api.list()) seen.push(value);
    })();
    await expect(loop).rejects.toMatchObject({ code: 'PROTOCOL', itemsEmitted: 2 });
    expect(seen).toEqual([0, 1]);
    expect(api.asked).toEqual([0, 1]);
  });

  it('stays done after a return that followed a failure', async () => {
    const api = new ListApi(SIZES, failing(1, 1, atOnce));
    const values = api.list()[Symbol.asyncIterator]();
    await values.next();
    await values.next();
    await expect(values.next()).rejects.toBeInstanceOf(PaginationError);
    await values.return?.();
    expect(await values.next()).toEqual(DONE);
    expect(api.asked).toEqual([0, 1]);
  });
});

describe('pulling on from a failure', () => {
  it('does not begin a list whose token is damaged', async () => {
    const api = new ListApi(SIZES);
    const values = api.list({ resumeFrom: 'po1.damaged.0' })[Symbol.asyncIterator]();
    await expect(values.next()).rejects.toMatchObject({ code: 'CHECKPOINT_CORRUPT' });
    await expect(values.next()).rejects.toMatchObject({ code: 'CHECKPOINT_CORRUPT' });
    expect(api.asked).toEqual([]);
  });

  it('goes on where its token says when it failed before its first request', async () => {
    const api = new ListApi(SIZES);
    const [, second] = await pagesOf(api);
    api.asked.length = 0;
    let broken = true;
    const pacedBy = defer(() => {
      if (!broken) return NEVER;
      broken = false;
      return throwError(() => new Error('notifier'));
    });
    const values = api.list({ resumeFrom: second, pacedBy })[Symbol.asyncIterator]();
    await expect(values.next()).rejects.toThrow('notifier');
    expect((await values.next()).value).toBe(5);
    expect(api.asked).toEqual([2]);
    await values.return?.();
  });

  it('does not take pages fetched ahead and not handed on for repeats', async () => {
    const api = new ListApi(SIZES);
    let broken = true;
    const pacedBy = defer(() => {
      if (!broken) return timer(0, 1);
      broken = false;
      return throwErrorLater();
    });
    const values = api.list({ prefetch: 3, pacedBy })[Symbol.asyncIterator]();
    const seen: unknown[] = [];
    const failures: unknown[] = [];
    for (;;) {
      try {
        const result = await values.next();
        if (result.done === true) break;
        seen.push(result.value);
      } catch (error) {
        failures.push(error);
        if (failures.length > 1) break;
      }
    }
    expect(failures).toEqual([new Error('notifier')]);
    expect(seen).toEqual(api.items);
  });
});

async function pagesOf(api: ListApi): Promise<string[]> {
  const tokens: string[] = [];
  for await (const page of api.list().pages()) tokens.push(page.resumeToken);
  return tokens;
}

function throwErrorLater() {
  return defer(async () => {
    await settle();
    throw new Error('notifier');
  });
}
