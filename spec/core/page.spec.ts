import { inspect } from 'node:util';

import { firstValueFrom, lastValueFrom, of, toArray, type Observable } from 'rxjs';

import {
  cursorPagination,
  lastItem,
  linkPagination,
  numberPagination,
  offsetPagination,
  paginate,
  PaginationError,
  singlePage,
  type PagedResponse,
  type PageReply,
  type PageRequest,
  type PaginationStrategy,
  type WalkOptions,
} from 'paged-observable';

import { range } from '../support/list-api';
import { record } from '../support/recorder';

const URL = 'http://api.test/items';
const SIZE = 2;
const TOTAL = 5;

/** A server of five letters that knows every protocol. */
function serve(request: PageRequest): Observable<PageReply> {
  const query = new globalThis.URL(request.url).searchParams;
  const param = (name: string) => request.params?.[name] ?? query.get(name) ?? undefined;
  const offset =
    param('page') !== undefined
      ? (Number(param('page')) - 1) * SIZE
      : Number(param('offset') ?? param('cursor') ?? 0);
  const next = offset + SIZE < TOTAL ? offset + SIZE : undefined;
  const link = (at: number, rel: string) => `<?offset=${String(at)}>; rel="${rel}"`;
  const links = [
    ...(next === undefined ? [] : [link(next, 'next')]),
    ...(offset === 0 ? [] : [link(offset - SIZE, 'prev')]),
    link(0, 'first'),
    link(4, 'last'),
  ];
  return of({
    status: 200,
    headers: { link: links.join(', '), 'x-page': String(offset / SIZE) },
    url: URL,
    body: {
      items: ['a', 'b', 'c', 'd', 'e'].slice(offset, offset + SIZE),
      next: next ?? null,
      total: TOTAL,
      more: next !== undefined,
      delta: '/items?since=9',
    },
  });
}

async function pagesOf<K extends 'cursor' | 'link' | 'number' | 'offset' | 'single'>(
  pagination: PaginationStrategy<string, K>,
  params: PageRequest['params'] = {},
  options: WalkOptions = {},
): Promise<PagedResponse<string, unknown, K>[]> {
  const list = paginate<string, K>(serve, { url: URL, params }, { ...options, pagination });
  return lastValueFrom(list.pages().pipe(toArray()));
}

const strategies = {
  cursor: cursorPagination<string>({ items: '/items', next: '/next', totalCount: '/total' }),
  link: linkPagination<string>({ items: '/items', totalCount: '/total' }),
  number: numberPagination<string>({
    items: '/items',
    totalCount: '/total',
    sizeParam: 'size',
    size: SIZE,
  }),
  offset: offsetPagination<string>({ items: '/items', totalCount: '/total', limit: SIZE }),
  single: singlePage<string>({ items: '/items', totalCount: '/total' }),
};

