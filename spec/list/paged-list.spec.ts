import fc from 'fast-check';
import { of, throwError, type ObservableInput } from 'rxjs';

import {
  numberPagination,
  paginate,
  type PagedObservable,
  type PageReply,
  type PageRequest,
} from 'paged-observable';
import { pagedList, type ListState, type PagedList } from 'paged-observable/list';
import { ListApi, range } from '../support/list-api';
import { record } from '../support/recorder';
import { settled } from '../support/settled';

/** What is told of a state, without what is not there. */
function shown({ items, status }: ListState<number>): string {
  const [first = '', last = ''] = [items.at(0), items.at(-1)];
  return `${status} ${String(first)}-${String(last)}`;
}

function watch(list: PagedList<number>) {
  const told: string[] = [];
  const states: ListState<number>[] = [];
  const subscription = list.state.subscribe((state) => {
    told.push(shown(state));
    states.push(state);
  });
  return { told, states, subscription };
}

/** An API some requests of which fail, and the error they fail with. */
function failing(sizes: readonly number[], failures: ReadonlyMap<number, number>) {
  const left = new Map(failures);
  const api = new ListApi(sizes, (reply, page): ObservableInput<PageReply> => {
    const times = left.get(page) ?? 0;
    left.set(page, times - 1);
    return times > 0 ? of({ ...reply, status: 404 }) : of(reply);
  });
  return api;
}

