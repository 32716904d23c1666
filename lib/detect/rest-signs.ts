import { readWhole } from '../strategy/read-values';
import type { Field } from './body-view';
import { isSizeName } from './slot-names';

/** Of what a client may still ask for, and not of the list. */
const QUOTAS = /rate|quota|credit|request|call|attempt|retr(?:y|ies)/i;
const LIMITS = /limit/i;

/** What looks the other way, is a setting, or of something else. */
const OTHER = new Set([
  ...['prev', 'previous', 'before', 'first', 'self', 'current', 'allow', 'allows', 'allowed'],
  ...['support', 'supports', 'supported', 'enable', 'enabled', 'read', 'learn', 'show', 'see'],
  ...['csrf', 'xsrf', 'access', 'auth', 'refresh', 'session', 'sync', 'delta', 'query', 'queries'],
  ...['db', 'sql', 'view', 'views', 'visit', 'cache', 'word', 'char', 'byte', 'bytes'],
]);

const NUMBERED = /^(?:next|more|cursor|continu\w*|marker|bookmark|remaining|left|rest)$/;
/** Words that may stand beside those in a name; with any other it is of something else. */
const BESIDE = new Set([
  ...['has', 'have', 'is', 'page', 'pages', 'offset', 'skip', 'start', 'position', 'index'],
  ...['number', 'item', 'items', 'result', 'results', 'record', 'records', 'row', 'rows', 'count'],
  ...['token', 'num', 'nr', 'n', 'total', 'max', 'min', 'id', 'data', 'entries'],
]);

/** Words of a flag that is `true` where something is missing, under whatever name. */
const PARTIAL =
  /^(?:more|additional|further|remaining|truncated|partial|incomplete|exceeded|exceeds|overflow\w*|limited|capped|clipped|continues?|unfinished)$/;
/** Words that say it together: the limit was reached, the time is out. */
const REACHED = /^(?:reached|hit|out|terminated)$/;
const BOUNDS = /^(?:limit|max|maximum|cap|timed|time|size|transfer|early)$/;

/** Words of a flag that is `false` where something is missing. */
const UNFINISHED = /^(?:complete|finished|exhausted|oldest|end|final|eof)$/;
const ALL = /^(?:returned|retrieved|loaded|fetched|shown|included|listed|sent)$/;
/** Of a time that ends, and not of the list. */
const TIMES = /^(?:date|time|day|week|month|year|user|at|on)$/;

/** A number or flag that may say that there is more, in a form that nothing else is concluded from. */
export function isRest({ words, value, pointer }: Field, count: number): boolean {
  if (QUOTAS.test(pointer)) return false;
  if (words.join(' ').includes('before limit')) return (readWhole(value) ?? 0) > count;
  if (words.some((word) => OTHER.has(word))) return false;
  if (value === true || value === 'true') return isMissing(words);
  if (value === false || value === 'false') return isUnfinished(words);
  const isHeader = pointer.startsWith('$');
  const number = typeof value === 'number' || isHeader ? readWhole(value) : undefined;
  if (number === undefined || number === 0) return false;
  if (isCount(words, isHeader) || words.join(' ') === 'odata count') return number > count;
  const isOfFlags = words.every((word) => BOUNDS.test(word) || isFlagWord(word));
  if (isOfFlags && isMissing(words)) return true;
  if (LIMITS.test(pointer)) return false;
  const isOfPages = words.every((word) => NUMBERED.test(word) || BESIDE.has(word));
  return isOfPages && (words.some((word) => NUMBERED.test(word)) || isBoundary(words));
}

function isFlagWord(word: string): boolean {
  return PARTIAL.test(word) || REACHED.test(word) || BESIDE.has(word);
}

/** `max_id`: the next page has lower ones. */
function isBoundary(words: readonly string[]): boolean {
  return words.length === 2 && ['max', 'min'].includes(words[0] ?? '') && words[1] === 'id';
}

/** Whether a flag of these words says that something is missing. */
export function isMissing(words: readonly string[]): boolean {
  if (words.includes('no') || words.includes('not')) return false;
  return (
    words.some((word) => PARTIAL.test(word)) ||
    (words.some((word) => REACHED.test(word)) && words.some((word) => BOUNDS.test(word)))
  );
}

function isUnfinished(words: readonly string[]): boolean {
  if (words.some((word) => TIMES.test(word))) return false;
  return (
    words.some((word) => UNFINISHED.test(word)) ||
    (words.includes('no') && words.includes('more')) ||
    (words.includes('all') && words.some((word) => ALL.test(word)))
  );
}

const COUNTS = new Set([
  ...['cnt', 'rowcount', 'nrows', 'quantity', 'all', 'total', 'totals', 'count', 'records', 'rows'],
  ...['results'],
]);

/** A count under a name that totals do not have otherwise: it says more only where it is above what came. */
function isCount(words: readonly string[], isHeader: boolean): boolean {
  if (isSizeName(words)) return isHeader && words.join(' ') === 'count';
  if (words.every((word) => COUNTS.has(word))) return true;
  return isHeader && words.length === 2 && COUNTS.has(words.at(-1) ?? '');
}
