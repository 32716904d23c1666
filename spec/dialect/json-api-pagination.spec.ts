import { jsonApiPagination, type JsonApiOptions } from '../../lib/dialect/json-api-pagination';
import { paginate } from '../../lib/paginate';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';
import { all, bodies, failure, outcome, scriptedServer, transports } from './walks';

const scripted = scriptedServer();
const read = (body: unknown, options: JsonApiOptions = {}) =>
  jsonApiPagination(options).read({ url: '/' }, replyOf(body));
const article = (id: string) => ({ type: 'articles', id });

describe.each(transports)('jsonApiPagination over %s', (_, transportTo) => {
  const list = (options?: JsonApiOptions) =>
    paginate(transportTo(scripted().url), '/articles?sort=id', {
      pagination: jsonApiPagination(options),
    });

  it('follows links.next, text or object, through empty pages to null', async () => {
    scripted().replies(
      ...bodies(
        {
          data: [article('1')],
          links: { next: '/articles?page[after]=1' },
          included: [article('9')],
        },
        { data: [], links: { next: { href: '/articles?page[after]=2', meta: {} } } },
        { data: [article('2')], links: { next: null }, meta: { total: 2 } },
      ),
    );
    expect(await all(list({ size: 1 }))).toEqual([article('1'), article('2')]);
    expect(scripted().log.map((line) => decodeURIComponent(line))).toEqual([
      'GET /articles?sort=id&page[size]=1',
      'GET /articles?page[after]=1',
      'GET /articles?page[after]=2',
    ]);
  });

  it('goes on from each page with exactly the rest', async () => {
    const pages = [
      { data: [article('1')], links: { next: '/2' } },
      { data: [article('2'), article('3')], links: {} },
    ] as const;
    scripted().replies(...bodies(...pages));
    const [first] = await all(list().pages());
    scripted().replies(...bodies(pages[1]));
    const rest = list().with({ resumeFrom: first?.resumeToken });
    expect(await all(rest)).toEqual([article('2'), article('3')]);
    expect(scripted().log).toEqual(['GET /2']);
  });

  it('errors with API_ERROR for errors in a reply of status 200, after what came before', async () => {
    scripted().replies(
      ...bodies({ data: [article('1')], links: { next: '/2' } }, { errors: [{ title: 'no' }] }),
    );
    const { items, error } = await outcome(list());
    expect([items, error?.code]).toEqual([[article('1')], 'API_ERROR']);
  });

  it('errors with BAD_SHAPE where data is a single resource or null', async () => {
    for (const data of [article('1'), null]) {
      scripted().replies(...bodies({ data }));
      expect((await failure(list())).code).toBe('BAD_SHAPE');
      expect(scripted().log).toHaveLength(1);
    }
  });
});

describe('jsonApiPagination', () => {
  it('gives the other links and the total', () => {
    const reading = read({
      data: [],
      links: { prev: '/p', first: { href: '/f' }, last: '/l' },
      meta: { total: 5, page: { total: 6 } },
    });
    expect(reading.totalCount).toBe(5);
    expect(reading.links?.()).toEqual({
      prev: 'https://api.example.com/p',
      first: 'https://api.example.com/f',
      last: 'https://api.example.com/l',
      delta: undefined,
    });
    expect(
      read({ data: [], meta: { page: { total: 6 } } }, { totalCount: '/meta/page/total' }),
    ).toMatchObject({ totalCount: 6 });
  });

  it('refuses a link that is none', () => {
    expect(errorOf(() => read({ data: [], links: { next: 5 } }).next()).code).toBe('BAD_SHAPE');
  });

  it('asks for a size where the request does not, in the URL or beside it', () => {
    const strategy = jsonApiPagination({ size: 5 });
    expect(strategy.start({ url: '/a' }).params).toEqual({ 'page[size]': 5 });
    for (const request of [
      { url: '/a?page[size]=2' },
      { url: '/a', params: { 'page[size]': 2 } },
    ]) {
      expect(strategy.start(deepFreeze(request))).toBe(request);
    }
    const other = jsonApiPagination({ size: 5, sizeParam: 'page[limit]' });
    expect(other.start({ url: '/a' }).params).toEqual({ 'page[limit]': 5 });
  });

  it('refuses wrong options', () => {
    expect(() => jsonApiPagination({ size: 0 })).toThrow("option 'size' must be");
    expect(() => jsonApiPagination({ limit: 5 } as object)).toThrow("unknown option 'limit'");
  });
});
