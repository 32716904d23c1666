import { lastValueFrom, toArray } from 'rxjs';

import {
  choosePagination,
  cursorPagination,
  linkPagination,
  paginate,
  PaginationError,
  type PagedObservable,
  type PaginationStrategy,
  type WalkOptions,
} from 'paged-observable';
import { ListApi, range } from '../support/list-api';
import { record } from '../support/recorder';

const chosen = cursorPagination<number>({ id: 'found', items: '/items' });

/** Reads page 1 and leaves the rest to the strategy it found, as a strategy that looks at the reply does. */
const finder: PaginationStrategy<number> = {
  id: 'finder',
  start: (request) => request,
  at: () => {
    throw new Error('asked for a position');
  },
  read: (request, reply) => ({ ...chosen.read(request, reply), strategy: chosen }),
  restore: (id) => (id === 'found' ? chosen : undefined),
};

function unloaded(): never {
  throw new Error('used before it was loaded');
}

/** Counts how often the finder is loaded. */
class Lazy {
  loads = 0;
  readonly strategy: PaginationStrategy<number>;

  constructor(load: () => Promise<PaginationStrategy<number>> = () => Promise.resolve(finder)) {
    const counted = () => {
      this.loads += 1;
      return load();
    };
    const base = { start: finder.start, at: unloaded, read: unloaded };
    this.strategy = {
      ...base,
      id: 'finder',
      load: counted,
      restore: (id) => ({
        ...base,
        id,
        load: async () => {
          const restored = (await counted()).restore?.(id);
          if (restored === undefined) throw new PaginationError('CHECKPOINT_MISMATCH', 'Not mine');
          return restored;
        },
      }),
    };
  }

  list(api: ListApi, options: WalkOptions = {}): PagedObservable<number> {
    const pagination = this.strategy;
    return paginate(api.transport, 'http://api.test/items', { ...options, pagination });
  }
}

describe('a strategy that is loaded', () => {
  it('is loaded once for a walk, at its first reply, and chooses who goes on', async () => {
    const [api, lazy] = [new ListApi([2, 2, 1]), new Lazy()];
    const walk = lazy.list(api);
    expect([api.asked, lazy.loads]).toEqual([[], 0]);
    const walked = record(walk);
    expect([api.asked, lazy.loads, walked.values]).toEqual([[0], 1, []]);
    await lastValueFrom(walk);
    expect(walked.notifications).toEqual({ values: range(0, 5), errors: 0, completions: 1 });
    expect(lazy.loads).toBe(2);
  });

  it.each([199, 300, 404, 503])(
    'is not loaded for a reply that is none to be read: %d',
    (status) => {
      const [api, lazy] = [new ListApi([2, 1], (reply) => [{ ...reply, status }]), new Lazy()];
      const walked = record(lazy.list(api, { retry: false }));
      expect(walked.error).toMatchObject({ code: 'HTTP_STATUS', status });
      expect(lazy.loads).toBe(0);
    },
  );

  it('is loaded anew for a token, and restores who goes on before anything is sent', async () => {
    for (const taken of range(0, 6)) {
      const api = new ListApi([2, 2, 1]);
      const pages = await lastValueFrom(new Lazy().list(api).pages().pipe(toArray()));
      const page = pages[Math.min(2, Math.floor(taken / 2))];
      const token = page?.resumeTokenAfter(taken - 2 * page.index) ?? '';
      const [again, lazy] = [new ListApi([2, 2, 1]), new Lazy()];
      const rest = await lastValueFrom(lazy.list(again, { resumeFrom: token }).pipe(toArray()));
      expect(rest).toEqual(range(taken, 5));
      expect(again.asked).toEqual(range(Math.min(2, Math.floor(taken / 2)), 3));
      expect(lazy.loads).toBe(1);
    }
  });

  it('makes tokens that the strategy takes itself, and takes its tokens', async () => {
    const api = new ListApi([2, 2, 1]);
    const direct = (options: WalkOptions) =>
      paginate(api.transport, 'http://api.test/items', { ...options, pagination: finder });
    const [page] = await lastValueFrom(direct({}).pages().pipe(toArray()));
    const [lazyPage] = await lastValueFrom(new Lazy().list(api).pages().pipe(toArray()));
    expect(lazyPage?.resumeToken).toBe(page?.resumeToken);
    const resumeFrom = page?.resumeToken;
    expect(await lastValueFrom(direct({ resumeFrom }).pipe(toArray()))).toEqual([2, 3, 4]);
  });

  it('errors with CHECKPOINT_MISMATCH and 0 requests where the token names a strategy it does not know', async () => {
    const api = new ListApi([2, 2]);
    const other = { ...finder, read: () => unloaded() };
    const [page] = await lastValueFrom(
      paginate(api.transport, 'http://api.test/items', {
        pagination: {
          ...finder,
          read: (request, reply) => ({
            ...chosen.read(request, reply),
            strategy: { ...chosen, id: 'lost' },
          }),
        },
      })
        .pages()
        .pipe(toArray()),
    );
    const asked = api.asked.length;
    const lazy = new Lazy(() => Promise.resolve(other));
    const walked = lazy.list(api, { resumeFrom: page?.resumeToken });
    await expect(lastValueFrom(walked)).rejects.toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      resumeToken: page?.resumeToken,
    });
    expect(api.asked).toHaveLength(asked);
  });

  it('tells nobody anything who left while it was loaded', async () => {
    let loaded: (strategy: PaginationStrategy<number>) => void = unloaded;
    const api = new ListApi([2, 2]);
    const walked = record(new Lazy(() => new Promise((resolve) => (loaded = resolve))).list(api));
    walked.subscription.unsubscribe();
    loaded(finder);
    await new Promise(setImmediate);
    expect(walked.notifications).toEqual({ values: [], errors: 0, completions: 0 });
    expect(api.asked).toEqual([0]);
  });

  it('fails the walk where it cannot be loaded', async () => {
    const api = new ListApi([2, 2]);
    const walked = new Lazy(() => Promise.reject(new Error('offline'))).list(api);
    await expect(lastValueFrom(walked)).rejects.toMatchObject({
      message: expect.stringContaining('offline') as string,
      itemsEmitted: 0,
    });
    expect(api.asked).toEqual([0]);
  });

  it('may be one of several, and is remembered by its choice', async () => {
    const api = new ListApi([2, 2, 1]);
    const pagination = choosePagination<number>([linkPagination({ items: '/items' }), finder]);
    const list = (options: WalkOptions) =>
      paginate(api.transport, 'http://api.test/items', { ...options, pagination });
    const pages = await lastValueFrom(list({}).pages().pipe(toArray()));
    expect(pages.flatMap(({ items }) => items)).toEqual(range(0, 5));
    const resumeFrom = pages[0]?.resumeToken;
    expect(await lastValueFrom(list({ resumeFrom }).pipe(toArray()))).toEqual([2, 3, 4]);
  });
});
