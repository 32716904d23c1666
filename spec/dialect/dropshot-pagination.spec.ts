import { take } from 'rxjs';

import { demoUsers, type User } from '../../lib/demo/data-set';
import { dropshotPagination } from '../../lib/dialect/dropshot-pagination';
import { paginate } from '../../lib/paginate';
import { fetchTransport } from '../../lib/transport/fetch';
import { demoServer } from '../demo/demo-client';
import { all, bodies, failure, itWalksExactly, outcome, scriptedServer, transports } from './walks';

const USERS = 25;
const demo = demoServer({ users: USERS });
const scripted = scriptedServer();

const users = demoUsers(USERS);
const pagination = dropshotPagination<User>();

/** The list of the scripted server. */
function calls(params: Record<string, string | number> = {}) {
  const transport = fetchTransport({ baseUrl: scripted().url });
  return paginate(transport, { url: '/user/api-calls', params }, { pagination });
}

describe.each(transports)('dropshotPagination over %s', (_, transportTo) => {
  const list = (params: Record<string, string | number>) =>
    paginate(transportTo(demo().url), { url: '/dropshot/users', params }, { pagination });

  itWalksExactly('a scan', {
    server: demo,
    list: () => list({ limit: 10 }),
    items: () => users,
    sizes: [10, 10, 5, 0],
    requestsForThree: 1,
  });

  it('sends every parameter again with the token, also those that the token does not hold', async () => {
    const params = { limit: 10, sort_by: 'created_at_descending', view: 'brief' };
    const pages = await all(list(params).pages());
    const newest = [...users].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    expect(pages.flatMap(({ items }) => items)).toEqual(
      newest.map(({ id, name }) => ({ id, name })),
    );
    const [none, ...tokens] = pages.map(({ cursor }) => cursor as string | undefined);
    expect(none).toBeUndefined();
    const query = 'limit=10&sort_by=created_at_descending&view=brief';
    expect(demo().requests.map((request) => request.query)).toEqual([
      query,
      ...tokens.map((token) => `${query}&page_token=${token ?? ''}`),
    ]);
    expect(pages.map(({ nextCursor }) => nextCursor)).toEqual([...tokens, undefined]);
  });

  it('starts at the token of the request', async () => {
    const [first] = await all(list({ limit: 10 }).pages().pipe(take(1)));
    const page_token = first?.nextCursor as string;
    const [second, ...more] = await all(list({ limit: 10, page_token }).pages());
    expect(second?.cursor).toBe(page_token);
    expect([second, ...more].flatMap((page) => page?.items)).toEqual(users.slice(10));
  });
});

