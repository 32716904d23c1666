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
