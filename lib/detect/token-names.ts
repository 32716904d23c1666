import { stemOf } from './words';

/** Words that stand for a position in a list. */
const POSITIONS = new Set([
  ...['cursor', 'token', 'key', 'marker', 'continuation', 'bookmark', 'offset', 'start', 'page'],
  ...['after', 'skip', 'anchor', 'pointer', 'iterator', 'scroll', 'position', 'continue', 'index'],
  ...['link', 'url', 'uri', 'href', 'record', 'result', 'item', 'set', 'batch', 'path', 'query'],
  ...['number', 'state', 'id', 'row', 'from', 'since', 'seq', 'ref', 'params', 'entry', 'info'],
  ...['collection'],
]);

/** Words that look the other way, or at this page. */
const BACK = new Set([
  ...['prev', 'previous', 'before', 'first', 'back', 'backward', 'self', 'current', 'begin'],
  ...['preceding', 'top', 'head', 'newer', 'last', 'start', 'older'],
]);

/** Names of tokens that need no `next` to be one. */
const BARE = new Set([
  ...['cursor', 'continuation', 'continuation token', 'bookmark', 'marker', 'continue', 'after'],
  ...[
    'page token',
    'pagination token',
    'paging token',
    'after cursor',
    'end cursor',
    'page cursor',
  ],
  ...['iterator', 'scroll id', 'cursor after', 'after token', 'after key', 'continue token'],
  ...['cursor mark', 'paging state', 'page state'],
  ...[
    'last row key',
    'last key',
    'last evaluated key',
    'last cursor',
    'last token',
    'resume token',
  ],
  ...['forward cursor', 'after id', 'page marker', 'resume key', 'cursor next'],
  ...['position', 'resumption token', 'last sort', 'page key'],
]);

/** Whether a name of these words says where the next page is: `next`, `nextPageToken`, `__next`, `odata.nextLink`. */
export function isNextName(words: readonly string[]): boolean {
  const at = words.indexOf('next');
  if (at < 0) return false;
  const after = words.slice(at + 1);
  const before = words.slice(0, at);
  return (
    after.every((word) => POSITIONS.has(stemOf(word))) &&
    before.every((word) => NEUTRAL.has(word) || POSITIONS.has(stemOf(word)))
  );
}

/** Words before `next` that change nothing. */
const NEUTRAL = new Set(['odata', 'x', 'page', 'pagination', 'paging', 'the', 'cursor', 'link']);

/** What a key of the last item is made of. */
const KEYS = new Set([
  ...['key', 'row', 'id', 'index', 'cursor', 'token', 'marker', 'item', 'evaluated', 'record'],
  ...['sort', 'seen', 'entry', 'indexes'],
]);

/** Whether a name of these words is that of a token although it does not say `next`. */
export function isBareToken(words: readonly string[]): boolean {
  return BARE.has(words.join(' '));
}

/** `last_row_key`: where the page ended. */
export function isLastKey(words: readonly string[]): boolean {
  return words[0] === 'last' && words.length > 1 && words.slice(1).every((word) => KEYS.has(word));
}

/** Whether a name of these words points back, or to this page. */
export function isBackName(words: readonly string[]): boolean {
  return words.some((word) => BACK.has(word)) && !words.includes('next');
}
