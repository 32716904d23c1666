import type { PageRequest } from '../../lib/core/page-request';

/** A request and a reply of about a number of bytes. */
export interface LargePage {
  readonly name: string;
  readonly request: PageRequest;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const request: PageRequest = { url: 'https://api.example.com/users', params: { limit: 1000 } };

const user = (n: number): object => ({
  id: `u${String(n)}`,
  name: `User ${String(n)}`,
  email: `user${String(n)}@example.com`,
  created_at: '2024-05-01T10:00:00Z',
  address: { street: 'Main Street', city: 'Town', tags: ['home', 'billing'] },
  roles: [{ name: 'reader' }, { name: 'writer' }],
  next_login: null,
});
const list = (count: number, make: (n: number) => unknown): readonly unknown[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Pages of several shapes; `scale` 1 is about 10 MB each. */
export function largePages(scale: number): readonly LargePage[] {
  const many = Math.round(44_000 * scale);
  const links = { link: '<https://api.example.com/users?limit=1000&page=2>; rel="next"' };
  return [
    {
      name: 'records with a cursor behind them',
      request,
      headers: {},
      body: { data: list(many, user), has_more: true, next_cursor: 'abc=' },
    },
    { name: 'a bare array with a Link header', request, headers: links, body: list(many, user) },
    {
      name: 'texts with a total',
      request,
      headers: {},
      body: {
        total: 900_000,
        offset: 0,
        limit: 1000,
        ids: list(many * 12, (n) => `id-${String(n)}-abcde`),
      },
    },
    {
      name: 'numbers, without a sign of paging',
      request: { url: 'https://api.example.com/numbers' },
      headers: {},
      body: { numbers: list(many * 28, (n) => n * 7) },
    },
    {
      name: 'few items of many parts',
      request: { ...request, params: { limit: 10 } },
      headers: {},
      body: {
        results: list(10, (n) => ({ id: n, parts: list(many / 10, user) })),
        next: 'https://api.example.com/users?limit=10&page=2',
      },
    },
    {
      name: 'what is included, beside the items',
      request,
      headers: {},
      body: {
        data: list(many / 4, user),
        included: list((many * 3) / 4, user),
        links: { next: '/users?limit=1000&page=2' },
      },
    },
    {
      name: 'a GraphQL connection',
      request: {
        method: 'POST',
        url: 'https://api.example.com/graphql',
        body: {
          query: 'query ($after: String) { users(after: $after) { edges { node { id } } } }',
          variables: { after: null },
        },
      },
      headers: {},
      body: {
        data: {
          users: {
            edges: list(many, (n) => ({ cursor: `c${String(n)}`, node: user(n) })),
            pageInfo: { hasNextPage: true, endCursor: 'c9' },
          },
        },
      },
    },
    {
      name: 'many small lists by date',
      request: { url: 'https://api.example.com/calendar' },
      headers: {},
      body: { days: list(many / 4, (n) => ({ day: n, events: list(4, user) })), page: 1, pages: 3 },
    },
    {
      name: 'records by id',
      request: { url: 'https://api.example.com/users' },
      headers: {},
      body: Object.fromEntries(
        list(many, (n) => [`u${String(n)}`, user(n)]) as [string, unknown][],
      ),
    },
    {
      name: 'one text',
      request: { url: 'https://api.example.com/document' },
      headers: {},
      body: { id: 1, text: 'x'.repeat(Math.round(10_000_000 * scale)) },
    },
  ];
}
