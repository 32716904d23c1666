import { stemOf } from './words';

/** What the fields of replies are called that tell of paging. All are given as words. */

const TOTALS = new Set([
  ...['total', 'total count', 'total results', 'total items', 'total records', 'total entries'],
  ...['total elements', 'total docs', 'total hits', 'total size', 'total matches', 'total number'],
  ...['total objects', 'total rows', 'total found', 'num found', 'nb hits', 'number matched'],
  ...['item count', 'items count', 'num results', 'record count', 'records count', 'result count'],
  ...['results count', 'records total', 'results total', 'items total', 'count total', 'matches'],
  ...['hits', 'num items', 'number of items', 'number of results', 'total result', 'total item'],
  ...['total record', 'total entry', 'full count', 'overall total', 'total num', 'found'],
  ...['total result count', 'total item count', 'total record count', 'grand total', 'all count'],
  ...['result total', 'nb results', 'nb items', 'total available', 'available', 'row count'],
]);

const PAGE_TOTALS = new Set([
  ...['total pages', 'pages', 'page count', 'total page', 'num pages', 'nb pages', 'max page'],
  ...['last page', 'last visible page', 'pages total', 'pages count', 'number of pages'],
  ...['total page count', 'total pages count', 'page total count', 'last page number', 'max pages'],
  ...['page total', 'count pages', 'total number of pages', 'last'],
]);

const MORE = new Set([
  ...['has more', 'has next', 'has next page', 'more', 'has more page', 'is truncated'],
  ...['truncated', 'more items in collection', 'has more pages', 'has more results'],
  ...['has more items', 'has more records', 'more available', 'more results available'],
  ...['has more elements', 'more pages', 'has additional', 'next page exists', 'more results'],
  ...[
    'more records',
    'has next link',
    'next',
    'next page',
    'is more',
    'more data',
    'has more data',
  ],
  ...['has next results', 'exists more', 'can load more', 'more items', 'has following'],
]);

const LAST = new Set([
  ...['is last page', 'last page', 'last', 'is last', 'done', 'end of records', 'is end', 'end'],
  ...['finished', 'at end', 'is done', 'end of list', 'eof', 'is final', 'exhausted', 'no more'],
  ...['is finished', 'is complete', 'end reached', 'end of results', 'final page'],
  ...['last batch', 'is last batch', 'end of data', 'is final page', 'end of stream'],
]);

const CURRENT_PAGES = new Set([
  ...['page', 'current page', 'page number', 'page index', 'page no', 'page num', 'p', 'pg'],
  ...[
    'current page number',
    'page current',
    'current',
    'number',
    'curr page',
    'page idx',
    'page page',
  ],
]);

const CURRENT_OFFSETS = new Set([
  ...['offset', 'skip', 'start', 'from', 'start index', 'start at', 'first result', 'start row'],
  ...['start position', 'start offset', 'current offset', 'begin', 'first index'],
]);

/** How surely a whole number called so counts all items of the list: 3 surely, 2 or 1 perhaps, 0 not. */
export function totalRank(words: readonly string[], stems: ReadonlySet<string>): number {
  if (words.includes('remaining') || words.includes('unread')) return 0;
  // `SearchResultCountAll`, `recordsFiltered`
  const bare = words.filter((word) => word !== 'filtered' && word !== 'all');
  if (bare.length > 0 && bare.length < words.length) {
    return isCounted(bare, stems) || totalRank(bare, stems) > 0 ? 3 : 0;
  }
  const name = words.join(' ');
  if (TOTALS.has(name)) return 3;
  const last = words.at(-1);
  if (name === 'count') return 2;
  const others = words.slice(0, -1);
  const isOfItems = others.length > 0 && others.every((word) => stems.has(stemOf(word)));
  if ((last === 'count' || last === 'total') && isOfItems) return 3;
  if (words[0] === 'total' && words.slice(1).every((word) => stems.has(stemOf(word)))) return 3;
  // A prefix such as that of a namespace, before a name that is sure of itself.
  return words.length > 2 && TOTALS.has(words.slice(-2).join(' ')) ? 2 : 0;
}

/** `records`, in `records filtered` */
function isCounted(words: readonly string[], stems: ReadonlySet<string>): boolean {
  return words.every((word) => COUNTED.has(stemOf(word)) || stems.has(stemOf(word)));
}

const COUNTED = new Set(['record', 'item', 'result', 'row', 'entry', 'hit']);

export function isPageTotal(words: readonly string[]): boolean {
  const name = words.join(' ');
  return PAGE_TOTALS.has(name) || PAGE_TOTALS.has(words.slice(-2).join(' '));
}

export function isMoreName(words: readonly string[]): boolean {
  return MORE.has(words.join(' '));
}

export function isLastName(words: readonly string[]): boolean {
  return LAST.has(words.join(' '));
}

export function isCurrentPage(words: readonly string[]): boolean {
  return CURRENT_PAGES.has(words.join(' '));
}

/** Also with the name of the items before it, which some services write. */
export function isCurrentOffset(words: readonly string[], stems: ReadonlySet<string>): boolean {
  const name = words.join(' ');
  if (CURRENT_OFFSETS.has(name) || CURRENT_OFFSETS.has(words.slice(-2).join(' '))) return true;
  const others = words.slice(0, -1);
  return (
    words.at(-1) === 'offset' &&
    others.length > 0 &&
    others.every((word) => stems.has(stemOf(word)))
  );
}
