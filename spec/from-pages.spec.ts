import { NEVER, of, timer, map } from 'rxjs';

import { fromPages, type EndEvent, type FetchedPage } from 'paged-observable';

import { ManualClock, settle } from './support/manual-clock';
import { record } from './support/recorder';

class Place {
  constructor(readonly key: Map<string, number>) {}
}
const circular: { self?: unknown } = {};
circular.self = circular;

/** Positions of three further pages, of every type. */
const POSITIONS: readonly (readonly [string, readonly unknown[]])[] = [
  ['numbers', [1, 2, 3]],
  ['0 and negative numbers', [0, -1, -2]],
  ['texts', ['a', 'b', 'c']],
  ['flags and numbers', [false, true, 0]],
  ['objects', [{ id: 1 }, { id: 2 }, { id: 3 }]],
  ['arrays', [[1], [2], [1, 2]]],
  ['dates', [new Date(1), new Date(2), new Date(3)]],
  ['class instances', [1, 2, 3].map((key) => new Place(new Map([['key', key]])))],
  ['maps', [new Map([[1, 2]]), new Map([[1, 2]]), new Map()]],
  ['objects that hold themselves', [{ ...circular }, { ...circular }, circular]],
  ['functions', [() => 1, () => 2, () => 3]],
  ['symbols', [Symbol('a'), Symbol('b'), Symbol('c')]],
  ['big integers', [1n, 2n, 3n]],
  ['objects with big integers', [{ id: 1n }, { id: 2n }, { id: 3n }]],
  ['numbers without a value', [Infinity, -Infinity, 0]],
];

function listOf(positions: readonly unknown[], options = {}) {
  const calls: unknown[] = [];
  const list = fromPages<number>((position) => {
    calls.push(position);
    const page = position === undefined ? 0 : positions.indexOf(position) + 1;
    return of({ items: [page * 2, page * 2 + 1], next: positions[page] });
  }, options);
  return { list, calls };
}

