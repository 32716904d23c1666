import {
  apimaticPagination,
  arcnmPagination,
  dropshotPagination,
  kneoPagination,
  linkPagination,
  openaiPagination,
  relayPagination,
  type PageRequest,
  type PaginationStrategy,
} from 'paged-observable';

/** One way to walk the list of 250 users, and what it costs. */
export interface Protocol {
  readonly name: string;
  readonly request: PageRequest;
  /** None: the Link header shows the way. */
  readonly pagination?: PaginationStrategy;
  readonly pages: number;
  readonly requests: number;
}

const limit = 100;
const users = '$response.body#/users';
const query = `query Users($first: Int, $after: String) {
  users(first: $first, after: $after) { edges { node { id name } } pageInfo { hasNextPage endCursor } }
}`;

export const protocols: readonly Protocol[] = [
  // Dropshot gives a token with every page that has items, so the last page is an empty one.
  {
    name: 'dropshot',
    request: { url: '/dropshot/users', params: { limit: 50 } },
    pagination: dropshotPagination(),
    pages: 6,
    requests: 6,
  },
  {
    name: 'kneo',
    request: { url: '/kneo/users' },
    pagination: kneoPagination({ limit: 50 }),
    pages: 5,
    requests: 5,
  },
  // Without a total only an empty page proves the end.
  {
    name: 'kneo without total',
    request: { url: '/kneo-no-total/users' },
    pagination: kneoPagination({ limit: 50 }),
    pages: 6,
    requests: 6,
  },
  {
    name: 'openai page',
    request: { url: '/openai/models' },
    pagination: openaiPagination.page(),
    pages: 1,
    requests: 1,
  },
  {
    name: 'openai cursor',
    request: { url: '/openai/users' },
    pagination: openaiPagination.cursor({ limit }),
    pages: 3,
    requests: 3,
  },
  {
    name: 'openai conversation',
    request: { url: '/openai/conversations/c1/items' },
    pagination: openaiPagination.conversation({ limit }),
    pages: 3,
    requests: 3,
  },
  {
    name: 'openai next',
    request: { url: '/openai/next/users' },
    pagination: openaiPagination.nextCursor({ limit }),
    pages: 3,
    requests: 3,
  },
  // APIMatic's offsets and pages end with an empty page, which is not shown.
  {
    name: 'apimatic offset',
    request: { url: '/apimatic/offset/users', params: { limit } },
    pagination: apimaticPagination({
      type: 'offset',
      input: '$request.query#/offset',
      result: '$response.body#/data',
    }),
    pages: 3,
    requests: 4,
  },
  {
    name: 'apimatic page',
    request: { url: '/apimatic/page/users', params: { size: limit } },
    pagination: apimaticPagination({
      type: 'page',
      input: '$request.query#/page',
      result: '$response.body#/data',
    }),
    pages: 3,
    requests: 4,
  },
  {
    name: 'apimatic offset in a body',
    request: { method: 'POST', url: '/apimatic/search', body: { from: 0, size: limit } },
    pagination: apimaticPagination({
      type: 'offset',
      input: '$request.body#/from',
      result: '$response.body#/rows',
    }),
    pages: 3,
    requests: 4,
  },
  {
    name: 'apimatic cursor',
    request: { url: '/apimatic/cursor/users', params: { limit } },
    pagination: apimaticPagination({
      type: 'cursor',
      input: '$request.query#/cursor',
      output: '$response.body#/paging/next',
      result: users,
    }),
    pages: 3,
    requests: 3,
  },
  {
    name: 'apimatic cursor in a header',
    request: { url: '/apimatic/header-cursor/users', params: { limit } },
    pagination: apimaticPagination({
      type: 'cursor',
      input: '$request.headers#/X-Cursor',
      output: '$response.body#/paging/next',
      result: users,
    }),
    pages: 3,
    requests: 3,
  },
  {
    name: 'apimatic cursor from a header',
    request: { url: '/apimatic/response-header/users', params: { limit } },
    pagination: apimaticPagination({
      type: 'cursor',
      input: '$request.query#/cursor',
      output: '$response.headers#/X-Next',
      result: users,
    }),
    pages: 3,
    requests: 3,
  },
  {
    name: 'apimatic cursor in the path',
    request: {
      url: '/apimatic/path-cursor/{cursor}/users',
      path: { cursor: 'start' },
      params: { limit },
    },
    pagination: apimaticPagination({
      type: 'cursor',
      input: '$request.path#/cursor',
      output: '$response.body#/paging/next',
      result: users,
    }),
    pages: 3,
    requests: 3,
  },
  {
    name: 'apimatic link',
    request: { url: '/apimatic/link/users', params: { size: limit } },
    pagination: apimaticPagination({
      type: 'link',
      next: '$response.body#/links/next',
      result: users,
    }),
    pages: 3,
    requests: 3,
  },
  // The link's host does not exist: only its query counts.
  {
    name: 'apimatic link, merged',
    request: { url: '/apimatic/link-merge/users', params: { size: limit } },
    pagination: apimaticPagination({
      type: 'link',
      next: '$response.body#/links/next',
      result: users,
    }),
    pages: 3,
    requests: 3,
  },
  // Page 1 has no link, so the second strategy is taken for good.
  {
    name: 'apimatic link, then page',
    request: { url: '/apimatic/link-then-page/users', params: { per_page: limit } },
    pagination: apimaticPagination([
      { type: 'link', next: '$response.body#/links/next', result: users },
      { type: 'page', input: '$request.query#/page', result: users },
    ]),
    pages: 3,
    requests: 4,
  },
  {
    name: 'arcnm parts',
    request: { url: '/arcnm/parts' },
    pagination: arcnmPagination({ limit }),
    pages: 3,
    requests: 3,
  },
  // This server lowers the limit to 40 without a word.
  {
    name: 'arcnm, limit lowered',
    request: { url: '/arcnm/lowered/parts' },
    pagination: arcnmPagination({ limit }),
    pages: 7,
    requests: 7,
  },
  {
    name: 'arcnm environments',
    request: { url: '/arcnm/environments' },
    pagination: arcnmPagination(),
    pages: 1,
    requests: 1,
  },
  {
    name: 'Link header',
    request: { url: '/link/users', params: { per_page: limit } },
    pages: 3,
    requests: 3,
  },
  {
    name: 'Link header, relative',
    request: { url: '/link/relative/users', params: { per_page: limit } },
    pages: 3,
    requests: 3,
  },
  {
    name: 'Link header, oddly written',
    request: { url: '/link/odd/users', params: { per_page: limit } },
    pages: 3,
    requests: 3,
  },
  {
    name: 'Relay (GraphQL)',
    request: { url: '/relay', body: { query } },
    pagination: relayPagination({ connection: '/data/users', size: limit }),
    pages: 3,
    requests: 3,
  },
  {
    name: 'OData',
    request: { url: '/odata/users' },
    pagination: linkPagination({ items: '/value', next: '/@odata.nextLink' }),
    pages: 5,
    requests: 5,
  },
  {
    name: 'OData, relative links',
    request: { url: '/odata/relative/users' },
    pagination: linkPagination({ items: '/value', next: '/@odata.nextLink' }),
    pages: 5,
    requests: 5,
  },
  {
    name: 'HAL',
    request: { url: '/hal/users', params: { size: limit } },
    pagination: linkPagination({ items: '/_embedded/users', next: '/_links/next/href' }),
    pages: 3,
    requests: 3,
  },
];
