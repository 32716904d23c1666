import {
  arcnmPagination,
  choosePagination,
  cursorPagination,
  dropshotPagination,
  kneoPagination,
  linkPagination,
  numberPagination,
  offsetPagination,
  openaiPagination,
  singlePage,
  type PaginationStrategy,
} from 'paged-observable';

const items = '/items';
const totals = { totalCount: '/total', hasMore: '/has_more' };

/** The strategies that are put to any page and any token. */
export const strategies: readonly (readonly [name: string, pagination: PaginationStrategy])[] = [
  ['cursor', cursorPagination()],
  ['named items', cursorPagination({ items, hasMore: '/has_more', apiError: '/error' })],
  ['cursor in the path', cursorPagination({ items, next: '/next', param: 'size' })],
  [
    'cursor in a header',
    cursorPagination({ items, next: '/next', in: 'headers', param: 'x-cursor' }),
  ],
  ['link', linkPagination({ next: '/next' })],
  ['merged link', linkPagination({ items, next: '/next', follow: 'merge' })],
  ['number', numberPagination({ items, totalPages: '/total_pages', ...totals })],
  ['offset', offsetPagination({ items, ...totals })],
  ['offset of anything', offsetPagination()],
  ['single', singlePage()],
  [
    'several',
    choosePagination([
      linkPagination({ items, next: '/next' }),
      cursorPagination({ items }),
      offsetPagination({ items }),
    ]),
  ],
  ['dropshot', dropshotPagination()],
  ['kneo', kneoPagination()],
  ['arcnm', arcnmPagination()],
  ['openai', openaiPagination.cursor()],
];
