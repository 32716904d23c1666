import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import { explainPagination } from '../../lib/detect/explain-pagination';

/** A first request with its reply, for the guide. */
export interface DetectionExample {
  readonly title: string;
  /** What is to be seen here. */
  readonly note: string;
  readonly request: PageRequest;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const API = 'https://api.example.com';

export const detectionExamples: readonly DetectionExample[] = [
  {
    title: 'A Link header',
    note: 'The link is followed as it stands, also where its path is not that of the request.',
    request: { url: `${API}/repos/acme/rocket/issues`, params: { per_page: 2 } },
    headers: {
      link: `<${API}/repositories/13/issues?per_page=2&page=2>; rel="next", <${API}/repositories/13/issues?per_page=2&page=9>; rel="last"`,
    },
    body: [
      { id: 1, title: 'One' },
      { id: 2, title: 'Two' },
    ],
  },
  {
    title: 'A link in the body',
    note: 'HAL: the items are embedded under a name of their own, the link is an object with `href`.',
    request: { url: `${API}/orders`, params: { limit: 2 } },
    body: {
      count: 2,
      _embedded: { orders: [{ id: 'o1' }, { id: 'o2' }] },
      _links: { self: { href: '/orders?limit=2' }, next: { href: '/orders?limit=2&from=o3' } },
    },
  },
  {
    title: 'An array of links, beside facets',
    note: 'There are more facets than items; they are not the list.',
    request: { url: `${API}/collections/wells/items`, params: { limit: 2 } },
    body: {
      facets: [{ name: 'depth' }, { name: 'state' }, { name: 'owner' }],
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', id: 1 },
        { type: 'Feature', id: 2 },
      ],
      links: [
        { rel: 'self', href: '/collections/wells/items?limit=2' },
        { rel: 'next', href: '/collections/wells/items?limit=2&offset=2' },
      ],
      numberMatched: 4,
    },
  },
  {
    title: 'A cursor that goes back without its `next`',
    note: 'No reply names the parameter `cursor`; it follows from `next_cursor`.',
    request: { url: `${API}/transactions`, params: { limit: 2 } },
    body: { data: [{ id: 't1' }, { id: 't2' }], has_more: true, next_cursor: 'dDI=' },
  },
  {
    title: 'A token, spelled as the other parameters are, beside the users of the items',
    note: '`pagination.key` follows from `next_key` and the two parameters of the request.',
    request: {
      url: `${API}/posts`,
      params: { 'pagination.limit': 2, 'pagination.count_total': true },
    },
    body: {
      posts: [
        { id: 'p1', author: 'u1' },
        { id: 'p2', author: 'u2' },
      ],
      includes: { users: [{ id: 'u1' }, { id: 'u2' }, { id: 'u3' }] },
      pagination: { next_key: 'FKHdpRB5', total: '3' },
    },
  },
  {
    title: 'Page numbers from 0, with totals in the body',
    note: 'The request has no page; the reply repeats its number beside the size.',
    request: { url: `${API}/search`, params: { query: 'rx', hitsPerPage: 2 } },
    body: { hits: [{ id: 'a' }, { id: 'b' }], nbHits: 5, page: 0, nbPages: 3, hitsPerPage: 2 },
  },
  {
    title: 'Page numbers, with totals in headers',
    note: 'The body is nothing but the items.',
    request: { url: `${API}/employees`, params: { page: 1, per: 2 } },
    headers: { 'x-page': '1', 'x-total-pages': '3', 'x-total-count': '5', 'x-per-page': '2' },
    body: [{ uuid: 'e1' }, { uuid: 'e2' }],
  },
  {
    title: 'Offsets',
    note: 'The next offset is that of the reply and the items that came.',
    request: { url: `${API}/parts`, params: { limit: 2, offset: 0 } },
    body: { results: [{ id: 1 }, { id: 2 }], offset: 0, limit: 2, total: 5 },
  },
  {
    title: 'GraphQL',
    note: 'The cursor goes into the variable that the query has for it.',
    request: {
      method: 'POST',
      url: `${API}/graphql`,
      body: {
        query:
          'query ($after: String) { users(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        variables: { after: null },
      },
    },
    body: {
      data: {
        users: {
          nodes: [{ id: 'u1' }, { id: 'u2' }],
          pageInfo: { hasNextPage: true, endCursor: 'Y3Vyc29yOjI=' },
        },
      },
    },
  },
  {
    title: 'A search whose position is in the body of a POST',
    note: 'A total as an object, items in items, and buckets of an aggregation beside them.',
    request: { method: 'POST', url: `${API}/products/_search`, body: { from: 0, size: 2 } },
    body: {
      took: 2,
      hits: { total: { value: 5, relation: 'eq' }, hits: [{ _id: 'x1' }, { _id: 'x2' }] },
      aggregations: { by_tag: { buckets: [{ key: 'a' }, { key: 'b' }, { key: 'c' }] } },
    },
  },
  {
    title: 'All of a list',
    note: 'Nothing speaks of pages, and no size was asked for.',
    request: { url: `${API}/countries` },
    body: { countries: [{ code: 'DE' }, { code: 'FR' }, { code: 'IT' }], warnings: [] },
  },
  {
    title: 'What cannot be known',
    note: 'There is more, and the parameter that asks for it stands nowhere. The walk ends with `PROTOCOL` after this one request.',
    request: { url: `${API}/charges`, params: { limit: 2 } },
    body: { object: 'list', has_more: true, data: [{ id: 'ch_1' }, { id: 'ch_2' }] },
  },
];

export function replyOfExample({ request, status, headers, body }: DetectionExample): PageReply {
  return { status: status ?? 200, headers: headers ?? {}, body, url: requestUrl(request) };
}

/** The example as it stands in the guide: what was asked, what came, and what detection says. */
function exampleText(example: DetectionExample): string {
  const { title, note, request, headers = {}, body } = example;
  const path = requestUrl(request).slice(API.length);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const asked = [
    `${request.method ?? 'GET'} ${path}`,
    ...(request.body === undefined ? [] : [JSON.stringify(request.body)]),
  ];
  const reply = ['200', ...lines, shown(body)];
  const report = String(explainPagination(request, replyOfExample(example)));
  return [
    `### ${title}`,
    note,
    `\`\`\`http\n${asked.join('\n')}\n\n${reply.join('\n')}\n\`\`\``,
    `\`\`\`text\n${report.trimEnd()}\n\`\`\``,
  ].join('\n\n');
}

/** A body with a line for each member. */
function shown(body: unknown): string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return JSON.stringify(body);
  const members = Object.entries(body).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `{\n${members.join(',\n')}\n}`;
}

export function examplesText(): string {
  return detectionExamples.map(exampleText).join('\n\n');
}
