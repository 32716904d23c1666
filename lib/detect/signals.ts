import type { SelectorData } from '../strategy/pagination-description';
import { readFlag, readWhole } from '../strategy/read-values';
import { parseContentRange } from '../protocol/content-range';
import { isUnder, isWithin } from './body-view';
import type { Field, List } from './body-view';
import type { Evidence } from './detection';
import { isOfAnother, nearestSignal } from './nearest-signal';
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
  /** What several fields say differently, so that none of them says it. */
  readonly contradictions: readonly Evidence[];
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
  const pages = numbers.filter(({ field }) => isCurrentPage(field.words));
  const offsets = numbers.filter(({ field }) => isCurrentOffset(field.words, stems));
  const sizes = numbers.filter(
    ({ field, value }) => value > 0 && isSizeName(field.words) && field.words.join(' ') !== 'count',
  );
  const anchors = new Set([...pages, ...offsets, ...sizes].map(({ field }) => field.parent));
  const contradictions: Evidence[] = [];
  const nearest: Nearest = (found, what) => {
    const [first] = found;
    if (first === undefined) return undefined;
    const one = nearestSignal(found, list, sight.body, anchors);
    if (one === undefined) contradictions.push(contradiction(found, what));
    return one;
  };
  const flag = nearest(moreFlags(fields), 'whether there is more');
  // That another list has no more says nothing of this one.
  const isOthers = flag?.value === false && isOfAnother(flag.field, list, sight.body);
  const hasMore = isOthers ? undefined : flag;
  const size = sizes[0]?.value;
  const said =
    nearest(totals(sight, list, numbers, stems), 'how many items there are') ?? rangeTotal(sight);
  const pageTotals = numbers.filter(({ field }) => isPageTotal(field.words));
  // Where the reply says that there are more pages, a total of just the items that came is that of the page.
  const isMore =
    hasMore?.value === true ||
    (pageTotals.length > 0 && pageTotals.every(({ value }) => value > 1));
  const isOfPage =
    said?.value === list.value.length &&
    (isMore || (isFull(list.value.length, sight.size, size) && !isSurelyOfAll(said)));
  const totalCount = isOfPage ? undefined : said;
  const totalPages = nearest(
    fittingPages(pageTotals, totalCount?.value, sight.size ?? size),
    'how many pages there are',
  );
  return {
    hasMore,
    totalCount,
    totalPages,
    pages,
    offsets,
    size,
    noNext: fields.find(isEmptyNext),
    contradictions,
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

/** Whether a page has as many items as it can, or as servers give on their own: a total of so many may be that of the page. */
function isFull(count: number, asked: number | undefined, repeated: number | undefined): boolean {
  if (count === 0 || (repeated !== undefined && repeated > count)) return false;
  // What is repeated beside a greater size that was asked for may be the number of what came.
  return (asked === undefined ? count === repeated : count >= asked) || USUAL_SIZES.has(count);
}

/** Whether a total says that it is of all that was found, and not of what came. */
function isSurelyOfAll({ field: { words, above, pointer } }: Signal<number>): boolean {
  const outer = above.at(-1) ?? [];
  return (
    pointer.startsWith('$response.headers#/content-range') ||
    [...words, ...outer].some((word) => OF_MATCHES.has(word)) ||
    (words.join(' ') === 'value' && outer.join(' ') === 'total')
  );
}

const OF_MATCHES = new Set([
  'found',
  'matched',
  'matches',
  'all',
  'full',
  'overall',
  'grand',
  'filtered',
]);

type Nearest = <S extends Signal<unknown>>(found: readonly S[], what: string) => S | undefined;

function contradiction(found: readonly Signal<unknown>[], what: string): Evidence {
  const said = found.map(({ field }) => `${field.name} ${String(field.value)}`);
  const [first] = found;
  return {
    found: `the reply contradicts itself on ${what}: ${said.slice(0, 4).join(', ')}`,
    at: first?.field.pointer ?? '',
    weight: 0.3,
  };
}

function moreFlags(fields: readonly Field[]): readonly Signal<boolean>[] {
  return fields.flatMap((field): Signal<boolean>[] => {
    const isText = typeof field.value === 'string';
    const flag = typeof field.value === 'boolean' || isText ? readFlag(field.value) : undefined;
    if (flag === undefined) return [];
    if (isMoreName(field.words)) return [{ value: flag, from: field.pointer, field }];
    return isLastName(field.words) ? [{ value: !flag, from: { not: field.pointer }, field }] : [];
  });
}

/** The fields that most surely count all items of the list. */
function totals(
  sight: Sight,
  list: List,
  numbers: readonly Signal<number>[],
  stems: ReadonlySet<string>,
): readonly Signal<number>[] {
  const count = list.value.length;
  const isShort = sight.size !== undefined && count < sight.size && !USUAL_SIZES.has(count);
  const ranked = numbers
    // At the first page, what is below the items that came counts something else.
    .filter(({ value }) => value >= count)
    .map((signal) => ({ signal, rank: rankOf(signal.field, stems, list) }))
    // A count of just the items that came may be that of the page.
    .filter(
      ({ rank, signal: { field, value } }) =>
        rank > 0 && (value !== count || isOfAll(field) || (rank > 2 && isShort)),
    )
    .filter(({ signal: { field } }) => isExact(field, sight));
  const best = Math.max(0, ...ranked.map(({ rank }) => rank));
  const candidates = ranked.filter(({ rank }) => rank === best).map(({ signal }) => signal);
  // Beside a greater one, a count of just the items that came is that of the page.
  return candidates.filter(
    ({ value, field: { parent } }) =>
      value > count ||
      !candidates.some((other) => other.value > count && other.field.parent === parent),
  );
}

/** Whether a count says itself that it is of the whole list. */
function isOfAll({ words, above }: Field): boolean {
  return [...words, ...(above.at(-1) ?? [])].some((word) => OF_ALL.has(word));
}

const OF_ALL = new Set([
  ...['total', 'totals', 'matched', 'found', 'all', 'full', 'overall', 'filtered'],
]);

/** `total: { value, relation }` is a total too. One that is called as the list is, counts it more surely than others. */
function rankOf({ words, above }: Field, stems: ReadonlySet<string>, list: List): number {
  const own = totalRank(words, stems);
  const outer = above.at(-1) ?? [];
  const [total, ...named] = words;
  const names = new Set(list.words.map(stemOf));
  const isNamed =
    total === 'total' && named.length > 0 && named.every((word) => names.has(stemOf(word)));
  if (isNamed || (own > 0 && words.includes('filtered'))) return 4;
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

/** A number of pages that the total contradicts is one of something else. */
function fittingPages(
  found: readonly Signal<number>[],
  total: number | undefined,
  size: number | undefined,
): readonly Signal<number>[] {
  if (total === undefined || size === undefined) return found;
  return found.filter(({ value }) => value === Math.ceil(total / size));
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
