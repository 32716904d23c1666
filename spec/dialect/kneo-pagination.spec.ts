import { kneoPagination } from '../../lib/dialect/kneo-pagination';
import { demoUsers, type User } from '../../lib/demo/data-set';
import { paginate } from '../../lib/paginate';
import { fetchTransport } from '../../lib/transport/fetch';
import { demoServer } from '../demo/demo-client';
import { all, bodies, failure, itWalksExactly, outcome, scriptedServer, transports } from './walks';

const USERS = 25;
const demo = demoServer({ users: USERS });
const scripted = scriptedServer();

const users = demoUsers(USERS);
const pagination = kneoPagination<User>();
const [a, b, c] = users;

function runs(params: Record<string, string | number> = {}, options = {}) {
  const transport = fetchTransport({ baseUrl: scripted().url });
  return paginate(transport, { url: '/runs', params }, { pagination: kneoPagination(options) });
}

describe.each(transports)('kneoPagination over %s', (_, transportTo) => {
  const list = (url: string, params: Record<string, string | number>) =>
    paginate(transportTo(demo().url), { url, params }, { pagination });

  itWalksExactly('a list with a total', {
    server: demo,
    list: () => list('/kneo/users', { limit: 10 }),
    items: () => users,
    sizes: [10, 10, 5],
    requestsForThree: 1,
  });

  itWalksExactly('a list without a total, from an offset', {
    server: demo,
    list: () => list('/kneo-no-total/users', { limit: 10, offset: 5 }),
    items: () => users.slice(5),
    sizes: [10, 10, 0],
    requestsForThree: 1,
  });

  it('sends filters and sort order with every page, and tells offset, limit and total', async () => {
    const params = { limit: 6, sort_by: 'score', sort_order: 'desc', active: 'true' };
    const pages = await all(list('/kneo/runs', params).pages());
    const best = users.filter(({ active }) => active).sort((x, y) => y.score - x.score);
    expect(pages.flatMap(({ items }) => items)).toEqual(best);
    const query = 'limit=6&sort_by=score&sort_order=desc&active=true';
    const offsets = Array.from({ length: Math.ceil(best.length / 6) }, (__, page) => page * 6);
    expect(offsets.length).toBeGreaterThan(2);
    expect(demo().requests.map((request) => request.query)).toEqual(
      offsets.map((offset) => (offset === 0 ? query : `${query}&offset=${String(offset)}`)),
    );
    expect(
      pages.map(({ offset, limit, nextOffset, totalCount, totalPages }) => ({
        ...{ offset, limit, nextOffset, totalCount, totalPages },
      })),
    ).toEqual(
      offsets.map((offset, index) => ({
        offset,
        limit: 6,
        nextOffset: offsets[index + 1],
        totalCount: best.length,
        totalPages: offsets.length,
      })),
    );
  });
});

describe('kneoPagination', () => {
  it('ends when the total was received', async () => {
    scripted().replies(
      ...bodies(
        { runs: [a, b], count: 2, total: 3, limit: 2, offset: 0 },
        { runs: [c], count: 1, total: 3, limit: 2, offset: 2 },
      ),
    );
    expect(await outcome(runs({ limit: 2, offset: 0, status: 'failed' }))).toEqual({
      items: [a, b, c],
    });
    expect(scripted().log).toEqual([
      'GET /runs?limit=2&offset=0&status=failed',
      'GET /runs?limit=2&offset=2&status=failed',
    ]);
  });

  it('makes one request where the total is 0 or nothing is left at the offset', async () => {
    scripted().replies(...bodies({ runs: [], count: 0, total: 0 }));
    expect(await outcome(runs())).toEqual({ items: [] });
    expect(scripted().log).toEqual(['GET /runs']);
    scripted().replies(...bodies({ runs: [], count: 0, total: 3 }));
    expect(await outcome(runs({ offset: 3 }))).toEqual({ items: [] });
    expect(scripted().log).toEqual(['GET /runs?offset=3']);
  });

  it('steps by the items received where pages are shorter or longer than the limit', async () => {
    scripted().replies(...bodies({ runs: [a], total: 4 }, { runs: [b, c, users[3]], total: 4 }));
    expect(await outcome(runs({ limit: 2 }))).toEqual({ items: users.slice(0, 4) });
    expect(scripted().log).toEqual(['GET /runs?limit=2', 'GET /runs?limit=2&offset=1']);
  });

  it('errors at an empty page before the total, after what came before it', async () => {
    scripted().replies(...bodies({ runs: [a, b], total: 3 }, { runs: [], total: 3 }));
    const { items, error } = await outcome(runs({ limit: 2 }));
    expect(items).toEqual([a, b]);
    expect(error).toMatchObject({ code: 'PROTOCOL', itemsEmitted: 2 });
    expect(error?.message).toContain('The page at offset 2 has no items, but the total says 3');
    expect(scripted().log).toHaveLength(2);
    scripted().replies(...bodies({ runs: [c], total: 3 }));
    const rest = runs({ limit: 2 }).with({ resumeFrom: error?.resumeToken });
    expect(await outcome(rest)).toEqual({ items: [c] });
    expect(scripted().log).toEqual(['GET /runs?limit=2&offset=2']);
  });

  it.each([undefined, null, 'many', -1, 2.5, 1])(
    'goes on to an empty page where the total is missing, unreadable or exceeded: %j',
    async (total) => {
      scripted().replies(
        ...bodies({ runs: [a, b], total }, { runs: [c], total }, { runs: [], total }),
      );
      expect(await outcome(runs())).toEqual({ items: [a, b, c] });
      expect(scripted().log).toEqual(['GET /runs', 'GET /runs?offset=2', 'GET /runs?offset=3']);
    },
  );

  it('reads a total that is text', async () => {
    scripted().replies(...bodies({ runs: [a, b], total: '2' }));
    expect(await outcome(runs())).toEqual({ items: [a, b] });
    expect(scripted().log).toEqual(['GET /runs']);
  });

  it.each([
    ['the request', { limit: 5000 }, {}, 'limit=1000'],
    ['the options', {}, { limit: 1001 }, 'limit=1000'],
    ['the options, where the request says less', { limit: 3 }, { limit: 5000 }, 'limit=3'],
  ])('lowers a limit above 1000 of %s', async (_, params, options, query) => {
    scripted().replies(...bodies({ runs: [a], total: 1 }));
    await all(runs(params, options));
    expect(scripted().log).toEqual([`GET /runs?${query}`]);
  });

  it('finds the items under any name, or where it is told', async () => {
    const body = { checkpoints: [a, b], tasks: [c], total: 1 };
    scripted().replies(...bodies(body, body));
    expect(await failure(runs())).toMatchObject({
      code: 'BAD_SHAPE',
      message: expect.stringContaining('"checkpoints", "tasks"') as string,
    });
    expect(await outcome(runs({}, { items: '/tasks' }))).toEqual({ items: [c] });
  });

  it('refuses unknown and wrong options', () => {
    // @ts-expect-error there is no such option
    expect(() => kneoPagination({ pageSize: 3 })).toThrow(/unknown option 'pageSize'/);
    expect(() => kneoPagination({ limit: 0 })).toThrow(/'limit' must be a whole number, 1 or more/);
    expect(() => kneoPagination({ items: 'runs' })).toThrow(/'items' must be a JSON pointer/);
  });
});
