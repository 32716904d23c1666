import { explainPagination, type PageRequest } from 'paged-observable';

const url = 'http://api.test/things';
const rows = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, id) => ({ id: `r${String(id)}`, name: 'n', ...more }));
const items = rows(17);

/** What detection makes of a reply; with no `status` and `headers`, of a plain one. */
function seen(
  body: unknown,
  request: PageRequest = { url },
  { headers = {} }: { readonly headers?: Record<string, string> } = {},
) {
  return explainPagination(request, { status: 200, headers, url: request.url, body });
}

const graphql = (query: string, variables: object): PageRequest => ({
  method: 'POST',
  url: 'http://api.test/graphql',
  body: { query, variables },
});

describe('signals that contradict each other', () => {
  it.each<[string, unknown]>([
    [
      'a flag of the list, and one of a list beside it',
      { items, has_more: true, comments: { data: [], has_more: false } },
    ],
    ['flags in one object', { items, hasMore: true, isLast: true }],
    ['totals in one object', { items, total: 40, totalCount: 41 }],
    ['a total of the page and one of the list', { items, total: 17, totalAll: 40 }],
    ['numbers of pages', { items, pages: 3, totalPages: 4 }],
    [
      'a count of the page and one of all',
      { Result: { ResultItems: items, ResultCount: 17, ResultCountAll: 40 } },
    ],
    ['totals of two kinds', { hits: items, total: 4692, totalHits: 40 }],
  ])('are a doubt and no end: %s', (_, body) => {
    expect(seen(body).verdict).toBe('unknown');
  });

  it('in a header and the body are no end', () => {
    const reply = { headers: { 'x-total-count': '40' } };
    expect(seen({ items, total: 41 }, { url }, reply).verdict).toBe('unknown');
  });

  it('of two GraphQL connections are told apart by what is nearest to the list', () => {
    const query =
      'query($o: String!) { organization(login: $o) { repositories(first: 20) { nodes { id } pageInfo { hasNextPage } } teams(first: 5) { nodes { id } pageInfo { hasNextPage } } } }';
    const organization = {
      repositories: { nodes: items, pageInfo: { hasNextPage: true } },
      teams: { nodes: [], pageInfo: { hasNextPage: false } },
    };
    const report = seen({ data: { organization } }, graphql(query, { o: 'x' }));
    expect(report.verdict).toBe('unknown');
    expect(report.problem).toContain('a flag says that there is more');
  });

  it.each<[string, unknown, number]>([
    [
      'the total beside the page number',
      { data: { items }, total: 95, meta: { page: 1, total: 40 } },
      40,
    ],
    ['the nearest to the list', { data: { items, total: 40 }, total: 95 }, 40],
    ['what was filtered', { data: items, recordsTotal: 95, recordsFiltered: 40 }, 40],
    ['what is called as the list is', { hits: items, total: 4692, totalHits: 500 }, 500],
  ])('leave the total that is meant: %s', (_, body, total) => {
    expect(seen(body).totalCount).toBe(total);
  });

  it.each<[string, unknown, PageRequest]>([
    [
      'a size beside them',
      { items, has_more: true, comments: { data: [], limit: 5, has_more: false } },
      { url },
    ],
    [
      'being nearer',
      { items, meta: { paging: { more: true } }, comments: { data: [], more: false } },
      { url },
    ],
    [
      'being alone',
      { items, comments: { data: [], has_more: false } },
      { url, params: { limit: 17 } },
    ],
    [
      'being alone in GraphQL',
      { a: { nodes: items }, b: { nodes: [], pageInfo: { hasNextPage: false } } },
      { url, params: { first: 17 } },
    ],
  ])('are not those of another list, for all %s', (_, body, request) => {
    expect(seen(body, request).verdict).toBe('unknown');
  });

  it('leave a list whole where what is nearest says so', () => {
    expect(seen({ items, total: 17, tabs: { open: { total: 40 } } }).verdict).toBe('single');
    expect(seen({ data: items, recordsTotal: 95, recordsFiltered: 17 }).verdict).toBe('single');
  });
});

