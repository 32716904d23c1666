import { describe } from '../core/check-options';
import { contentRange } from './content-range-pagination';
import { linkIn } from './link-in';
import { listIn } from './list-in';
import type { SelectorData } from './pagination-description';
import { isSelector, lastItem } from './selector';
import type { Selector } from './selector';
import { joined, members, not, plus, unless, when } from './selector-functions';

/** Deeper than anybody writes: a description may come from a token. */
const DEEPEST = 8;

type Maker = (data: unknown, inner: (data: unknown) => Selector) => Selector | undefined;

/** The functions that a description can call. */
const MAKERS: Readonly<Record<string, Maker>> = {
  lastItem: (data) => (typeof data === 'string' ? lastItem(data) : undefined),
  linkIn: (data) => {
    if (!isList(data) || data.length > 3) return undefined;
    const [links, rel, at] = data;
    if (typeof links !== 'string' || typeof rel !== 'string') return undefined;
    return at === undefined || typeof at === 'string' ? linkIn(links, rel, at) : undefined;
  },
  not: (data, inner) => not(inner(data)),
  unless: (data, inner) => {
    if (!isList(data) || data.length !== 2) return undefined;
    const [selector, value] = data;
    return isPlain(value) ? unless(inner(selector), value) : undefined;
  },
  when: (data, inner) => {
    if (!isList(data) || data.length !== 3) return undefined;
    const [selector, condition, value] = data;
    return isPlain(value) ? when(inner(selector), inner(condition), value) : undefined;
  },
  listIn: (data) => (typeof data === 'string' ? listIn(data) : undefined),
  joined: (data, inner) => (isList(data) ? joined(...data.map(inner)) : undefined),
  plus: (data, inner) => {
    if (!isList(data) || data.length !== 2) return undefined;
    const [selector, added] = data;
    return typeof added === 'number' && Number.isSafeInteger(added)
      ? plus(inner(selector), added)
      : undefined;
  },
  members: (data, inner) => {
    if (typeof data !== 'object' || data === null || isList(data)) return undefined;
    const entries = Object.entries(data).map(([name, one]) => [name, inner(one)] as const);
    return members(Object.fromEntries(entries));
  },
  contentRange: (data) =>
    data === 'total' || data === 'first' || data === 'last' ? contentRange(data) : undefined,
};

/**
 * The selector that data stands for.
 * @throws TypeError if it stands for none.
 */
export function selectorOf(data: unknown, depth = 0): Selector {
  if (typeof data === 'string') {
    if (isSelector(data) === undefined) return data;
    throw new TypeError(`Expected ${isSelector(data) ?? ''}, got ${describe(data)}`);
  }
  const entries = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  const [[name, value] = ['']] = entries;
  const made =
    entries.length === 1 && depth < DEEPEST && Object.hasOwn(MAKERS, name)
      ? MAKERS[name]?.(value, (one) => selectorOf(one, depth + 1))
      : undefined;
  if (made !== undefined) return made;
  throw new TypeError(
    `Expected a pointer or an object such as { lastItem: '/id' } of one of ${Object.keys(MAKERS).join(', ')}, got ${
      entries.length === 1 ? `{ ${describe(name)}: ${describe(value)} }` : describe(data)
    }`,
  );
}

/** An option check for selectors that are data. */
export function isSelectorData(data: unknown): string | undefined {
  try {
    selectorOf(data);
    return undefined;
  } catch {
    return "a JSON pointer, '$response.headers#/name' or an object such as { listIn: '/_embedded' }";
  }
}

/** Whether data is the call of a function that makes selectors. */
export function isSelectorCall(data: unknown): data is Exclude<SelectorData, string> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
