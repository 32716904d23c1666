import type { SlotPlace } from '../strategy/slot';
import { setAtPointer } from '../protocol/json-pointer';
import { queryOf } from '../protocol/query-text';
import type { Field } from './body-view';
import { linkFields } from './find-body-links';
import { resolved } from './link-text';
import type { RequestSlot } from './request-slot';
import type { RequestView } from './request-view';
import { isInContainer, requestSpelling, siblingName } from './sibling-name';
import type { Sight } from './sight';
import { isBareToken, isLastKey } from './token-names';
import { isSizeName } from './slot-names';
import { spellingOf, wordsOf } from './words';
import type { Spelling } from './words';

/** Where a token goes in the next request. */
export interface TokenSlot {
  readonly place: SlotPlace;
  readonly param: string;
  /** Between 0 and 1. */
  readonly confidence: number;
  /** Whether the request or a link names it. */
  readonly isFirm: boolean;
  /** How it is known, as the end of a sentence. */
  readonly why: string;
}

/** Words of a token's name that tell it from other parameters. */
const NOUNS = ['cursor', 'after', 'marker', 'bookmark', 'continuation', 'continue'];

/**
 * Where a token goes back to, surest first: where a link puts it, where the request has a parameter of that name, under its own
 * name, or under its name without `next`.
 */
export function tokenSlot(
  field: Field<string | number>,
  sight: Sight,
  hasMore: boolean | undefined,
): TokenSlot | undefined {
  return (
    linkedSlot(field, sight) ??
    memberSlot(field, sight) ??
    requestedSlot(field, sight) ??
    headerSlot(field, sight) ??
    namedSlot(field, sight, hasMore)
  );
}

/** The parameter that has the token as its value in a link to the next page. */
function linkedSlot(
  { value, parent }: Field<string | number>,
  sight: Sight,
): TokenSlot | undefined {
  if (parent.startsWith('$')) return undefined;
  for (const link of linkFields(sight)) {
    const target = resolved(link.value, sight);
    const pair = queryOf(target ?? '').find(([, one]) => one === String(value));
    if (pair === undefined) continue;
    const [param] = pair;
    const why = 'as a link puts it';
    if (!sight.request.hasBody) {
      return { place: 'params', param, confidence: 0.93, isFirm: true, why };
    }
    const pointer = `/${param.replaceAll('[', '/').replaceAll(']', '')}`;
    // Only among what the request has: no object is made up for a guess.
    return setAtPointer(sight.request.request.body, pointer, null).ok
      ? { place: 'body', param: pointer, confidence: 0.93, isFirm: true, why }
      : undefined;
  }
  return undefined;
}

/**
 * An object `next` that repeats a parameter of the request has those of the next one, by their names; `starting_after` in it is
 * one beside the page size, whatever else stands there.
 */
function memberSlot(
  { name, words, parent, above, pointer }: Field<string | number>,
  { request, body }: Sight,
): TokenSlot | undefined {
  if (above.at(-1)?.join(' ') !== 'next') return undefined;
  const own = words.join(' ') === 'starting after' ? request.size : undefined;
  const repeated =
    own ??
    request.slots.find((slot) =>
      body.scalars.some(
        (other) =>
          other.parent === parent &&
          other.pointer !== pointer &&
          other.name === slot.name &&
          String(other.value) === String(slot.value),
      ),
    );
  if (repeated === undefined || request.isGraphql || repeated.place === 'headers') return undefined;
  const { place } = repeated;
  const beside = repeated.param.slice(0, repeated.param.lastIndexOf('/') + 1);
  const param = place === 'body' ? `${beside}${name}` : name;
  return { place, param, confidence: 0.93, isFirm: true, why: 'as the object beside it names it' };
}

function requestedSlot(
  { words, value }: Field<string | number>,
  { request }: Sight,
): TokenSlot | undefined {
  const base = withoutNext(words);
  const fits = (slot: RequestSlot): boolean => {
    if (slot.number !== undefined && isSizeName(slot.words)) return false;
    const name = slot.words.join(' ');
    if (name === words.join(' ') || (base.length > 0 && name === base.join(' '))) {
      // A bare `token` or `key` in a request is a credential.
      return name !== 'token' && name !== 'key';
    }
    const noun = slot.words.at(-1) ?? '';
    if (NOUNS.includes(noun) && base.includes(noun)) return true;
    return request.isGraphql && isCursorName(slot.words) && isCursorName(base);
  };
  const slot = request.slots.find(fits);
  if (slot === undefined || String(slot.value) === String(value)) return undefined;
  const { place, param } = slot;
  return { place, param, confidence: 0.96, isFirm: true, why: 'as the request has it' };
}

function isCursorName(words: readonly string[]): boolean {
  return ['cursor', 'after'].includes(words.at(-1) ?? '');
}

/** A header goes back as it came where the request already pages by headers of the same family. */
function headerSlot({ name, parent }: Field, { request }: Sight): TokenSlot | undefined {
  if (!parent.startsWith('$')) return undefined;
  const [first, second] = wordsOf(name);
  const isFamily = ({ words }: RequestSlot): boolean =>
    words[0] === first && words[1] === second && isSizeName(words);
  const confidence = request.headers.some(isFamily) ? 0.85 : 0.3;
  return {
    place: 'headers',
    param: name,
    confidence,
    isFirm: false,
    why: 'under the name of the header it came in',
  };
}

