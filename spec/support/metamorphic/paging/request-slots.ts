import type { Json } from '../../../../lib/core/json';
import { setAtPointer } from '../../../../lib/protocol/json-pointer';
import type { DialectRequest } from '../../dialect-file';
import { leavesOf, textOf, wordsOf } from '../json-tools';
import type { Layout } from './layout';

/** The values of a request by their place: `url`, `query/page`, `headers/Range`, `body/variables/page`. */
export type Slots = ReadonlyMap<string, Json>;

export function slotsOf({ url, query, headers, body }: DialectRequest): Slots {
  const slots = new Map<string, Json>([['url', url]]);
  for (const [name, value] of Object.entries(query)) slots.set(`query/${name}`, value);
  for (const [name, value] of Object.entries(headers)) slots.set(`headers/${name}`, value);
  if (body !== undefined) {
    for (const [pointer, value] of leavesOf(body, undefined)) slots.set(`body${pointer}`, value);
  }
  return slots;
}

/** The request with other values in slots that it has. */
export function withSlots(request: DialectRequest, values: Slots): DialectRequest {
  let { url, body } = request;
  const query = { ...request.query };
  const headers = { ...request.headers };
  for (const [slot, value] of values) {
    if (slot === 'url') url = textOf(value);
    else if (slot.startsWith('query/')) query[slot.slice(6)] = value as string;
    else if (slot.startsWith('headers/')) headers[slot.slice(8)] = textOf(value);
    else {
      const result = setAtPointer(body, slot.slice(4), value);
      if (result.ok) body = result.document as Json;
    }
  }
  const path = new URL(url).pathname;
  return { ...request, url, path, query, headers, ...(body !== undefined && { body }) };
}

/** What a slot holds at each page: nothing that moves, a size, or a position. */
export type SlotRule =
  | { readonly kind: 'same' }
  | { readonly kind: 'limit' }
  | { readonly kind: 'number'; readonly first: number }
  | { readonly kind: 'offset'; readonly first: number }
  | { readonly kind: 'range' }
  /** `field` is that of the item before, where it is one. */
  | { readonly kind: 'token'; readonly field?: string };

const LIMIT = /^(?:limit|size|per|count|max|rows|top|length|ps|pagesize|cmlimit|num|first)$/;
const PAGE = /^(?:page|p|pageno|number)$/;
const NO_PAGE = /^(?:token|cursor|size|per|after|before|limit|info|offset)$/;
const OFFSET = /^(?:offset|start|skip|from|index|getpagesoffset)$/;

export const isLimitName = (words: readonly string[]): boolean => words.some((w) => LIMIT.test(w));
export const isPageName = (words: readonly string[]): boolean =>
  words.some((w) => PAGE.test(w)) && !words.some((w) => NO_PAGE.test(w));
export const isOffsetName = (words: readonly string[]): boolean =>
  words.some((w) => OFFSET.test(w));

/** The rule that a slot's values follow, one for each request of a walk. */
export function slotRule(
  slot: string,
  values: readonly (Json | undefined)[],
  { limit, starts }: Layout,
): SlotRule {
  const [before, ...moved] = values;
  const words = slot === 'url' ? [] : wordsOf(slot.replace(/.*\//, ''));
  const numbers = moved.map(Number);
  if (moved.every((value) => value === undefined)) {
    return { kind: isLimitName(words) && Number(before) === limit ? 'limit' : 'same' };
  }
  const isSame =
    moved.every((value) => value === moved[0]) && (before === undefined || before === moved[0]);
  const isPosition = moved.every((value) => /^\d+$/.test(textOf(value)));
  const known =
    before === undefined || before === '' || before === null ? undefined : Number(before);
  const page = (numbers[0] ?? 0) - 1;
  const isPage =
    isPosition &&
    numbers.every((value, index) => value === page + 1 + index) &&
    (known === undefined || known === page);
  const offset = (numbers[0] ?? 0) - (starts[1] ?? 0);
  const isOffset =
    isPosition &&
    (offset === 0 || offset === 1) &&
    numbers.every((value, index) => value === offset + (starts[index + 1] ?? -1)) &&
    (known === undefined || known === offset);

  if (isPage && isPageName(words)) return { kind: 'number', first: page };
  if (isOffset && isOffsetName(words)) return { kind: 'offset', first: offset };
  if (slot === 'headers/Range') return { kind: 'range' };
  if (
    isSame &&
    (moved.length > 1 ||
      before !== undefined ||
      /^(?:Prefer|Accept|Range-Unit|x-ms-(?!cont))/.test(slot.slice(8)))
  ) {
    // `offset` beside `page` is the size of a page at some places, and `list-type=2` is none.
    const isSize = isLimitName(words) || (words[0] === 'offset' && moved.length > 0);
    return isSize && Number(moved[0]) === limit ? { kind: 'limit' } : { kind: 'same' };
  }
  if (isSame && isLimitName(words) && numbers[0] === limit) return { kind: 'limit' };
  return { kind: slot === 'url' && isSame ? 'same' : 'token' };
}