describe('pagedList', () => {
  it('asks for nothing until it is watched, then for one page', async () => {
    const api = new ListApi([2, 2]);
    const list = pagedList(api.list());
    await settled();
    expect(api.asked).toEqual([]);
    const { told } = watch(list);
    expect(told).toEqual(['loading -']);
    await settled();
    expect(told).toEqual(['loading -', 'idle 0-1']);
    expect(api.asked).toEqual([0]);
  });

  it('adds one page for each call, and is done with the last', async () => {
    const api = new ListApi([2, 2, 1]);
    const list = pagedList(api.list());
    const { told, states } = watch(list);
    await settled();
    for (let call = 0; call < 4; call += 1) {
      list.loadMore();
      list.loadMore();
      await settled();
    }
    expect(told).toEqual([
      'loading -',
      'idle 0-1',
      'loading 0-1',
      'idle 0-3',
      'loading 0-3',
      'done 0-4',
    ]);
    expect(states.at(-1)).toEqual({
      items: range(0, 5),
      pages: 3,
      status: 'done',
      hasPrevious: false,
    });
    expect(api.asked).toEqual([0, 1, 2]);
  });

  it('keeps one array of items where nothing was added, and freezes what it tells', async () => {
    const list = pagedList(new ListApi([2, 2]).list());
    const { states } = watch(list);
    await settled();
    list.loadMore();
    expect(states[2]?.items).toBe(states[1]?.items);
    expect(states.every((state) => Object.isFrozen(state) && Object.isFrozen(state.items))).toBe(
      true,
    );
  });

  it('waits for loadMore without autoLoad', async () => {
    const api = new ListApi([2, 2]);
    const list = pagedList(api.list(), { autoLoad: false });
    const { told } = watch(list);
    await settled();
    expect([told, api.asked]).toEqual([['idle -'], []]);
    list.loadMore();
    await settled();
    expect(told).toEqual(['idle -', 'loading -', 'idle 0-1']);
  });

  it('tells the total, and keeps it where a page does not', async () => {
    const transport = (request: PageRequest) =>
      of({
        status: 200,
        headers: {},
        url: 'http://api.test/items',
        body: request.params?.['page'] === 2 ? { data: [3] } : { data: [1, 2], total: 3 },
      });
    const pagination = numberPagination<number>({ items: '/data', totalCount: '/total' });
    const list = pagedList(paginate<number>(transport, '/items', { pagination }));
    const { states } = watch(list);
    await settled();
    list.loadMore();
    await settled();
    expect(states.map(({ totalCount }) => totalCount)).toEqual([undefined, 3, 3, 3]);
    expect('totalCount' in (states[0] ?? {})).toBe(false);
  });

  describe('after an error', () => {
    it('keeps what is there, and asks for the failed page again', async () => {
      const api = failing([2, 2, 2], new Map([[1, 2]]));
      const list = pagedList(api.list());
      const { told, states } = watch(list);
      await settled();
      list.loadMore();
      await settled();
      expect(states.at(-1)).toMatchObject({
        items: [0, 1],
        status: 'error',
        error: { code: 'HTTP_STATUS', status: 404, pageIndex: 1 },
      });
      list.loadMore();
      list.loadPrevious();
      await settled();
      expect(told.splice(0)).toEqual(['loading -', 'idle 0-1', 'loading 0-1', 'error 0-1']);
      list.retry();
      await settled();
      list.retry();
      await settled();
      list.retry();
      await settled();
      expect(told).toEqual(['loading 0-1', 'error 0-1', 'loading 0-1', 'idle 0-3']);
      expect('error' in (states.at(-1) ?? {})).toBe(false);
      expect(api.asked).toEqual([0, 1, 1, 1]);
    });

    it('shows no page twice and none not at all where it is an item without a key', async () => {
      let bad = 2;
      const key = (item: number) => {
        if (item === 3 && bad-- > 0) throw new Error('no key yet');
        return item;
      };
      const api = new ListApi([2, 2, 2]);
      const list = pagedList(api.list(), { key });
      const { told } = watch(list);
      await settled();
      list.loadMore();
      for (let times = 0; times < 2; times += 1) {
        await settled();
        list.retry();
      }
      await settled();
      list.loadMore();
      await settled();
      expect(told.filter((state) => !state.startsWith('loading'))).toEqual([
        'idle 0-1',
        'error 0-1',
        'error 0-1',
        'idle 0-3',
        'done 0-5',
      ]);
      expect(api.asked).toEqual([0, 1, 1, 1, 2]);
    });
  });

  describe('refresh', () => {
    it('shows the old list until the first page of the new one is in', async () => {
      const api = new ListApi([2, 2, 2]);
      const list = pagedList(api.list());
      const { told } = watch(list);
      await settled();
      list.loadMore();
      await settled();
      told.length = 0;
      list.refresh();
      await settled();
      list.loadMore();
      await settled();
      expect(told).toEqual(['refreshing 0-3', 'idle 0-1', 'loading 0-1', 'idle 0-3']);
      expect(api.asked).toEqual([0, 1, 0, 1]);
    });

    it('keeps the old list where it fails, and tries the new one again', async () => {
      let fails = false;
      const api = new ListApi([2, 2], (reply) => of({ ...reply, status: fails ? 404 : 200 }));
      const list = pagedList(api.list());
      const { told } = watch(list);
      await settled();
      list.loadMore();
      await settled();
      fails = true;
      list.refresh();
      await settled();
      fails = false;
      list.retry();
      await settled();
      expect(told.slice(4)).toEqual(['refreshing 0-3', 'error 0-3', 'refreshing 0-3', 'idle 0-1']);
      expect(api.asked).toEqual([0, 1, 0, 0]);
    });

    it('aborts the page on its way', async () => {
      const api = new ListApi([2, 2, 2], (reply, page) =>
        page === 1 ? new Promise(() => undefined) : of(reply),
      );
      const list = pagedList(api.list());
      const { told } = watch(list);
      await settled();
      list.loadMore();
      await settled();
      list.refresh();
      await settled();
      expect(api.aborted).toEqual([1]);
      expect(told.slice(2)).toEqual(['loading 0-1', 'refreshing 0-1', 'idle 0-1']);
    });
  });

  it('starts over from nothing with another list, and aborts the page on its way', async () => {
    const slow = new ListApi([2, 2], () => new Promise(() => undefined));
    const other = new ListApi([1, 1]);
    const list = pagedList(slow.list());
    const { told } = watch(list);
    await settled();
    list.reset(other.list());
    await settled();
    list.loadMore();
    await settled();
    expect(slow.aborted).toEqual([0]);
    expect(told).toEqual(['loading -', 'idle 0-0', 'loading 0-0', 'done 0-1']);
  });

  it('goes on through pages that add nothing, to the first item or the end', async () => {
    const api = new ListApi([0, 0, 2, 0, 0]);
    const list = pagedList(api.list());
    const { told } = watch(list);
    await settled();
    list.loadMore();
    await settled();
    expect(told).toEqual(['loading -', 'idle 0-1', 'loading 0-1', 'done 0-1']);
    expect(api.asked).toEqual([0, 1, 2, 3, 4]);
  });

  it('leaves out items whose key is shown', async () => {
    const list = pagedList(new ListApi([3, 3, 3]).list(), { key: (item) => item % 4 });
    const { states } = watch(list);
    await settled();
    list.loadMore();
    await settled();
    list.loadMore();
    await settled();
    expect(states.at(-1)).toMatchObject({ items: [0, 1, 2, 3], status: 'done', pages: 3 });
  });

  describe('with a window of pages', () => {
    it('lets pages go at one end as it loads at the other', async () => {
      const api = new ListApi([2, 2, 2, 2]);
      const list = pagedList(api.list(), { maxPages: 2 });
      const { told, states } = watch(list);
      const calls = [
        () => {
          list.loadMore();
        },
        () => {
          list.loadMore();
        },
        () => {
          list.loadMore();
        },
        () => {
          list.loadPrevious();
        },
        () => {
          list.loadPrevious();
        },
        () => {
          list.loadPrevious();
        },
        () => {
          list.loadMore();
        },
      ];
      await settled();
      for (const call of calls) {
        call();
        await settled();
      }
      expect(told.filter((state) => !state.startsWith('loading'))).toEqual([
        'idle 0-1',
        'idle 0-3',
        'idle 2-5',
        'done 4-7',
        'idle 2-5',
        'idle 0-3',
        'idle 2-5',
      ]);
      expect(states.every(({ pages }) => pages <= 2)).toBe(true);
      expect(api.asked).toEqual([0, 1, 2, 3, 1, 0, 2]);
      expect(states.at(-1)?.hasPrevious).toBe(true);
    });

    it.each([
      ['pages without items', [2, 1, 0, 0], undefined, 3],
      ['pages that show nothing new', [2, 2, 2, 2], (item: number) => item % 4, 4],
    ])('lets nothing go for %s', async (_, sizes, key, count) => {
      const api = new ListApi(sizes);
      const list = pagedList(api.list(), { maxPages: 2, key });
      const { states } = watch(list);
      await settled();
      for (let call = 0; call < 4; call++) {
        list.loadMore();
        await settled();
      }
      expect(states.at(-1)).toMatchObject({ status: 'done', items: range(0, count), pages: 2 });
      expect(states.at(-1)?.hasPrevious).toBe(false);
      expect(api.asked).toEqual([0, 1, 2, 3]);
    });

    it('brings back no page before the one it was resumed at', async () => {
      const api = new ListApi([2, 2, 2, 2]);
      let token = '';
      await api
        .list({ maxPages: 2 })
        .pages()
        .forEach((page) => (token = page.resumeToken));
      const list = pagedList(api.list({ resumeFrom: token }), { maxPages: 1 });
      const { told, states } = watch(list);
      await settled();
      expect(states.at(-1)?.hasPrevious).toBe(false);
      list.loadMore();
      await settled();
      list.loadPrevious();
      await settled();
      list.loadPrevious();
      await settled();
      expect(told.filter((state) => !state.startsWith('loading'))).toEqual([
        'idle 4-5',
        'done 6-7',
        'idle 4-5',
      ]);
    });
  });

  describe('when nobody watches any more', () => {
    it('aborts the page on its way, tells nobody, and keeps what was loaded', async () => {
      const api = new ListApi([2, 2], (reply, page) =>
        page === 1 ? new Promise(() => undefined) : of(reply),
      );
      const list = pagedList(api.list());
      const [one, two] = [watch(list), watch(list)];
      await settled();
      list.loadMore();
      await settled();
      one.subscription.unsubscribe();
      expect(api.aborted).toEqual([]);
      two.subscription.unsubscribe();
      expect(api.aborted).toEqual([1]);
      await settled();
      expect(one.told).toEqual(['loading -', 'idle 0-1', 'loading 0-1']);
      expect(two.told).toEqual(['loading -', 'idle 0-1', 'loading 0-1']);
      expect(watch(list).told).toEqual(['idle 0-1']);
    });

    it('loads its first page for who watches again', async () => {
      const api = new ListApi([2, 2]);
      const list = pagedList(api.list());
      watch(list).subscription.unsubscribe();
      const { told } = watch(list);
      await settled();
      expect(told).toEqual(['loading -', 'idle 0-1']);
    });

    it('aborts what was fetched ahead', async () => {
      const api = new ListApi([2, 2], (reply, page) =>
        page === 1 ? new Promise(() => undefined) : of(reply),
      );
      const { subscription } = watch(pagedList(api.list({ prefetch: 1 })));
      await settled();
      await settled();
      expect([api.asked, api.aborted]).toEqual([[0, 1], []]);
      subscription.unsubscribe();
      expect(api.aborted).toEqual([1]);
    });
  });

  it('completes with close, and does nothing afterwards', async () => {
    const api = new ListApi([2, 2], (reply, page) =>
      page === 1 ? new Promise(() => undefined) : of(reply),
    );
    const list = pagedList(api.list());
    const watched = record(list.state);
    await settled();
    list.loadMore();
    await settled();
    list.close();
    list.close();
    list.loadMore();
    list.refresh();
    list.retry();
    list.reset(api.list());
    await settled();
    expect(watched.completions).toBe(1);
    expect(watched.values.map(shown)).toEqual(['loading -', 'idle 0-1', 'loading 0-1']);
    expect(api.asked).toEqual([0, 1]);
    expect(api.aborted).toEqual([1]);
    expect(record(list.state).completions).toBe(1);
  });

  it('tells everybody the same states in the same order, also those asked for while one is told', async () => {
    const list = pagedList(new ListApi([1, 1, 1]).list());
    const first: string[] = [];
    list.state.subscribe((state) => {
      first.push(shown(state));
      list.loadMore();
    });
    const { told } = watch(list);
    await settled();
    expect(first).toEqual([
      'loading -',
      'idle 0-0',
      'loading 0-0',
      'idle 0-1',
      'loading 0-1',
      'done 0-2',
    ]);
    expect(told).toEqual(first);
  });

  it('shows the error of a walk that cannot begin', async () => {
    const api = new ListApi([2]);
    const { states } = watch(pagedList(api.list({ resumeFrom: 'nonsense' })));
    await settled();
    expect(states.at(-1)).toMatchObject({ status: 'error', error: { code: 'CHECKPOINT_CORRUPT' } });
    expect(api.asked).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    ['no list', () => pagedList(of(1) as unknown as PagedObservable<number>), 'a PagedObservable'],
    ['an unknown option', () => pagedList(new ListApi([1]).list(), { size: 1 } as object), 'size'],
    ['a wrong key', () => pagedList(new ListApi([1]).list(), { key: 'id' }), 'a JSON pointer'],
    ['no pages', () => pagedList(new ListApi([1]).list(), { maxPages: 0 }), 'maxPages'],
    [
      'a reset to no list',
      () => {
        pagedList(new ListApi([1]).list()).reset(
          throwError(() => new Error()) as unknown as PagedObservable<number>,
        );
      },
      'reset: expected a PagedObservable',
    ],
  ])('throws a TypeError for %s', (_, call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });

  it('always shows neighbouring pages, whole, each once, whatever it is asked for', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 });
    const calls = fc.array(
      fc.constantFrom('loadMore', 'loadPrevious', 'refresh', 'retry', 'fail', 'leave' as const),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(sizes, calls, fc.integer({ min: 1, max: 4 }), async (pages, names, max) => {
        let fails = false;
        const api = new ListApi(pages, (reply) => {
          const status = fails ? 404 : 200;
          fails = false;
          return of({ ...reply, status });
        });
        const list = pagedList(api.list(), { maxPages: max });
        const states: ListState<number>[] = [];
        let watcher = list.state.subscribe((state) => states.push(state));
        for (const name of names) {
          if (name === 'fail') fails = true;
          else if (name === 'leave') {
            watcher.unsubscribe();
            watcher = list.state.subscribe((state) => states.push(state));
          } else list[name]();
          if (name !== 'fail') await settled();
        }
        fails = false;
        list.retry();
        for (let at = 0; at <= pages.length; at += 1) {
          await settled();
          list.loadMore();
        }
        await settled();
        for (const { items, pages: count } of states) {
          expect(items).toEqual(range(items[0] ?? 0, (items.at(-1) ?? -1) + 1));
          expect(count).toBeLessThanOrEqual(max);
        }
        const last = states.at(-1);
        expect(last?.status).toBe('done');
        const end = api.items.length;
        const seen = pages.filter((size) => size > 0);
        const kept = seen.slice(-max).reduce((sum, size) => sum + size, 0);
        expect(last?.items).toEqual(range(Math.max(0, end - kept), end));
        watcher.unsubscribe();
      }),
    );
  });
});
