import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream, WritableStream } from 'node:stream/web';

import { Observable, of, Subject } from 'rxjs';

import { atOnce, ListApi, promised, range } from '../support/list-api';
import { settle } from '../support/manual-clock';
import { record } from '../support/recorder';

const PAGES = 5;
const SIZES = [2, 3, 1, 2, 2];
const PREFETCHES = [0, 1, 2, 10];
const ANSWERS = [
  ['synchronous replies', atOnce],
  ['promises', promised],
] as const;

const requestedInHand = (page: number, prefetch: number) =>
  range(0, Math.min(PAGES, page + prefetch));
const requestedBeyond = (page: number, prefetch: number) =>
  range(0, Math.min(PAGES, page + 1 + prefetch));

/** A consumer that stops at each value until it is let go on. */
class Turnstile<T> {
  readonly seen: T[] = [];
  readonly #waiting: (() => void)[] = [];

  readonly pass = (value: T): Promise<T> => {
    this.seen.push(value);
    return new Promise((resolve) => {
      this.#waiting.push(() => {
        resolve(value);
      });
    });
  };

  /** Lets the value that waits longest pass. */
  async release(): Promise<void> {
    this.#waiting.shift()?.();
    await settle();
  }
}

describe.each(ANSWERS)('demand over %s', (_, answer) => {
  let api: ListApi;
  beforeEach(() => {
    api = new ListApi(SIZES, answer);
  });

  /** Goes through all values one by one and checks the requests with each in hand. */
  async function checkEach(turnstile: Turnstile<number>, prefetch: number): Promise<void> {
    await settle();
    let item = 0;
    for (let page = 1; page <= PAGES; page++) {
      for (let place = 0; place < SIZES[page - 1]!; place++) {
        expect(turnstile.seen).toEqual(range(0, ++item));
        expect(api.asked).toEqual(requestedInHand(page, prefetch));
        await turnstile.release();
      }
      expect(api.asked).toEqual(requestedBeyond(page, prefetch));
    }
    expect(turnstile.seen).toEqual(api.items);
  }

  it.each(PREFETCHES)('is exact for pages pulled by hand, prefetch %i', async (prefetch) => {
    const pages = api.list({ prefetch }).pages()[Symbol.asyncIterator]();
    for (let page = 1; page <= PAGES; page++) {
      await pages.next();
      await settle();
      expect(api.asked).toEqual(requestedInHand(page, prefetch));
    }
    expect((await pages.next()).done).toBe(true);
    expect(api.asked).toEqual(range(0, PAGES));
  });

  it.each(PREFETCHES)('is exact for for await, prefetch %i', async (prefetch) => {
    const turnstile = new Turnstile<number>();
    const loop = (async () => {
      for await (const value of api.list({ prefetch })) await turnstile.pass(value);
    })();
    await checkEach(turnstile, prefetch);
    await loop;
  });

  it.each(PREFETCHES)('is exact for forEach, prefetch %i', async (prefetch) => {
    const turnstile = new Turnstile<number>();
    const done = api.list({ prefetch }).forEach(turnstile.pass);
    await checkEach(turnstile, prefetch);
    await done;
  });

  it.each(PREFETCHES)('is exact for consume, prefetch %i', async (prefetch) => {
    const turnstile = new Turnstile<number>();
    const seen = record(api.list({ prefetch }).consume(turnstile.pass));
    await checkEach(turnstile, prefetch);
    expect(seen.notifications).toEqual({ values: api.items, errors: 0, completions: 1 });
  });

  it.each(PREFETCHES)('is exact for consume with 4 places, prefetch %i', async (prefetch) => {
    const turnstile = new Turnstile<number>();
    const seen = record(api.list({ prefetch }).consume(turnstile.pass, { concurrency: 4 }));
    await settle();
    for (let released = 0; released <= 10; released++) {
      // Four items are in hand; the fifth makes the consumer ask beyond the page that holds the fourth.
      const inHand = Math.min(10, released + 4);
      expect(turnstile.seen).toEqual(range(0, inHand));
      const page = pageOf(inHand - 1) + 1;
      expect(api.asked).toEqual(requestedInHand(page, prefetch));
      await turnstile.release();
    }
    expect(seen.notifications).toEqual({ values: api.items, errors: 0, completions: 1 });
  });

  it.each(PREFETCHES)('is exact for a paced walk, prefetch %i', async (prefetch) => {
    const more = new Subject<void>();
    const seen = record(api.list({ prefetch, pacedBy: more }));
    for (let page = 1; page <= PAGES; page++) {
      await settle();
      expect(seen.values).toEqual(api.items.filter((item) => pageOf(item) < page));
      expect(api.asked).toEqual(requestedInHand(page, prefetch));
      more.next();
    }
    expect(seen.completions).toBe(1);
  });

  it.each(PREFETCHES)('keeps Readable.from back, prefetch %i', async (prefetch) => {
    const turnstile = new Turnstile<number>();
    const slow = new Writable({
      objectMode: true,
      highWaterMark: 1,
      write(value: number, _encoding, done) {
        void turnstile.pass(value).then(() => {
          done();
        });
      },
    });
    const done = pipeline(Readable.from(api.list({ prefetch })), slow);
    await settle();
    for (const item of api.items) {
      expect(turnstile.seen).toEqual(range(0, item + 1));
      // A readable and a writable that hold one value each read at most 3 ahead.
      const page = pageOf(Math.min(9, item + 3)) + 1;
      expect(api.asked.length).toBeLessThanOrEqual(Math.min(PAGES, page + prefetch));
      await turnstile.release();
    }
    await done;
    expect(turnstile.seen).toEqual(api.items);
    expect(api.asked).toEqual(range(0, PAGES));
  });

  it.each(PREFETCHES)('keeps ReadableStream.from back, prefetch %i', async (prefetch) => {
    const turnstile = new Turnstile<number>();
    const slow = new WritableStream<number>({
      write: async (value) => {
        await turnstile.pass(value);
      },
    });
    const done = ReadableStream.from(api.list({ prefetch })).pipeTo(slow);
    await settle();
    for (const item of api.items) {
      expect(turnstile.seen).toEqual(range(0, item + 1));
      const page = pageOf(Math.min(9, item + 2)) + 1;
      expect(api.asked.length).toBeLessThanOrEqual(Math.min(PAGES, page + prefetch));
      await turnstile.release();
    }
    await done;
    expect(turnstile.seen).toEqual(api.items);
    expect(api.asked).toEqual(range(0, PAGES));
  });

  it('leaves the walk when a readable is destroyed', async () => {
    const readable = Readable.from(api.list());
    for await (const value of readable) if (value === 2) break;
    await settle();

    expect(readable.destroyed).toBe(true);
    expect(api.asked).toEqual([0, 1]);
  });

  it('demands for ever when it is subscribed to', async () => {
    const seen = record(api.list());
    await settle();
    expect(seen.notifications).toEqual({ values: api.items, errors: 0, completions: 1 });
    expect(api.asked).toEqual(range(0, PAGES));
  });
});

