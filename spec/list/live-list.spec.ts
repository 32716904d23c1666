import { of } from 'rxjs';

import {
  numberPagination,
  paginate,
  type PagedObservable,
  type PageRequest,
} from 'paged-observable';
import { pagedList, type ListState, type PagedList } from 'paged-observable/list';
import { ListApi, type Answer } from '../support/list-api';
import { settled } from '../support/settled';

const never = () => new Promise<never>(() => undefined);

function states<T>(list: PagedList<T>): ListState<T>[] {
  const told: ListState<T>[] = [];
  list.state.subscribe((state) => told.push(state));
  return told;
}

/** A page of items that tells the total, and an empty one. */
function counted(total?: number): PagedObservable<number> {
  const transport = (request: PageRequest) => {
    const isFirst = request.params?.['page'] !== 2;
    const body = isFirst ? { data: [1, 2], total } : { data: [] };
    return of({ status: 200, headers: {}, url: 'http://api.test/items', body });
  };
  const pagination = numberPagination<number>({ items: '/data', totalCount: '/total' });
  return paginate<number>(transport, '/items', { pagination });
}

describe('the list of pagedList', () => {
  describe('with a request in flight', () => {
    /** Answers each page once, and no page a second time. */
    const once = (): Answer => {
      const answered = new Set<number>();
      return (reply, page) => {
        if (answered.has(page)) return never();
        answered.add(page);
        return of(reply);
      };
    };

    it.each<['loadPrevious' | 'refresh', number, string]>([
      ['loadPrevious', 0, 'idle'],
      ['refresh', 0, 'idle'],
    ])('aborts that of %s when the last one leaves', async (call, page, status) => {
      const api = new ListApi([1, 1, 1], once());
      const list = pagedList(api.list(), { maxPages: 1 });
      const watcher = list.state.subscribe();
      await settled();
      list.loadMore();
      await settled();
      list[call]();
      await settled();
      expect([api.asked, api.aborted]).toEqual([[0, 1, page], []]);
      watcher.unsubscribe();
      expect(api.aborted).toEqual([page]);
      expect(states(list).map((state) => [state.status, state.items])).toEqual([[status, [1]]]);
    });

    it.each<[string, (list: PagedList<number>) => void]>([
      [
        'refresh',
        (list) => {
          list.refresh();
        },
      ],
      [
        'reset',
        (list) => {
          list.reset(new ListApi([1]).list());
        },
      ],
      [
        'close',
        (list) => {
          list.close();
        },
      ],
    ])('aborts it at once on %s, before anything comes of that', async (_, call) => {
      const api = new ListApi([1, 1, 1], (reply, page) => (page === 1 ? never() : of(reply)));
      const list = pagedList(api.list());
      states(list);
      await settled();
      list.loadMore();
      await settled();
      call(list);
      expect(api.aborted).toEqual([1]);
    });

    it('aborts it with close where nobody watches, what was fetched ahead too', async () => {
      const api = new ListApi([1, 1, 1], (reply, page) => (page === 1 ? never() : of(reply)));
      const ahead = new ListApi([1, 1, 1], (reply, page) => (page === 1 ? never() : of(reply)));
      const lists = [pagedList(api.list()), pagedList(ahead.list({ prefetch: 1 }))];
      for (const list of lists) list.loadMore();
      await settled();
      await settled();
      lists[0]?.loadMore();
      await settled();
      expect([api.asked, ahead.asked]).toEqual([
        [0, 1],
        [0, 1],
      ]);
      expect([api.aborted, ahead.aborted]).toEqual([[], []]);
      for (const list of lists) list.close();
      expect([api.aborted, ahead.aborted]).toEqual([[1], [1]]);
    });

    it('tells nothing to the one that left, while others are told', async () => {
      const list = pagedList(new ListApi([1, 1]).list());
      const told: string[] = [];
      const leaving = list.state.subscribe(({ status }) => told.push(status));
      const others = states(list);
      await settled();
      list.loadMore();
      leaving.unsubscribe();
      await settled();
      expect(told).toEqual(['loading', 'idle', 'loading']);
      expect(others.map(({ status }) => status)).toEqual(['loading', 'idle', 'loading', 'done']);
    });
  });

  describe('with a key', () => {
    it('shows again what was let go with its page', async () => {
      const list = pagedList(new ListApi([2, 2, 2]).list(), { key: (item) => item, maxPages: 1 });
      const told = states(list);
      await settled();
      for (const call of ['loadMore', 'loadMore', 'loadPrevious', 'loadMore'] as const) {
        list[call]();
        await settled();
      }
      expect(told.filter(({ status }) => status !== 'loading').map(({ items }) => items)).toEqual([
        [0, 1],
        [2, 3],
        [4, 5],
        [2, 3],
        [4, 5],
      ]);
    });

    it('shows the same items after a refresh, and asks for one page', async () => {
      const api = new ListApi([2, 2]);
      const list = pagedList(api.list(), { key: (item) => item });
      const told = states(list);
      await settled();
      list.refresh();
      await settled();
      expect(told.map(({ status, items }) => [status, items])).toEqual([
        ['loading', []],
        ['idle', [0, 1]],
        ['refreshing', [0, 1]],
        ['idle', [0, 1]],
      ]);
      expect(api.asked).toEqual([0, 0]);
    });
  });

  describe('after a reset', () => {
    it('has neither the total nor the end of the list before', async () => {
      const list = pagedList(counted(2));
      const told = states(list);
      await settled();
      list.loadMore();
      await settled();
      expect(told.at(-1)).toMatchObject({ status: 'done', totalCount: 2 });
      told.length = 0;
      list.reset(counted());
      await settled();
      expect(told).toEqual([
        { items: [], pages: 0, status: 'loading', hasPrevious: false },
        { items: [1, 2], pages: 1, status: 'idle', hasPrevious: false },
      ]);
    });

    it('waits for loadMore without autoLoad, also where the list before was at its end', async () => {
      const other = new ListApi([1]);
      const list = pagedList(new ListApi([1]).list(), { autoLoad: false });
      const told = states(list);
      list.loadMore();
      await settled();
      list.reset(other.list());
      await settled();
      expect(other.asked).toEqual([]);
      list.loadMore();
      await settled();
      expect(told.map(({ status }) => status)).toEqual([
        'idle',
        'loading',
        'done',
        'idle',
        'loading',
        'done',
      ]);
    });
  });

  it('has no total after a refresh that tells none', async () => {
    let total: number | undefined = 2;
    const transport = () =>
      of({ status: 200, headers: {}, url: 'http://api.test/items', body: { data: [1], total } });
    const pagination = numberPagination<number>({ items: '/data', totalCount: '/total' });
    const list = pagedList(paginate<number>(transport, '/items', { pagination }));
    const told = states(list);
    await settled();
    total = undefined;
    list.refresh();
    await settled();
    expect(told.map(({ totalCount }) => totalCount)).toEqual([undefined, 2, 2, undefined]);
  });
});
