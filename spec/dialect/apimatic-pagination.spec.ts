import { EMPTY, take } from 'rxjs';

import type { Json } from '../../lib/core/json';
import type { PageRequest } from '../../lib/core/page-request';
import type { PagedResponse } from '../../lib/core/paged-response';
import { demoUsers, type User } from '../../lib/demo/data-set';
import { apimaticPagination, type XPagination } from '../../lib/dialect/apimatic-pagination';
import { paginate } from '../../lib/paginate';
import { fetchTransport } from '../../lib/transport/fetch';
import { demoServer } from '../demo/demo-client';
import { all, bodies, failure, itWalksExactly, outcome, scriptedServer, transports } from './walks';

const USERS = 25;
const demo = demoServer({ users: USERS });
const scripted = scriptedServer();

const users = demoUsers(USERS);

const byOffset: XPagination = {
  type: 'offset',
  input: '$request.query#/offset',
  result: '$response.body#/data',
};
const byPage: XPagination = {
  type: 'page',
  input: '$request.query#/page',
  result: '$response.body#/data',
};
const byCursor: XPagination = {
  type: 'cursor',
  input: '$request.query#/cursor',
  output: '$response.body#/paging/next',
  result: '$response.body#/users',
};
const byLink: XPagination = {
  type: 'link',
  next: '$response.body#/links/next',
  result: '$response.body#/users',
};
const bySearch: XPagination = {
  type: 'offset',
  input: '$request.body#/from',
  result: '$response.body#/rows',
};
const linkThenPage: readonly XPagination[] = [
  byLink,
  { ...byPage, result: '$response.body#/users' },
];

/** What a page says of where it is and where the next one is. */
function position(page: PagedResponse): [string, Json | undefined, Json | undefined] {
  switch (page.kind) {
    case 'offset':
      return [page.kind, page.offset, page.nextOffset];
    case 'number':
      return [page.kind, page.pageNumber, page.nextPageNumber];
    case 'cursor':
      return [page.kind, page.cursor, page.nextCursor];
    case 'link':
      return [page.kind, page.link, page.nextLink];
    case 'single':
      return [page.kind, undefined, undefined];
  }
}

function walk(
  x: XPagination | readonly XPagination[],
  request: string | PageRequest,
  options = {},
) {
  const transport = fetchTransport({ baseUrl: scripted().url });
  return paginate(transport, request, { pagination: apimaticPagination(x, options) });
}

/** The items and positions of the pages, and the requests. */
async function trace(
  x: XPagination | readonly XPagination[],
  request: string | PageRequest,
  ...replies: readonly unknown[]
) {
  scripted().replies(...bodies(...replies));
  const pages = await all(walk(x, request).pages());
  return {
    items: pages.map(({ items }) => items),
    positions: pages.map(position),
    log: scripted().log,
  };
}