describe('a total of just the items that came', () => {
  const at = (params: Record<string, number>): PageRequest => ({ url, params });

  it.each<[string, unknown, PageRequest]>([
    ['a page as full as was asked for', { items: rows(3), total: 3 }, at({ limit: 3 })],
    ['a page as full as the reply says', { items: rows(7), total: 7, limit: 7 }, { url }],
    ['a number of pages that are more', { items, total: 17, pages: 3 }, { url }],
  ])('is no end of %s', (_, body, request) => {
    expect(seen(body, request)).toMatchObject({ verdict: 'unknown' });
  });

  it('is tried by one more request where it is known how', () => {
    const report = seen({ items: rows(3), total: 3 }, at({ limit: 3, offset: 0 }));
    expect(report).toMatchObject({ verdict: 'paged', next: { params: { limit: 3, offset: 3 } } });
    const numbered = seen({ items: rows(10), total: 10 }, at({ page: 1 }));
    expect(numbered).toMatchObject({ verdict: 'paged', next: { params: { page: 2 } } });
  });

  it.each<[string, unknown, PageRequest]>([
    ['a short page', { items: rows(3), total: 3 }, at({ limit: 5 })],
    ['a short page of a usual size', { items: rows(10), total: 10 }, at({ limit: 25 })],
    ['a reply to a request for no page', { items: rows(10), count: 10, total: 10 }, { url }],
    ['a page of no usual size', { items, total: 17 }, { url }],
    [
      'a page that is smaller than the reply says',
      { items: rows(10), total: 10, limit: 25 },
      { url },
    ],
    [
      'a short page of so many',
      { items: rows(3), total: 3, length: 3 },
      at({ length: 5, offset: 0 }),
    ],
    ['what was found', { items: rows(10), numFound: 10 }, { url }],
    ['a flag', { items: rows(3), total: 3, has_more: false }, at({ limit: 3 })],
    ['one page of one', { items: rows(3), total: 3, page: 1, pages: 1 }, at({ limit: 3 })],
    ['a count beside it', { Count: 37, Results: rows(37) }, { url }],
  ])('is the end of %s', (_, body, request) => {
    const { verdict, next } = seen(body, request);
    expect(next).toBeUndefined();
    expect(verdict).not.toBe('unknown');
  });
});

describe('a flag or number that speaks of more, under whatever name,', () => {
  it.each<[string, unknown]>([
    ['exceededTransferLimit', true],
    ['have_more_results', true],
    ['have_more_results', 1],
    ['partial', true],
    ['moreDataAvailable', true],
    ['limit_reached', true],
    ['maxResultsReached', true],
    ['hitLimit', true],
    ['overflow', true],
    ['resultsTruncated', true],
    ['history_limited', true],
    ['continue', true],
    ['no_more_data', false],
    ['found_oldest', false],
    ['reachedEnd', false],
    ['allResultsReturned', false],
    ['num_remaining', 23],
    ['max_id', 100],
    ['cnt', 40],
    ['length', 40],
    ['rowsTotal', 40],
    ['rows_before_limit_at_least', 40],
  ])('keeps a list from being called whole: %s %j', (name, value) => {
    expect(seen({ items, [name]: value }).verdict).toBe('unknown');
  });

  it.each<[string, unknown]>([
    ['exceededTransferLimit', false],
    ['have_more_results', 0],
    ['limit_reached', false],
    ['no_more_data', true],
    ['reachedEnd', true],
    ['allow_partial', true],
    ['supports_more_results', true],
    ['rate_limit_reached', true],
    ['max', 40],
    ['cnt', 17],
    ['id_max', 100],
    ['end_date_known', false],
    ['limit', 40],
  ])('leaves it whole where it says nothing of the kind: %s %j', (name, value) => {
    expect(seen({ items, [name]: value }).verdict).toBe('single');
  });
});

describe('a length', () => {
  it('is that of a page where the request has one', () => {
    const request = { url, params: { length: 40 } };
    expect(seen({ items, length: 40 }, request).verdict).toBe('single');
  });
});

