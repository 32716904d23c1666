import { demoUsers, type User } from '../../lib/demo/data-set';
import { odataPagination, type OdataOptions } from '../../lib/dialect/odata-pagination';
import { paginate } from '../../lib/paginate';
import { fetchTransport } from '../../lib/transport/fetch';
import { demoServer } from '../demo/demo-client';
import { replyOf } from '../support/reply-of';
import { all, bodies, failure, itWalksExactly, scriptedServer, transports } from './walks';

const USERS = 25;
const demo = demoServer({ users: USERS });
const scripted = scriptedServer();
const users = demoUsers(USERS);

const read = (body: unknown, options: OdataOptions = {}) =>
  odataPagination(options).read({ url: '/' }, replyOf(body, { url: 'https://a.test/svc/Users' }));

describe.each(transports)('odataPagination over %s', (_, transportTo) => {
  const list = (url: string) =>
    paginate(
      transportTo(demo().url),
      { url, params: { $count: 'true' } },
      { pagination: odataPagination<User>({ maxPageSize: 10 }) },
    );

  for (const [name, url] of [
    ['absolute links', '/odata/users'],
    ['relative links', '/odata/relative/users'],
  ] as const) {
    itWalksExactly(name, {
      server: demo,
      list: () => list(url),
      items: () => users,
      sizes: [10, 10, 5],
      requestsForThree: 1,
    });
  }

  it('gives the total, and the delta link on the last page only, which can be walked', async () => {
    const pages = await all(list('/odata/users').pages());
    expect(pages.map(({ totalCount }) => totalCount)).toEqual([25, 25, 25]);
    const deltas = pages.map(({ deltaLink }) => deltaLink);
    const delta = `${demo().url}/odata/users?$deltatoken=unchanged&$count=true`;
    expect(deltas).toEqual([undefined, undefined, delta]);
    const changes = paginate(transportTo(demo().url), delta, { pagination: odataPagination() });
    expect(await all(changes)).toEqual([]);
  });
});

describe('odataPagination', () => {
  it.each([
    ['4', { value: [1], '@odata.nextLink': 'https://a.test/n', '@odata.count': 5 }],
    ['4.01', { value: [1], '@nextLink': 'https://a.test/n', '@count': 5 }],
    ['3', { value: [1], 'odata.nextLink': 'https://a.test/n', 'odata.count': '5' }],
    ['2', { d: { results: [1], __next: 'https://a.test/n', __count: '5' } }],
  ])('reads version %s', (_, body) => {
    const reading = read(body);
    expect(reading).toMatchObject({ kind: 'link', items: [1], totalCount: 5 });
    expect(reading.next()).toBe('https://a.test/n');
  });

  it('reads the array that version 1 has in d', () => {
    expect(read({ d: [1, 2] }).items).toEqual([1, 2]);
  });

  it('resolves relative links against the context, else against the reply', () => {
    const page = (link: string, context?: string) =>
      read({ value: [], '@odata.nextLink': link, '@odata.context': context }).next();
    expect(page('Users?$skiptoken=2')).toBe('https://a.test/svc/Users?$skiptoken=2');
    expect(page('Users?$skiptoken=2', 'https://a.test/root/$metadata#Users')).toBe(
      'https://a.test/root/Users?$skiptoken=2',
    );
    expect(page('Users?$skiptoken=2', '../other/$metadata')).toBe(
      'https://a.test/other/Users?$skiptoken=2',
    );
    expect(page('https://b.test/x', 'https://a.test/root/$metadata')).toBe('https://b.test/x');
    expect(page('Users?p=2', 'http://[')).toBe('https://a.test/svc/Users?p=2');
    expect(page('', 'https://a.test/root/$metadata')).toBeUndefined();
  });

  it('takes no next link of an expanded collection for one of the list', () => {
    const value = [{ id: 1, 'orders@odata.nextLink': 'https://a.test/orders' }];
    expect(read({ value, 'value@odata.nextLink': 'https://a.test/x' }).next()).toBeUndefined();
  });

  it('reads items elsewhere where it is told so', () => {
    expect(read({ value: [1], other: [2] }, { items: '/other' }).items).toEqual([2]);
    expect(() => read({ value: { id: 1 } })).toThrow('Expected an array of items');
    expect(() => read({ id: 1 })).toThrow('Expected an array of items');
  });

  it('prefers the page size beside other preferences, and leaves one of the caller', () => {
    const start = (headers?: Record<string, string>) =>
      odataPagination({ maxPageSize: 5 }).start({ url: '/', ...(headers && { headers }) }).headers;
    expect(start()).toEqual({ Prefer: 'odata.maxpagesize=5' });
    expect(start({ prefer: 'return=minimal' })).toEqual({
      prefer: 'return=minimal, odata.maxpagesize=5',
    });
    expect(start({ Prefer: 'maxpagesize=9' })).toEqual({ Prefer: 'maxpagesize=9' });
    const request = { url: '/' };
    expect(odataPagination().start(request)).toBe(request);
  });

  it('errors with API_ERROR for an error in a reply of status 200, and refuses another origin', async () => {
    const list = () =>
      paginate(fetchTransport(), scripted().url, { pagination: odataPagination() });
    scripted().replies(...bodies({ error: { code: 'x', message: 'no' }, value: [] }));
    expect((await failure(list())).code).toBe('API_ERROR');
    scripted().replies(...bodies({ value: [1], '@odata.nextLink': 'https://evil.test/x' }));
    expect((await failure(list())).code).toBe('CROSS_ORIGIN');
  });

  it('refuses wrong options', () => {
    expect(() => odataPagination({ maxPageSize: 0 })).toThrow("option 'maxPageSize' must be");
    expect(() => odataPagination({ size: 5 } as object)).toThrow("unknown option 'size'");
  });
});
