import { noList, type NotList } from './not-list';

/** One thing each, most with lists of their own inside. */
export const records: readonly NotList[] = [
  {
    name: 'a user',
    body: { id: 'u1', name: 'Ann', email: 'ann@x.test', created_at: '2024-01-01T00:00:00Z' },
    reading: noList,
  },
  {
    name: 'an order with its lines',
    request: { url: 'https://api.test/orders/o1' },
    body: {
      id: 'o1',
      status: 'paid',
      total: 42.5,
      customer: { id: 'c1', name: 'Ann' },
      lines: [
        { sku: 'a', quantity: 1, price: 10 },
        { sku: 'b', quantity: 2, price: 16.25 },
      ],
    },
    reading: noList,
  },
  {
    name: 'an invoice with items, payments and a page of its document',
    request: { url: 'https://api.test/invoices/in_1' },
    body: {
      id: 'in_1',
      object: 'invoice',
      page_count: 1,
      items: [{ id: 'li_1', amount: 5 }],
      payments: [{ id: 'py_1', amount: 5 }],
      next_payment_attempt: '2024-02-01T00:00:00Z',
    },
    reading: noList,
  },
  {
    name: 'a record in an envelope',
    body: { data: { id: 7, type: 'article', attributes: { title: 'A', tags: ['x', 'y'] } } },
    reading: noList,
  },
  {
    name: 'a JSON:API record with what it includes',
    request: { url: 'https://api.test/articles/1' },
    body: {
      data: { type: 'articles', id: '1', attributes: { title: 'A' }, relationships: {} },
      included: [{ type: 'people', id: '9', attributes: { name: 'B' } }],
      links: { self: 'https://api.test/articles/1' },
    },
    reading: noList,
  },
  {
    name: 'a HAL record with links and embedded parts',
    request: { url: 'https://api.test/orders/1' },
    body: {
      _links: {
        self: { href: '/orders/1' },
        next: { href: '/orders/2' },
        prev: { href: '/orders/0' },
      },
      id: 1,
      total: 30,
      currency: 'EUR',
      status: 'shipped',
    },
    reading: noList,
  },
  {
    name: 'a repository',
    request: { url: 'https://api.test/repos/acme/rocket' },
    body: {
      id: 1,
      full_name: 'acme/rocket',
      owner: { login: 'acme' },
      topics: ['rx', 'stream'],
      permissions: { admin: false },
      forks_count: 12,
      has_pages: true,
    },
    reading: noList,
  },
  {
    name: 'the profile of the caller',
    request: { url: 'https://api.test/me' },
    body: {
      id: 'me',
      display_name: 'Ann',
      images: [{ url: 'a.png', height: 64 }],
      followers: { total: 3 },
    },
    reading: noList,
  },
  {
    name: 'a created record, answered to a POST',
    request: { method: 'POST', url: 'https://api.test/users', body: { name: 'Ann' } },
    status: 201,
    body: { id: 'u2', name: 'Ann', roles: ['reader'] },
    reading: noList,
  },
  {
    name: 'a GraphQL record',
    request: {
      method: 'POST',
      url: 'https://api.test/graphql',
      body: { query: '{ viewer { id login } }' },
    },
    body: { data: { viewer: { id: 'v1', login: 'ann' } } },
    reading: noList,
  },
  {
    name: 'a token of OAuth, with a time to renew it',
    request: {
      method: 'POST',
      url: 'https://api.test/oauth/token',
      body: { grant_type: 'refresh_token' },
    },
    body: {
      access_token: 'x',
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: 'y',
      scope: 'a b',
    },
    reading: noList,
  },
  {
    name: 'a job that is still running',
    request: { url: 'https://api.test/jobs/7' },
    status: 202,
    body: { id: 7, state: 'running', progress: 0.4, result: null, errors: [] },
    reading: noList,
  },
];