describe.each(transports)('apimaticPagination over %s', (_, transportTo) => {
  const list = (x: XPagination | readonly XPagination[], request: string | PageRequest) =>
    paginate<User>(transportTo(demo().url), request, { pagination: apimaticPagination<User>(x) });
  const closing = { server: demo, items: () => users, requestsForThree: 1 };

  // The closing empty page of an offset or page walk is asked for and not shown.
  it.each([
    ['offset', byOffset, '/apimatic/offset/users?limit=10', [0, 10, 20], 25],
    ['number', byPage, '/apimatic/page/users?size=10', [1, 2, 3], 4],
  ] as const)(
    'walks by %s to an empty page that is not shown',
    async (kind, x, url, positions, past) => {
      const pages = await all(list(x, url).pages());
      expect(pages.flatMap(({ items }) => items)).toEqual(users);
      expect(pages.map((page) => position(page))).toEqual(
        positions.map((at, index) => [kind, at, positions[index + 1] ?? past]),
      );
      expect(demo().requests).toHaveLength(4);
      for (const page of pages) {
        const resumed = list(x, url).with({ resumeFrom: page.resumeToken });
        expect(await all(resumed)).toEqual(users.slice(page.progress.items));
      }
    },
  );

  itWalksExactly('cursors in the query', {
    ...closing,
    list: () => list(byCursor, '/apimatic/cursor/users?limit=10'),
    sizes: [10, 10, 5],
  });

  itWalksExactly('cursors in a header', {
    ...closing,
    list: () =>
      list(
        { ...byCursor, input: '$request.headers#/X-Cursor' },
        '/apimatic/header-cursor/users?limit=10',
      ),
    sizes: [10, 10, 5],
  });

  itWalksExactly('cursors from a header', {
    ...closing,
    list: () =>
      list(
        { ...byCursor, output: '$response.headers#/X-Next' },
        '/apimatic/response-header/users?limit=10',
      ),
    sizes: [10, 10, 5],
  });

  itWalksExactly('cursors in the path', {
    ...closing,
    list: () =>
      list(
        { ...byCursor, input: '$request.path#/cursor' },
        {
          url: '/apimatic/path-cursor/{cursor}/users',
          path: { cursor: 'start' },
          params: { limit: 10 },
        },
      ),
    sizes: [10, 10, 5],
  });

  itWalksExactly('links', {
    ...closing,
    list: () => list(byLink, '/apimatic/link/users?size=10'),
    sizes: [10, 10, 5],
  });

  itWalksExactly('links of which only the query is real', {
    ...closing,
    list: () =>
      list(byLink, { url: '/apimatic/link-merge/users', params: { size: 5, team: 'jade' } }),
    items: () => users.filter(({ team }) => team === 'jade'),
    sizes: pageSizes(users.filter(({ team }) => team === 'jade').length, 5),
  });

  it('keeps its own host and path where it merges a link', async () => {
    const request = { url: '/apimatic/link-merge/users', params: { size: 10, active: 'true' } };
    const active = users.filter((user) => user.active);
    expect(active.length).toBeGreaterThan(10);
    expect(await all(list(byLink, request))).toEqual(active);
    expect(demo().requests.map(({ path, query }) => `${path}?${query}`)).toEqual([
      '/apimatic/link-merge/users?size=10&active=true',
      '/apimatic/link-merge/users?size=10&active=true&after=10',
    ]);
  });

  it('chooses page where the first page has no link, for good', async () => {
    const url = '/apimatic/link-then-page/users?per_page=10';
    const pages = await all(list(linkThenPage, url).pages());
    expect(pages.flatMap(({ items }) => items)).toEqual(users);
    expect(pages.map(position)).toEqual([
      ['link', undefined, undefined],
      ['number', 2, 3],
      ['number', 3, 4],
    ]);
    expect(demo().requests.map(({ query }) => query)).toEqual([
      'per_page=10',
      ...[2, 3, 4].map((page) => `per_page=10&page=${String(page)}`),
    ]);
    for (const page of pages) {
      const resumed = list(linkThenPage, url).with({ resumeFrom: page.resumeToken });
      expect(await all(resumed)).toEqual(users.slice(page.progress.items));
    }
  });

  it('walks an offset in the body of a request', async () => {
    const request = {
      method: 'POST',
      url: '/apimatic/search',
      body: { q: 'users', from: 4, size: 10 },
    };
    expect(await all(list(bySearch, request))).toEqual(users.slice(4));
    expect(demo().requests.map(({ body }) => JSON.parse(body ?? '') as unknown)).toEqual(
      [4, 14, 24, 25].map((from) => ({ q: 'users', from, size: 10 })),
    );
  });
});

