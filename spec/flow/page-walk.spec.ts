import { delay, of, type Observable } from 'rxjs';

import {
  numberPagination,
  offsetPagination,
  paginate,
  type OffsetPagedResponse,
  type PagedResponse,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

import { ListApi, range } from '../support/list-api';
import { ManualClock } from '../support/manual-clock';
import { record } from '../support/recorder';

/** A list of 50 rows by offsets, in pages of ten, each row its own place unless said otherwise. */
function rows(rowAt = (place: number) => place) {
  const asked: number[] = [];
  const transport: Transport = ({ params }) => {
    const offset = Number(params?.['offset'] ?? 0);
    asked.push(offset);
    const end = Math.min(50, offset + Number(params?.['limit'] ?? 10));
    const items = range(offset, end).map(rowAt);
    return of({ status: 200, headers: {}, url: 'http://api.test/rows', body: { items, total: 50 } });
  };
  const pagination = offsetPagination<number>({ items: '/items', limit: 10, totalCount: '/total' });
  const list = (options: WalkOptions = {}) =>
    paginate<number>(transport, 'http://api.test/rows', { ...options, pagination });
  return { asked, list };
} // prettier-ignore

const itemsOf = (pages: Observable<{ readonly items: readonly number[] }>) =>
  record(pages).values.map(({ items }) => items);

describe('the pages before a page', () => {
  /** The last page of a walk, and the one asked for before it. */
  const previous = (options: WalkOptions, from?: string, rowAt?: (place: number) => number) => {
    const { asked, list } = rows(rowAt);
    const walk = list({ ...options, resumeFrom: from });
    const page: OffsetPagedResponse<number> = record(walk.pages()).values.at(-1)!;
    asked.length = 0;
    return { items: itemsOf(page.previousPage()), asked, has: page.hasPreviousPage };
  };
  const tokenAt = (count: number) => {
    let token = '';
    const next = (event: { type: string; resumeToken?: string }) => {
      if (event.type === 'end') token = event.resumeToken ?? '';
    };
    record(rows().list({ maxItems: count, events: { next } }));
    return token;
  };

  it.each<WalkOptions>([
    {},
    { key: '' },
    { key: '', onExpired: 'restart' },
    { concurrency: 3 },
    { prefetch: 2 },
    { maxItems: 30 },
  ])('are one page, told from no other, with %j', (options) => {
    const { items, asked, has } = previous({ maxPages: 3, ...options });
    expect([has, items, asked]).toEqual([true, [range(10, 20)], [10]]);
  });

  it('are those before its place, where the walk went on within it', () => {
    const { items, asked, has } = previous({ maxPages: 3 }, tokenAt(24));
    expect([has, items]).toEqual([true, [range(20, 24)]]);
    expect(asked).toEqual([20]);
  });

  it('are as they are there, with rows that came twice', () => {
    const rowAt = (place: number) => (place === 15 ? 14 : place);
    const { items, asked } = previous({ maxPages: 3, key: '' }, undefined, rowAt);
    expect([items, asked]).toEqual([[range(10, 20).map(rowAt)], [10]]);
  });

  it('are the rows met again, where the walk overlaps', () => {
    const { items, asked } = previous({ maxPages: 3, key: '', overlap: 3 });
    expect([items, asked]).toEqual([[range(14, 17)], [14]]);
  });

  it('are one page also where nobody knows how many items it has', () => {
    const asked: number[] = [];
    const transport: Transport = ({ params }) => {
      const number = Number(params?.['page'] ?? 1);
      asked.push(number);
      const body = number > 6 ? [] : [number];
      return of({ status: 200, headers: {}, url: 'http://api.test/rows', body });
    };
    const pagination = numberPagination<number>({ items: '' });
    const walk = paginate<number>(transport, 'http://api.test/rows', { pagination, maxPages: 4 });
    const page = record(walk.pages()).values.at(-1)!;
    asked.length = 0;
    expect([itemsOf(page.previousPage()), asked]).toEqual([[[3]], [3]]);
  });

  it('are none before the first', () => {
    const { items, asked, has } = previous({ maxPages: 1 });
    expect([has, items, asked]).toEqual([false, [], []]);
  });
});

describe('the page after a page', () => {
  it('comes whatever the caps, the notifier and the start of its walk', () => {
    const { asked, list } = rows();
    const walk = list({ maxPages: 1, maxItems: 10, prefetch: 3, pacedBy: [] });
    const [page] = record(walk.pages()).values as PagedResponse<number>[];
    asked.length = 0;
    expect(itemsOf(page!.nextPage())).toEqual([range(10, 20)]);
    expect(asked).toEqual([10]);
  });
});

describe('a walk ahead of demand by a clock of its own', () => {
  it('has nothing left on the clock where it is left during its turn', () => {
    const clock = new ManualClock();
    const api = new ListApi([1, 1, 1, 1], (reply) => of(reply).pipe(delay(5, clock)));
    const seen = record(api.list({ clock, prefetch: 1, timeout: Infinity }));
    // The first page came and the second was asked for; the first is put off by one turn.
    const told: unknown[] = [];
    clock.schedule(() => {
      told.push(clock.actions.length);
      seen.subscription.unsubscribe();
      told.push(clock.actions.length);
    }, 5);
    clock.advance(5);
    expect([seen.values, api.asked, told]).toEqual([[], [0, 1], [2, 0]]);
    clock.advance(100);
    expect([seen.values, api.asked]).toEqual([[], [0, 1]]);
  });
});
