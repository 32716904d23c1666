import fc from 'fast-check';
import { take } from 'rxjs';

import { isPaginationError, type EndEvent, type WalkOptions } from 'paged-observable';

import { range } from '../support/list-api';
import { record } from '../support/recorder';
import { SizedList } from '../support/sized-list';

const ways = ['cursor', 'offset'] as const;
type Way = (typeof ways)[number];

/** Walks on from a token until so many further items came, and says where that leaves it. */
function cut(list: SizedList, way: Way, options: WalkOptions, count: number) {
  const from = list.events.length;
  const walked = record(list.by(way, options).pipe(take(count)));
  list.clock.flush();
  const ends = list.events.slice(from).filter((event): event is EndEvent => event.type === 'end');
  expect(ends).toHaveLength(1);
  return { values: walked.values, errors: walked.errors, token: ends[0]?.resumeToken };
}

describe('a walk whose page size adapts, resumed', () => {
  it.each(ways)('goes on with the size it had: %s', (way) => {
    const list = new SizedList(1_000);
    const options = { pageSize: { min: 10, max: 160 } };
    const { token } = cut(list, way, options, 75);
    expect(list.limits).toEqual([10, 20, 40, 80]);
    const rest = cut(list, way, { ...options, resumeFrom: token }, Infinity);
    expect(rest.values).toEqual(range(75, 1_000));
    // The size to come was 160, and the page that was cut begins where it began.
    expect(list.asked[4]).toEqual([70, 160]);
  });

  it.each(ways)('goes on within its own bounds, be they others: %s', (way) => {
    const list = new SizedList(200);
    const { token } = cut(list, way, { pageSize: { min: 10, max: 160 } }, 100);
    const tail = { pageSize: { min: 7, max: 9 }, resumeFrom: token };
    expect(cut(list, way, tail, Infinity).values).toEqual(range(100, 200));
    // From 70 on, four pages lie before what is to be handed on.
    expect(list.asked.slice(4, 8)).toEqual([
      [70, 9],
      [79, 9],
      [88, 9],
      [97, 9],
    ]);
  });

  it.each(ways)('goes on when the page that was cut is too much now: %s', (way) => {
    const list = new SizedList(200);
    const options = { pageSize: { min: 10, max: 80 } };
    const { token } = cut(list, way, options, 149);
    list.trouble = (_, limit) => (limit > 25 ? 504 : undefined);
    const rest = cut(list, way, { ...options, resumeFrom: token, retry: false }, Infinity);
    expect(rest.values).toEqual(range(149, 200));
    expect(list.asked.slice(4, 8)).toEqual([
      [70, 80],
      [70, 40],
      [70, 20],
      [90, 20],
    ]);
  });

  it.each(ways)('is DRIFT where the items before its place are others: %s', (way) => {
    for (const max of [5, 10, 80]) {
      const list = new SizedList(100);
      const { token } = cut(list, way, { pageSize: { min: 10, max: 80 } }, 50);
      const changed = new SizedList(100);
      changed.shift = 1;
      const options = { pageSize: { max }, resumeFrom: token };
      const { values, errors } = cut(changed, way, options, Infinity);
      expect(values).toEqual([]);
      expect(errors).toMatchObject([{ code: 'DRIFT' }]);
    }
  });

  it.each(ways)('takes the token of a walk with one size, and gives one to it: %s', (way) => {
    for (let count = 1; count <= 20; count++) {
      const list = new SizedList(20); // 7 a page, where nothing is asked
      const plain = cut(list, way, {}, count);
      const sized = { pageSize: { min: 2, max: 5 } };
      const rest = cut(list, way, { ...sized, resumeFrom: plain.token }, Infinity);
      expect([...plain.values, ...rest.values]).toEqual(range(0, 20));
      const first = cut(list, way, sized, count);
      const then = cut(list, way, { resumeFrom: first.token }, Infinity);
      expect([...first.values, ...then.values]).toEqual(range(0, 20));
    }
  });

  describe('with an overlap', () => {
    const overlapping = (overlap: number): WalkOptions => ({ key: '', overlap, retry: false });

    it('hands on the rest exactly, wherever it was cut and however long its pages are', () => {
      for (let count = 1; count <= 40; count++) {
        for (const [limit, overlap] of [[2, 1], [3, 2], [5, 5], [16, 2], [50, 3]] as const) {
          const list = new SizedList(40);
          const { token } = cut(list, 'offset', { pageSize: { min: 2, max: 16 } }, count);
          const rest = record(list.byOffset({ ...overlapping(overlap), resumeFrom: token }, { limit }));
          list.clock.flush();
          expect([rest.errors, rest.values]).toEqual([[], range(count, 40)]);
        }
      }
    }); // prettier-ignore

    it('asks for no row twice before the place, and for the overlap after it', () => {
      const list = new SizedList(40);
      const { token } = cut(list, 'offset', { pageSize: { min: 2, max: 16 } }, 25); // in the page from 14 on
      list.asked.length = 0;
      const rest = record(list.byOffset({ ...overlapping(2), resumeFrom: token }, { limit: 5 }));
      list.clock.flush();
      expect(rest.values).toEqual(range(25, 40));
      expect(list.asked.map(([offset]) => offset)).toEqual([14, 19, 24, 27, 30, 33, 36]);
    });

    it('is DRIFT where the items before its place are others', () => {
      const { token } = cut(new SizedList(40), 'offset', { pageSize: { min: 2, max: 16 } }, 25);
      const changed = new SizedList(40);
      changed.shift = 1;
      const rest = record(changed.byOffset({ ...overlapping(2), resumeFrom: token }, { limit: 5 }));
      changed.clock.flush();
      expect([rest.values, rest.error.code]).toEqual([[], 'DRIFT']);
    });

    it('can be resumed once more, where it fails on the way to its place or after it', () => {
      for (const limit of [5, 11, 12]) {
        for (let failing = 0; failing < 3; failing++) {
          const list = new SizedList(40);
          const { token } = cut(list, 'offset', { pageSize: { min: 2, max: 16 } }, 25);
          const { length } = list.asked;
          list.trouble = (_, __, request) => (request === length + failing ? 500 : undefined);
          const failed = record(list.byOffset({ ...overlapping(2), resumeFrom: token }, { limit }));
          list.clock.flush();
          expect(failed.error.code).toBe('HTTP_STATUS');
          const resumeFrom = failed.error.resumeToken;
          const rest = record(list.byOffset({ ...overlapping(2), resumeFrom }, { limit: 4 }));
          list.clock.flush();
          expect([rest.errors, [...failed.values, ...rest.values]]).toEqual([[], range(25, 40)]);
        }
      }
    }); // prettier-ignore

    it.each([
      ['that adapts', { pageSize: { min: 2, max: 16 } }],
      ['that stays', {}],
    ])('gives at every item a token that leads to the rest, from one of a size %s', (_, options) => {
      for (const limit of [5, 11, 12]) {
        const list = new SizedList(40);
        const { token } = cut(list, 'offset', options, 25);
        const all = { ...overlapping(2), resumeFrom: token };
        const pages = record(list.byOffset(all, { limit }).pages());
        list.clock.flush();
        expect(pages.errors).toEqual([]);
        let handed = 25;
        for (const page of pages.values) {
          for (let taken = 0; taken <= page.items.length; taken++) {
            const resumeFrom = page.resumeTokenAfter(taken);
            const rest = record(list.byOffset({ ...overlapping(2), resumeFrom }, { limit: 4 }));
            list.clock.flush();
            expect([rest.errors, rest.values]).toEqual([[], range(handed + taken, 40)]);
          }
          handed += page.items.length;
        }
        expect(handed).toBe(40);
      }
    }); // prettier-ignore
  });

  const bounds = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 30 }))
    .map(([min, more]) => ({ min, max: min + more }));

  it('loses and doubles nothing, wherever it is killed and whatever the sizes are then', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ways),
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 25 }), bounds), { maxLength: 8 }),
        bounds,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 2 }),
        fc.boolean(),
        (way, rows, kills, last, most, prefetch, isKeyed) => {
          const list = new SizedList(rows);
          // A bound of the server's own, above the least anyone asks for.
          const floor = Math.max(most, last.min, ...kills.map(([, { min }]) => min));
          list.trouble = (_, limit) => (limit > floor ? 413 : undefined);
          const shared = { prefetch, retry: false, ...(isKeyed && { key: '' }) } as const;
          const values: number[] = [];
          let token: string | undefined;
          for (const [count, pageSize] of kills) {
            const part = cut(list, way, { ...shared, pageSize, resumeFrom: token }, count);
            expect(part.errors).toEqual([]);
            values.push(...part.values);
            token = part.token;
          }
          const rest = { ...shared, pageSize: last, resumeFrom: token };
          values.push(...cut(list, way, rest, Infinity).values);
          expect(values).toEqual(range(0, rows));
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 100) },
    );
  });

  it.each(ways)('loses and doubles nothing killed at every item in turn: %s', (way) => {
    for (let step = 1; step <= 7; step++) {
      const list = new SizedList(50);
      const values: number[] = [];
      let token: string | undefined;
      for (let kills = 0; kills < 60; kills++) {
        const pageSize = { min: 1 + ((kills * 5) % 9), max: 9 };
        const part = cut(list, way, { pageSize, resumeFrom: token }, step);
        values.push(...part.values);
        token = part.token;
      }
      expect(values).toEqual(range(0, 50));
    }
  });

  it('gives at every item of every page a token that leads to the rest', () => {
    const list = new SizedList(40);
    const tokens: string[] = [];
    list
      .byCursor({ pageSize: { min: 4, max: 32 } })
      .pages()
      .subscribe((page) => {
        for (const at of page.items.keys()) tokens.push(page.resumeTokenAfter(at));
      });
    list.clock.flush();
    expect(tokens).toHaveLength(40);
    for (const [count, resumeFrom] of tokens.entries()) {
      for (const max of [3, 50]) {
        const rest = cut(list, 'cursor', { pageSize: { min: 1, max }, resumeFrom }, Infinity);
        expect(rest.values).toEqual(range(count, 40));
      }
    }
  });

  it('counts pages and items on', () => {
    const list = new SizedList(100);
    const options = { pageSize: { min: 10, max: 20 } };
    const { token } = cut(list, 'cursor', options, 45);
    const indices: unknown[] = [];
    const smaller = { pageSize: { min: 6, max: 6 }, resumeFrom: token, maxItems: 60 };
    list
      .byCursor(smaller)
      .pages()
      .subscribe(({ index, items, progress }) => {
        indices.push([index, items.length, progress.items]);
      });
    list.clock.flush();
    expect(indices).toEqual([
      [2, 3, 48],
      [3, 6, 54],
      [4, 6, 60],
    ]);
  });
});