function namedSlot(
  field: Field<string | number>,
  { request }: Sight,
  hasMore: boolean | undefined,
): TokenSlot | undefined {
  const { words, name } = field;
  const isOwn = isBareToken(words) || isLastKey(words);
  const base = withoutNext(words);
  const isBareNext = base.length === 0 || base.join(' ') === 'token';
  const sent = isOwn || isBareNext ? words.filter((word) => word !== 'odata') : base;
  const own = isOwn || isBareNext ? name : ownBase(name);
  const param = isOwn ? name : siblingName(request, sent, own, { withSign: false });
  const confidence = isOwn
    ? ownConfidence(words)
    : renamedConfidence(base, field, request, hasMore);
  const why = isOwn || isBareNext ? 'under its own name' : 'under its name without "next"';
  return { ...placed(request, param, confidence), isFirm: false, why };
}

function placed(
  request: RequestView,
  param: string,
  confidence: number,
): Pick<TokenSlot, 'place' | 'param' | 'confidence'> {
  if (request.isGraphql) return { place: 'body', param: `/variables/${param}`, confidence: 0.2 };
  if (!request.hasBody || request.size?.place === 'params') {
    return { place: 'params', param, confidence };
  }
  // Remote procedures (`list_folder`) often go on by another one.
  const last = wordsOf(request.path.split('/').at(-1) ?? '');
  const isProcedure = last.length > 1 && PROCEDURES.has(last[0] ?? '');
  const pointer = `${request.bodyParent}/${param.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { place: 'body', param: pointer, confidence: isProcedure ? 0.4 : confidence };
}

const PROCEDURES = new Set(['list', 'get', 'search', 'find', 'query', 'fetch', 'read', 'scan']);

function ownConfidence(words: readonly string[]): number {
  const name = words.join(' ');
  if (name === 'scroll id' || name === 'last evaluated key' || name === 'end cursor') return 0.3;
  if (name === 'after cursor' || name === 'position' || name === 'last key') return 0.45;
  return 0.85;
}

/** How surely the name without `next` is the parameter. */
function renamedConfidence(
  base: readonly string[],
  { value, name }: Field<string | number>,
  view: RequestView,
  hasMore: boolean | undefined,
): number {
  const [noun = ''] = base;
  const spelling = requestSpelling(view);
  if (!agrees(spellingOf(name.replace(/^_+/, '')), spelling, base.length, view)) return 0.5;
  if (base.length === 0) return 0.25; // a bare `next` goes anywhere: offset, pos, until ...
  if (base.length === 1) {
    // Where a token stands in `next_page`, one half sends it as `page`, the other as `page_token`.
    if (noun === 'page') return hasMore === true ? 0.72 : 0.4;
    if (noun === 'key') return isInContainer(view) ? 0.85 : 0.4;
    if (['token', 'marker', 'after', 'continuation', 'bookmark'].includes(noun)) return 0.83;
    if (noun === 'cursor') return isPageToken(value) ? 0.4 : 0.85;
    if (['offset', 'start', 'skip', 'from'].includes(noun)) return 0.78;
    return 0.4;
  }
  if (base.join(' ') === 'page cursor') {
    // `pageCursor` or `cursor`: a size that is called `limit` goes with the second.
    const { size } = view;
    return size !== undefined && !size.words.includes('page') ? 0.4 : 0.75;
  }
  // Names in snake case are sent as page_token, page-token and pagetoken: the request must show something of its style.
  const isCamel = ['camel', 'pascal'].includes(spellingOf(name) ?? '');
  return isCamel || requestSpelling(view) === 'kebab' || view.size !== undefined ? 0.78 : 0.4;
}

/**
 * Whether the reply and the request spell names alike. Where they do not - `NextMarker` beside `page_size` - it cannot be told
 * which of the two the parameter follows. Kebab case only occurs in requests, so there it is known.
 */
function agrees(
  own: Spelling | undefined,
  requested: Spelling | undefined,
  words: number,
  { size }: RequestView,
): boolean {
  if (requested === 'kebab') return own !== 'camel' || words === 1;
  const isLower = size !== undefined && /^[$_]*[a-z]/.test(size.name);
  if (own === 'pascal') return requested === 'pascal' || (requested === undefined && !isLower);
  if (requested === 'pascal') return false;
  return words === 1 || own === undefined || requested === undefined || own === requested;
}

/**
 * Whether a cursor is a message of protocol buffers with a message or text in it, in base64: so page tokens are made, which
 * services pass on under other names than `cursor`.
 */
function isPageToken(value: string | number): boolean {
  return typeof value === 'string' && /^C[g-p][\w+/-]{14,}={0,2}$/.test(value);
}

function withoutNext(words: readonly string[]): readonly string[] {
  return words.filter((word) => word !== 'next' && word !== 'odata' && word !== 'x');
}

/** The name without `next`, as it is written. */
function ownBase(name: string): string {
  const rest = name.replace(/^_*next[_-]*/i, '').replace(/[_-]?next$/i, '');
  return /^next[A-Z]/.test(name) ? rest.slice(0, 1).toLowerCase() + rest.slice(1) : rest;
}
