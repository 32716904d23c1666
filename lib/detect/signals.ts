import { readFlag, readWhole } from '../strategy/read-values';
import { isUnder, isWithin } from './body-view';
import type { Field, List } from './body-view';
import type { Evidence } from './detection';
import { isOfAnother, nearestSignal } from './nearest-signal';
import { OTHER_COUNTS } from './rank-lists';
import { isCurrentOffset, isCurrentPage, isLastName, isMoreName, isPageTotal } from './reply-names';
import type { Sight } from './sight';
import { isSizeName } from './slot-names';
import { isBareToken, isNextName } from './token-names';
import { fittingPages, isFull, isSurelyOfAll, rangeTotal, totals } from './totals';
import type { Signal } from './totals';
import { stemOf } from './words';

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
    (isMore || (isFull(list.value.length, sight, size) && !isSurelyOfAll(said)));
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