it('holds a list without an end back while a writable is stuck', async () => {
  const api = new ListApi(Array.from({ length: 1000 }, () => 1));
  const stuck = new Writable({ objectMode: true, highWaterMark: 1, write: () => undefined });
  const readable = Readable.from(api.list());
  readable.pipe(stuck);
  await settle(100);

  expect(api.asked.length).toBeLessThanOrEqual(4);
  readable.destroy();
});

describe('forEach', () => {
  it('rejects with what the callback throws and asks for nothing more', async () => {
    const api = new ListApi(SIZES);
    const seen: number[] = [];
    const failure = new Error('callback');
    const done = api.list().forEach((value) => {
      seen.push(value);
      if (value === 3) throw failure;
    });

    await expect(done).rejects.toBe(failure);
    await settle();
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(api.asked).toEqual([0, 1]);
  });

  it('rejects with what the callback rejects with and calls it no more', async () => {
    const api = new ListApi(SIZES);
    const seen: number[] = [];
    const failure = new Error('callback');
    const done = api.list().forEach(async (value) => {
      seen.push(value);
      await settle(1);
      if (value === 3) throw failure;
    });

    await expect(done).rejects.toBe(failure);
    await settle();
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(api.asked).toEqual([0, 1]);
  });

  it('calls the callback no more once its walk was aborted', async () => {
    const api = new ListApi(SIZES);
    const abort = new AbortController();
    const turnstile = new Turnstile<number>();
    const done = api.list({ signal: abort.signal }).forEach(turnstile.pass);
    await settle();
    abort.abort();
    await expect(done).rejects.toMatchObject({ code: 'ABORTED', itemsEmitted: 0 });
    await turnstile.release();
    await turnstile.release();

    expect(turnstile.seen).toEqual([0]);
    expect(api.asked).toEqual([0]);
  });

  it('names in its token the item whose callback failed as the next', async () => {
    const api = new ListApi(SIZES);
    const tokens: string[] = [];
    const list = api.list({
      events: { next: (event) => event.type === 'end' && tokens.push(event.resumeToken) },
    });
    const done = list.forEach((value) => {
      if (value === 3) throw new Error('callback');
    });
    await expect(done).rejects.toThrow('callback');

    expect(tokens).toHaveLength(1);
    expect(record(api.list({ resumeFrom: tokens[0] })).values).toEqual(range(3, 10));
  });

  it('refuses what is no function', () => {
    const wrong: unknown = 'log';
    expect(() => new ListApi([1]).list().forEach(wrong as () => void)).toThrow(
      new TypeError(`forEach: 'next' must be a function, got "log"`),
    );
  });
});