describe('apimaticPagination', () => {
  const [i1, i2, i3] = [{ id: 'i1' }, { id: 'i2' }, { id: 'i3' }];

  describe('as its source shows it', () => {
    it('walks cursors', async () => {
      const x: XPagination = { ...byCursor, result: '$response.body#/invoices' };
      expect(
        await trace(
          x,
          { url: '/invoices', params: { limit: 2 } },
          { invoices: [i1, i2], paging: { next: 'k2' } },
          { invoices: [i3], paging: { next: null } },
        ),
      ).toEqual({
        items: [[i1, i2], [i3]],
        positions: [
          ['cursor', undefined, 'k2'],
          ['cursor', 'k2', undefined],
        ],
        log: ['GET /invoices?limit=2', 'GET /invoices?limit=2&cursor=k2'],
      });
    });

    it('counts pages from 1 where the request has no number, and sends the first one without', async () => {
      expect(
        await trace(byPage, '/berths?size=2', { data: [i1, i2] }, { data: [i3] }, { data: [] }),
      ).toEqual({
        items: [[i1, i2], [i3]],
        positions: [
          ['number', 1, 2],
          ['number', 2, 3],
        ],
        log: ['GET /berths?size=2', 'GET /berths?size=2&page=2', 'GET /berths?size=2&page=3'],
      });
    });

    it('moves an offset in the body by the items received', async () => {
      const body = { q: 'x', from: 10 };
      expect(
        await trace(
          bySearch,
          { method: 'POST', url: '/search', body },
          { rows: [i1, i2, i3] },
          { rows: [] },
        ),
      ).toEqual({
        items: [[i1, i2, i3]],
        positions: [['offset', 10, 13]],
        log: ['POST /search {"q":"x","from":10}', 'POST /search {"q":"x","from":13}'],
      });
      expect(body).toEqual({ q: 'x', from: 10 });
    });

    it('chooses between link and page by the first page', async () => {
      const result = '$response.body#/manifests';
      expect(
        await trace(
          [
            { ...byLink, result },
            { ...byPage, result },
          ],
          '/manifests?per_page=2',
          { manifests: [i1, i2], links: {} },
          { manifests: [i3], links: { next: '/m?page=9' } },
          { manifests: [] },
        ),
      ).toEqual({
        items: [[i1, i2], [i3]],
        positions: [
          ['link', undefined, undefined],
          ['number', 2, 3],
        ],
        log: [
          'GET /manifests?per_page=2',
          'GET /manifests?per_page=2&page=2',
          'GET /manifests?per_page=2&page=3',
        ],
      });
    });

    it("lays a link's query over the request's own", async () => {
      const link = 'https://other.example/v2/feed?after=7&size=9';
      expect(
        await trace(
          { ...byLink, result: '$response.body#/events' },
          { url: '/events', params: { kind: 'a', size: 5 } },
          { events: [i1], links: { next: link } },
          { events: [i2], links: {} },
        ),
      ).toEqual({
        items: [[i1], [i2]],
        positions: [
          ['link', undefined, link],
          ['link', link, undefined],
        ],
        log: ['GET /events?kind=a&size=5', 'GET /events?kind=a&size=9&after=7'],
      });
    });
  });

  it('takes the link for the rest of the walk where the first page has one', async () => {
    expect(
      await trace(
        linkThenPage,
        '/m?size=1',
        { users: [i1], links: { next: '/m?after=1' } },
        { users: [i2], links: {} },
      ),
    ).toMatchObject({ items: [[i1], [i2]], log: ['GET /m?size=1', 'GET /m?size=1&after=1'] });
  });

  it('starts at the number, offset or cursor of the request', async () => {
    const page = await trace(byPage, '/l?page=4', { data: [i1] }, { data: [] });
    expect(page).toMatchObject({
      positions: [['number', 4, 5]],
      log: ['GET /l?page=4', 'GET /l?page=5'],
    });
    const zero = await trace(byPage, '/l?page=0', { data: [i1] }, { data: [] });
    expect(zero).toMatchObject({
      positions: [['number', 0, 1]],
      log: ['GET /l?page=0', 'GET /l?page=1'],
    });
    const offset = await trace(
      byOffset,
      { url: '/l', params: { offset: 7 } },
      { data: [i1, i2] },
      { data: [] },
    );
    expect(offset).toMatchObject({
      positions: [['offset', 7, 9]],
      log: ['GET /l?offset=7', 'GET /l?offset=9'],
    });
    const cursor = await trace(
      byCursor,
      '/l?cursor=k1',
      { users: [i1], paging: { next: 'k2' } },
      { users: [i2] },
    );
    expect(cursor).toMatchObject({
      positions: [
        ['cursor', 'k1', 'k2'],
        ['cursor', 'k2', undefined],
      ],
      log: ['GET /l?cursor=k1', 'GET /l?cursor=k2'],
    });
  });

  it('keeps the type of a cursor in a body', async () => {
    const x = { ...byCursor, input: '$request.body#/paging/after' };
    const { log } = await trace(
      x,
      { method: 'POST', url: '/l', body: { paging: {} } },
      { users: [i1], paging: { next: 0 } },
      { users: [i2], paging: { next: 'seven' } },
      { users: [i3], paging: { next: { at: [7] } } },
      { users: [], paging: {} },
    );
    expect(log).toEqual([
      'POST /l {"paging":{}}',
      'POST /l {"paging":{"after":0}}',
      'POST /l {"paging":{"after":"seven"}}',
      'POST /l {"paging":{"after":{"at":[7]}}}',
    ]);
  });

  it('moves numbers in headers and paths', async () => {
    const header = await trace(
      { ...byOffset, input: '$request.headers#/X-Offset' },
      { url: '/l', headers: { 'x-offset': '3' } },
      { data: [i1, i2] },
      { data: [] },
    );
    expect(header.positions).toEqual([['offset', 3, 5]]);
    expect(scripted().headers.map((headers) => headers['x-offset'])).toEqual(['3', '5']);
    const path = await trace(
      { ...byPage, input: '$request.path#/page' },
      { url: '/l/{page}', path: { page: 1 } },
      { data: [i1] },
      { data: [] },
    );
    expect(path.log).toEqual(['GET /l/1', 'GET /l/2']);
  });

  it('unescapes pointers as RFC 6901 says', async () => {
    const { items, log } = await trace(
      {
        type: 'cursor',
        input: '$request.query#/a~1b~0c',
        output: '$response.body#/x~1y/~01',
        results: '$response.body#/my~1items/0',
      },
      '/l',
      { 'my/items': [[i1]], 'x/y': { '~1': 'k2' } },
      { 'my/items': [[i2]] },
    );
    expect(items).toEqual([[i1], [i2]]);
    expect(log).toEqual(['GET /l', 'GET /l?a%2Fb~c=k2']);
  });

  it.each(['$response.body', '$response.body#'])('reads a bare array at %s', async (result) => {
    const { items, log } = await trace({ ...byPage, result }, '/l', [i1, i2], []);
    expect(items).toEqual([[i1, i2]]);
    expect(log).toEqual(['GET /l', 'GET /l?page=2']);
  });

  it('ends where a cursor or link is null, missing or empty', async () => {
    for (const next of [null, undefined, '']) {
      const cursor = await trace(byCursor, '/l', { users: [i1], paging: { next } });
      const link = await trace(byLink, '/l', { users: [i1], links: { next } });
      expect([cursor.log, link.log]).toEqual([['GET /l'], ['GET /l']]);
    }
  });

  it('goes on after a page without items that has a cursor or link, and hides only a closing one', async () => {
    const cursor = await trace(
      byCursor,
      '/l',
      { users: [i1], paging: { next: 'k2' } },
      { users: [], paging: { next: 'k3' } },
      { users: [i2], paging: { next: 'k4' } },
      { users: [], paging: {} },
    );
    expect(cursor).toMatchObject({
      items: [[i1], [], [i2]],
      log: ['GET /l', 'GET /l?cursor=k2', 'GET /l?cursor=k3', 'GET /l?cursor=k4'],
    });
    const link = await trace(
      byLink,
      '/l',
      { users: [], links: { next: '?after=1' } },
      { users: [i2], links: {} },
    );
    expect(link).toMatchObject({ items: [[], [i2]], log: ['GET /l', 'GET /l?after=1'] });
  });

  it('reaches what follows a page without items by hand, too', async () => {
    scripted().replies(
      ...bodies(
        { users: [i1], paging: { next: 'k2' } },
        { users: [], paging: { next: 'k3' } },
        { users: [i2], paging: {} },
      ),
    );
    const [first] = await all(walk(byCursor, '/l').pages().pipe(take(1)));
    const [second] = await nextOf(first);
    const [third] = await nextOf(second);
    expect([first?.items, second?.items, third?.items]).toEqual([[i1], [], [i2]]);
    expect(third?.hasNextPage).toBe(false);
  });

  it.each([
    ['cursor', byCursor],
    ['link', byLink],
    ['one of several', linkThenPage],
  ])("ends at a page without items with emptyPage: 'end': %s", async (_, x) => {
    const more = { paging: { next: 'k3' }, links: { next: '?after=3' } };
    scripted().replies(
      ...bodies(
        { users: [i1], paging: { next: 'k2' }, links: { next: '?after=2' } },
        { users: [], ...more },
        { users: [i2], paging: {}, links: {} },
      ),
    );
    expect(await outcome(walk(x, '/l', { emptyPage: 'end' }))).toEqual({ items: [i1] });
    expect(scripted().log).toHaveLength(2);
  });

  it('refuses a cursor that was sent before', async () => {
    scripted().replies(
      ...bodies({ users: [i1], paging: { next: 'k2' } }, { users: [i2], paging: { next: 'k2' } }),
    );
    expect(await failure(walk(byCursor, '/l'))).toMatchObject({ code: 'LOOP', itemsEmitted: 2 });
    expect(scripted().log).toHaveLength(2);
  });

  it('loses no page when a failed walk goes on', async () => {
    scripted().replies(
      { body: { data: [i1] } },
      { status: 404, body: {} },
      { body: { data: [i2] } },
      { body: { data: [] } },
    );
    const { items, error } = await outcome(walk(byPage, '/l'));
    expect(items).toEqual([i1]);
    const rest = walk(byPage, '/l').with({ resumeFrom: error?.resumeToken });
    expect(await outcome(rest)).toEqual({ items: [i2] });
    expect(scripted().log).toEqual(['GET /l', 'GET /l?page=2', 'GET /l?page=2', 'GET /l?page=3']);
  });

  it('passes over a strategy whose slot the request has no place for', async () => {
    const inBody = { ...byPage, input: '$request.body#/paging/page' };
    const inPath = { ...byPage, input: '$request.path#/page' };
    const { log } = await trace([inBody, inPath, byPage], '/l', { data: [i1] }, { data: [] });
    expect(log).toEqual(['GET /l', 'GET /l?page=2']);
    for (const x of [inBody, inPath, [inBody, inPath]]) {
      expect(() => walk(x, '/l')).toThrow(TypeError);
    }
    const prepared = await trace(
      [inBody, byPage],
      { method: 'POST', url: '/l', body: { paging: {} } },
      { data: [i1] },
      { data: [] },
    );
    expect(prepared.log).toEqual(['POST /l {"paging":{}}', 'POST /l {"paging":{"page":2}}']);
  });

  it('refuses items that are no array, naming the pointer', async () => {
    scripted().replies(...bodies({ data: null }));
    const error = await failure(walk(byPage, '/l'));
    expect(error.code).toBe('BAD_SHAPE');
    expect(error.message).toContain('$response.body#/data');
  });

  it('ignores keys it does not know, and takes results for result', async () => {
    const { result, ...rest } = byPage;
    const { items } = await trace(
      { ...rest, results: result, 'x-note': 1 },
      '/l',
      { data: [i1] },
      { data: [] },
    );
    expect(items).toEqual([[i1]]);
  });

  it.each([
    [null, /expected an object/],
    ['cursor', /expected an object .* got "cursor"/],
    [[], /expected one strategy or more/],
    [[byPage, 7], /strategy 2: expected an object .* got 7/],
    [{}, /'type' must be one of offset, page, cursor, link, got undefined/],
    [{ ...byPage, type: 'token' }, /'type' must be one of .* got "token"/],
    [
      { ...byPage, result: undefined },
      /'result' must be '\$response\.body#\/pointer', got undefined/,
    ],
    [{ ...byPage, result: '' }, /'result' must be .* got ""/],
    [{ ...byPage, result: '/data' }, /'result' must be .* got "\/data"/],
    [{ ...byPage, result: '$response.headers#/data' }, /'result' must be/],
    [{ ...byPage, result: '$response.body#data' }, /'result' must be/],
    [{ ...byPage, result: '$response.body#/a~2' }, /'result' must be/],
    [{ ...byPage, input: undefined }, /'input' must be '\$request\.query#\/name'.* got undefined/],
    [{ ...byPage, input: '$response.body#/page' }, /'input' must be/],
    [{ ...byPage, input: '$request.query.page' }, /'input' must be/],
    [{ ...byPage, input: '$request.query#/a/b' }, /'input' must be/],
    [{ ...byPage, input: '$request.query#/' }, /'input' must be/],
    [{ ...byPage, input: '$request.body#' }, /'input' must be/],
    [{ ...byPage, input: 3 }, /'input' must be .* got 3/],
    [{ ...byCursor, output: undefined }, /'output' must be .* got undefined/],
    [{ ...byCursor, output: '$request.query#/next' }, /'output' must be/],
    [{ ...byCursor, output: '$response.headers#/' }, /'output' must be/],
    [{ ...byLink, next: '' }, /'next' must be .* got ""/],
    [[byPage, { ...byLink, next: 7 }], /strategy 2: 'next' must be .* got 7/],
    [Object.create(byPage), /'type' must be one of .* got undefined/],
  ])('refuses what is no x-pagination of APIMatic: %j', (value, message) => {
    const call = () => apimaticPagination(value as XPagination);
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });

  it('refuses unknown and wrong options', () => {
    // @ts-expect-error there is no such option
    expect(() => apimaticPagination(byPage, { empty: 'end' })).toThrow(/unknown option 'empty'/);
  });
});

/** The pages that `nextPage()` gives: one, or none. */
function nextOf(page: PagedResponse | undefined): Promise<PagedResponse[]> {
  return all<PagedResponse>(page === undefined ? EMPTY : page.nextPage());
}

/** Page sizes of a list of `count` items. */
function pageSizes(count: number, size: number): readonly number[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, page) =>
    Math.min(size, count - page * size),
  );
}