describe('a header', () => {
  const withHeader = (name: string, value: string) =>
    seen(items, { url }, { headers: { [name]: value } });

  it.each([
    ['x-next-row-number', '18'],
    ['x-next-id', '99'],
    ['next-range', 'id ]3..; max=17'],
    ['x-pagination', '{"total":40,"total_pages":3,"page":1,"next_page":2}'],
    ['x-pagination', '{"HasNext":true}'],
    ['pagination-count', '40'],
    ['x-records', '40'],
    ['x-pw-total', '40'],
    ['x-nextmarker', 'abc'],
    ['warning', '199 - "Truncated"'],
  ])('keeps a list from being called whole: %s: %s', (name, value) => {
    expect(withHeader(name, value).verdict).toBe('unknown');
  });

  it.each([
    ['x-next-id', ''],
    ['x-next-marker', 'null'],
    ['x-pagination', '{"total":17,"total_pages":1,"page":1,"next_page":null}'],
    ['x-pagination', '{"total":'],
    ['pagination-count', '17'],
    ['x-request-count', '400'],
    ['x-db-query-count', '40'],
    ['x-next-cache-tags', 'a,b'],
    ['x-ratelimit-remaining', '59'],
    ['warning', '299 - "Deprecated"'],
  ])('leaves it whole where it says nothing of the kind: %s: %s', (name, value) => {
    expect(withHeader(name, value).verdict).toBe('single');
  });
});

describe('several headers called next', () => {
  it('are no names with a prefix', () => {
    const headers = { 'x-next-id': '99', 'x-next-row-number': '18', 'x-next-timestamp': '1' };
    expect(seen(items, { url }, { headers }).verdict).toBe('unknown');
  });
});

describe('a token called next', () => {
  it.each([{ next_max_id: '100' }, { next_max_id: 'QVFB8x' }, { next_max_id: 100 }])(
    'is a doubt also where it is an id: %j',
    (more) => {
      expect(seen({ users: items, ...more, status: 'ok' }).verdict).toBe('unknown');
    },
  );
});

describe('a token for what changes later', () => {
  it('is none for the next page', () => {
    expect(seen({ items, nextSyncToken: 'CPDAlvWDx70CEPDA' }).verdict).toBe('single');
  });
});

describe('a reply that says that it is not the whole answer', () => {
  const shards = (failed: number) => ({ total: 5, successful: 5 - failed, failed });

  it.each<[string, unknown]>([
    ['incomplete results', { total_count: 17, incomplete_results: true, items }],
    ['a search out of time', { timed_out: true, hits: { total: { value: 17 }, hits: items } }],
    ['failed shards', { _shards: shards(2), hits: { total: { value: 17 }, hits: items } }],
    ['a remark', { elements: items, remark: 'runtime error: Query timed out in "query"' }],
    ['a flag that denies that there is more', { items, has_more: false, partial_results: true }],
  ])('is no end, whatever its total: %s', (_, body) => {
    const { verdict, problem } = seen(body);
    expect(verdict).toBe('unknown');
    expect(problem).toContain('says that the answer is not complete');
  });

  it('is no end of a list that is counted either', () => {
    const body = { total_count: 3, incomplete_results: true, items: rows(3) };
    const request = { url, params: { page: 1, per_page: 5 } };
    expect(seen({ ...body, incomplete_results: false }, request)).toMatchObject({
      verdict: 'paged',
    });
    expect(seen(body, request).verdict).toBe('unknown');
  });

  it('is none where it says that all went well', () => {
    const hits = { total: { value: 17 }, hits: items };
    expect(seen({ timed_out: false, _shards: shards(0), hits }).verdict).toBe('single');
    expect(seen({ elements: items, remark: 'Data © contributors' }).verdict).toBe('single');
  });
});

describe('a flag of the last item alone', () => {
  it('is of the list', () => {
    const changes = [...items, { id: 'last', name: 'n', _more_changes: true }];
    expect(seen(changes).problem).toContain('only the last item has _more_changes');
    expect(seen({ series: [{ values: [1], partial: true }] }).verdict).toBe('unknown');
  });

  it('is of the items where others have it too, and where it says nothing of more', () => {
    expect(seen(rows(17, { truncated: true })).verdict).toBe('single');
    expect(seen([{ id: 'x', truncated: false }, ...rows(3, { truncated: true })]).verdict).toBe(
      'single',
    );
    expect(seen([...items, { id: 'last', archived: true }]).verdict).toBe('single');
    expect(seen([{ id: 'x', incomplete: true }]).verdict).toBe('single');
  });
});

describe('a list of 42', () => {
  it('may be the first of many', () => {
    expect(seen(rows(42)).problem).toContain('a usual size');
  });
});