describe('consume', () => {
  it('emits what each projection emits, in the order of the list, with one place', () => {
    const api = new ListApi(SIZES);
    const seen = record(api.list().consume((value, index) => of(value, -index)));

    expect(seen.values).toEqual(api.items.flatMap((item) => [item, -item]));
    expect(seen.completions).toBe(1);
    expect(api.asked).toEqual(range(0, PAGES));
  });

  it('asks for no page after it is left, and leaves the projections', async () => {
    const api = new ListApi(SIZES);
    const left: number[] = [];
    const source = api.list().consume(
      (value) =>
        new Observable<number>((subscriber) => {
          subscriber.next(value);
          return () => void left.push(value);
        }),
      { concurrency: 3 },
    );
    const seen = record(source);
    seen.subscription.unsubscribe();
    await settle();

    expect(seen.notifications).toEqual({ values: [0, 1, 2], errors: 0, completions: 0 });
    expect(left).toEqual([0, 1, 2]);
    expect(api.asked).toEqual([0, 1]);
  });

  it.each([
    ['throws', () => { throw new Error('projection'); }], // prettier-ignore
    ['rejects', () => Promise.reject(new Error('projection'))],
  ])('errors once and asks for nothing more when a projection %s', async (_, fail) => {
    const api = new ListApi(SIZES);
    const seen = record(api.list().consume((value) => (value === 2 ? fail() : of(value))));
    await settle();

    expect(seen.values).toEqual([0, 1]);
    expect(seen.errors).toEqual([new Error('projection')]);
    expect(seen.completions).toBe(0);
    expect(api.asked).toEqual([0, 1]);
  });

  it('goes through 100,000 synchronous projections on a flat stack', () => {
    const api = new ListApi([50_000, 50_000]);
    let count = 0;
    api
      .list()
      .consume((value) => of(value))
      .subscribe(() => count++);
    expect(count).toBe(100_000);
  });

  it('refuses what is no function', () => {
    const wrong: unknown = { next: () => 1 };
    expect(() => new ListApi([1]).list().consume(wrong as () => [])).toThrow(
      new TypeError(`consume: 'project' must be a function, got an object`),
    );
  });

  it.each([0, -1, 1.5, '2', null, NaN])('refuses a concurrency of %p', (concurrency) => {
    const wrong: unknown = { concurrency };
    const call = () => new ListApi([1]).list().consume(() => [], wrong as object);
    expect(call).toThrow(TypeError);
    expect(call).toThrow(/^consume: option 'concurrency' must be a whole number, 1 or more, got /);
  });
});

function pageOf(item: number): number {
  let end = 0;
  return SIZES.findIndex((size) => (end += size) > item);
}
