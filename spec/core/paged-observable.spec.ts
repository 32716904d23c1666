import { map, of, type Observable } from 'rxjs';

import {
  isPagedObservable,
  PagedObservable,
  paginate,
  cursorPagination,
  type WalkEvent,
} from 'paged-observable';

import { deepFreeze } from '../support/deep-freeze';
import { after, atOnce, ListApi, promised, range } from '../support/list-api';
import { ManualClock, settle } from '../support/manual-clock';
import { record } from '../support/recorder';

const SIZES = [2, 0, 3, 1];

describe.each([
  ['synchronous replies', atOnce],
  ['promises', promised],
])('a list over %s', (_, answer) => {
  it('gives two subscriptions in sequence the same, each with its own requests', async () => {
    const api = new ListApi(SIZES, answer);
    const list = api.list();
    const first = record(list);
    await settle();
    const second = record(list);
    await settle();

    const whole = { values: range(0, 6), errors: 0, completions: 1 };
    expect([first.notifications, second.notifications]).toEqual([whole, whole]);
    expect(api.asked).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  });

  it('gives two subscriptions at once the same', async () => {
    const api = new ListApi(SIZES, answer);
    const list = api.list();
    const [first, second] = [record(list), record(list)];
    await settle();
    expect(first.notifications).toEqual({ values: range(0, 6), errors: 0, completions: 1 });
    expect(second.notifications).toEqual(first.notifications);
    expect(api.asked).toHaveLength(8);
  });

  it('has the same pages, order and counts as items and as pages()', async () => {
    const [one, two] = [new ListApi(SIZES, answer), new ListApi(SIZES, answer)];
    const events: [WalkEvent[], WalkEvent[]] = [[], []];
    const plain = (all: readonly WalkEvent[]) =>
      all.map((event) => (event.type === 'page' ? { ...event, elapsedMs: 0 } : event));
    const items = record(one.list({ events: { next: (event) => events[0].push(event) } }));
    const pages = record(two.list({ events: { next: (event) => events[1].push(event) } }).pages());
    await settle();

    expect(pages.values.flatMap((page) => page.items)).toEqual(items.values);
    expect(pages.values.map((page) => page.items.length)).toEqual(SIZES);
    expect(two.asked).toEqual(one.asked);
    expect(plain(events[1])).toEqual(plain(events[0]));
    expect(events[0]).toHaveLength(9);
  });
});

it('keeps interleaved walks apart, one of them left', () => {
  const clock = new ManualClock();
  const api = new ListApi(SIZES, after(10, clock));
  const list = api.list({ clock });
  const first = record(list);
  clock.advance(5);
  const second = record(list.pages());
  clock.advance(10);
  first.subscription.unsubscribe();
  clock.advance(100);

  expect(first.notifications).toEqual({ values: [0, 1], errors: 0, completions: 0 });
  expect(second.values.map(({ items }) => items)).toEqual([[0, 1], [], [2, 3, 4], [5]]);
  expect(second.completions).toBe(1);
  expect(api.asked).toEqual([0, 0, 1, 1, 2, 3]);
  expect(api.aborted).toEqual([1]);
});

it('keeps a failure of one walk from another', () => {
  let calls = 0;
  const api = new ListApi([1, 1], (reply, page) => (calls++ === 1 ? [] : atOnce(reply, page)));
  const list = api.list();
  expect(record(list).error.code).toBe('PROTOCOL');
  expect(record(list).notifications).toEqual({ values: [0, 1], errors: 0, completions: 1 });
});

it('never changes the request, the options or the strategy', async () => {
  const seen: unknown[] = [];
  const request = deepFreeze({
    method: 'POST',
    url: 'http://api.test/{kind}',
    path: { kind: 'items' },
    params: { sort: ['a', 'b'] },
    headers: { accept: 'application/json' },
    body: { filter: { active: true } },
  });
  const before = structuredClone(request);
  const pagination = deepFreeze(
    cursorPagination<number>({ items: '/items', in: 'body', param: '/after' }),
  );
  const options = Object.freeze({ pagination, prefetch: 1, limits: deepFreeze({ emptyPages: 3 }) });
  const list = paginate<number>(
    (sent) => {
      seen.push(structuredClone(deepFreeze(sent)));
      const next_cursor = seen.length < 3 ? `k${String(seen.length)}` : null;
      return of(
        deepFreeze({
          status: 200,
          headers: {},
          url: 'http://api.test/items',
          body: { items: [1], next_cursor },
        }),
      );
    },
    request,
    options,
  );
  const walked = record(list);
  await settle();

  expect(walked.notifications).toEqual({ values: [1, 1, 1], errors: 0, completions: 1 });
  expect(request).toEqual(before);
  const body = (page: object) => ({ ...before, body: { filter: { active: true }, ...page } });
  expect(seen).toEqual([body({}), body({ after: 'k1' }), body({ after: 'k2' })]);
});

it('walks inside next of another walk, 100 levels deep, in order', () => {
  const log: string[] = [];
  let completions = 0;
  const walk = (level: number): void => {
    new ListApi([1, 1]).list().subscribe({
      next: (value) => {
        log.push(`${String(level)}.${String(value)}`);
        if (value === 0 && level < 100) walk(level + 1);
      },
      complete: () => completions++,
    });
  };
  walk(1);

  expect(log).toEqual([
    ...range(1, 101).map((level) => `${String(level)}.0`),
    ...range(1, 101).map((level) => `${String(101 - level)}.1`),
  ]);
  expect(completions).toBe(100);
});

it('reports what a subscriber throws and harms neither the walk nor another subscriber', () => {
  jest.useFakeTimers();
  try {
    const list = new ListApi([2, 1]).list();
    const told: number[] = [];
    list.subscribe((value) => {
      told.push(value);
      throw new Error('subscriber');
    });
    const other = record(list);
    expect(told).toEqual([0, 1, 2]);
    expect(other.notifications).toEqual({ values: [0, 1, 2], errors: 0, completions: 1 });
    for (let thrown = 0; thrown < 3; thrown++) {
      expect(() => {
        jest.advanceTimersToNextTimer();
      }).toThrow('subscriber');
    }
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

it('is told from other Observables, also by another copy of the package', () => {
  const list = new ListApi([1]).list();
  expect(list).toBeInstanceOf(PagedObservable);
  expect(isPagedObservable(list)).toBe(true);
  expect(Reflect.get(list, Symbol.for('paged-observable/PagedObservable'))).toBe(true);
  expect(isPagedObservable({ [Symbol.for('paged-observable/PagedObservable')]: true })).toBe(true);
  const others: unknown[] = [
    list.pages(),
    list.pipe(map((value) => value + 1)),
    of(1),
    {},
    [],
    null,
    undefined,
    1,
    'x',
    () => 1,
  ];
  expect(others.map(isPagedObservable)).toEqual(others.map(() => false));
});

it('knows how it is walked, for what adds to its options', () => {
  const list = new ListApi([1]).list({ prefetch: 2, key: '' });
  expect(list.walkOptions).toMatchObject({ prefetch: 2, key: '' });
  expect(list.with({ prefetch: 1 }).walkOptions).toMatchObject({ prefetch: 1, key: '' });
});

it('goes through pipe like any Observable', () => {
  const doubled: Observable<number> = new ListApi([2, 1]).list().pipe(map((value) => value * 2));
  expect(record(doubled).values).toEqual([0, 2, 4]);
});
