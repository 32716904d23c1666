import type { PageRequest } from '../../lib/core/page-request';
import { demoUsers, type User } from '../../lib/demo/data-set';
import { relayPagination, type RelayOptions } from '../../lib/dialect/relay-pagination';
import { paginate } from '../../lib/paginate';
import { fetchTransport } from '../../lib/transport/fetch';
import { demoServer } from '../demo/demo-client';
import { all, bodies, failure, itWalksExactly, outcome, scriptedServer, transports } from './walks';

const USERS = 25;
const demo = demoServer({ users: USERS });
const scripted = scriptedServer();

const users = demoUsers(USERS);
const [a, b, c] = users;

const FORWARD = `query ($first: Int, $after: String) {
  users(first: $first, after: $after) {
    edges { cursor node { id } } pageInfo { hasNextPage endCursor } totalCount
  }
}`;
const NODES = FORWARD.replace('edges { cursor node { id } }', 'nodes { id }');
const BACKWARD = FORWARD.replaceAll('first', 'last')
  .replaceAll('after', 'before')
  .replace('hasNextPage endCursor', 'hasPreviousPage startCursor');

const forward = { connection: '/data/users' };
const backward = { ...forward, direction: 'backward', size: 10 } as const;

function sent(): unknown[] {
  return demo().requests.map(
    ({ body }) => (JSON.parse(body ?? '') as PageRequest & { variables: unknown }).variables,
  );
}

function walk(options: Partial<RelayOptions> = {}, body: unknown = { query: 'q' }) {
  const transport = fetchTransport({ baseUrl: scripted().url });
  const pagination = relayPagination({ ...forward, ...options });
  return paginate(transport, { url: '/graphql', body }, { pagination });
}

/** A connection in a reply. */
function users1(nodes: readonly unknown[], pageInfo: unknown, more = {}) {
  return { data: { users: { edges: nodes.map((node) => ({ node })), pageInfo } }, ...more };
}

