import { demoUsers } from '../../lib/demo/data-set';
import { at, demoServer, get, post, textAt } from './demo-client';

const users = demoUsers(5);
const server = demoServer({ users: 5 });
const ALL = `query ($first: Int, $after: String) {
  users(first: $first, after: $after) {
    edges { cursor node { id } } nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
  }
}`;
const ask = (variables: unknown, query = ALL): ReturnType<typeof post> =>
  post(`${server().url}/relay`, { query, variables });
const ids = async (variables: unknown): Promise<unknown> => {
  const { body } = await ask(variables);
  const info = at(body, 'data', 'users', 'pageInfo');
  return [at(body, 'data', 'users', 'nodes'), at(info, 'hasPreviousPage'), at(info, 'hasNextPage')];
};

describe('/relay', () => {
  it('walks forwards with first and after', async () => {
    const first = await ask({ first: 2 });
    const end = textAt(first.body, 'data', 'users', 'pageInfo', 'endCursor');
    const start = textAt(first.body, 'data', 'users', 'pageInfo', 'startCursor');
    expect(first).toMatchObject({ status: 200 });
    expect(first.body).toEqual({
      data: {
        users: {
          edges: [
            { cursor: start, node: users[0] },
            { cursor: end, node: users[1] },
          ],
          nodes: users.slice(0, 2),
          pageInfo: {
            hasNextPage: true,
            hasPreviousPage: false,
            startCursor: start,
            endCursor: end,
          },
          totalCount: 5,
        },
      },
    });
    expect(await ids({ first: 2, after: end })).toEqual([users.slice(2, 4), true, true]);
    expect(await ids({ first: 3, after: end })).toEqual([users.slice(2), true, false]);
    expect(await ids({ after: null, first: null })).toEqual([users, false, false]);
  });

  it('walks backwards with last and before', async () => {
    const tail = await ask({ last: 2 });
    expect(at(tail.body, 'data', 'users', 'nodes')).toEqual(users.slice(3));
    const start = textAt(tail.body, 'data', 'users', 'pageInfo', 'startCursor');
    expect(await ids({ last: 2, before: start })).toEqual([users.slice(1, 3), true, true]);
    expect(await ids({ last: 9, before: start })).toEqual([users.slice(0, 3), false, true]);
  });

  it('has null cursors on an empty page', async () => {
    const all = await ask({ first: 5 });
    const after = textAt(all.body, 'data', 'users', 'pageInfo', 'endCursor');
    expect(at((await ask({ first: 5, after })).body, 'data', 'users')).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      totalCount: 5,
    });
  });

  it('answers only what the query names', async () => {
    const { body } = await ask({ first: 2 }, '{ users { nodes { id } } }');
    expect(body).toEqual({ data: { users: { nodes: users.slice(0, 2) } } });
  });

  it('answers a bad cursor with status 200 and errors', async () => {
    const { status, body } = await ask({ first: 2, after: 'abc' });
    expect(status).toBe(200);
    expect(body).toEqual({
      data: { users: null },
      errors: [
        {
          message: 'after: expected a cursor of this list, got "abc"',
          path: ['users'],
          extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
        },
      ],
    });
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ first: '2' }, 'first'],
    [{ last: -1 }, 'last'],
    [{ first: 1, last: 1 }, 'last'],
    [{ last: 1, before: 3 }, 'before'],
  ])('answers the variables %j with an error about %s', async (variables, argument) => {
    const { status, body } = await ask(variables);
    expect(status).toBe(200);
    expect(at(body, 'errors', 0, 'extensions', 'argument')).toBe(argument);
  });

  it('refuses a request without a query, and GET', async () => {
    expect(await post(`${server().url}/relay`, { variables: {} })).toMatchObject({
      status: 400,
      body: { errors: [{ message: 'query: expected the text of a GraphQL query, got nothing' }] },
    });
    const refused = await get(`${server().url}/relay`);
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });
});
