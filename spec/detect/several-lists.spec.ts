import { explainPagination, type PageRequest } from 'paged-observable';

const rows = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id: `r${String(id)}`, name: 'n' }));

const seen = (body: unknown, request: PageRequest) =>
  explainPagination(request, { status: 200, headers: {}, url: request.url, body });

describe('several lists in one reply', () => {
  it('that have pages of their own are told by name', () => {
    const query =
      'query($after: String) { users(first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } posts(first: 3) { nodes { id } pageInfo { hasNextPage endCursor } } }';
    const data = {
      users: { nodes: rows(3), pageInfo: { hasNextPage: true, endCursor: 'Mw==' } },
      posts: { nodes: rows(2), pageInfo: { hasNextPage: false, endCursor: 'Mg==' } },
    };
    const report = seen(
      { data },
      {
        method: 'POST',
        url: 'http://api.test/graphql',
        body: { query, variables: { after: null } },
      },
    );
    expect(report).toMatchObject({ verdict: 'unknown', isNoList: true });
    expect(report.problem).toMatch(/\/data\/users\/nodes, \/data\/posts\/nodes$/);
  });

  it.each<[string, object]>([
    ['/report', { users: rows(2), orders: rows(4) }],
    ['/summary', { topUsers: rows(3), recentOrders: rows(4) }],
    ['/v1/overview', { users: rows(3), projects: rows(7) }],
  ])('of a report are told by name: %s', (path, body) => {
    const report = seen(body, { url: `http://api.test${path}` });
    expect(report).toMatchObject({ verdict: 'unknown', isNoList: true });
    for (const name of Object.keys(body)) expect(report.problem).toContain(`/${name}`);
  });
});