describe('positions', () => {
  it.each(POSITIONS)('may be %s, and are handed back as they came', (_, positions) => {
    const { list, calls } = listOf(positions);
    const seen = record(list);

    expect(seen.notifications).toEqual({
      values: [0, 1, 2, 3, 4, 5, 6, 7],
      errors: 0,
      completions: 1,
    });
    expect(calls).toHaveLength(4);
    expect(calls[0]).toBeUndefined();
    for (const [index, position] of positions.entries()) expect(calls[index + 1]).toBe(position);
  });

  it.each(POSITIONS)('that are %s and come again are LOOP, before the call', (_, positions) => {
    const [one, two] = positions;
    const calls: unknown[] = [];
    const list = fromPages<number>((position) => {
      calls.push(position);
      return of({ items: [calls.length], next: position === one ? two : one });
    });
    const seen = record(list);

    expect(seen.values).toEqual([1, 2, 3]);
    expect(seen.error).toMatchObject({ code: 'LOOP', itemsEmitted: 3 });
    expect(calls).toEqual([undefined, one, two]);
  });

  it.each([['undefined', undefined], ['null', null]])('end the list when they are %s', (_, next) => {
    const calls: unknown[] = [];
    const list = fromPages<string>((position) => {
      calls.push(position);
      return [{ items: ['a'], next }];
    });
    expect(record(list).notifications).toEqual({ values: ['a'], errors: 0, completions: 1 });
    expect(calls).toEqual([undefined]);
  }); // prettier-ignore

  it('end the list when they are absent', () => {
    expect(record(fromPages(() => of({ items: [1, 2] }))).notifications).toEqual({
      values: [1, 2],
      errors: 0,
      completions: 1,
    });
  });

  it('end the list when they are empty text, unless that is a position', () => {
    const fetchPage = (position: string | undefined) =>
      of({ items: [position ?? 'first'], next: position === undefined ? '' : undefined });
    expect(record(fromPages(fetchPage)).values).toEqual(['first']);
    expect(record(fromPages(fetchPage, { emptyCursor: 'continue' })).values).toEqual(['first', '']);
  });

  it.each([
    ['texts', ['a', 'b', 'c']],
    ['numbers', [0, -1, 2]],
    ['objects', [{ id: 1 }, { id: 2 }, { id: [null, true] }]],
  ])('that are JSON (%s) can be resumed from', (_, positions) => {
    for (let count = 0; count <= 8; count++) {
      const ends: EndEvent[] = [];
      const events = {
        next: (event: { type: string }) => event.type === 'end' && ends.push(event as EndEvent),
      };
      record(listOf(positions, { maxItems: count, events }).list);
      const calls: unknown[] = [];
      const rest = fromPages<number>(
        (position) => {
          calls.push(position);
          const page =
            positions.findIndex((known) => JSON.stringify(known) === JSON.stringify(position)) + 1;
          return of({ items: [page * 2, page * 2 + 1], next: positions[page] });
        },
        { resumeFrom: ends[0]!.resumeToken },
      );
      expect(record(rest).values).toEqual([0, 1, 2, 3, 4, 5, 6, 7].slice(count));
      expect(calls[0]).toEqual(
        count < 2 ? undefined : positions[Math.min(3, Math.floor(count / 2)) - 1],
      );
    }
  });

  it.each(POSITIONS.slice(6))('that are %s cannot: CHECKPOINT_MISMATCH', (_, positions) => {
    const pages = record(listOf(positions).list.pages()).values;
    expect(pages.map(({ resumeToken }) => typeof resumeToken)).toEqual(
      Array.from({ length: 4 }, () => 'string'),
    );
    const { list, calls } = listOf(positions, { resumeFrom: pages[0]!.resumeToken });
    const seen = record(list);
    expect(seen.values).toEqual([]);
    expect(seen.error.code).toBe('CHECKPOINT_MISMATCH');
    expect(seen.error.message).toContain('no JSON');
    expect(calls).toEqual([]);
  });

  it('of pages before the first further one can be resumed from whatever their type', () => {
    const pages = record(listOf([new Map(), new Map()]).list.pages()).values;
    const { list } = listOf([new Map(), new Map()], { resumeFrom: pages[0]!.resumeTokenAfter(1) });
    expect(record(list).values).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('fetchPage', () => {
  const page = (position: number | undefined): FetchedPage<number, number> => ({
    items: [position ?? 0],
    next: (position ?? 0) < 2 ? (position ?? 0) + 1 : undefined,
  });
  const clock = new ManualClock();

  it.each([
    ['an array', (position: number | undefined) => [page(position)]],
    ['an Observable', (position: number | undefined) => of(page(position))],
    ['a promise', (position: number | undefined) => Promise.resolve(page(position))],
    [
      'an asynchronous Observable',
      (position: number | undefined) => timer(5, clock).pipe(map(() => page(position))),
    ],
  ])('may give %s', async (_, fetchPage) => {
    const seen = record(fromPages(fetchPage));
    for (let round = 0; round < 5; round++) {
      clock.advance(5);
      await settle(3);
    }
    expect(seen.notifications).toEqual({ values: [0, 1, 2], errors: 0, completions: 1 });
  });

  it('is called once a page and never before a subscription', () => {
    const fetchPage = jest.fn(page);
    const list = fromPages((position: number | undefined) => of(fetchPage(position)));
    list.pages();
    expect(fetchPage).not.toHaveBeenCalled();
    record(list);
    record(list.pages());
    expect(fetchPage.mock.calls).toEqual([[undefined], [1], [2], [undefined], [1], [2]]);
  });

  it('goes on after pages without items', () => {
    const sizes = [0, 2, 0, 0, 1, 0];
    const list = fromPages<string, number>((position = 0) =>
      of({
        items: Array.from(
          { length: sizes[position]! },
          (_, item) => `${String(position)}.${String(item)}`,
        ),
        next: position + 1 < sizes.length ? position + 1 : undefined,
      }),
    );
    expect(record(list).values).toEqual(['1.0', '1.1', '4.0']);
    expect(record(list.pages()).values).toHaveLength(6);
  });

  it('sees its signal aborted when the walk is left', () => {
    const signals: AbortSignal[] = [];
    const list = fromPages<number, number>((position, signal) => {
      signals.push(signal);
      return position === undefined ? of({ items: [1], next: 1 }) : NEVER;
    });
    record(list).subscription.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
  });

  it('gets a signal too where it takes its position by default or all as a rest', () => {
    const seen: unknown[] = [];
    record(fromPages((...all: readonly unknown[]) => {
      seen.push(all.length, all[1] instanceof AbortSignal);
      return NEVER;
    })).subscription.unsubscribe(); // prettier-ignore
    expect(seen).toEqual([2, true]);
  });

  it.each<[string, unknown, string]>([
    ['items that are an object', { items: { a: 1 } }, 'an object'],
    ['items that are null', { items: null }, 'null'],
    ['items that are text', { items: 'text' }, '"text"'],
    ['no items', {}, 'undefined'],
    ['text', 'page', '"page"'],
    ['null', null, 'null'],
    ['nothing', undefined, 'undefined'],
    ['an array of items in place of a page', [[1, 2]], 'undefined'],
  ])('that gives %s is BAD_SHAPE', (_, given, came) => {
    const seen = record(fromPages(() => of(given as FetchedPage<unknown, unknown>)));
    expect(seen.values).toEqual([]);
    expect(seen.error.code).toBe('BAD_SHAPE');
    expect(seen.error.message).toContain(
      `fetchPage must give { items, next? } with an array of items, and gave items: ${came}`,
    );
  });

  it.each<[string, () => never[] | Promise<never>]>([
    ['throws', () => { throw new Error('sdk'); }],
    ['rejects', () => Promise.reject(new Error('sdk'))],
  ])('that %s errors the walk with its message in cause', async (_, fail) => {
    const seen = record(
      fromPages<number, number>((position) => (position === undefined ? of({ items: [1], next: 2 }) : fail())),
    );
    await settle();
    expect(seen.values).toEqual([1]);
    expect(seen.error).toMatchObject({ code: 'PROTOCOL', pageIndex: 1, cause: { name: 'Error', message: 'sdk' } });
  }); // prettier-ignore

  it('that gives no page is PROTOCOL', () => {
    expect(record(fromPages(() => [])).error.code).toBe('PROTOCOL');
  });

  it('tells its total to the pages', () => {
    const list = fromPages<number, number>((position = 0) =>
      of({ items: [position], next: position < 1 ? position + 1 : null, totalCount: 2 }),
    );
    const pages = record(list.pages()).values;
    expect(pages.map(({ totalCount, progress }) => [totalCount, progress.fraction])).toEqual([
      [2, 0.5],
      [2, 1],
    ]);
    expect(pages.map(({ kind, cursor, nextCursor }) => [kind, cursor, nextCursor])).toEqual([
      ['cursor', undefined, 1],
      ['cursor', 1, undefined],
    ]);
  });

  it('has its time limit', () => {
    const limited = new ManualClock();
    const seen = record(fromPages(() => NEVER, { clock: limited, timeout: 100, retry: false }));
    limited.advance(99);
    expect(seen.errors).toEqual([]);
    limited.advance(1);
    expect(seen.error.code).toBe('TIMEOUT');
  });

  it('may hold an AbortSignal that ends in the middle of a page', () => {
    const controller = new AbortController();
    const values: number[] = [];
    const errors: unknown[] = [];
    fromPages<number>(() => of({ items: [1, 2, 3] }), { signal: controller.signal }).subscribe({
      next: (value) => {
        values.push(value);
        if (value === 2) controller.abort();
      },
      error: (error: unknown) => errors.push(error),
    });
    expect(values).toEqual([1, 2]);
    expect(errors).toEqual([expect.objectContaining({ code: 'ABORTED', itemsEmitted: 2 })]);
  });

  it('tells lists apart by their names: a token of one is none of another', () => {
    const list = (id?: string) =>
      fromPages<number, number>((position = 0) => of({ items: [position], next: position + 1 }), {
        id,
        maxItems: 2,
      });
    const tokenOf = (id?: string) => record(list(id).pages()).values.at(-1)?.resumeToken ?? '';
    const resumed = (id: string | undefined, resumeFrom: string) =>
      record(list(id).with({ resumeFrom, maxItems: 3 }));
    for (const id of [undefined, 'a', 'b/ü']) {
      expect(resumed(id, tokenOf(id)).values).toEqual([2]);
      const { error } = resumed('other', tokenOf(id));
      expect(error.code).toBe('CHECKPOINT_MISMATCH');
    }
    expect(() => list(5 as unknown as string)).toThrow(/^fromPages: option 'id' must be /);
  });

  it.each(['nextCursor', 'next_page_token', 'nextLink'])(
    'errors for a page that says where it goes on as %s alone',
    (name) => {
      const seen = record(fromPages(() => of({ items: [1], [name]: 'x' }), { retry: false }));
      expect(seen.values).toEqual([]);
      expect([seen.error.code, seen.error.message]).toEqual([
        'BAD_SHAPE',
        expect.stringContaining(`gave ${name} and no next`),
      ]);
    },
  );

  it.each([
    { nextCursor: null },
    { nextCursor: '' },
    { nextPage: false },
    { nextPage: () => undefined },
    { next: undefined, nextCursor: 'x' },
    { cursor: 'x' },
  ])('ends at a page with %j', (further) => {
    const seen = record(fromPages(() => of({ items: [1], ...further })));
    expect(seen.notifications).toEqual({ values: [1], errors: 0, completions: 1 });
  });
});

describe('a function that gives nothing to read from', () => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['"text"', 'text'],
    ['an object', { items: [1] }],
  ])('is told what it gave: %s', (came, given) => {
    let calls = 0;
    const seen = record(
      fromPages(() => {
        calls++;
        return given as never;
      }),
    );
    expect(seen.error.code).toBe('PROTOCOL');
    expect(seen.error.message).toContain(
      `fetchPage must give a Promise or an Observable of { items, next? }, got ${came} (page 1`,
    );
    expect([seen.values, calls]).toEqual([[], 1]); // no retry mends it
  });
});
