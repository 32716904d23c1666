import type { CursorPagedResponse, PagedObservable } from 'paged-observable';

import { SizedList } from '../support/sized-list';
import { range } from '../support/list-api';
import { record } from '../support/recorder';

/** Walks to the end by the clock. */
function run(list: SizedList, walk: PagedObservable<number>) {
  const walked = record(walk);
  list.clock.flush();
  return walked;
}

const whole = (rows: number) => ({ values: range(0, rows), errors: 0, completions: 1 });
const ways = ['cursor', 'offset'] as const;

describe('a page size that adapts', () => {
  it.each(ways)('doubles up to its max while pages are quick: %s', (way) => {
    const list = new SizedList(400);
    const walked = run(list, list.by(way, { pageSize: { min: 10, max: 100, target: 50 } }));
    expect(walked.notifications).toEqual(whole(400));
    expect(list.asked).toEqual([
      [0, 10],
      [10, 20],
      [30, 40],
      [70, 80],
      [150, 100],
      [250, 100],
      [350, 100],
    ]);
    expect(list.changes).toEqual([
      { index: 1, from: 10, to: 20, reason: 'quick' },
      { index: 2, from: 20, to: 40, reason: 'quick' },
      { index: 3, from: 40, to: 80, reason: 'quick' },
      { index: 4, from: 80, to: 100, reason: 'quick' },
    ]);
  });

  it('grows by what the time left allows, and stays where pages take as long as they should', () => {
    const list = new SizedList(300);
    list.latency = (limit) => limit; // a millisecond an item
    run(list, list.byCursor({ pageSize: { min: 10, max: 1_000, target: 30 } }));
    expect(list.limits).toEqual([10, 20, ...Array<number>(9).fill(30)]);
  });

  it('asks for 10 to 100 in a second where nothing else is said', () => {
    const list = new SizedList(300);
    list.latency = () => 500;
    run(list, list.byCursor({ pageSize: {} }));
    expect(list.limits).toEqual([10, 20, 40, 80, 100, 100]);
    const slow = new SizedList(30);
    slow.latency = () => 1_000;
    run(slow, slow.byCursor({ pageSize: {} }));
    expect(slow.limits).toEqual([10, 10, 10]);
  });

  it.each([
    [{ max: 5 }, [5, 5]],
    [{ min: 200 }, [200]],
  ])('takes %j for both bounds where the other would lie beyond', (pageSize, limits) => {
    const list = new SizedList(10);
    run(list, list.byCursor({ pageSize }));
    expect(list.limits).toEqual(limits);
  });

  it('begins with the size the request has, within the bounds', () => {
    const begin = (limit: number) => {
      const list = new SizedList(60);
      run(list, list.byCursor({ pageSize: { min: 10, max: 40 } }, { limit }));
      return list.limits;
    };
    expect(begin(25)).toEqual([25, 40]);
    expect(begin(1)).toEqual([10, 20, 40]);
    expect(begin(500)).toEqual([40, 40]);
  });

  it('never asks for more than the strategy knows the server to take', () => {
    const list = new SizedList(130);
    run(list, list.byOffset({ pageSize: { min: 10, max: 100 } }, { maxLimit: 35 }));
    expect(list.limits).toEqual([10, 20, 35, 35, 35]);
    expect(list.changes.map(({ to }) => to)).toEqual([20, 35]);
  });

  it.each(ways)('grows no further where the server gives fewer than asked for: %s', (way) => {
    const list = new SizedList(200);
    list.given = (limit) => Math.min(limit, 30);
    const walked = run(list, list.by(way, { pageSize: { min: 10, max: 1_000 } }));
    expect(walked.notifications).toEqual(whole(200));
    expect(list.limits).toEqual([10, 20, ...Array<number>(6).fill(40)]);
  });

  it.each(ways)('does not grow where the server does not listen: %s', (way) => {
    const list = new SizedList(100);
    list.given = () => 25;
    const walked = run(list, list.by(way, { pageSize: { min: 10, max: 1_000 } }));
    expect(walked.notifications).toEqual(whole(100));
    expect(list.limits).toEqual([10, 10, 10, 10]);
  });

  it('moves an offset by the size asked for, where that is how the list steps', () => {
    const list = new SizedList(100);
    run(list, list.byOffset({ pageSize: { min: 4, max: 32 } }, { step: 'limit' }));
    expect(list.asked).toEqual([
      [0, 4],
      [4, 8],
      [12, 16],
      [28, 32],
      [60, 32],
      [92, 32],
    ]);
  });

  it('tells no total of pages of its own', () => {
    const list = new SizedList(40);
    const totals: (number | undefined)[] = [];
    const walk = list.byOffset({ pageSize: { min: 10 } });
    walk.pages().subscribe((page) => totals.push(page.totalPages));
    list.clock.flush();
    expect(totals).toEqual([undefined, undefined, undefined]);
  });

  it('belongs to one walk: another subscription begins anew', () => {
    const list = new SizedList(40);
    const walk = list.byCursor({ pageSize: { min: 10, max: 20 } });
    run(list, walk);
    run(list, walk);
    expect(list.limits).toEqual([10, 20, 20, 10, 20, 20]);
  });

  it('goes on in the page that is asked for by hand', () => {
    const list = new SizedList(100);
    const pages: CursorPagedResponse<number>[] = [];
    const walk = list.byCursor({ pageSize: { min: 10, max: 40 }, maxPages: 2 });
    walk.pages().subscribe((page) => pages.push(page));
    list.clock.flush();
    pages[1]?.nextPage().subscribe();
    list.clock.flush();
    expect(list.limits).toEqual([10, 20, 40]);
  });
});
