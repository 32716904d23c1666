import type { LeafRule } from './paging/leaf-rule';

/** Names for what lists say about themselves, and for what they are asked with. */
export interface Vocabulary {
  readonly fields: Readonly<
    Partial<Record<LeafRule['says'] | 'link' | 'items', readonly string[]>>
  >;
  readonly limits: readonly string[];
  readonly pages: readonly string[];
  readonly offsets: readonly string[];
  /** A token's field with its parameter: under its own name, or without `next`, as the README's rule has it. */
  readonly tokens: readonly (readonly [field: string, param: string])[];
}

/** What many services use. `count` alone is no total here: it is the page's at some, the list's at others. */
export const USUAL: Vocabulary = {
  fields: {
    total: [
      'total',
      'total_count',
      'totalCount',
      'totalItems',
      'total_items',
      'totalResults',
      'total_records',
      'totalElements',
    ],
    pages: ['total_pages', 'totalPages', 'page_count', 'pageCount', 'num_pages', 'last_page'],
    limit: ['per_page', 'perPage', 'page_size', 'pageSize', 'limit'],
    count: ['returned_count', 'numberReturned', 'items_in_page', 'count'],
    // Where the request does not have it, the parameter is still called page.
    page: ['page', 'current_page', 'currentPage'],
    more: ['has_more', 'hasMore', 'has_next', 'hasNext', 'has_next_page', 'hasNextPage', 'more'],
    last: ['is_last', 'isLast', 'isLastPage', 'last_page', 'last', 'end_of_list'],
    link: [
      'next',
      'next_url',
      'nextUrl',
      'next_link',
      'nextLink',
      'next_page_url',
      'nextPageUrl',
      'next_uri',
      'next_href',
    ],
    items: ['data', 'items', 'results', 'records', 'entries', 'values', 'list'],
  },
  limits: [
    'Limit',
    'PageSize',
    'MaxResults',
    'MaxRecords',
    'limit',
    'per_page',
    'page_size',
    'pageSize',
    'perPage',
    'size',
    'max_results',
    'maxResults',
    'rows',
  ],
  pages: ['page', 'pageNumber', 'page_number', 'pageNo', 'p'],
  offsets: ['offset', 'start', 'skip', 'from', 'startIndex', 'start_index'],
  tokens: [
    ['next_cursor', 'cursor'],
    ['nextCursor', 'cursor'],
    ['cursor', 'cursor'],
    ['nextPageToken', 'pageToken'],
    ['next_page_token', 'page_token'],
    ['continuationToken', 'continuationToken'],
    ['continuation', 'continuation'],
    ['next_token', 'next_token'],
    ['nextToken', 'nextToken'],
    ['next_marker', 'marker'],
    ['nextMarker', 'marker'],
    ['bookmark', 'bookmark'],
    ['after', 'after'],
  ],
};

/** What a few services use, or nobody yet. Detection need not know them; it must not go wrong over them. */
export const UNUSUAL: Vocabulary = {
  fields: {
    total: [
      'totalHits',
      'total_rows',
      'resultCount',
      'total_available',
      'numFound',
      'hits_total',
      'recordsTotal',
      'itemsTotal',
      'overall',
    ],
    pages: ['pageTotal', 'nbPages', 'pages', 'numberOfPages', 'sheets'],
    limit: ['max_results', 'pagesize', 'items_per_page', 'itemsPerPage', 'batch_size', 'chunk'],
    count: ['itemCount', 'numberOfElements', 'results_returned', 'size', 'length'],
    page: ['page', 'current_page', 'currentPage'],
    more: [
      'moreResults',
      'more_available',
      'hasMoreItems',
      'truncated',
      'isTruncated',
      'more_results',
      'unfinished',
    ],
    last: ['final', 'isFinal', 'end', 'finished', 'lastPage', 'isEnd', 'no_more', 'exhausted'],
    link: [
      '@odata.nextLink',
      'next_page',
      'nextPageLink',
      'nextHref',
      'next_results',
      'NextLink',
      'continue_at',
      'more',
    ],
    items: [
      'objects',
      'elements',
      'content',
      'hits',
      'rows',
      'resources',
      'members',
      'collection',
      'nodes',
      'stuff',
    ],
  },
  limits: ['max', 'top', 'num', 'pagesize', 'itemsPerPage', 'items_per_page', 'n', 'chunk'],
  pages: ['pg', 'pageIndex', 'page_num', 'pageNum', 'page_index', 'currentPage', 'sheet'],
  offsets: ['startAt', 'first', 'begin', 'start_at', 'firstResult', 'skipCount', 'fromIndex', 'o'],
  tokens: [
    ['next_page_cursor', 'page_cursor'],
    ['nextKey', 'key'],
    ['pagination_token', 'pagination_token'],
    ['scroll_id', 'scroll_id'],
    ['resume_token', 'resume_token'],
    ['next_position', 'position'],
    ['page_state', 'page_state'],
    ['startKey', 'startKey'],
    ['nextStartToken', 'startToken'],
    ['next-cursor', 'cursor'],
    ['paging_token', 'paging_token'],
    ['nextBookmark', 'bookmark'],
    ['whereNext', 'whereNext'],
  ],
};
