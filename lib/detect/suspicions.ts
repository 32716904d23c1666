import { isRecord } from '../protocol/is-record';
import { isBrokenLink } from '../protocol/link-header';
import { firstNames, isWithin } from './body-view';
import type { Field, List } from './body-view';
import type { Evidence } from './detection';
import { isOwnCursor, cursorNames } from './find-item-cursors';
import { headerSigns } from './header-signs';
import { lastItemFlag } from './partial-reply';
import { isRest } from './rest-signs';
import type { Sight } from './sight';
import type { Signals } from './signals';

/** Words of names under which a text is likely a position, and those where its look has to say so too. */
const POSITIONS =
  /^(?:next|token|cursor|continu\w*|scroll|resume|resumption|marker|bookmark|continues?|more|further|older)$/;
const MAYBE_POSITIONS =
  /^(?:state|key|position|after|offset|start|ref|anchor|from|pos|seek|last|end)$/;
const BACKWARD = /^(?:prev|previous|before|first|self|current)$/;
const OTHER_TOKENS = /^(?:csrf|xsrf|access|auth|refresh|session|sync|delta|id)$/;

/**
 * What keeps a list from being called complete where nothing speaks of its end: signs of pages that are too weak to go by, under
 * whatever names.
 */
export function readSuspicions(sight: Sight, list: List, signals: Signals): readonly Evidence[] {
  const found: Evidence[] = [...signals.contradictions];
  const add = (what: string, at: string): void => {
    found.push({ found: what, at, weight: 0.3 });
  };
  const count = list.value.length;
  const full = sight.request.slots.find(
    ({ number, words }) =>
      number === count && count > 0 && !words.includes('id') && !words.includes('version'),
  );
  if (full !== undefined) add(`as many items came as ${full.name} says`, full.param);
  const [counter] = [...signals.pages, ...signals.offsets];
  if (counter !== undefined && counter.value <= 1)
    add('the reply counts pages or items', counter.field.pointer);
  for (const field of sight.body.scalars) {
    if (isPosition(field)) add(`${field.name} may say where the list goes on`, field.pointer);
    else if (isRest(field, count) || (sight.size === undefined && isLength(field, count)))
      add(`${field.name} may say that there is more`, field.pointer);
  }
  found.push(...headerSigns(sight, count));
  const flag = lastItemFlag(list);
  if (flag !== undefined) found.push(flag);
  if (sight.reply.status === 206) add('the status says that it is a part', 'status 206');
  const { link = '' } = sight.reply.headers;
  if (isBrokenLink(link, 'next')) add('a next link that cannot be read', '$response.headers#/link');
  for (const { words, value, pointer, name } of sight.body.objects) {
    const isAround = isWithin(list.pointer, pointer);
    if (
      isAround ||
      !words.some((word) => POSITIONS.test(word)) ||
      words.some((word) => BACKWARD.test(word))
    )
      continue;
    const isSet = firstNames(value, 20).some((key) => isSomething(value[key]));
    if (isSet) add(`${name} may say where the list goes on`, pointer);
  }
  const isShort = sight.size !== undefined && count < sight.size;
  const cursors = isRecord(list.value[0]) ? cursorNames(list.value[0]) : [];
  if (!isShort && cursors.some((name) => isOwnCursor(list.value, name))) {
    add('every item has a cursor of its own', 'items');
  }
  return found;
}

/** `length: 40` beside 17 items: where no size was asked for, it is rather that of the list than of its pages. */
function isLength({ words, value }: Field, count: number): boolean {
  return typeof value === 'number' && value > count && LENGTHS.test(words.join(' '));
}

const LENGTHS = /^(?:length|amount|n)$/;

function isSomething(value: unknown): boolean {
  if (typeof value === 'object') return value !== null;
  return typeof value === 'number'
    ? value > 0
    : value === true || (typeof value === 'string' && value !== '');
}

/** A text that may be a token, by its name and look. */
function isPosition({ words, value }: Field): boolean {
  if (
    typeof value !== 'string' ||
    value === '' ||
    /\s/.test(value) ||
    words.some((word) => BACKWARD.test(word))
  )
    return false;
  // `next_max_id`
  const others = words.filter((word) => word !== 'id' || !words.includes('next'));
  if (others.some((word) => OTHER_TOKENS.test(word))) return false;
  if (/^\d{4}-\d\d-\d\d/.test(value)) return false; // a time
  if (words.some((word) => POSITIONS.test(word))) return true;
  // Neither a word nor a number.
  const isOpaque = value.length >= 6 && /[a-z]/i.test(value) && /[\d=]/.test(value);
  return isOpaque && words.some((word) => MAYBE_POSITIONS.test(word));
}
