import { lastValueFrom, NEVER, of, take, tap, toArray, type ObservableInput } from 'rxjs';

import { cursorPagination, numberPagination, paginate, type PageReply } from 'paged-observable';
import { pagedList, type ListState } from 'paged-observable/list';
import { fakeTransport } from 'paged-observable/testing';
import { ListApi, range } from '../support/list-api';
import { settled } from '../support/settled';

const never = () => new Promise<never>(() => undefined);

function watch<T>(list: ReturnType<typeof pagedList<T>>): string[] {
  const told: string[] = [];
  list.state.subscribe(({ status, items, hasPrevious }: ListState<T>) => {
    told.push(`${status} ${items.join('')}${hasPrevious ? ' <' : ''}`);
  });
  return told;
}

/** An API whose answers are as `status` says, which may be changed. */
function moody(sizes: readonly number[]) {
  const mood = { status: 200 };
  const api = new ListApi(sizes, (reply): ObservableInput<PageReply> =>
    of({ ...reply, status: mood.status }),
  );
  return { api, mood };
}

describe('a refresh', () => {
  it('keeps the old list where the new first page cannot be shown, and goes on in it afterwards', async () => {
    let isBad = false;
    const key = (item: number) => {
      if (isBad) throw new Error('no key');
      return item;
    };
    const api = new ListApi([2, 2, 2]);
    const list = pagedList(api.list(), { key });
    const told = watch(list);
    await settled();
    list.loadMore();
    await settled();
    isBad = true;
    list.refresh();
    await settled();
    isBad = false;
    list.retry();
    await settled();
    list.loadMore();
    await settled();
    expect(told).toEqual([
      'loading ',
      'idle 01',
      'loading 01',
      'idle 0123',
      'refreshing 0123',
      'error 0123',
      'refreshing 0123',
      'idle 01',
      'loading 01',
      'idle 0123',
    ]);
    expect(api.asked).toEqual([0, 1, 0, 0, 1]);
  });

  it('shows nothing where the list has become one without a page', async () => {
    const bodies = [{ rows: [1, 2] }, { rows: [] }];
    const pagination = numberPagination<number>({ items: '/rows', totalPages: () => 1 });
    const server = fakeTransport([{ body: null }]);
    let reads = 0;
    const list = pagedList(
      paginate<number>(server, '/rows', {
        pagination: {
          ...pagination,
          // As where a dialect hides the empty page that closes a list.
          read: (request, reply) => ({
            ...pagination.read(request, { ...reply, body: bodies[reads++] }),
            hideEmpty: true,
          }),
        },
      }),
    );
    const told = watch(list);
    await settled();
    list.refresh();
    await settled();
    expect(told).toEqual(['loading ', 'done 12', 'refreshing 12', 'done ']);
  });

  it('asked for twice is told once, and aborts the first', async () => {
    const atOnce = (reply: PageReply): ObservableInput<PageReply> => of(reply);
    let answer = atOnce;
    const api = new ListApi([1, 1], (reply) => answer(reply));
    const list = pagedList(api.list());
    const told = watch(list);
    await settled();
    answer = never;
    list.refresh();
    list.loadMore();
    list.loadPrevious();
    list.retry();
    answer = atOnce;
    list.refresh();
    await settled();
    expect(told).toEqual(['loading ', 'idle 0', 'refreshing 0', 'idle 0']);
    expect([api.asked, api.aborted]).toEqual([[0, 0, 0], [0]]);
  });

  it('leaves the error of another page behind', async () => {
    const { api, mood } = moody([1, 1, 1]);
    const list = pagedList(api.list());
    const told = watch(list);
    await settled();
    mood.status = 404;
    list.loadMore();
    await settled();
    list.refresh();
    await settled();
    mood.status = 200;
    list.retry();
    await settled();
    list.loadMore();
    await settled();
    expect(told).toEqual([
      'loading ',
      'idle 0',
      'loading 0',
      'error 0',
      'refreshing 0',
      'error 0',
      'refreshing 0',
      'idle 0',
      'loading 0',
      'idle 01',
    ]);
    expect(api.asked).toEqual([0, 1, 0, 0, 1]);
  });
});

describe('a window', () => {
  it('keeps its pages beside an error at either end, as often as it fails', async () => {
    const { api, mood } = moody([1, 1, 1, 1]);
    const list = pagedList(api.list(), { maxPages: 2 });
    const told = watch(list);
    await settled();
    for (let more = 0; more < 2; more += 1) {
      list.loadMore();
      await settled();
    }
    told.length = 0;
    for (const load of [list.loadPrevious, list.loadMore]) {
      mood.status = 404;
      load.call(list);
      await settled();
      list.retry();
      await settled();
      list.loadMore(); // neither has an effect after an error
      list.loadPrevious();
      mood.status = 200;
      list.retry();
      await settled();
    }
    expect(told).toEqual([
      ...['loading 12 <', 'error 12 <', 'loading 12 <', 'error 12 <', 'loading 12 <', 'idle 01'],
      ...['loading 01', 'error 01', 'loading 01', 'error 01', 'loading 01', 'idle 12 <'],
    ]);
    expect(api.asked).toEqual([0, 1, 2, 0, 0, 0, 2, 2, 2]);
  });
});

describe('who leaves while a state is told', () => {
  it.each([1, 2, 3, 4])('after %i states is told no more, and asks for no more', async (count) => {
    const api = new ListApi([1, 1, 1]);
    const list = pagedList(api.list());
    let told = 0;
    const states = list.state.pipe(
      tap(() => (told += 1)),
      take(count),
      toArray(),
    );
    const all = lastValueFrom(states);
    for (let turn = 0; turn < 4; turn += 1) {
      await settled();
      if (told < count) list.loadMore();
    }
    await expect(all).resolves.toHaveLength(count);
    await settled();
    // Told are 'loading', 'idle', 'loading', 'idle': who leaves at the third is gone before the page is asked for.
    expect(api.asked).toEqual(range(0, Math.floor(count / 4) + 1));
    expect(told).toBe(count);
  });
});

describe('a list of nothing', () => {
  it('is done with its empty page, and stays so', async () => {
    const server = fakeTransport([{ body: { rows: [], next: null } }]);
    const pagination = cursorPagination<number>({ items: '/rows', next: '/next' });
    const list = pagedList(paginate<number>(server, '/rows', { pagination }), { key: '/id' });
    const told = watch(list);
    await settled();
    list.loadMore();
    list.loadPrevious();
    list.retry();
    await settled();
    expect(told).toEqual(['loading ', 'done ']);
    expect(server.requests).toHaveLength(1);
  });
});

it('refuses a walk that something else paces, for good or later', () => {
  const paced = new ListApi([1, 1]).list({ pacedBy: NEVER });
  const refused = (where: string) =>
    new TypeError(`${where}: expected a walk without 'pacedBy', as the list asks for its pages`);
  expect(() => pagedList(paced)).toThrow(refused('pagedList'));
  const list = pagedList(new ListApi([1]).list());
  expect(() => {
    list.reset(paced);
  }).toThrow(refused('reset'));
});
