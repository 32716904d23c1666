import { nearNames } from '../../lib/dialect/near-names';
import { codeOf, dialect, dialects, strategyOf } from '../../lib/dialects';
import { paginate } from '../../lib/paginate';
import { dialectFile, dialectFiles, itemsOf, pageRequestOf } from '../support/dialect-file';
import { DialectServer } from '../support/dialect-server';
import { replyOf } from '../support/reply-of';
import { all, failure, outcome } from './walks';

const names = dialects.flatMap(({ name, also = [] }) => [name, ...also]);

describe('the catalogue', () => {
  it('has a name for each file, and no name twice', () => {
    expect(dialectFiles().filter(({ id }) => !names.includes(id))).toEqual([]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(dialects.map(({ name }) => name)).toEqual(dialects.map(({ name }) => name).sort());
  });

  it('is plain JSON from which each strategy can be made', () => {
    expect(JSON.parse(JSON.stringify(dialects))).toEqual(dialects);
    for (const { pagination } of dialects) expect(typeof codeOf(pagination)).toBe('string');
  });

  it('says of each file whether it can be detected, and of each that cannot be why', () => {
    for (const { id, detectable, why } of dialectFiles()) {
      const entry = dialects.find(({ name, also = [] }) => name === id || also.includes(id));
      expect([id, entry?.detectable ?? true]).toEqual([id, detectable]);
      if (detectable) expect(entry?.why).toBeUndefined();
      else expect(entry?.why).toEqual(expect.stringMatching(/\w/));
      expect(why).not.toBe('');
    }
  });

  it('names a page of the vendor, by https, for all but two whose documentation is not public', () => {
    const without = dialects.filter(({ docs }) => docs === undefined).map(({ name }) => name);
    expect(without).toEqual(['arcnm', 'arcnm-calculations', 'arcnm-environments', 'kneo']);
    for (const { docs } of dialects) {
      if (docs !== undefined) expect(new URL(docs).protocol).toBe('https:');
    }
  });
});

describe('dialect', () => {
  it('gives the same strategy under each of its names', () => {
    expect(dialect('github').id).toBe(dialect('github-issues').id);
    expect(dialect('stripe').id).not.toBe(dialect('stripe-search').id);
  });

  it('takes the one array of records, and another where it is told so', async () => {
    const server = new DialectServer(dialectFile('zendesk-tickets-cursor'));
    const request = pageRequestOf(server.file.request);
    const walk = (items?: string) =>
      paginate(server.transport, request, { pagination: dialect('zendesk', { items }) });
    expect(await all(walk())).toEqual(itemsOf(server.file));
    server.reset();
    expect(await all(walk('/tickets'))).toEqual(itemsOf(server.file));
    server.reset();
    expect((await failure(walk('/users'))).code).toBe('BAD_SHAPE');
    const two = replyOf({ tickets: [{ id: 1 }], users: [{ id: 2 }], links: {}, meta: {} });
    expect(() => dialect('zendesk').read(request, two)).toThrow('"tickets", "users"');
    expect(dialect('zendesk', { items: '/users' }).read(request, two).items).toEqual([{ id: 2 }]);
  });

  it('makes new strategies of descriptions as those of the catalogue are made', () => {
    const own = strategyOf({ kind: 'cursor', items: '/rows', param: 'from', next: '/more' });
    const reading = own.read({ url: '/' }, replyOf({ rows: [1], more: 'k' }));
    expect([reading.items, reading.next()]).toEqual([[1], 'k']);
  });

  it.each([
    ['githup', `dialect: there is none named "githup"; near to it: 'github'`],
    ['GitHub', `dialect: there is none named "GitHub"; near to it: 'github'`],
    ['constructor', 'dialect: there is none named "constructor"'],
    ['', 'dialect: there is none named ""'],
    ['x'.repeat(100_000), 'dialect: there is none named "xxxx'],
  ])('refuses the name %.20s', (name, message) => {
    expect(() => dialect(name)).toThrow(TypeError);
    expect(() => dialect(name)).toThrow(message);
  });

  it('refuses wrong options', () => {
    expect(() => dialect('github', { items: 'rows' })).toThrow("option 'items' must be");
    expect(() => dialect('github', { param: 'x' } as object)).toThrow("unknown option 'param'");
    expect(() => dialect(5 as unknown as string)).toThrow('dialect: there is none named 5');
  });
});

describe('nearNames', () => {
  const all = ['github', 'gitlab', 'gitea', 'stripe', 'stripe-search'];

  it('gives the nearest first, and no more than asked for', () => {
    expect(nearNames('stripe-serch', all)).toEqual(['stripe', 'stripe-search']);
    expect(nearNames('gitlub', all)).toEqual(['github', 'gitlab']);
    expect(nearNames('gitlub', all, 1)).toEqual(['github']);
    expect(nearNames('salesforce', all)).toEqual([]);
  });
});

describe('some rules that the files do not show', () => {
  const read = (name: string, body: unknown, headers = {}) =>
    dialect(name).read({ url: '/' }, replyOf(body, { headers }));

  it('does not end at a total that is only a lower bound', () => {
    const hits = (relation: string) => ({
      hits: { hits: [{}], total: { value: 10_000, relation } },
    });
    expect(read('opensearch', hits('eq')).totalCount).toBe(10_000);
    expect(read('opensearch', hits('gte')).totalCount).toBeUndefined();
  });

  it.each([
    ['fhir', { resourceType: 'Bundle', type: 'searchset', total: 0 }],
    ['google-books', { kind: 'books#volumes', totalItems: 0 }],
    ['s3', { ListBucketResult: { IsTruncated: false } }],
    ['pipedrive', { success: true, data: null }],
    ['ticketmaster', { _links: { self: { href: '/' } }, page: { totalElements: 0 } }],
  ])('reads an empty list of %s, which leaves its items out', (name, body) => {
    expect(read(name, body).items).toEqual([]);
    expect(read(name, body).next()).toBeUndefined();
  });

  it.each([
    ['fhir', { resourceType: 'OperationOutcome', type: 'x', issue: [] }],
    ['google-books', { error: { code: 400 } }],
    ['s3', { Error: { Code: 'SlowDown' } }],
    ['ticketmaster', { fault: { faultstring: 'Rate limit' } }],
  ])('does not take another reply of %s for an empty list', (name, body) => {
    expect(() => read(name, body)).toThrow('Expected an array of items');
  });

  it('expands the templated links of HAL without values', () => {
    const next = { href: '/events?page=1{&sort}', templated: true };
    const body = { _embedded: { events: [{ id: 1 }] }, _links: { next } };
    expect(read('ticketmaster', body).next()).toBe('https://api.example.com/events?page=1');
    const plain = { ...body, _links: { next: { href: '/events?q={x}' } } };
    expect(read('ticketmaster', plain).next()).toBe('https://api.example.com/events?q={x}');
  });
});

describe('the server of dialect files', () => {
  const file = dialectFile('stripe-search-customers');
  const request = pageRequestOf(file.request);
  const judged = async (pagination: ReturnType<typeof dialect>) => {
    const server = new DialectServer(file);
    const { items, error } = await outcome(paginate(server.transport, request, { pagination }));
    return server.mistakes({ items, completed: error === undefined });
  };

  it('finds nothing wrong with a walk that is right', async () => {
    expect(await judged(dialect('stripe-search'))).toEqual([]);
  });

  it.each([
    [
      'another parameter',
      strategyOf({ kind: 'cursor', param: 'cursor', next: '/next_page' }),
      'wrong request: GET',
    ],
    ['an end after page 1', strategyOf({ kind: 'single', items: '/data' }), 'ended after page 0'],
    ['other items', strategyOf({ kind: 'single', items: '/data/0/x' }), 'did not complete'],
    [
      'a request behind the end',
      strategyOf({ kind: 'number', items: '/data', param: 'p' }),
      'wrong request: GET',
    ],
  ])('notices %s', async (_, pagination, mistake) => {
    const mistakes = await judged(pagination);
    expect(mistakes.join('\n')).toContain(mistake);
  });

  it('notices items that are missing, or in another order', () => {
    const server = new DialectServer(file);
    for (const page of file.pages.keys()) server.served.push(page);
    const items = itemsOf(file);
    expect(server.mistakes({ items, completed: true })).toEqual([]);
    expect(server.mistakes({ items: items.slice(1), completed: true })).toHaveLength(1);
    expect(server.mistakes({ items: [...items].reverse(), completed: true })).toHaveLength(1);
    expect(server.mistakes({ items, completed: false })).toEqual(['did not complete']);
  });
});