describe('a page', () => {
  it.each(Object.entries(strategies))(
    'of kind %s has what every kind has',
    async (kind, strategy) => {
      const pages = await pagesOf<'cursor' | 'link' | 'number' | 'offset' | 'single'>(strategy);
      const count = kind === 'single' ? 1 : 3;
      expect(pages.map((page) => page.kind)).toEqual(range(0, count).map(() => kind));
      expect(pages.map((page) => page.items)).toEqual(
        [['a', 'b'], ['c', 'd'], ['e']].slice(0, count),
      );
      expect(pages.map((page) => page.index)).toEqual(range(0, count));
      expect(pages.map((page) => page.status)).toEqual(range(0, count).map(() => 200));
      expect(pages.map((page) => page.headers['x-page'])).toEqual(['0', '1', '2'].slice(0, count));
      expect(pages.map((page) => page.totalCount)).toEqual(range(0, count).map(() => TOTAL));
      expect(pages.map((page) => page.hasNextPage)).toEqual(
        count === 1 ? [false] : [true, true, false],
      );
      expect(pages.map((page) => page.progress)).toEqual(
        [
          { pages: 1, items: 2, totalCount: 5, fraction: 0.4 },
          { pages: 2, items: 4, totalCount: 5, fraction: 0.8 },
          { pages: 3, items: 5, totalCount: 5, fraction: 1 },
        ].slice(0, count),
      );
      expect(pages[0]!.body).toEqual({
        ...{ items: ['a', 'b'], next: 2, total: 5, more: true, delta: '/items?since=9' },
      });
      expect(pages[0]!.request).toMatchObject({ url: URL });
    },
  );

  it('of a cursor walk has the cursor that fetched it and the next', async () => {
    const pages = await pagesOf(strategies.cursor);
    expect(pages.map(({ cursor, nextCursor }) => [cursor, nextCursor])).toEqual([
      [undefined, 2],
      [2, 4],
      [4, undefined],
    ]);
    expect(pages.map(({ request }) => request.params?.['cursor'])).toEqual([undefined, 2, 4]);
    const [given] = await pagesOf(strategies.cursor, { cursor: 4 });
    expect([given!.cursor, given!.nextCursor, given!.index]).toEqual([4, undefined, 0]);
  });

  it('of a link walk has its links, resolved', async () => {
    const link = linkPagination<string>({ items: '/items', delta: '/delta' });
    const pages = await pagesOf(link);
    const at = (offset: number) => `${URL}?offset=${String(offset)}`;
    expect(pages.map((page) => [page.link, page.nextLink, page.prevLink])).toEqual([
      [undefined, at(2), undefined],
      [at(2), at(4), at(0)],
      [at(4), undefined, at(2)],
    ]);
    for (const page of pages) expect([page.firstLink, page.lastLink]).toEqual([at(0), at(4)]);
    expect(pages[0]!.deltaLink).toBe(`${URL}?since=9`);
    expect(pages[0]!.totalPages).toBeUndefined();
    expect(pages[0]!.progress).toEqual({ pages: 1, items: 2 });
  });

  it('of a number walk has its number and the next', async () => {
    const pages = await pagesOf(strategies.number);
    expect(pages.map((page) => [page.pageNumber, page.nextPageNumber])).toEqual([
      [1, 2],
      [2, 3],
      [3, undefined],
    ]);
    expect(pages.map(({ totalPages }) => totalPages)).toEqual([3, 3, 3]);
  });

  it('of an offset walk has its offset, the limit asked for and the next', async () => {
    const pages = await pagesOf(strategies.offset);
    expect(pages.map((page) => [page.offset, page.limit, page.nextOffset])).toEqual([
      [0, 2, 2],
      [2, 2, 4],
      [4, 2, undefined],
    ]);
    expect(pages.map(({ totalPages }) => totalPages)).toEqual([3, 3, 3]);
    const unlimited = await pagesOf(
      offsetPagination<string>({ items: '/items', totalCount: '/total' }),
    );
    expect(unlimited.map(({ limit, totalPages }) => [limit, totalPages])).toEqual(
      range(0, 3).map(() => [undefined, undefined]),
    );
  });

  it('counts on where the walk was resumed', async () => {
    const [first] = await pagesOf(strategies.offset);
    const rest = await pagesOf(strategies.offset, {}, { resumeFrom: first!.resumeToken });
    expect(
      rest.map(({ index, offset, progress }) => [index, offset, progress.pages, progress.items]),
    ).toEqual([
      [1, 2, 2, 4],
      [2, 4, 3, 5],
    ]);
  });

  it('asks its strategy for the next position once at most, whatever is read how often', async () => {
    const calls: number[] = [];
    const counting: PaginationStrategy<string, 'cursor'> = {
      ...strategies.cursor,
      read: (request, reply) => {
        const reading = strategies.cursor.read(request, reply);
        const page = calls.push(0) - 1;
        return {
          ...reading,
          next: () => {
            calls[page]!++;
            return reading.next();
          },
        };
      },
    };
    for await (const page of paginate<string>(serve, URL, { pagination: counting }).pages()) {
      const before = calls.at(-1);
      const read = () => [
        page.nextCursor,
        page.hasNextPage,
        page.resumeToken,
        page.resumeTokenAfter(1),
        JSON.stringify(page),
      ];
      expect([before, read(), calls.at(-1)]).toEqual([1, read(), 1]);
    }
    expect(calls).toEqual([1, 1, 1]);
    record(paginate<string>(serve, URL, { pagination: counting, prefetch: 0 }));
    expect(calls).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('asks for the next position once, before a consumer can change its items', async () => {
    let calls = 0;
    const lazy: PaginationStrategy<string, 'cursor'> = {
      ...strategies.cursor,
      read: (request, reply) => ({
        ...strategies.cursor.read(request, reply),
        next: () => {
          calls++;
          return undefined;
        },
      }),
    };
    const values = paginate<string>(serve, URL, { pagination: lazy })[Symbol.asyncIterator]();
    expect(calls).toBe(0);
    for (let i = 0; i < 3; i++) {
      await values.next();
      expect(calls).toBe(1);
    }
  });

  it('goes on after the last item as it came, whatever the consumer made of it', async () => {
    const list = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    const asked: unknown[] = [];
    const byLastItem = (request: PageRequest) => {
      const after = request.params?.['after'];
      asked.push(after);
      const from = list.findIndex(({ id }) => id === after) + 1;
      return of({
        status: 200,
        headers: {},
        url: URL,
        body: [{ ...list[from] }].filter((row) => row.id),
      });
    };
    const pagination = cursorPagination<{ id: string }>({ param: 'after', next: lastItem('/id') });
    const ids: string[] = [];
    await paginate(byLastItem, URL, { pagination }).forEach((row) => {
      ids.push(row.id);
      row.id = `user-${row.id}`;
    });
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([undefined, 'a', 'b', 'c']);
  });

  it('has getters that never throw; the walk meets the error', async () => {
    const failure = new PaginationError('BAD_SHAPE', 'no cursor');
    const failing: PaginationStrategy<string, 'cursor'> = {
      ...strategies.cursor,
      read: (request, reply) => ({
        ...strategies.cursor.read(request, reply),
        next: () => {
          throw failure;
        },
      }),
    };
    const pages = paginate<string>(serve, URL, { pagination: failing })
      .pages()
      [Symbol.asyncIterator]();
    const { value: page } = (await pages.next()) as {
      value: PagedResponse<string, unknown, 'cursor'>;
    };
    expect([page.nextCursor, page.hasNextPage, typeof page.resumeToken]).toEqual([
      undefined,
      true,
      'string',
    ]);
    expect(page.resumeTokenAfter(2)).toBe(page.resumeToken);
    expect(JSON.stringify(page)).toContain('"hasNextPage":true');
    await expect(pages.next()).rejects.toMatchObject({
      code: 'BAD_SHAPE',
      pageIndex: 0,
      itemsEmitted: 2,
      resumeToken: page.resumeToken,
    });
    const seen = record(paginate<string>(serve, URL, { pagination: failing }));
    expect(seen.values).toEqual(['a', 'b']);
    expect(seen.error.code).toBe('BAD_SHAPE');
  });

  it('gives a token for each of its places', () => {
    for (const strategy of Object.values(strategies)) {
      const walk = (resumeFrom: string) =>
        record(paginate<string>(serve, URL, { pagination: strategy, resumeFrom })).values;
      const all = strategy.id.startsWith('single') ? ['a', 'b'] : ['a', 'b', 'c', 'd', 'e'];
      const list = paginate<string>(serve, URL, { pagination: strategy });
      for (const page of record(list.pages()).values) {
        const before = page.progress.items - page.items.length;
        for (let count = 0; count <= page.items.length; count++) {
          expect(walk(page.resumeTokenAfter(count))).toEqual(all.slice(before + count));
        }
        expect(page.resumeTokenAfter(page.items.length)).toBe(page.resumeToken);
        expect(page.resumeToken).toMatch(/^[\w.~-]+$/);
      }
    }
  });

  it.each([-1, 3, 1.5, NaN, Infinity, '1', null, undefined])(
    'refuses a token after %p items',
    async (count) => {
      const [page] = await pagesOf(strategies.cursor);
      const wrong: unknown = count;
      const call = () => page!.resumeTokenAfter(wrong as number);
      expect(call).toThrow(TypeError);
      expect(call).toThrow(/^resumeTokenAfter: expected a whole number from 0 to 2, got /);
    },
  );

  it('has a fraction that never goes back, stays within 1 and may be unknown', () => {
    const totals = [undefined, 10, 4, 100, 3, undefined];
    const list = paginate<number>(
      ({ params }) => {
        const page = Number(params?.['cursor'] ?? 0);
        const next = page + 1 < totals.length ? page + 1 : null;
        return of({
          status: 200,
          headers: {},
          url: URL,
          body: { items: [page], next, total: totals[page] },
        });
      },
      URL,
      {
        pagination: cursorPagination<number>({
          items: '/items',
          next: '/next',
          totalCount: '/total',
        }),
      },
    );
    const fractions = record(list.pages()).values.map(({ progress }) => progress.fraction);
    expect(fractions).toEqual([undefined, 0.2, 0.75, 0.75, 1, 1]);
  });

  it('counts an empty list as done', () => {
    const list = paginate<number>(
      () => of({ status: 200, headers: {}, url: URL, body: { items: [], total: 0 } }),
      URL,
      { pagination: singlePage<number>({ items: '/items', totalCount: '/total' }) },
    );
    expect(record(list.pages()).values[0]!.progress).toEqual({
      pages: 1,
      items: 0,
      totalCount: 0,
      fraction: 1,
    });
  });
});

describe('nextPage', () => {
  it.each(Object.entries(strategies))(
    'leads through the whole list by hand, kind %s',
    async (kind, strategy) => {
      const asked: number[] = [];
      const transport = (request: PageRequest) => {
        asked.push(asked.length);
        return serve(request);
      };
      const list = paginate<string, 'cursor' | 'link' | 'number' | 'offset' | 'single'>(
        transport,
        URL,
        {
          pagination: strategy,
        },
      );
      const seen: (readonly string[])[] = [];
      let page: PagedResponse<string> | undefined = await firstValueFrom(list.pages());
      while (page !== undefined) {
        seen.push(page.items);
        expect(page.index).toBe(seen.length - 1);
        const next: Observable<PagedResponse<string>> = page.nextPage();
        expect(asked).toHaveLength(seen.length);
        const pages: PagedResponse<string>[] = record(next).values;
        expect(pages.length).toBe(page.hasNextPage ? 1 : 0);
        page = pages[0];
      }
      expect(seen).toEqual(kind === 'single' ? [['a', 'b']] : [['a', 'b'], ['c', 'd'], ['e']]);
      expect(asked).toHaveLength(seen.length);
    },
  );

  it('gives the rest of a page that was cut by a cap, whatever the cap', () => {
    const list = paginate<string>(serve, URL, { pagination: strategies.cursor, maxItems: 3 });
    const last = record(list.pages()).values.at(-1)!;
    expect(last.items).toEqual(['c']);
    expect(record(last.nextPage()).values.map(({ items, index }) => [items, index])).toEqual([
      [['d'], 1],
    ]);
  });

  it('asks anew with each subscription', () => {
    let asked = 0;
    const list = paginate<string>((request) => (asked++, serve(request)), URL, {
      pagination: strategies.cursor,
    });
    const [first] = record(list.with({ maxPages: 1 }).pages()).values;
    const next = first!.nextPage();
    expect(asked).toBe(1);
    expect(record(next).values[0]!.items).toEqual(['c', 'd']);
    expect(record(next).values[0]!.items).toEqual(['c', 'd']);
    expect(asked).toBe(3);
  });

  it('errors with what the walk would error with', () => {
    const failing: PaginationStrategy<string, 'cursor'> = {
      ...strategies.cursor,
      read: (request, reply) => ({
        ...strategies.cursor.read(request, reply),
        hasMore: true,
        next: () => undefined,
      }),
    };
    const list = paginate<string>(serve, URL, { pagination: failing });
    const [page] = record(list.pages()).values;
    expect(page!.hasNextPage).toBe(true);
    expect(record(page!.nextPage()).error.code).toBe('PROTOCOL');
  });
});

describe('a page as text', () => {
  it('shows no header and no body that was sent', async () => {
    const request = {
      url: URL,
      method: 'POST',
      headers: { authorization: 'Bearer planted-secret', 'x-key': 'planted-secret' },
      body: { password: 'planted-secret' },
    };
    for (const strategy of Object.values(strategies)) {
      const list = paginate<string, 'cursor' | 'link' | 'number' | 'offset' | 'single'>(
        serve,
        request,
        {
          pagination: strategy,
        },
      );
      const pages = await lastValueFrom(list.pages().pipe(toArray()));
      for (const page of pages) {
        for (const text of [
          JSON.stringify(page),
          inspect(page, { depth: 10 }),
          inspect([page], { depth: 10, showHidden: true }),
        ]) {
          expect(text).not.toContain('planted-secret');
        }
      }
    }
  });

  it('shows its metadata, and not the whole body again', async () => {
    const [, page] = await pagesOf(strategies.offset);
    expect(JSON.parse(JSON.stringify(page))).toEqual({
      kind: 'offset',
      items: ['c', 'd'],
      status: 200,
      headers: page!.headers,
      index: 1,
      totalCount: 5,
      totalPages: 3,
      offset: 2,
      limit: 2,
      nextOffset: 4,
      hasNextPage: true,
      progress: { pages: 2, items: 4, totalCount: 5, fraction: 0.8 },
      request: { method: 'GET', url: `${URL}?limit=2&offset=2` },
    });
  });
});