describe('dropshotPagination', () => {
  const [a, b, c] = users;

  it('ends with the empty page that has no token', async () => {
    scripted().replies(
      ...bodies({ items: [a, b], next_page: 'T1' }, { items: [c], next_page: 'T2' }, { items: [] }),
    );
    const pages = await all(calls({ limit: 2, sort_by: 'created_at_descending' }).pages());
    expect(pages.map(({ items, cursor, nextCursor }) => [items, cursor, nextCursor])).toEqual([
      [[a, b], undefined, 'T1'],
      [[c], 'T1', 'T2'],
      [[], 'T2', undefined],
    ]);
    expect(scripted().log).toEqual([
      'GET /user/api-calls?limit=2&sort_by=created_at_descending',
      'GET /user/api-calls?limit=2&sort_by=created_at_descending&page_token=T1',
      'GET /user/api-calls?limit=2&sort_by=created_at_descending&page_token=T2',
    ]);
  });

  it.each([[{ items: [a] }], [{ items: [a], next_page: null }]])(
    'ends where the token is absent or null: %j',
    async (body) => {
      scripted().replies(...bodies(body));
      expect(await outcome(calls())).toEqual({ items: [a] });
      expect(scripted().log).toEqual(['GET /user/api-calls']);
    },
  );

  it('goes on after an empty page with a token', async () => {
    scripted().replies(
      ...bodies({ items: [], next_page: 'T1' }, { items: [a], next_page: 'T2' }, { items: [] }),
    );
    expect(await outcome(calls())).toEqual({ items: [a] });
    expect(scripted().log).toHaveLength(3);
  });

  it('asks for the limit of its options where the request has none', async () => {
    const transport = fetchTransport({ baseUrl: scripted().url });
    const limited = { pagination: dropshotPagination({ limit: 7 }) };
    const log: string[] = [];
    for (const request of ['/l', '/l?limit=3', { url: '/l', params: { limit: 4 } }]) {
      scripted().replies(...bodies({ items: [] }));
      await all(paginate(transport, request, limited));
      log.push(...scripted().log);
    }
    expect(log).toEqual(['GET /l?limit=7', 'GET /l?limit=3', 'GET /l?limit=4']);
  });

  it('percent-encodes the token', async () => {
    scripted().replies(...bodies({ items: [a], next_page: 'a+b/c=&d' }, { items: [] }));
    await all(calls());
    expect(scripted().log[1]).toBe('GET /user/api-calls?page_token=a%2Bb%2Fc%3D%26d');
  });

  it.each([[['T1', 'T1']], [['T1', 'T2', 'T1']]])(
    'refuses a token that was sent before: %j',
    async (tokens) => {
      scripted().replies(
        ...bodies(...tokens.map((next_page, id) => ({ items: [{ id }], next_page }))),
      );
      const { items, error } = await outcome(calls());
      expect(items).toEqual(tokens.map((_, id) => ({ id })));
      expect(error).toMatchObject({ code: 'LOOP', itemsEmitted: tokens.length });
      expect(scripted().log).toHaveLength(tokens.length);
    },
  );

  it.each([
    ['among the parameters', { url: '/l', params: { page_token: 'T0' } }],
    ['in the URL', { url: '/l?page_token=T0' }],
    ['in the URL, not encoded as the walk would', { url: '/l?page_token=VDA=' }],
  ])('refuses the token that the caller started with, %s', async (_, request) => {
    const token = request.url.includes('VDA') ? 'VDA=' : 'T0';
    scripted().replies(
      ...bodies({ items: [a], next_page: 'T1' }, { items: [b], next_page: token }, { items: [a] }),
    );
    const transport = fetchTransport({ baseUrl: scripted().url });
    const { items, error } = await outcome(paginate(transport, request, { pagination }));
    expect({ items, code: error?.code }).toEqual({ items: [a, b], code: 'LOOP' });
    expect(scripted().log).toHaveLength(2);
  });

  it.each(['', ' ', '\t\n'])(
    'takes a blank token for an error, not for the end: %j',
    async (next_page) => {
      scripted().replies(...bodies({ items: [a], next_page }, { items: [] }));
      const { items, error } = await outcome(calls());
      expect({ items, code: error?.code }).toEqual({ items: [a], code: 'PROTOCOL' });
      expect(error?.message).toContain('/next_page');
      expect(scripted().log).toHaveLength(1);
    },
  );

  it.each([[0], [7], [true], [{}], [['T1']]])(
    'refuses a token that is no text: %j',
    async (next_page) => {
      scripted().replies(...bodies({ items: [a], next_page }, { items: [] }));
      const { items, error } = await outcome(calls());
      expect({ items, code: error?.code }).toEqual({ items: [a], code: 'BAD_SHAPE' });
      expect(error?.message).toContain('Expected text or null at /next_page, found ');
      expect(scripted().log).toHaveLength(1);
    },
  );

  it.each([
    [{}],
    [{ items: null }],
    [{ items: {} }],
    [{ items: 'x' }],
    [[a]],
    [null],
    ['text'],
    [3],
  ])('refuses a reply without an array of items: %j', async (body) => {
    scripted().replies(...bodies(body));
    expect(await failure(calls())).toMatchObject({
      code: 'BAD_SHAPE',
      message: expect.stringContaining('/items') as string,
    });
  });

  it('refuses a 204', async () => {
    scripted().replies({ status: 204, body: undefined });
    expect(await failure(calls())).toMatchObject({ code: 'PROTOCOL', status: 204 });
  });

  it('delivers what came before a failed page, and goes on there with the token of the error', async () => {
    const message = { error_code: 'Internal', message: 'Internal Server Error', request_id: 'r1' };
    scripted().replies(
      { body: { items: [a, b], next_page: 'T1' } },
      { status: 501, body: message },
      { body: { items: [c], next_page: null } },
    );
    const { items, error } = await outcome(calls());
    expect(items).toEqual([a, b]);
    expect(error).toMatchObject({
      code: 'HTTP_STATUS',
      status: 501,
      pageIndex: 1,
      itemsEmitted: 2,
    });
    const rest = calls().with({ resumeFrom: error?.resumeToken });
    expect(await outcome(rest)).toEqual({ items: [c] });
    expect(scripted().log).toEqual([
      'GET /user/api-calls',
      'GET /user/api-calls?page_token=T1',
      'GET /user/api-calls?page_token=T1',
    ]);
  });

  it('refuses unknown and wrong options', () => {
    // @ts-expect-error there is no such option
    expect(() => dropshotPagination({ pageSize: 3 })).toThrow(/unknown option 'pageSize'/);
    expect(() => dropshotPagination({ limit: 0 })).toThrow(
      /'limit' must be a whole number, 1 or more, got 0/,
    );
  });
});
