import type { Dialect } from '../dialect-entry';

export const B: readonly Dialect[] = [
  {
    name: 'bitbucket-server',
    also: ['bitbucket-server-repos'],
    api: 'Bitbucket Server and Data Center',
    docs: 'https://developer.atlassian.com/server/bitbucket/rest/',
    pagination: {
      kind: 'cursor',
      items: '/values',
      param: 'start',
      next: '/nextPageStart',
      hasMore: { not: '/isLastPage' },
      limitParam: 'limit',
    },
  },
  {
    name: 'box',
    also: ['box-folder-items'],
    api: 'Box, lists by marker (usemarker=true)',
    docs: 'https://developer.box.com/guides/api-calls/pagination/marker-based/',
    pagination: { kind: 'cursor', items: '/entries', param: 'marker', next: '/next_marker' },
  },
  {
    name: 'bybit',
    also: ['bybit-orders'],
    api: 'Bybit v5',
    docs: 'https://bybit-exchange.github.io/docs/v5/order/order-list',
    pagination: { kind: 'cursor', items: '/result/list', next: '/result/nextPageCursor' },
    detectable: false,
    why: 'nextPageCursor goes to cursor (Readwise would send pageCursor): both readings are plausible',
  },
];
