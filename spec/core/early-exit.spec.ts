import { first, firstValueFrom, NEVER, Observable, take, takeWhile, type Subscriber } from 'rxjs';

import { after, atOnce, ListApi, promised, range, type Answer } from '../support/list-api';
import { ManualClock, settle } from '../support/manual-clock';
import { record } from '../support/recorder';

const SIZES = [3, 0, 2, 1, 4];
const TOTAL = 10;
/** Place of the page that holds each item. */
const PAGE_OF_ITEM = SIZES.flatMap((size, page) => Array.from({ length: size }, () => page));

interface Mode {
  readonly name: string;
  readonly answer: (clock: ManualClock) => Answer;
}

const MODES: readonly Mode[] = [
  { name: 'synchronous replies', answer: () => atOnce },
  { name: 'promises', answer: () => promised },
  { name: 'asynchronous observables', answer: (clock) => after(10, clock) },
];

/** Lets everything happen that wants to, then 500 ms more. */
async function finish(clock: ManualClock): Promise<void> {
  for (let round = 0; round < 12; round++) {
    clock.advance(10);
    await settle(8);
  }
  clock.advance(500);
  await settle();
}

describe.each(MODES)('leaving a walk of $name', ({ answer }) => {
  let clock: ManualClock;
  let api: ListApi;
  beforeEach(() => {
    clock = new ManualClock();
    api = new ListApi(SIZES, answer(clock));
  });

  /** The pages up to and including the one that holds item `index`. */
  const pagesTo = (index: number) => range(0, PAGE_OF_ITEM[index]! + 1);

  async function walk<T>(source: Observable<T>): Promise<T[]> {
    const values: T[] = [];
    source.subscribe((value) => values.push(value));
    await finish(clock);
    return values;
  }

  it.each(range(0, TOTAL + 2))('asks for no page beyond item %i with take', async (count) => {
    const values = await walk(api.list({ clock }).pipe(take(count)));

    expect(values).toEqual(range(0, Math.min(count, TOTAL)));
    expect(api.asked).toEqual(
      count === 0 ? [] : count > TOTAL ? range(0, SIZES.length) : pagesTo(count - 1),
    );
    expect(api.aborted).toEqual([]);
  });

  it.each(range(0, SIZES.length + 2))(
    'asks for no page beyond page %i with take',
    async (count) => {
      const values = await walk(api.list({ clock }).pages().pipe(take(count)));

      expect(values.map(({ index }) => index)).toEqual(range(0, Math.min(count, SIZES.length)));
      expect(api.asked).toEqual(range(0, Math.min(count, SIZES.length)));
      expect(api.aborted).toEqual([]);
    },
  );

  it.each(range(0, TOTAL))('asks for no page beyond the match of first, item %i', async (item) => {
    const values = await walk(api.list({ clock }).pipe(first((value) => value === item)));

    expect(values).toEqual([item]);
    expect(api.asked).toEqual(pagesTo(item));
    expect(api.aborted).toEqual([]);
  });

  it.each(range(0, TOTAL))(
    'asks for no page beyond the end of takeWhile, item %i',
    async (item) => {
      const values = await walk(api.list({ clock }).pipe(takeWhile((value) => value < item)));

      expect(values).toEqual(range(0, item));
      expect(api.asked).toEqual(pagesTo(item));
      expect(api.aborted).toEqual([]);
    },
  );

  it.each(range(0, TOTAL))('stops at once when unsubscribed inside next, item %i', async (item) => {
    const told = leaveInside(api.list({ clock }), (value) => value === item);
    await finish(clock);

    expect(told).toEqual(range(0, item + 1));
    expect(api.asked).toEqual(pagesTo(item));
    expect(api.aborted).toEqual([]);
  });

  it.each(range(0, SIZES.length))(
    'stops at once when unsubscribed inside next, page %i',
    async (page) => {
      const told = leaveInside(api.list({ clock }).pages(), ({ index }) => index === page);
      await finish(clock);

      expect(told).toHaveLength(page + 1);
      expect(api.asked).toEqual(range(0, page + 1));
      expect(api.aborted).toEqual([]);
    },
  );

  it.each(range(0, TOTAL))(
    'asks for no page beyond the break of for await, item %i',
    async (item) => {
      const values: number[] = [];
      const loop = (async () => {
        for await (const value of api.list({ clock })) {
          values.push(value);
          if (value === item) break;
        }
      })();
      await finish(clock);
      await loop;

      expect(values).toEqual(range(0, item + 1));
      expect(api.asked).toEqual(pagesTo(item));
      expect(api.aborted).toEqual([]);
    },
  );

  it.each(range(0, SIZES.length))(
    'asks for no page beyond the break of for await over pages, page %i',
    async (last) => {
      const seen: number[] = [];
      const loop = (async () => {
        for await (const page of api.list({ clock }).pages()) {
          seen.push(page.index);
          if (page.index === last) break;
        }
      })();
      await finish(clock);
      await loop;

      expect(seen).toEqual(range(0, last + 1));
      expect(api.asked).toEqual(range(0, last + 1));
      expect(api.aborted).toEqual([]);
    },
  );

  it('makes no request before it is subscribed to or pulled', async () => {
    const list = api.list({ clock });
    list.pages();
    list.with({ maxPages: 1 });
    list.consume(() => []);
    list[Symbol.asyncIterator]();
    await finish(clock);

    expect(api.asked).toEqual([]);
  });

  it('aborts the request in flight when the subscriber leaves before its reply', async () => {
    const pending = new ListApi(SIZES, (reply, page) => (page < 2 ? atOnce(reply, page) : NEVER));
    const seen = record(pending.list({ clock }));
    await finish(clock);
    seen.subscription.unsubscribe();
    await finish(clock);

    expect(seen.notifications).toEqual({ values: [0, 1, 2], errors: 0, completions: 0 });
    expect(pending.asked).toEqual([0, 1, 2]);
    expect(pending.aborted).toEqual([2]);
  });
});