describe('an iterator over a walk whose page size adapts', () => {
  it.each(ways)('goes on in the page it stopped in, also at a smaller size: %s', async (way) => {
    const list = new SizedList(60);
    // The clock runs whenever it is waited for a page, so that the deadline stops every walk behind its first item.
    const options = { pageSize: { min: 10, max: 40 }, deadline: 60_000 };
    const iterator = list.by(way, options)[Symbol.asyncIterator]();
    const seen: number[] = [];
    const codes = new Set<string>();
    let stops = 0;
    let isDone = false;
    while (!isDone) {
      try {
        const result = await pumped(list, iterator.next());
        isDone = result.done === true;
        if (result.done !== true) seen.push(result.value);
      } catch (error) {
        if (!isPaginationError(error) || ++stops > 100) throw error;
        codes.add(error.code);
        list.trouble = (_, limit) => (limit > (stops % 2 === 0 ? 40 : 12) ? 413 : undefined);
      }
    }
    expect(seen).toEqual(range(0, 60));
    expect([...codes]).toEqual(['DEADLINE']);
    expect(stops).toBeGreaterThan(50);
  });
});

/** Lets the list's clock run until a promise has settled. */
async function pumped<V>(list: SizedList, promise: Promise<V>): Promise<V> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  const turn = () => new Promise<false>((resolve) => setImmediate(resolve, false));
  do list.clock.flush();
  while (!(await Promise.race([settled, turn()])));
  return promise;
}
