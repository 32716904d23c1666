/** What the parameters of paging are called, whatever the spelling. */

const SIZES = new Set([
  ...['limit', 'page size', 'per page', 'page limit', 'size', 'count', 'rows', 'max results'],
  ...['max items', 'max keys', 'max num', 'max item count', 'max records', 'max count', 'max'],
  ...['per', 'ps', 'top', 'take', 'num', 'length', 'page length', 'first', 'fetch size', 'n'],
  ...['batch size', 'chunk size', 'num results', 'num items', 'rpp', 'max page size'],
  ...['results', 'pagelen', 'amount', 'max entries', 'max rows', 'pagination limit'],
  ...['pagination size', 'query limit', 'limit size', 'result limit', 'number of results'],
  ...['results to take', 'items to take'],
]);

const PAGES = new Set([
  ...['page', 'p', 'pg', 'page number', 'page no', 'page num', 'page index', 'current page'],
  ...[
    'paged',
    'page idx',
    'current page number',
    'curr page',
    'page n',
    'page nr',
    'pagination page',
    'page page',
  ],
]);

const OFFSETS = new Set([
  ...['offset', 'skip', 'start', 'from', 'start index', 'start at', 'start position', 'start row'],
  ...['first result', 'begin', 'begin index', 'first index', 'starting at', 'start record', 'row'],
  ...['start offset', 'starting index', 'page offset', 'page start', 'page skip', 'start from'],
  ...['record offset', 'first row', 'startat', 'startfrom', 'item offset', 'items offset', 'at'],
  ...[
    'start item',
    'first item',
    'start number',
    'result offset',
    'pagination offset',
    'results to skip',
    'items to skip',
    'next start',
  ],
]);

/** Whether a name of these words says how many items a page may have. */
export function isSizeName(words: readonly string[]): boolean {
  const name = words.join(' ');
  return SIZES.has(name) || /\bper page$|(?:^|[a-z ])limit$|\bmax item count$/.test(name);
}

export function isPageName(words: readonly string[]): boolean {
  return PAGES.has(words.join(' '));
}

export function isOffsetName(words: readonly string[]): boolean {
  return OFFSETS.has(words.join(' '));
}