describe.each([1, 2, 3, 10])('leaving a walk with prefetch %i', (prefetch) => {
  it.each(range(0, TOTAL))('has asked for that many pages more, item %i', async (item) => {
    for (const answer of [atOnce, promised]) {
      const api = new ListApi(SIZES, answer);
      const values: number[] = [];
      api
        .list({ prefetch })
        .pipe(take(item + 1))
        .subscribe((value) => values.push(value));
      await settle(60);

      expect(values).toEqual(range(0, item + 1));
      const page = PAGE_OF_ITEM[item]!;
      const most = Math.min(SIZES.length, page + 1 + prefetch);
      if (answer === atOnce) {
        expect([api.asked, api.aborted]).toEqual([range(0, most), []]);
      } else {
        // Replies that take a moment: the consumer may be gone before all were asked for.
        expect(api.asked).toEqual(range(0, api.asked.length));
        expect(api.asked.length).toBeGreaterThan(Math.min(page + 1, SIZES.length - 1));
        expect(api.asked.length).toBeLessThanOrEqual(most);
        expect(api.aborted).toEqual(api.aborted.filter((asked) => asked > page));
      }
    }
  });

  it.each(range(0, TOTAL))('aborts the one in flight, item %i', async (item) => {
    const clock = new ManualClock();
    const api = new ListApi(SIZES, after(10, clock));
    const values: number[] = [];
    api
      .list({ prefetch, clock })
      .pipe(take(item + 1))
      .subscribe((value) => values.push(value));
    await finish(clock);

    expect(values).toEqual(range(0, item + 1));
    const page = PAGE_OF_ITEM[item]!;
    // The consumer is faster than the list, so that never more than one page is on its way.
    expect(api.asked).toEqual(range(0, Math.min(SIZES.length, page + 2)));
    expect(api.aborted).toEqual(page + 1 < SIZES.length ? [page + 1] : []);
  });
});

it('asks for no further page in 500 ms of real time', async () => {
  const apis = [new ListApi(SIZES, atOnce), new ListApi(SIZES, promised)];
  for (const api of apis) {
    expect(await firstValueFrom(api.list())).toBe(0);
    for await (const value of api.list()) if (value === 3) break;
  }
  await new Promise((resolve) => setTimeout(resolve, 500));

  expect(apis.map(({ asked }) => asked)).toEqual([
    [0, 0, 1, 2],
    [0, 0, 1, 2],
  ]);
});

/** Subscribes, and unsubscribes synchronously inside `next`, which a Subscription cannot do while `subscribe` runs. */
function leaveInside<T>(source: Observable<T>, isLast: (value: T) => boolean): T[] {
  const told: T[] = [];
  let own: Subscriber<T> | undefined;
  const handing = new Observable<T>((subscriber) => {
    own = subscriber;
    return source.subscribe(subscriber);
  });
  handing.subscribe({
    next: (value) => {
      told.push(value);
      if (isLast(value)) own?.unsubscribe();
    },
    error: () => {
      throw new Error('An error was told after unsubscribing');
    },
    complete: () => {
      throw new Error('A completion was told after unsubscribing');
    },
  });
  return told;
}
