import type { SelectorData } from '../strategy/pagination-description';
import { readFlag, readWhole } from '../strategy/read-values';
import { parseContentRange } from '../protocol/content-range';
import { isUnder, isWithin } from './body-view';
import type { Field, List } from './body-view';
import type { Evidence } from './detection';
import { USUAL_SIZES } from './usual-sizes';
import { OTHER_COUNTS } from './rank-lists';
import {
  isCurrentOffset,
  isCurrentPage,
  isLastName,
  isMoreName,
  isPageTotal,
  totalRank,
} from './reply-names';
import type { Sight } from './sight';
import { isSizeName } from './slot-names';
import { isBareToken, isNextName } from './token-names';
import { stemOf } from './words';

/** A value and where it is read. */
export interface Signal<V> {
  readonly value: V;
  readonly from: SelectorData;
  readonly field: Field;
}

/** What a reply says about the list as a whole. */
export interface Signals {
  readonly hasMore: Signal<boolean> | undefined;
  readonly totalCount: Signal<number> | undefined;
  readonly totalPages: Signal<number> | undefined;
  /** Page number and offset of this page, as the reply repeats them. */
  readonly pages: readonly Signal<number>[];
  readonly offsets: readonly Signal<number>[];
  /** Page size, as the reply repeats it. */
  readonly size: number | undefined;
  /** A field that says where the next page is, and is empty. */
  readonly noNext: Field | undefined;
  readonly evidence: readonly Evidence[];
}

export function readSignals(sight: Sight, list: List): Signals {
  const fields: readonly Field[] = [...sight.body.scalars, ...sight.headers].filter(
    (field) => isAbout(field, list) && !isUnder(field, OTHER_COUNTS),
  );
  const numbers = fields.flatMap((field) => {
    const value = readWhole(field.value);
    return value === undefined ? [] : [{ value, from: field.pointer, field }];
  });
  const stems = new Set([...sight.request.pathStems, ...list.words.map(stemOf)]);
  const hasMore = readMore(fields);
  const size = numbers.find(
    ({ field, value }) => value > 0 && isSizeName(field.words) && field.name !== 'count',
  )?.value;
  const said = readTotal(sight, list, numbers, stems);
  // Where the reply says that there are more pages, a total of just the items that came is that of the page.
  const isOfPage =
    said?.value === list.value.length &&
    (hasMore?.value === true || (readPages(numbers, undefined, undefined)?.value ?? 0) > 1);
  const totalCount = isOfPage ? undefined : said;
  const totalPages = readPages(numbers, totalCount?.value, sight.size ?? size);
  return {
    hasMore,
    totalCount,
    totalPages,
    pages: numbers.filter(({ field }) => isCurrentPage(field.words)),
    offsets: numbers.filter(({ field }) => isCurrentOffset(field.words, stems)),
    size,
    noNext: fields.find(isEmptyNext),
    evidence: evidenceOf(hasMore, totalCount, totalPages, sight, list),
  };
}

/** Whether a field may be about the list: it stands around it, or in an object beside it that holds no list of its own. */
export function isAbout(field: Field, list: List): boolean {
  if (field.parent.startsWith('$')) return true;
  if (isWithin(field.pointer, list.pointer)) return false;
  return true;
}

/** A field for what leads on, with nothing in it: `null`, empty, `false`, or a number that is no place. */
function isEmptyNext({ words, value }: Field): boolean {
  if (isNextName(words)) {
    return (
      value === null || value === '' || value === false || (typeof value === 'number' && value < 0)
    );
  }
  return isBareToken(words) && (value === null || value === '');
}

function readMore(fields: readonly Field[]): Signal<boolean> | undefined {
  const found = fields.flatMap((field): Signal<boolean>[] => {
    const isText = typeof field.value === 'string';
    const flag = typeof field.value === 'boolean' || isText ? readFlag(field.value) : undefined;
    if (flag === undefined) return [];
    if (isMoreName(field.words)) return [{ value: flag, from: field.pointer, field }];
    return isLastName(field.words) ? [{ value: !flag, from: { not: field.pointer }, field }] : [];
  });
  const [first] = found;
  // Two that say different things say nothing.
  return found.every(({ value }) => value === first?.value) ? first : undefined;
}

