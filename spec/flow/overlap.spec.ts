import fc from 'fast-check';
import { take } from 'rxjs';

import {
  isPaginationError,
  type EndEvent,
  type Transport,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { FUZZ_RUNS } from '../support/fuzz-runs';
import { MovingList, type Change, type MovingListSettings } from '../support/moving-list';
import { record } from '../support/recorder';

interface Walked {
  readonly ids: number[];
  /** 'complete', or the code of the error. */
  readonly end: string;
  readonly event: EndEvent;
}

function walk(list: MovingList, options: WalkOptions): Walked {
  const events: WalkEvent[] = [];
  const seen = record(list.list({ ...options, events: { next: (event) => events.push(event) } }));
  const ends = events.filter((event) => event.type === 'end');
  expect(ends).toHaveLength(1);
  const end = seen.completions === 1 ? 'complete' : seen.error.code;
  return { ids: seen.values.map(({ id }) => id), end, event: ends[0]! };
}

const still = (settings: Partial<MovingListSettings>): MovingListSettings => ({
  rows: 25,
  limit: 10,
  ending: 'empty page',
  changes: [],
  ...settings,
});
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const before = (request: number, ...changes: Change[]): Change[][] => [
  ...Array.from({ length: request }, () => []),
  changes,
];

describe('a list that stands still', () => {
  it.each([
    ['empty page', [0, 8, 16, 23, 25]],
    ['status', [0, 8, 16, 23, 25]],
    ['total', [0, 8, 16]],
    ['flag', [0, 8, 16]],
  ] as const)(
    'costs the rows asked for again, and no surplus request at its end: %s',
    (ending, asked) => {
      const list = new MovingList(still({ ending }));
      const { ids: got, end, event } = walk(list, { overlap: 2 });

      expect([got, end]).toEqual([ids(0, 25), 'complete']);
      expect(list.asked).toEqual(asked);
      expect(event).toMatchObject({ duplicates: 0, items: 25 });
    },
  );

  it.each([
    [1, 10, [0, 9, 18]],
    [9, 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
    [10, 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
    [3, 25, [0]],
  ])('is exact with an overlap of %d on pages of %d', (overlap, limit, asked) => {
    const list = new MovingList(still({ limit, ending: 'total' }));
    const { ids: got, end } = walk(list, { overlap });

    expect([got, end, list.asked]).toEqual([ids(0, 25), 'complete', asked]);
  });

  it.each([0, 1, 2, 10, 11, 20])('is exact at a length of %d', (rows) => {
    for (const ending of ['empty page', 'total', 'flag', 'status'] as const) {
      const list = new MovingList(still({ rows, ending }));
      expect(walk(list, { overlap: 3 })).toMatchObject({ ids: ids(0, rows), end: 'complete' });
    }
  });
});

describe('rows put in at the head (P11)', () => {
  it.each([1, 2, 5, 8, 9, 30])('%d of them are not mistaken for others', (count) => {
    const changes = before(1, { what: 'insert', at: 0, count });
    const list = new MovingList(still({ changes }));
    const { ids: got, end, event } = walk(list, { overlap: 2 });

    expect([got, end]).toEqual([ids(0, 25), 'complete']);
    // Pages of nothing but new rows are passed over in search of a known one.
    expect(event.duplicates).toBe(count < 10 ? count : 12);
  });

  it('are dropped by the key alone, without an overlap', () => {
    const changes = before(1, { what: 'insert', at: 0, count: 5 });
    const list = new MovingList(still({ changes }));
    const { ids: got, end, event } = walk(list, {});

    expect([got, end]).toEqual([ids(0, 25), 'complete']);
    expect(event.duplicates).toBe(5);
  });
});

describe('rows taken out behind the position (P12)', () => {
  it.each([1, 2, 3, 5, 9, 10])('%d of them leave no gap: the walk steps back', (count) => {
    const changes = before(2, { what: 'delete', at: 0, count });
    const list = new MovingList(still({ changes }));
    const { ids: got, end, event } = walk(list, { overlap: 2 });

    expect([got, end]).toEqual([ids(0, 25), 'complete']);
    expect(event.duplicates).toBe(0);
    expect(list.asked.some((offset, at) => offset < (list.asked[at - 1] ?? 0))).toBe(count > 2 - 1);
  });

  it.each(['empty page', 'total', 'flag', 'status'] as const)(
    'leave no gap where the list is now shorter than the position: %s',
    (ending) => {
      const changes = before(2, { what: 'delete', at: 0, count: 12 });
      const list = new MovingList(still({ rows: 20, limit: 8, ending, changes }));
      const { ids: got, end } = walk(list, { overlap: 2 });

      expect([got, end]).toEqual([ids(0, 20), 'complete']);
    },
  );

  it('at the border leave no gap', () => {
    const changes = before(1, { what: 'delete', at: 'here', count: 2 });
    const list = new MovingList(still({ changes }));
    const { ids: got, end } = walk(list, { overlap: 2 });

    expect([got, end]).toEqual([ids(0, 25), 'complete']);
  });

  it('are DRIFT where none of the rows handed on is left, with a token after the last', () => {
    const changes = before(1, { what: 'replace all', count: 30 });
    const list = new MovingList(still({ changes }));
    const { ids: got, end, event } = walk(list, { overlap: 2 });

    expect([got, end]).toEqual([ids(0, 10), 'DRIFT']);
    expect(event).toMatchObject({ endReason: 'error', code: 'DRIFT', items: 10 });
    expect(list.asked).toContain(0);
    expect(list.asked.length).toBeLessThanOrEqual(22);
  });

  it('leave no gap however often it happens, where something new comes in between', () => {
    const changes = Array.from({ length: 60 }, (_, at): Change[] =>
      at % 8 === 7 ? [{ what: 'delete', at: 0, count: 12 }] : [],
    );
    const list = new MovingList(still({ rows: 200, changes }));
    const { ids: got, end } = walk(list, { overlap: 2 });

    expect([got, end]).toEqual([ids(0, 200), 'complete']);
    const stepsBack = list.asked.filter((offset, at) => offset < (list.asked[at - 1] ?? 0));
    expect(stepsBack.length).toBeGreaterThan(3);
  });

  it('go unseen without an overlap, which is what it is for', () => {
    const changes = before(2, { what: 'delete', at: 0, count: 5 });
    expect(walk(new MovingList(still({ changes })), {}).ids).not.toEqual(ids(0, 25));
  });
});

describe('a server that does not move', () => {
  it('ends with LOOP, although pages may repeat', () => {
    const list = new MovingList(still({ rows: 10, limit: 10 }));
    const { transport } = list;
    const stuck = new MovingList(still({}));
    Object.assign(stuck, {
      transport: (request: Parameters<typeof transport>[0], ...rest: [AbortSignal, never]) =>
        transport({ ...request, params: { ...request.params, offset: 0 } }, ...rest),
    });
    const { ids: got, end } = walk(stuck, { overlap: 3 });

    expect([got, end]).toEqual([ids(0, 10), 'LOOP']);
    expect(list.asked).toHaveLength(4);
  });
});

describe('a walk that is resumed', () => {
  it.each(['empty page', 'total', 'flag', 'status'] as const)(
    'is exact wherever it was cut, while nothing moves: %s',
    (ending) => {
      for (let cut = 1; cut <= 25; cut++) {
        const list = new MovingList(still({ ending }));
        const first = walkPart(list, cut, { overlap: 2 });
        expect(first.ids).toEqual(ids(0, cut));
        const rest = walk(list, { overlap: 2, resumeFrom: first.token });
        expect([rest.ids, rest.end]).toEqual([ids(cut, 25), 'complete']);
        expect(rest.event.items).toBe(25);
      }
    },
  );

  it('knows the last rows handed on, so that it needs no page to be as it was', () => {
    const list = new MovingList(still({ ending: 'total' }));
    const { token } = walkPart(list, 13, { overlap: 4 });
    list.asked.length = 0;
    list.apply({ what: 'insert', at: 0, count: 5 });
    const rest = walk(list, { overlap: 4, resumeFrom: token });

    expect([rest.ids, rest.end]).toEqual([ids(13, 25), 'complete']);
  });

  it.each([
    ['insert', 5],
    ['insert', 10],
    ['insert', 37],
    ['delete', 3],
    ['delete', 9],
    ['delete', 20],
  ] as const)('finds them again in either direction: %s %d', (what, count) => {
    const list = new MovingList(still({ rows: 60, ending: 'total' }));
    const { token } = walkPart(list, 33, { overlap: 3 });
    list.apply({ what, at: 0, count });
    const rest = walk(list, { overlap: 3, resumeFrom: token });

    expect([rest.ids, rest.end]).toEqual([ids(33, 60), 'complete']);
  });

  it('is DRIFT where they are gone, after a bounded search', () => {
    const list = new MovingList(still({ rows: 1000 }));
    const { token } = walkPart(list, 333, { overlap: 3 });
    list.apply({ what: 'replace all', count: 1000 });
    list.asked.length = 0;
    const rest = walk(list, { overlap: 3, resumeFrom: token });

    expect([rest.ids, rest.end]).toEqual([[], 'DRIFT']);
    expect(list.asked.length).toBeLessThanOrEqual(21);
  });

  it('after its end gives what was put behind it since', () => {
    const list = new MovingList(still({}));
    const { event } = walk(list, { overlap: 2 });
    list.apply({ what: 'insert', at: 1000, count: 4 });
    const rest = walk(list, { overlap: 2, resumeFrom: event.resumeToken });

    expect([rest.ids, rest.end]).toEqual([ids(25, 29), 'complete']);
    expect(walk(list, { overlap: 2, resumeFrom: rest.event.resumeToken }).ids).toEqual([]);
  });

  it('is exact and small also where the walk stepped far back and met new rows there', () => {
    const list = new MovingList(still({ rows: 4000, limit: 10 }));
    const { transport } = list;
    let last = 0;
    const stirred = new MovingList(still({ limit: 10 }));
    Object.assign(stirred, {
      transport: (request: Parameters<typeof transport>[0], ...rest: [AbortSignal, never]) => {
        const offset = Number(request.params?.['offset'] ?? 0);
        if (offset === 2400) list.apply({ what: 'delete', at: 0, count: 1500 });
        if (offset < last - 500) list.rows.splice(offset + 7, 0, 9001, 9002, 9003);
        last = offset;
        return transport(request, ...rest);
      },
    });
    const first = walkPart(stirred, 2405, { overlap: 2 });
    // The list has moved up; the walk found rows again that were handed on long ago, and new ones among them.
    expect(first.ids.slice(-5, -3)).toEqual([2400, 2401]);
    expect(first.ids.slice(-3)).toEqual([9001, 9002, 9003]);
    expect(first.token.length).toBeLessThan(9000);
    const rest = walk(list, { overlap: 2, resumeFrom: first.token });

    expect(['complete', 'DRIFT']).toContain(rest.end);
    const got = [...first.ids, ...rest.ids];
    expect(new Set(got).size).toBe(got.length);
    if (rest.end === 'complete') expect(rest.ids).toEqual(ids(2402, 4000));
  });

  it('goes on behind the last row also where one was put in between those known, and left out', () => {
    for (let cut = 11; cut <= 17; cut++) {
      const list = new MovingList(still({}));
      const { transport } = list;
      let requests = 0;
      const stirred = new MovingList(still({}));
      const insert: Transport = (...request) => {
        if (requests++ === 1) list.rows.splice(9, 0, 900);
        return transport(...request);
      };
      Object.assign(stirred, { transport: insert });
      const first = walk(stirred, { overlap: 2, maxItems: cut });
      expect(first.ids).toEqual(ids(0, cut));
      const rest = walk(list, { overlap: 2, resumeFrom: first.event.resumeToken });
      expect([rest.ids, rest.end]).toEqual([ids(cut, 25), 'complete']);
    }
  });

  it.each([1, 2])('has a short token however many rows came before: overlap of %d', (overlap) => {
    const list = new MovingList(still({ rows: 600 }));
    const { token } = walkPart(list, 505, { overlap });
    expect(token.length).toBeLessThan(500);
    const rest = walk(list, { overlap, resumeFrom: token });
    expect([rest.ids, rest.end]).toEqual([ids(505, 600), 'complete']);
  });

  it('holds at most 256 keys in its token', () => {
    const list = new MovingList(still({ rows: 2000, limit: 700 }));
    const { token } = walkPart(list, 1300, { overlap: 600 });
    expect(token.length).toBeLessThan(8000);
    expect(walk(list, { overlap: 600, resumeFrom: token }).ids).toEqual(ids(1300, 2000));
  });
});

describe('the pages of a walk that overlaps', () => {
  it('hold what is new, and go on to the next one', async () => {
    const changes = before(2, { what: 'delete', at: 0, count: 5 });
    const list = new MovingList(still({ changes }));
    const pages: [number, number[]][] = [];
    for await (const page of list.list({ overlap: 2 }).pages()) {
      pages.push([page.index, page.items.map(({ id }) => id)]);
    }

    expect(pages.flatMap(([, items]) => items)).toEqual(ids(0, 25));
    expect(pages.map(([index]) => index)).toEqual(pages.map((_, at) => at));
  });

  it('are not counted where they bring nothing: maxPages is exact', () => {
    const changes = before(1, { what: 'insert', at: 0, count: 30 });
    const { ids: got, event } = walk(new MovingList(still({ changes })), {
      overlap: 2,
      maxPages: 2,
    });

    expect(got.length).toBeGreaterThan(10);
    expect(event).toMatchObject({ endReason: 'limit', pages: 2 });
  });

  it('lead to the next one with nextPage, without the rows known', () => {
    const list = new MovingList(still({}));
    const [first] = record(list.list({ overlap: 2 }).pages().pipe(take(1))).values;
    const next = record(first!.nextPage());

    expect(next.values.map(({ items }) => items.map(({ id }) => id))).toEqual([ids(10, 18)]);
  });
});

const place = fc.oneof(
  fc.constant('here' as const),
  fc.constant(0),
  fc.integer({ min: 0, max: 1000 }),
);
const count = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 6 }) },
  fc.integer({ min: 7, max: 40 }),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ what: fc.constant('insert' as const), at: place, count }) },
  { weight: 10, arbitrary: fc.record({ what: fc.constant('delete' as const), at: place, count }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('replace all' as const), count }) },
);
const settings: fc.Arbitrary<MovingListSettings> = fc.record({
  rows: fc.integer({ min: 0, max: 60 }),
  limit: fc.integer({ min: 2, max: 12 }),
  ending: fc.constantFrom(
    'empty page' as const,
    'total' as const,
    'flag' as const,
    'status' as const,
  ),
  changes: fc.array(fc.array(change, { maxLength: 2 }), { maxLength: 12 }),
});

