import { checkArgument, describe } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import { PaginationError } from '../core/pagination-error';
import { isPointerText, parsePointer, resolvePointer } from '../protocol/json-pointer';

/** A {@link Selector} in form of a function; `items` are those of the page. */
export interface SelectorFunction<T = unknown> {
  (reply: PageReply, items: readonly unknown[]): T;
  /** Names it in the id of a strategy. */
  readonly label?: string | undefined;
  /** What it gives is made of the items alone. */
  readonly isOfItems?: true | undefined;
  /** Of `lastItem`: where in the item the value has to be. */
  readonly pointer?: string | undefined;
}

/**
 * Where a value stands in a reply: a JSON pointer into the body (RFC 6901), `'$response.body#/pointer'`,
 * `'$response.headers#/name'` (names ignore case), or a function of the reply.
 */
export type Selector<T = unknown> = string | SelectorFunction<T>;

const HEADER = /^\$response\.headers?#/;
const BODY = /^\$response\.body(?:#|$)/;

/** The value a selector leads to; `undefined` where there is none. */
export function select(
  reply: PageReply,
  selector: Selector,
  items: readonly unknown[] = [],
): unknown {
  if (typeof selector !== 'string') return selector(reply, items);
  const { header, tokens } = parsed(selector);
  if (header !== undefined) {
    return Object.hasOwn(reply.headers, header) ? reply.headers[header] : undefined;
  }
  const found = resolvePointer(reply.body, tokens);
  return found.found ? found.value : undefined;
}

interface ParsedSelector {
  readonly header?: string | undefined;
  readonly tokens: readonly string[];
}

/** The last selectors used, for every page asks for the same few; a program that makes ever new ones keeps no more. */
const known = new Map<string, ParsedSelector>();
const MOST_KNOWN = 200;

function parsed(selector: string): ParsedSelector {
  let found = known.get(selector);
  if (found === undefined) {
    const header = headerOf(selector);
    found = { header, tokens: header === undefined ? parsePointer(pointerOf(selector)) : [] };
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(selector, found);
  }
  return found;
}

/**
 * A selector of the value at `pointer` in the last item of the page, for APIs whose next cursor is the last item's own id;
 * `undefined` on a page without items, and where the last one does not have it.
 * @throws TypeError if the pointer is malformed.
 */
export function lastItem(pointer: string): SelectorFunction {
  checkArgument('lastItem', pointer, isPointerGiven);
  const tokens = parsePointer(pointer);
  const fromLast = (_: PageReply, items: readonly unknown[]): unknown => {
    const found = resolvePointer(items.at(-1), tokens);
    return found.found ? found.value : undefined;
  };
  const marks = { label: `lastItem(${pointer})`, isOfItems: true as const, pointer };
  return Object.assign(fromLast, marks);
}

/** What a last item that lacks what the next page is asked for with errors with: ending there would lose the rest. */
export function lacksBoundary(pointer: string): PaginationError {
  return new PaginationError(
    'BAD_SHAPE',
    `The last item has nothing at ${pointer} to ask for the next page with`,
  );
}

/** How a selector is written in the id of a strategy. */
export function selectorLabel(selector: Selector | undefined): string | undefined {
  if (selector === undefined || typeof selector === 'string') return selector;
  return typeof selector.label === 'string' ? selector.label : 'fn';
}

/** An option check: says what is expected if `value` is no selector. */
export function isSelector(value: unknown): string | undefined {
  if (typeof value === 'function') return undefined;
  const expected = "a JSON pointer, '$response.headers#/name' or a function";
  if (typeof value !== 'string') return expected;
  try {
    if (headerOf(value) === undefined) parsePointer(pointerOf(value));
    return undefined;
  } catch {
    return expected;
  }
}

/** An option check for pointers into something else than a reply. */
export function isPointer(value: unknown): string | undefined {
  const expected = 'a JSON pointer, empty or beginning with "/"';
  return typeof value === 'string' && isPointerText(value) ? undefined : expected;
}

/** The same of what is parsed at once, so that a text that is none is told in what. */
export function isPointerGiven(value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : isPointer(value);
}

function pointerOf(selector: string): string {
  return selector.replace(BODY, '');
}

function headerOf(selector: string): string | undefined {
  if (!HEADER.test(selector)) return undefined;
  const [name, ...more] = parsePointer(selector.replace(HEADER, ''));
  if (name === undefined || name === '' || more.length > 0) {
    throw new TypeError(`Expected a header's name after "#/", got ${describe(selector)}`);
  }
  return name.toLowerCase();
}
