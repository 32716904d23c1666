import { demoUsers, type User } from '../../lib/demo/data-set';
import { arcnmPagination } from '../../lib/dialect/arcnm-pagination';
import { paginate } from '../../lib/paginate';
import { fetchTransport } from '../../lib/transport/fetch';
import { demoServer } from '../demo/demo-client';
import { all, bodies, failure, itWalksExactly, outcome, scriptedServer, transports } from './walks';

const USERS = 95;
const demo = demoServer({ users: USERS });
const scripted = scriptedServer();

const users = demoUsers(USERS);
const pagination = arcnmPagination<User>();
const [a, b, c] = users;

function parts(params: Record<string, string | number> = {}, options = {}) {
  const transport = fetchTransport({ baseUrl: scripted().url });
  return paginate(transport, { url: '/parts', params }, { pagination: arcnmPagination(options) });
}

describe.each(transports)('arcnmPagination over %s', (_, transportTo) => {
  const list = (url: string, params: Record<string, string | number> = {}) =>
    paginate(transportTo(demo().url), { url, params }, { pagination });
  const queries = () => demo().requests.map(({ query }) => query);

  itWalksExactly('{ count, data }', {
    server: demo,
    list: () => list('/arcnm/parts', { limit: 40 }),
    items: () => users,
    sizes: [40, 40, 15],
    requestsForThree: 1,
  });

  itWalksExactly('{ count, data } of a server that lowers the limit', {
    server: demo,
    list: () => list('/arcnm/lowered/parts', { limit: 100 }),
    items: () => users,
    sizes: [40, 40, 15],
    requestsForThree: 1,
  });

  itWalksExactly('{ count, items }', {
    server: demo,
    list: () => list('/arcnm/calculations', { limit: 500 }),
    items: () => users,
    sizes: [USERS],
    requestsForThree: 1,
  });

  itWalksExactly('an array', {
    server: demo,
    list: () => list('/arcnm/environments'),
    items: () => users,
    sizes: [USERS],
    requestsForThree: 1,
  });

  it('steps by the rows received, and tells count as the total', async () => {
    const pages = await all(list('/arcnm/parts', { limit: 40, offset: 0 }).pages());
    expect(queries()).toEqual(['limit=40&offset=0', 'limit=40&offset=40', 'limit=40&offset=80']);
    expect(pages.map((page) => [page.kind, page.totalCount, page.totalPages])).toEqual([
      ['offset', USERS, 3],
      ['offset', USERS, 3],
      ['offset', USERS, 3],
    ]);
    expect(
      pages.map((page) => (page.kind === 'offset' ? [page.offset, page.nextOffset] : page.kind)),
    ).toEqual([
      [0, 40],
      [40, 80],
      [80, undefined],
    ]);
  });

  it('steps by the rows received where the server lowers the limit', async () => {
    await all(list('/arcnm/lowered/parts', { limit: 100 }));
    expect(queries()).toEqual(['limit=100', 'limit=100&offset=40', 'limit=100&offset=80']);
  });

  it('starts at the offset of the request and keeps its filters', async () => {
    const jade = users.filter(({ team }) => team === 'jade');
    expect(await all(list('/arcnm/parts', { team: 'jade', limit: 6, offset: 5 }))).toEqual(
      jade.slice(5),
    );
    expect(queries().slice(0, 2)).toEqual([
      'team=jade&limit=6&offset=5',
      'team=jade&limit=6&offset=11',
    ]);
  });
});

