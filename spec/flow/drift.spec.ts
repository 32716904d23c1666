import { of, take } from 'rxjs';

import { offsetPagination, paginate, type Transport } from 'paged-observable';

import { isGap, overlapped, stepToKnown } from '../../lib/flow/drift';
import { WalkMemory } from '../../lib/flow/walk-memory';
import { range } from '../support/list-api';
import { MovingList, type Change } from '../support/moving-list';
import { pageOf, readingOf } from '../support/page-of';
import { record } from '../support/recorder';

const LOST =
  'The list has changed so much that no row handed on before is found near its place: rows may have been missed';
const allNew: Change = { what: 'replace all', count: 1000 };

/** Offsets asked for by a walk of so many rows in pages of ten, before one of whose requests the list changes. */
function walk(rows: number, request: number, change: Change) {
  const changes = [...Array.from({ length: request }, () => []), [change]];
  const list = new MovingList({ rows, limit: 10, ending: 'empty page', changes });
  const seen = record(list.list({ overlap: 2 }));
  return { seen, search: list.asked.slice(request) };
}

describe('the search for known rows', () => {
  it('looks back and onward in turn, twice as far back each time, and only onward from the start', () => {
    const { seen, search } = walk(1000, 30, allNew);
    expect(search).toEqual([
      240, // the gap
      ...[230, 250, 210, 260, 170, 270, 90, 280, 0, 290],
      ...[300, 310, 320, 330, 340],
    ]);
    expect(seen.error.code).toBe('DRIFT');
    expect(seen.error.message).toContain(LOST);
    expect(seen.values).toHaveLength(242);
  });

  it('looks back by no more than there is', () => {
    const { search } = walk(25, 1, allNew);
    expect(search).toEqual([8, 0, ...range(1, 11).map((onward) => 8 + onward * 10)]);
  });

  it.each<readonly [Change, number[]]>([
    [{ what: 'delete', at: 0, count: 20 }, [24, 14, 34, 0, 8, 16, 24, 32, 38, 40]],
    [{ what: 'insert', at: 0, count: 30 }, [24, 32, 40, 48, 56, 64, 72, 80, 88, 90]],
  ])('ends where it meets one: %j', (change, asked) => {
    const { seen, search } = walk(60, 3, change);
    expect(search).toEqual(asked);
    expect(seen.completions).toBe(1);
    expect(seen.values.map(({ id }) => id)).toEqual(range(0, 60));
  });

  it.each<readonly [string, number, number[]]>([
    ['of a page', 3, [30, 20, 40, 10]],
    ['of the overlap, where that is longer', 12, [21, 9, 33]],
  ])('takes steps %s after a resume, that know only the last rows', (_, overlap, asked) => {
    const list = new MovingList({ rows: 1000, limit: 10, ending: 'empty page', changes: [] });
    let token = '';
    const events = {
      next: (event: { type: string; resumeToken?: string }) => (token = event.resumeToken ?? ''),
    };
    record(list.list({ overlap, events }).pipe(take(33)));
    list.apply(allNew);
    list.asked.length = 0;
    const { error } = record(list.list({ overlap, resumeFrom: token }));
    expect(error.code).toBe('DRIFT');
    expect(list.asked.slice(0, asked.length)).toEqual(asked);
  });

  it('is given up where three of them found nothing new', () => {
    const asked: number[] = [];
    const transport: Transport = ({ params }) => {
      const offset = Number(params?.['offset'] ?? 0);
      const nth = asked.push(offset);
      // Known rows, each time in another order, and behind them rows that are always others.
      const rows = offset === 0 ? [...range(nth, 10), ...range(0, nth)] : range(nth * 100, nth * 100 + 10); // prettier-ignore
      return of({ status: 200, headers: {}, url: 'http://api.test/rows', body: rows });
    };
    const pagination = offsetPagination<number>({ limit: 10 });
    const seen = record(paginate<number>(transport, '/rows', { pagination, key: '', overlap: 2 }));
    expect(asked).toEqual([0, 8, 0, 8, 0, 8, 0, 8]);
    expect(seen.error.code).toBe('DRIFT');
    expect(seen.values).toHaveLength(10);
  });
});

const readingAt = (position: number, size: number) => readingOf('offset', range(0, size), position);

/** A page of so many rows at an offset, of which so many are new. */
const pageAt = (position: number, size: number, fresh = size) =>
  pageOf(readingAt(position, size), { position }, { items: range(0, fresh) });

/** What is remembered after a page of ten rows that ended at this offset. */
function memoryTo(end: number): WalkMemory {
  const memory = new WalkMemory(undefined, {});
  memory.rows.see(readingAt(end - 10, 10));
  memory.rows.end = end;
  memory.keys.add('a');
  return memory;
}

describe('a page without a known row', () => {
  it('is a gap where rows were handed on before it', () => {
    expect(isGap(readingAt(8, 10), false, memoryTo(10))).toBe(true);
    expect(isGap(readingAt(8, 10), true, memoryTo(10))).toBe(false);
  });

  it('is none where the list is walked from its start, or no key is known', () => {
    expect(isGap(readingAt(0, 10), false, memoryTo(0))).toBe(false);
    const without = memoryTo(10);
    without.keys.delete('a');
    expect(isGap(readingAt(8, 10), false, without)).toBe(false);
  });

  it('is the end of the list where it has none, behind what was read and out of a search', () => {
    const memory = memoryTo(10);
    expect([10, 11, 9].map((at) => isGap(readingAt(at, 0), false, memory))).toEqual([
      ...[false, false, true],
    ]);
    expect(isGap(readingAt(10, 1), false, memory)).toBe(true);
    memory.rows.search = { from: 10, tries: 0 };
    expect(isGap(readingAt(10, 0), false, memory)).toBe(true);
  });
});

describe('the steps of a search', () => {
  it('do not look at the start twice, where a step leads there exactly', () => {
    const memory = memoryTo(80);
    const page = pageAt(70, 10);
    const steps = range(0, 8).map(() => stepToKnown(page, memory, 2).position);
    expect(steps).toEqual([60, 80, 40, 90, 0, 100, 110, 120]);
    expect(stepToKnown(page, memory, 2)).toEqual({ ...page.step, position: 130 });
  });
});

describe('the offset of the next page', () => {
  it.each([
    ['the overlap before the end of a page', pageAt(20, 10), 30, 28],
    ['by what came, where that is less than the step', pageAt(20, 4), 30, 22],
    ['by the step, where that is less than what came', pageAt(20, 10), 25, 23],
    ['onward in any case', pageAt(20, 2), 22, 21],
    ['the step where nothing of a short page is new, to see the end', pageAt(20, 4, 0), 30, 30],
    ['the overlap before the end of a whole page without anything new', pageAt(20, 10, 0), 30, 28],
  ])('lies %s', (_, page, next, offset) => {
    expect(overlapped(page, next, memoryTo(20), 2)).toBe(offset);
  });
});