describe.each(transports)('relayPagination over %s', (_, transportTo) => {
  const list = (query: string, options: RelayOptions, variables?: unknown) =>
    paginate(
      transportTo(demo().url),
      { url: '/relay', body: variables === undefined ? { query } : { query, variables } },
      { pagination: relayPagination<User>(options) },
    );

  itWalksExactly('edges', {
    server: demo,
    list: () => list(FORWARD, { ...forward, size: 10 }),
    items: () => users,
    sizes: [10, 10, 5],
    requestsForThree: 1,
  });

  itWalksExactly('nodes', {
    server: demo,
    list: () => list(NODES, forward, { first: 10 }),
    items: () => users,
    sizes: [10, 10, 5],
    requestsForThree: 1,
  });

  itWalksExactly('edges backwards', {
    server: demo,
    list: () => list(BACKWARD, backward),
    items: () => [...users.slice(15), ...users.slice(5, 15), ...users.slice(0, 5)],
    sizes: [10, 10, 5],
    requestsForThree: 1,
  });

  it('puts the cursor and the size into the variables, beside those of the request', async () => {
    const pages = await all(list(FORWARD, { ...forward, size: 10 }, { team: 'jade' }).pages());
    const cursors = pages.map(({ nextCursor }) => nextCursor);
    expect(cursors.slice(0, 2)).toEqual([expect.any(String), expect.any(String)]);
    expect(sent()).toEqual([
      { team: 'jade', first: 10 },
      { team: 'jade', first: 10, after: cursors[0] },
      { team: 'jade', first: 10, after: cursors[1] },
    ]);
    expect(
      pages.map(({ cursor, totalCount, totalPages }) => [cursor, totalCount, totalPages]),
    ).toEqual([
      [undefined, 25, 3],
      [cursors[0], 25, 3],
      [cursors[1], 25, 3],
    ]);
    expect(demo().requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
  });

  it('walks backwards by last and before', async () => {
    const pages = await all(list(BACKWARD, backward).pages());
    expect(sent()).toEqual([
      { last: 10 },
      { last: 10, before: pages[0]?.nextCursor },
      { last: 10, before: pages[1]?.nextCursor },
    ]);
  });

  it('starts at the cursor and keeps the size of the request', async () => {
    const [first] = await all(list(FORWARD, forward, { first: 7 }).pages());
    demo().reset();
    const after = first?.nextCursor;
    const rest = list(FORWARD, { ...forward, size: 10 }, { first: 7, after });
    expect(await all(rest)).toEqual(users.slice(7));
    expect(sent()[0]).toEqual({ first: 7, after });
    expect(demo().requests).toHaveLength(3);
  });

  it('errors with API_ERROR where the reply has errors, though its status is 200', async () => {
    const error = await failure(list(FORWARD, forward, { after: 'not a cursor' }));
    expect(error).toMatchObject({ code: 'API_ERROR', status: 200 });
    expect(error.message).toContain('BAD_USER_INPUT');
  });

  it('errors where the query does not ask for pageInfo, after the items of the page', async () => {
    const { items, error } = await outcome(list('{ users { nodes { id } } }', forward));
    expect(items).toEqual(users.slice(0, 20));
    expect(error?.code).toBe('BAD_SHAPE');
    expect(error?.message).toContain(
      'hasNextPage and endCursor at /data/users/pageInfo, found nothing',
    );
    expect(demo().requests).toHaveLength(1);
  });
});

describe('relayPagination', () => {
  const end = { hasNextPage: false, endCursor: 'c9' };

  it('makes a place for variables where the request has none, and leaves the request as it is', async () => {
    const given = [{ query: 'q' }, { query: 'q', variables: null }, { query: 'q', variables: {} }];
    for (const body of given) {
      const copy = structuredClone(body);
      scripted().replies(
        ...bodies(users1([a], { hasNextPage: true, endCursor: 'c1' }), users1([b], end)),
      );
      expect(await outcome(walk({}, body))).toEqual({ items: [a, b] });
      expect(scripted().log).toEqual([
        'POST /graphql {"query":"q","variables":{}}',
        'POST /graphql {"query":"q","variables":{"after":"c1"}}',
      ]);
      expect(body).toEqual(copy);
    }
  });

  it('takes other names for the variables', async () => {
    scripted().replies(
      ...bodies(users1([a], { hasNextPage: true, endCursor: 'c1' }), users1([b], end)),
    );
    await all(walk({ cursorVariable: 'from', sizeVariable: 'a/b', size: 3 }));
    expect(scripted().log).toEqual([
      'POST /graphql {"query":"q","variables":{"a/b":3}}',
      'POST /graphql {"query":"q","variables":{"a/b":3,"from":"c1"}}',
    ]);
  });

  it('finds a connection deep in the reply', async () => {
    const repository = { issues: { nodes: [a, b], pageInfo: end } };
    scripted().replies(...bodies({ data: { repository } }));
    const connection = '/data/repository/issues';
    expect(await outcome(walk({ connection }))).toEqual({ items: [a, b] });
  });

  it('walks a connection within the nodes of another from where the outer page left it', async () => {
    const info = (endCursor?: string) => ({ hasNextPage: endCursor !== undefined, endCursor });
    const user = (id: string, posts: readonly string[], endCursor?: string) => ({
      id,
      posts: { nodes: posts, pageInfo: info(endCursor) },
    });
    type Outer = ReturnType<typeof user>;
    const outer = (nodes: readonly Outer[], endCursor?: string) => ({
      data: { users: { nodes, pageInfo: info(endCursor) } },
    });
    const inner = (nodes: readonly string[], endCursor?: string) => ({
      data: { node: { posts: { nodes, pageInfo: info(endCursor) } } },
    });
    scripted().replies(
      ...bodies(
        outer([user('a', ['a1'], 'pa1'), user('b', [])], 'u2'),
        inner(['a2', 'a3'], 'pa3'),
        inner(['a4']),
        outer([user('c', ['c1'])]),
      ),
    );
    const found: string[] = [];
    for await (const { id, posts } of walk() as AsyncIterable<Outer>) {
      found.push(...posts.nodes);
      if (!posts.pageInfo.hasNextPage) continue;
      const body = { query: 'p', variables: { id, after: posts.pageInfo.endCursor } };
      found.push(...((await all(walk({ connection: '/data/node/posts' }, body))) as string[]));
    }
    expect(found).toEqual(['a1', 'a2', 'a3', 'a4', 'c1']);
    expect(scripted().log).toEqual([
      'POST /graphql {"query":"q","variables":{}}',
      'POST /graphql {"query":"p","variables":{"id":"a","after":"pa1"}}',
      'POST /graphql {"query":"p","variables":{"id":"a","after":"pa3"}}',
      'POST /graphql {"query":"q","variables":{"after":"u2"}}',
    ]);
  });

  it('walks a connection in an array of the reply, backward too', async () => {
    const page = (nodes: readonly string[], hasPreviousPage: boolean) => ({
      data: { teams: [{}, { users: { nodes, pageInfo: { hasPreviousPage, startCursor: 's' } } }] },
    });
    scripted().replies(...bodies(page(['c', 'd'], true), page(['a', 'b'], false)));
    const options = { connection: '/data/teams/1/users', direction: 'backward', size: 2 } as const;
    expect(await all(walk(options))).toEqual(['c', 'd', 'a', 'b']);
    expect(scripted().log).toEqual([
      'POST /graphql {"query":"q","variables":{"last":2}}',
      'POST /graphql {"query":"q","variables":{"last":2,"before":"s"}}',
    ]);
  });

  it('reads edges where there are both, and what it is told otherwise', async () => {
    const both = { edges: [{ node: a }], nodes: [b], pageInfo: end };
    const reply = { data: { users: both } };
    const found: unknown[] = [];
    for (const items of [undefined, 'edges', 'nodes'] as const) {
      scripted().replies(...bodies(reply));
      found.push(await outcome(walk({ items })));
    }
    expect(found).toEqual([{ items: [a] }, { items: [a] }, { items: [b] }]);
  });

  it('keeps the place of a node that is null', async () => {
    scripted().replies(
      ...bodies({ data: { users: { edges: [{ node: null }, null, { node: c }], pageInfo: end } } }),
    );
    expect(await outcome(walk())).toEqual({ items: [null, null, c] });
  });

  it('goes on after an empty page that has a next one', async () => {
    scripted().replies(
      ...bodies(users1([], { hasNextPage: true, endCursor: 'c1' }), users1([b], end)),
    );
    expect(await outcome(walk())).toEqual({ items: [b] });
    expect(scripted().log).toHaveLength(2);
  });

  it('goes by the cursor where the query does not ask for the flag', async () => {
    scripted().replies(
      ...bodies(
        users1([a], { endCursor: 'c1' }),
        users1([b], { endCursor: 'c2' }),
        users1([], { endCursor: null }),
      ),
    );
    expect(await outcome(walk())).toEqual({ items: [a, b] });
    expect(scripted().log).toHaveLength(3);
  });

  it.each([[null], [undefined], ['']])(
    'errors where there is a next page but no cursor: %j',
    async (endCursor) => {
      scripted().replies(...bodies(users1([a], { hasNextPage: true, endCursor })));
      const { items, error } = await outcome(walk());
      expect({ items, code: error?.code }).toEqual({ items: [a], code: 'PROTOCOL' });
      expect(scripted().log).toHaveLength(1);
    },
  );

  it.each([[{}], [null], ['x'], [{ hasPreviousPage: false }]])(
    'errors where pageInfo does not say how the list goes on: %j',
    async (pageInfo) => {
      scripted().replies(...bodies(users1([a], pageInfo)));
      const { items, error } = await outcome(walk());
      expect({ items, code: error?.code }).toEqual({ items: [a], code: 'BAD_SHAPE' });
    },
  );

  it('errors where data came with errors, for there may be gaps in it', async () => {
    const errors = [{ message: 'Something went wrong' }];
    scripted().replies(...bodies(users1([a], end, { errors })));
    const { items, error } = await outcome(walk());
    expect({ items, code: error?.code }).toEqual({ items: [], code: 'API_ERROR' });
    expect(error?.message).toContain('Something went wrong');
    scripted().replies(
      ...bodies(users1([a], end, { errors: [] }), users1([a], end, { errors: null })),
    );
    expect(await outcome(walk())).toEqual({ items: [a] });
    expect(await outcome(walk())).toEqual({ items: [a] });
  });

  it('goes on where errors stopped it', async () => {
    scripted().replies(
      ...bodies(
        users1([a, b], { hasNextPage: true, endCursor: 'c1' }),
        { data: null, errors: [{ message: 'Timeout' }] },
        users1([c], end),
      ),
    );
    const { items, error } = await outcome(walk());
    expect({ items, code: error?.code }).toEqual({ items: [a, b], code: 'API_ERROR' });
    expect(await outcome(walk().with({ resumeFrom: error?.resumeToken }))).toEqual({ items: [c] });
    expect(scripted().log.slice(1)).toEqual([
      'POST /graphql {"query":"q","variables":{"after":"c1"}}',
      'POST /graphql {"query":"q","variables":{"after":"c1"}}',
    ]);
  });

  it('refuses a cursor that was sent before', async () => {
    const next = { hasNextPage: true, endCursor: 'c1' };
    scripted().replies(...bodies(users1([a], next), users1([b], next)));
    expect(await failure(walk())).toMatchObject({ code: 'LOOP', itemsEmitted: 2 });
    expect(scripted().log).toHaveLength(2);
  });

  it.each([
    [{ data: null }, 'a connection at /data/users, found nothing'],
    [{ data: { users: null } }, 'a connection at /data/users, found null'],
    [{ data: { users: { pageInfo: end } } }, 'an array edges or nodes'],
    [{ data: { users: { edges: null, pageInfo: end } } }, 'an array edges or nodes'],
    [
      { data: { users: { edges: [{ cursor: 'x' }], pageInfo: end } } },
      'a node at /data/users/edges/0',
    ],
    [{ data: { users: { edges: ['x'], pageInfo: end } } }, 'a node at /data/users/edges/0'],
  ])('refuses a reply without a connection or its items: %j', async (body, message) => {
    scripted().replies(...bodies(body));
    const error = await failure(walk());
    expect(error.code).toBe('BAD_SHAPE');
    expect(error.message).toContain(message);
  });

  it.each([[null], ['{ users }'], [[{ query: 'q' }]], [7]])(
    'refuses a request whose body is no object: %j',
    (body) => {
      expect(() => walk({}, body)).toThrow(TypeError);
    },
  );

  it('refuses a request without a body', () => {
    const pagination = relayPagination(forward);
    expect(() => paginate(fetchTransport(), '/graphql', { pagination })).toThrow(TypeError);
  });

  it('refuses unknown and wrong options', () => {
    // @ts-expect-error the connection is needed
    expect(() => relayPagination({})).toThrow(/option 'connection' is needed/);
    expect(() => relayPagination({ connection: 'data.users' })).toThrow(
      /'connection' must be a JSON pointer/,
    );
    expect(() => relayPagination({ ...forward, size: 0 })).toThrow(/'size' must be/);
    expect(() => relayPagination({ ...forward, cursorVariable: '' })).toThrow(
      /'cursorVariable' must be a name/,
    );
    // @ts-expect-error a value of another option
    expect(() => relayPagination({ ...forward, direction: 'back' })).toThrow(/'direction' must be/);
  });
});