describe('arcnmPagination', () => {
  it('makes one request for a count of 0, and none beyond an exact multiple', async () => {
    scripted().replies(...bodies({ count: 0, data: [] }));
    expect(await outcome(parts())).toEqual({ items: [] });
    expect(scripted().log).toEqual(['GET /parts']);
    scripted().replies(...bodies({ count: 2, data: [a] }, { count: 2, data: [b] }));
    expect(await outcome(parts({ limit: 1 }))).toEqual({ items: [a, b] });
    expect(scripted().log).toEqual(['GET /parts?limit=1', 'GET /parts?limit=1&offset=1']);
  });

  it('errors at an empty page before count', async () => {
    scripted().replies(...bodies({ count: 3, data: [a, b] }, { count: 3, data: [] }));
    const { items, error } = await outcome(parts());
    expect({ items, code: error?.code }).toEqual({ items: [a, b], code: 'PROTOCOL' });
    expect(error?.message).toContain('offset 2');
    expect(scripted().log).toHaveLength(2);
  });

  it.each([undefined, 'many', 1])(
    'goes on to an empty page where count is missing, unreadable or exceeded: %j',
    async (count) => {
      scripted().replies(
        ...bodies({ count, data: [a, b] }, { count, data: [c] }, { count, data: [] }),
      );
      expect(await outcome(parts())).toEqual({ items: [a, b, c] });
      expect(scripted().log).toEqual(['GET /parts', 'GET /parts?offset=2', 'GET /parts?offset=3']);
    },
  );

  it('gives what { count, items } holds, then says how many of how many', async () => {
    scripted().replies(...bodies({ count: 5, items: [a, b] }, { count: 5, items: [a, b] }));
    const { items, error } = await outcome(parts({ limit: 2 }));
    expect(items).toEqual([a, b]);
    expect(error).toMatchObject({ code: 'PROTOCOL', itemsEmitted: 2 });
    expect(error?.message).toContain('2 of 5 items');
    expect(scripted().log).toEqual(['GET /parts?limit=2']);
    // What is missing is still missing when the walk goes on.
    const rest = parts({ limit: 2 }).with({ resumeFrom: error?.resumeToken });
    const again = await outcome(rest);
    expect([again.items, again.error?.code]).toEqual([[], 'PROTOCOL']);
  });

  it.each([2, 1, undefined, null])(
    'takes { count, items } for whole with count %j',
    async (count) => {
      scripted().replies(...bodies({ count, items: [a, b] }));
      const pages = await all(parts().pages());
      expect(pages.map(({ kind, items, hasNextPage }) => [kind, items, hasNextPage])).toEqual([
        ['single', [a, b], false],
      ]);
      expect(scripted().log).toHaveLength(1);
    },
  );

  it('takes an empty array for an empty list', async () => {
    scripted().replies(...bodies([]));
    expect(await outcome(parts())).toEqual({ items: [] });
  });

  it.each([[{}], [{ count: 2 }], [{ data: null }], [{ items: {} }], [null], ['text']])(
    'refuses a reply of no known form: %j',
    async (body) => {
      scripted().replies(...bodies(body));
      expect(await failure(parts())).toMatchObject({ code: 'BAD_SHAPE' });
    },
  );

  it('errors at a bad status after what came before it, and goes on there', async () => {
    scripted().replies(
      { body: { count: 3, data: [a, b] } },
      { status: 403, body: { error: 'Forbidden' } },
      { body: { count: 3, data: [c] } },
    );
    const { items, error } = await outcome(parts({ limit: 2 }));
    expect(items).toEqual([a, b]);
    expect(error).toMatchObject({ code: 'HTTP_STATUS', status: 403 });
    const rest = parts({ limit: 2 }).with({ resumeFrom: error?.resumeToken });
    expect(await outcome(rest)).toEqual({ items: [c] });
    expect(scripted().log.slice(1)).toEqual([
      'GET /parts?limit=2&offset=2',
      'GET /parts?limit=2&offset=2',
    ]);
  });

  it('asks for the limit of its options where the request has none', async () => {
    scripted().replies(...bodies({ count: 0, data: [] }, { count: 0, data: [] }));
    await all(parts({}, { limit: 500 }));
    await all(parts({ limit: 3 }, { limit: 500 }));
    expect(scripted().log).toEqual(['GET /parts?limit=500', 'GET /parts?limit=3']);
  });

  it('refuses unknown and wrong options', () => {
    // @ts-expect-error there is no such option
    expect(() => arcnmPagination({ size: 3 })).toThrow(/unknown option 'size'/);
    expect(() => arcnmPagination({ limit: 1.5 })).toThrow(
      /'limit' must be a whole number, 1 or more/,
    );
  });
});
