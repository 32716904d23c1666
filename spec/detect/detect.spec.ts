import type { PageRequest } from '../../lib/core/page-request';
import { detect } from '../../lib/detect/detect';
import { strategyOf } from '../../lib/strategy/strategy-of';
import { replyOf } from '../support/reply-of';

const url = 'https://api.test/things';

function seen(
  params: PageRequest['params'],
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
) {
  const request = { url, ...(params !== undefined && { params }) };
  return detect(request, replyOf(body, { url, headers }));
}

const two = [
  { id: 1, name: 'a' },
  { id: 2, name: 'b' },
];

describe('detect', () => {
  it('gives the next request, the description, the totals and what it was seen by', () => {
    const found = seen({ limit: 2 }, { data: two, next_cursor: 'abc', total: 5 });
    expect(found).toMatchObject({
      verdict: 'paged',
      itemsPointer: '/data',
      itemCount: 2,
      totalCount: 5,
      next: { url, params: { limit: 2, cursor: 'abc' } },
    });
    expect(found.description).toEqual({
      kind: 'cursor',
      items: '/data',
      param: 'cursor',
      next: '/next_cursor',
      totalCount: '/total',
    });
    expect(found.evidence.map(({ at }) => at)).toContain('/next_cursor');
    expect(strategyOf(found.description!).id).toContain('cursor');
  });

  it.each([
    [
      'a link before a cursor',
      { limit: 2 },
      { data: two, next: '/things?after=x', cursor: 'y' },
      '/next',
    ],
    [
      'a cursor that the request has',
      { limit: 2, after: 'w' },
      { data: two, cursors: { after: 'x' } },
      '/cursors/after',
    ],
  ] as const)('takes %s', (_, params, body, next) => {
    expect(seen(params, body).description).toMatchObject({ next });
  });

  it.each([
    ['a flag', { data: two, has_more: true }, 'a flag says that there is more'],
    ['a total above the count', { data: two, total: 3 }, 'the total is 1 above what came'],
    ['a full page', { data: two }, 'the page is as full as was asked for'],
    [
      'a continuation that is an object',
      { data: two, LastEvaluatedKey: { id: 2 } },
      'an object says',
    ],
    ['items that remain', { data: two, remaining_items: 4 }, 'how many items remain'],
  ])('does not end where %s shows that there is more', (_, body, problem) => {
    const found = seen({ limit: 2 }, body);
    expect(found.verdict).toBe('unknown');
    expect(found.problem).toContain(problem);
    expect(found.next).toBeUndefined();
  });

  it.each([
    ['an empty next', { data: two, next: null }],
    ['a flag', { data: two, has_more: false }],
    ['a flag the other way round', { data: two, isLast: true }],
    ['a total of what was found', { data: two, num_found: 2 }],
    ['a number of pages', { data: two, page: 1, total_pages: 1 }],
    ['-1 as the next offset', { data: two, next_offset: -1 }],
  ])('sees the end in %s, on a full page too', (_, body) => {
    expect(seen({ limit: 2 }, body)).toMatchObject({ verdict: 'single', itemCount: 2 });
  });

  it('believes neither of two that contradict each other', () => {
    const said = seen({ limit: 2 }, { data: two, has_more: false, total: 9 });
    expect(said.verdict).toBe('unknown');
    expect(said.problem).toContain('and yet');
    const both = seen(
      { page_size: 2 },
      { data: two, page_number: 1, page_size: 2, total_pages: 2, next_page_token: 'abc' },
    );
    expect(both.problem).toContain('several ways');
    expect(both.candidates).toHaveLength(2);
  });

  it('takes a total that is a lower bound for none', () => {
    const body = { hits: { total: { value: 2, relation: 'gte' }, hits: two } };
    expect(seen({ size: 2 }, body).totalCount).toBeUndefined();
    const exact = { hits: { total: { value: 2, relation: 'eq' }, hits: two } };
    expect(seen({ size: 2 }, exact).totalCount).toBe(2);
  });

  it('adds no second counter to a request that has one of its own', () => {
    expect(seen({ sheet: 1, limit: 2 }, { data: two, page: 1, total: 5 }).verdict).toBe('unknown');
    expect(seen({ limit: 2 }, { data: two, page: 1, total: 5 }).next?.params).toEqual({
      limit: 2,
      page: 2,
    });
  });

  it('knows items from what goes with them, whichever is longer', () => {
    const users = Array.from({ length: 9 }, (_, id) => ({ id, name: 'u', email: 'e' }));
    const body = { data: two, includes: { users }, errors: [], meta: { next_token: 'abc' } };
    expect(seen({ max_results: 2 }, body)).toMatchObject({
      itemsPointer: '/data',
      next: { params: { max_results: 2, next_token: 'abc' } },
    });
  });

  it('names the lists where several may be the items', () => {
    const found = seen(undefined, { cats: two, dogs: two });
    expect(found).toMatchObject({ verdict: 'unknown' });
    expect(found.problem).toContain('/cats, /dogs');
    const named = detect({ url }, replyOf({ cats: two, dogs: two }, { url }), { items: '/dogs' });
    expect(named).toMatchObject({ verdict: 'single', itemsPointer: '/dogs' });
  });

  it('binds a GraphQL cursor to the variable that the query gives it to', () => {
    const query = 'query($n: Int, $c: String) { users(first: $n, after: $c) { nodes pageInfo } }';
    const request = { method: 'POST', url, body: { query, variables: { n: 2, c: null } } };
    const users = { nodes: two, pageInfo: { hasNextPage: true, endCursor: 'xyz' } };
    const found = detect(request, replyOf({ data: { users } }, { url }));
    expect(found.next?.body).toEqual({ query, variables: { n: 2, c: 'xyz' } });
    expect(found.itemsPointer).toBe('/data/users/nodes');
  });

  it('never throws, whatever the reply is', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const polluted: unknown = JSON.parse(
      '{"__proto__": [{"id": 1}], "constructor": {"next": "/x"}}',
    );
    for (const body of [undefined, null, 7, 'text', [], {}, circle, hostile, polluted, [[[]]]]) {
      const reply = { status: 200, headers: {}, url: '', body };
      expect(detect({ url: '::' }, reply).evidence).toBeInstanceOf(Array);
    }
    expect(Object.hasOwn(Object.prototype, 'id')).toBe(false);
  });
});
