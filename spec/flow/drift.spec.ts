import { of, take } from 'rxjs';

import { offsetPagination, paginate, type Transport } from 'paged-observable';

import { range } from '../support/list-api';
import { MovingList, type Change } from '../support/moving-list';
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
