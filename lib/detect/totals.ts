import type { SelectorData } from '../strategy/pagination-description';
import { parseContentRange } from '../protocol/content-range';
import type { Field, List } from './body-view';
import { totalRank } from './reply-names';
import type { Sight } from './sight';
import { USUAL_SIZES } from './usual-sizes';
import { stemOf } from './words';

/** A value and where it is read. */
export interface Signal<V> {
  readonly value: V;
  readonly from: SelectorData;
  readonly field: Field;
}

/** The fields that most surely count all items of the list. */
export function totals(
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

export function rangeTotal({ reply }: Sight): Signal<number> | undefined {
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
export function fittingPages(
  found: readonly Signal<number>[],
  total: number | undefined,
  size: number | undefined,
): readonly Signal<number>[] {
  if (total === undefined || size === undefined) return found;
  return found.filter(({ value }) => value === Math.ceil(total / size));
}

/**
 * Whether a page has as many items as it can, or, where the request names a page and no size, as servers give on their own: a total of so
 * many may be that of the page.
 */
export function isFull(count: number, { size: asked, request }: Sight, repeated?: number): boolean {
  if (count === 0 || (repeated !== undefined && repeated > count)) return false;
  // What is repeated beside a greater size that was asked for may be the number of what came.
  if (asked !== undefined) return count >= asked;
  const isPaged = (request.page ?? request.offset) !== undefined;
  return count === repeated || (isPaged && USUAL_SIZES.has(count));
}

/** Whether a total says that it is of all that was found, and not of what came. */
export function isSurelyOfAll({ field: { words, above, pointer } }: Signal<number>): boolean {
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
