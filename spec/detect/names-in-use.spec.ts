import { explainPagination, type PageRequest } from 'paged-observable';

const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id, name: 'n' }));
const seen = (body: unknown, request: PageRequest) =>
  explainPagination(request, { status: 200, headers: {}, url: request.url, body });
const things = (params: PageRequest['params'] = {}): PageRequest => ({
  url: 'http://api.test/things',
  params,
});

describe('what is no error and no schema', () => {
  it.each(['OK', 'none', '0', ''])('is a list with the error "%s"', (error) => {
    const body = { error, limit: 3, offset: 0, results: rows(3), number_of_total_results: 10 };
    expect(seen(body, things({ limit: 3, offset: 0 })).next?.params).toMatchObject({ offset: 3 });
  });

  it('is a list beside properties', () => {
    const body = { type: 'FeatureCollection', properties: { a: 1 }, features: rows(17) };
    expect(seen(body, things())).toMatchObject({ verdict: 'single', itemCount: 17 });
  });

  it('is still told from what is one', () => {
    const schema = { type: 'object', properties: { tags: { enum: ['a', 'b'] } } };
    expect(seen(schema, things()).problem).toContain('a JSON schema');
    expect(seen({ error: 'not found', results: [] }, things()).problem).toContain('an error');
  });
});

describe('a delta link', () => {
  it('is for what changes later', () => {
    const body = { value: rows(2), '@odata.deltaLink': 'http://api.test/things?$deltatoken=z' };
    expect(seen(body, things()).verdict).toBe('single');
  });
});

describe('names of parameters', () => {
  it.each<[PageRequest['params'], object]>([
    [
      { start: 0, items: 3 },
      { start: 3, items: 3 },
    ],
    [
      { resultsToTake: 3, resultsToSkip: 0 },
      { resultsToTake: 3, resultsToSkip: 3 },
    ],
  ])('for skipping and taking are known: %j', (params, next) => {
    expect(seen({ total: 10, items: rows(3) }, things(params)).next?.params).toEqual(next);
  });

  it('for a link to the next part of a collection are known', () => {
    const link = 'http://api.test/things?start=3&size=3';
    const body = { entries: rows(3), total_size: 10, next_collection_link: link };
    expect(seen(body, things({ size: 3 })).next?.url).toBe(link);
  });
});

describe('a page number that the reply repeats', () => {
  const totals = { total_results: 45, total_pages: 3 };

  it('is the parameter where all numbers fit each other, also where no size is asked for', () => {
    const body = { page: 1, results: rows(20), ...totals };
    expect(seen(body, things({ key: 'k' })).next?.params).toEqual({ key: 'k', page: 2 });
    const fromZero = { page: 0, totalPages: 3, total: 2500, results: rows(1000) };
    expect(seen(fromZero, things()).next?.params).toEqual({ page: 1 });
  });

  it('is not known to be where they do not, or where it stands in an object of its own', () => {
    const unfit = { page: 1, results: rows(20), ...totals, total_pages: 4 };
    expect(seen(unfit, things()).verdict).toBe('unknown');
    const meta = { pagination: { page: 1, pageCount: 3, total: 45 } };
    expect(seen({ results: rows(20), meta }, things()).verdict).toBe('unknown');
  });

  it('is not that of a setting which is 1', () => {
    const photos = { page: 1, pages: 4, perpage: 3, total: 10, photo: rows(3) };
    const request = things({ per_page: 3, nojsoncallback: 1 });
    expect(seen({ photos }, request).next?.params).toEqual({ ...request.params, page: 2 });
  });
});

describe('an object called next', () => {
  const pages = (next: object) => ({ page: 1, per_page: 3, total_pages: 4, next });
  const reply = (next: object) => ({ data: rows(3), total_count: 10, pages: pages(next) });

  it.each([
    { per_page: 3, starting_after: 'WzE2' },
    { page: 2, starting_after: 'WzE2' },
  ])('names the parameters of the next request: %j', (next) => {
    const { params } = seen(reply(next), things({ per_page: 3 })).next ?? {};
    expect(params).toEqual({ per_page: 3, starting_after: 'WzE2' });
  });

  it('names them in a body too', () => {
    const body = { query: { a: 1 }, pagination: { per_page: 3 } };
    const request = { method: 'POST', url: 'http://api.test/things/search', body };
    const next = { page: 2, starting_after: 'WzE2' };
    expect(seen(reply(next), request).next?.body).toEqual({
      query: { a: 1 },
      pagination: { per_page: 3, starting_after: 'WzE2' },
    });
  });
});

describe('a link called more', () => {
  const more = (name: string) => ({ per_page: 30, topics: rows(30), [name]: '/latest?page=1' });

  it('of just these items leads on, and of something else it does not', () => {
    const request = { url: 'http://api.test/latest.json' };
    expect(seen(more('more_topics_url'), request).next?.url).toBe('http://api.test/latest?page=1');
    expect(seen(more('more_info_url'), request).next).toBeUndefined();
  });
});