function readTotal(
  sight: Sight,
  list: List,
  numbers: readonly Signal<number>[],
  stems: ReadonlySet<string>,
): Signal<number> | undefined {
  const count = list.value.length;
  const isShort = sight.size !== undefined && count < sight.size && !USUAL_SIZES.has(count);
  const ranked = numbers
    .map((signal) => ({ signal, rank: rankOf(signal.field, stems) }))
    // A count of just the items that came may be that of the page.
    .filter(
      ({ rank, signal: { field, value } }) =>
        rank > 0 && (value !== count || isOfAll(field) || (rank > 2 && isShort)),
    )
    .filter(({ signal: { field } }) => isExact(field, sight));
  const best = Math.max(0, ...ranked.map(({ rank }) => rank));
  const candidates = ranked.filter(({ rank }) => rank === best).map(({ signal }) => signal);
  const [first] = candidates;
  // Where several say something different, which is the list's is not known.
  if (first !== undefined && candidates.some(({ value }) => value !== first.value)) {
    return undefined;
  }
  if (first !== undefined) return first.value >= count ? first : undefined;
  return rangeTotal(sight);
}

/** Whether a count says itself that it is of the whole list. */
function isOfAll({ words, above }: Field): boolean {
  return [...words, ...(above.at(-1) ?? [])].some((word) => OF_ALL.has(word));
}

const OF_ALL = new Set(['total', 'totals', 'matched', 'found', 'all', 'full', 'overall']);

/** `total: { value, relation }` is a total too. */
function rankOf({ words, above }: Field, stems: ReadonlySet<string>): number {
  const own = totalRank(words, stems);
  const outer = above.at(-1) ?? [];
  return (words.join(' ') === 'value' || words.join(' ') === 'count') && outer.join(' ') === 'total'
    ? 3
    : own;
}

/** A total that the reply calls a lower bound or an estimate ends nothing. */
function isExact({ parent }: Field, { body }: Sight): boolean {
  return !body.scalars.some((other) => {
    if (other.parent !== parent) return false;
    const name = other.words.join(' ');
    if (name === 'relation') return other.value !== 'eq';
    if (/\bexact\b|\bexhaustive\b/.test(name)) return other.value === false;
    return /\bestimated?\b|\bapprox/.test(name) && other.value === true;
  });
}

function rangeTotal({ reply }: Sight): Signal<number> | undefined {
  const text = Object.hasOwn(reply.headers, 'content-range') ? reply.headers['content-range'] : '';
  const total = parseContentRange(text ?? '')?.total;
  if (total === undefined) return undefined;
  const field = {
    pointer: '$response.headers#/content-range',
    name: 'content-range',
    words: ['content', 'range'],
    above: [],
    parent: '$response.headers',
    value: total,
  };
  return { value: total, from: { contentRange: 'total' }, field };
}

function readPages(
  numbers: readonly Signal<number>[],
  total: number | undefined,
  size: number | undefined,
): Signal<number> | undefined {
  const found = numbers.filter(({ field }) => isPageTotal(field.words));
  const [first] = found;
  if (first === undefined || found.some(({ value }) => value !== first.value)) return undefined;
  // A number of pages that the total contradicts is one of something else.
  const isRight =
    total === undefined || size === undefined || Math.ceil(total / size) === first.value;
  return isRight ? first : undefined;
}

function evidenceOf(
  hasMore: Signal<boolean> | undefined,
  totalCount: Signal<number> | undefined,
  totalPages: Signal<number> | undefined,
  { size }: Sight,
  { value }: List,
): readonly Evidence[] {
  const evidence: Evidence[] = [];
  if (hasMore !== undefined) {
    evidence.push({
      found: `the reply says that there ${hasMore.value ? 'are more pages' : 'is no more'}`,
      at: hasMore.field.pointer,
      weight: 0.3,
    });
  }
  if (totalCount !== undefined) {
    evidence.push({
      found: `the list has ${String(totalCount.value)} items in all`,
      at: totalCount.field.pointer,
      weight: 0.2,
    });
  }
  if (totalPages !== undefined) {
    evidence.push({
      found: `the list has ${String(totalPages.value)} pages`,
      at: totalPages.field.pointer,
      weight: 0.2,
    });
  }
  if (size !== undefined && value.length === size) {
    evidence.push({ found: 'the page is as long as was asked for', at: 'items', weight: 0.1 });
  }
  return evidence;
}
