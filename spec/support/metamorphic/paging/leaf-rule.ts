import type { Json } from '../../../../lib/core/json';
import { wordsOf } from '../json-tools';
import type { Layout } from './layout';
import { isLimitName, isOffsetName, isPageName } from './request-slots';

/** What a value of a reply says about the paging; `at` is its value at a page of any layout, undefined where it stays. */
export interface LeafRule {
  readonly says:
    | 'total'
    | 'pages'
    | 'limit'
    | 'count'
    | 'page'
    | 'offset'
    | 'lastItem'
    | 'remaining'
    | 'more'
    | 'last'
    | 'next'
    | 'prev';
  readonly at: (place: number, layout: Layout) => number | boolean | undefined;
}

const has = (words: readonly string[], pattern: RegExp): boolean =>
  words.some((w) => pattern.test(w));
const TOTAL = /^(?:total|totals?|found|matched|matches|numfound|nb|totalsize)$/;
const COUNT = /^(?:count|counts|size|returned|length|num|number|elements|dist|keycount|results)$/;

/** Numbers, also those sent as text. */
function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

function flagOf(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

/**
 * The rule that a value's sequence over the known pages follows, if its name says the same.
 * @param isByNumber whether the requests count pages; or items, if false
 * @param limitNames the words of the request's parameters of size, joined by `_`
 */
export function leafRule(
  names: readonly string[],
  values: readonly (Json | undefined)[],
  layout: Layout,
  isByNumber: boolean | undefined,
  limitNames: readonly string[],
): LeafRule | undefined {
  const own = wordsOf(names.at(-1) ?? '');
  const words = [...wordsOf(names.at(-2) ?? ''), ...own];
  const flags = values.map(flagOf);
  if (flags.every((flag) => flag !== undefined)) return flagRule(flags);
  const numbers = values.map(numberOf);
  // Where nothing is counted, what comes next is a token.
  if (isByNumber === undefined && has(words, /^(?:next|prev|previous)$/)) return undefined;
  if (has(own, /^next$/) || (has(words, /^next$/) && own.length === 1))
    return nextRule(own, numbers, layout, isByNumber);
  if (has(own, /^(?:prev|previous)$/)) return prevRule(own, numbers, isByNumber);
  const known = numbers.filter((value) => value !== undefined);
  if (known.length < numbers.length) {
    const isLeft = has(words, /^(?:remaining|left)$/);
    return isLeft && known.every((value, i) => value === left(i, layout))
      ? { says: 'remaining', at: (place, other) => left(place, other) }
      : undefined;
  }
  const isConstant = known.every((value) => value === known[0]);
  const constant = isConstant ? constantRule(own, words, known[0]!, layout, limitNames) : undefined;
  return constant ?? movingRule(own, words, known, layout);
}

const left = (place: number, { total, starts, sizes }: Layout): number =>
  total - (starts[place] ?? 0) - (sizes[place] ?? 0);

function flagRule(flags: readonly boolean[]): LeafRule | undefined {
  const end = flags.length - 1;
  if (end === 0) return undefined;
  if (flags.every((flag, place) => flag === place < end)) {
    return { says: 'more', at: (place, { sizes }) => place < sizes.length - 1 };
  }
  if (flags.every((flag, place) => flag === (place === end))) {
    return { says: 'last', at: (place, { sizes }) => place === sizes.length - 1 };
  }
  return undefined;
}

function nextRule(
  own: readonly string[],
  values: readonly (number | undefined)[],
  layout: Layout,
  isByNumber: boolean | undefined,
): LeafRule | undefined {
  const page = (values[0] ?? NaN) - 1;
  const offset = (values[0] ?? NaN) - (layout.starts[1] ?? NaN);
  const inner = values.slice(0, -1);
  const isPage = inner.every((value, place) => value === page + place + 1);
  const isOffset = inner.every(
    (value, place) => value === offset + (layout.starts[place + 1] ?? NaN),
  );
  const isOffsetFirst = isOffsetName(own) || (isByNumber === false && !isPageName(own));
  const at: LeafRule['at'] | undefined =
    isOffset && isOffsetFirst
      ? (place, { starts }) => offset + (starts[place + 1] ?? NaN)
      : isPage
        ? (place) => page + place + 1
        : undefined;
  if (at === undefined) return undefined;
  return {
    says: 'next',
    at: (place, other) => (place < other.sizes.length - 1 ? at(place, other) : undefined),
  };
}

function prevRule(
  own: readonly string[],
  values: readonly (number | undefined)[],
  isByNumber: boolean | undefined,
): LeafRule | undefined {
  const after = values.slice(1);
  if (isOffsetName(own) || isByNumber === false || after.some((value) => value === undefined))
    return undefined;
  const page = after[0] ?? 0;
  if (!after.every((value, place) => value === page + place)) return undefined;
  return { says: 'prev', at: (place) => (place === 0 ? undefined : page + place - 1) };
}

function constantRule(
  own: readonly string[],
  words: readonly string[],
  value: number,
  layout: Layout,
  limitNames: readonly string[],
): LeafRule | undefined {
  const isPages =
    has(own, /^(?:pages|nbpages)$/) ||
    (has(own, /^page$/) && has(own, /^(?:total|last|max|num|count|nb|visible)$/));
  if (isPages && value === layout.pages) return { says: 'pages', at: (_, { pages }) => pages };
  const isTotal = value === layout.total;
  if (isTotal && has(words, TOTAL)) return { says: 'total', at: (_, { total }) => total };
  // `size` or `count` is that of the page, unless a page of another size or the request's own size says otherwise.
  const isOfPage = has(own, /^(?:size|count)$/) && !has(own, /^(?:page|per|max|limit)$/);
  const isAsked = limitNames.includes(own.join('_'));
  if (isOfPage && !isAsked && !isTotal && layout.sizes.every((size) => size === value)) {
    return { says: 'count', at: (place, { sizes }) => sizes[place] };
  }
  if (value === layout.limit && isLimitName(own))
    return { says: 'limit', at: (_, { limit }) => limit };
  if (isTotal && has(words, COUNT)) return { says: 'total', at: (_, { total }) => total };
  return undefined;
}

function movingRule(
  own: readonly string[],
  words: readonly string[],
  values: readonly number[],
  layout: Layout,
): LeafRule | undefined {
  const { starts, sizes } = layout;
  const [first = 0] = values;
  const fits = (at: (place: number) => number) =>
    values.every((value, place) => value === at(place));
  if (fits((place) => sizes[place] ?? NaN) && has(words, COUNT) && !has(own, TOTAL)) {
    return { says: 'count', at: (place, other) => other.sizes[place] };
  }
  if (
    values.length > 1 &&
    fits((place) => first + place) &&
    !isOffsetName(own) &&
    (isPageName(own) || has(words, /page/))
  ) {
    return { says: 'page', at: (place) => first + place };
  }
  if (values.length > 1 && fits((place) => first + (starts[place] ?? NaN)) && first <= 1) {
    return { says: 'offset', at: (place, other) => first + (other.starts[place] ?? NaN) };
  }
  const shift = first - (sizes[0] ?? 0);
  if (
    values.length > 1 &&
    has(own, /^(?:end|to|last)$/) &&
    fits((place) => shift + (starts[place] ?? 0) + (sizes[place] ?? 0))
  ) {
    return {
      says: 'lastItem',
      at: (place, other) => shift + (other.starts[place] ?? 0) + (other.sizes[place] ?? 0),
    };
  }
  if (values.length > 1 && fits((place) => left(place, layout))) {
    return { says: 'remaining', at: left };
  }
  return undefined;
}