/** No row twice; those that were there throughout all, and in their order, or else DRIFT. */
function judge(list: MovingList, got: readonly number[], end: string): void {
  expect(new Set(got).size).toBe(got.length);
  const steady = new Set(list.steady);
  const gotSteady = got.filter((id) => steady.has(id));
  if (end === 'complete') {
    expect(gotSteady).toEqual(list.steady);
  } else {
    expect(['DRIFT', 'LOOP']).toContain(end);
    expect(gotSteady).toEqual(list.steady.slice(0, gotSteady.length));
  }
}

/** Each makes a walk of many requests. */
const RUNS = FUZZ_RUNS / 2;

describe('a list that changes at any time', () => {
  it('is walked without a repeat or an untold gap', () => {
    let complete = 0;
    let moved = 0;
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 8 }), (made, overlap) => {
        const list = new MovingList(made);
        const { ids: got, end } = walk(list, { overlap });
        judge(list, got, end);
        expect(list.asked.length).toBeLessThan(400);
        if (end !== 'complete') return;
        complete++;
        if (list.asked.some((offset, at) => offset < (list.asked[at - 1] ?? 0))) moved++;
      }),
      { numRuns: RUNS },
    );
    // Not all of them are DRIFT, and some did step back.
    expect(complete).toBeGreaterThan(RUNS * 0.6);
    expect(moved).toBeGreaterThan(RUNS * 0.05);
  });

  it('is walked so in parts too, and while it changes between them', () => {
    let complete = 0;
    fc.assert(
      fc.property(
        settings,
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.array(change, { maxLength: 1 })), {
          minLength: 1,
          maxLength: 4,
        }),
        (made, overlap, parts) => {
          const list = new MovingList(made);
          const got: number[] = [];
          let token: string | undefined;
          for (const [items, changes] of parts) {
            const part = walkPart(list, items, { overlap, resumeFrom: token });
            got.push(...part.ids);
            if (part.end !== undefined && part.end !== 'complete') {
              judge(list, got, part.end);
              return;
            }
            token = part.token;
            for (const one of changes) list.apply(one);
          }
          const rest = walk(list, { overlap, resumeFrom: token });
          got.push(...rest.ids);
          judge(list, got, rest.end);
          if (rest.end === 'complete') complete++;
        },
      ),
      { numRuns: RUNS },
    );
    expect(complete).toBeGreaterThan(RUNS * 0.3);
  });

  it('never repeats a row by key alone, within one walk', () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 0, max: 3 }), (made, prefetch) => {
        const list = new MovingList(made);
        const { ids: got } = walkLoose(list, { prefetch: prefetch * 0 });
        expect(new Set(got).size).toBe(got.length);
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  });
});

/** Takes so many rows and leaves. */
function walkPart(
  list: MovingList,
  items: number,
  options: WalkOptions,
): { ids: number[]; token: string; end?: string } {
  const ends: EndEvent[] = [];
  const events = {
    next: (event: WalkEvent) => {
      if (event.type === 'end') ends.push(event);
    },
  };
  const seen = record(list.list({ ...options, events }).pipe(take(items)));
  const [event, ...more] = ends;
  if (event === undefined || more.length > 0) throw new Error('Expected one end event');
  const [error] = seen.errors;
  const end = isPaginationError(error)
    ? error.code
    : event.endReason === 'exhausted'
      ? 'complete'
      : undefined;
  return {
    ids: seen.values.map(({ id }) => id),
    token: event.resumeToken,
    ...(end !== undefined && { end }),
  };
}

function walkLoose(list: MovingList, options: WalkOptions): { ids: number[] } {
  const seen = record(list.list(options));
  return { ids: seen.values.map(({ id }) => id) };
}
