import { checkArgument, describe, type Check } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import { PaginationError } from '../core/pagination-error';
import { isRecord } from '../protocol/is-record';
import { isJson, readFlag, readWhole, typeFound } from './read-values';
import { isSelector, select, selectorLabel } from './selector';
import type { Selector, SelectorFunction } from './selector';

/** A selector of a flag turned round, for APIs that say `isLast` or `done` where others say `hasMore`. */
export function not(selector: Selector): SelectorFunction {
  return labelled(`not(${labelOf('not', selector)})`, (reply, items) => {
    const flag = readFlag(select(reply, selector, items));
    return flag === undefined ? undefined : !flag;
  });
}

/** A selector that finds nothing where there stands `value`, for APIs that end a list with -1, `"0"` and the like. */
export function unless(selector: Selector, value: string | number | boolean): SelectorFunction {
  checkArgument('unless', value, isValue);
  return labelled(
    `unless(${labelOf('unless', selector)} ${JSON.stringify(value)})`,
    (reply, items) => {
      const found = select(reply, selector, items);
      return found === value ? undefined : found;
    },
    [selector],
  );
}

/**
 * A selector that finds something only where another one finds `value`, e.g. a total only where it is exact:
 * `when('/hits/total/value', '/hits/total/relation', 'eq')`.
 */
export function when(
  selector: Selector,
  condition: Selector,
  value: string | number | boolean,
): SelectorFunction {
  checkArgument('when', value, isValue);
  const labels = [labelOf('when', selector), labelOf('when', condition)];
  const label = [...labels, JSON.stringify(value)].join(' ');
  return labelled(
    `when(${label})`,
    (reply, items) =>
      select(reply, condition, items) === value ? select(reply, selector, items) : undefined,
    [selector],
  );
}

/**
 * A selector of texts and whole numbers put together, e.g. of a link that is given in two parts; of nothing where one is missing or
 * `null`. Errors: `BAD_SHAPE` for what cannot be put together.
 */
export function joined(...selectors: readonly Selector[]): SelectorFunction {
  const label = `joined(${selectors.map((selector) => labelOf('joined', selector)).join(' ')})`;
  return labelled(
    label,
    (reply, items) => {
      const parts = selectors.map((selector) => select(reply, selector, items));
      if (parts.some((part) => part === undefined || part === null)) return undefined;
      return parts.map((part) => textOf(part, label)).join('');
    },
    selectors,
  );
}

/**
 * A selector of a whole number and what is added to it, for APIs that want the number after the one they give; of nothing where there is
 * no whole number of 0 or more. Digits beyond 2^53 stay exact as text. Errors: `BAD_SHAPE` for a number beyond it that is no text, whose
 * digits are lost.
 * @throws TypeError where what is added is no whole number
 */
export function plus(selector: Selector, added: number): SelectorFunction {
  if (!Number.isSafeInteger(added)) {
    throw new TypeError(`plus: expected a whole number to add, got ${describe(added)}`);
  }
  const label = `plus(${labelOf('plus', selector)} ${String(added)})`;
  return labelled(
    label,
    (reply, items) => {
      const found = select(reply, selector, items);
      const number = readWhole(found);
      if (number !== undefined && Number.isSafeInteger(number + added)) return number + added;
      if (typeof found === 'string' && /^\d+$/.test(found.trim())) {
        return String(BigInt(found) + BigInt(added));
      }
      if (Number.isInteger(found) && Number(found) > 0) throw inexact(label);
      return undefined;
    },
    [selector],
  );
}

/** A selector of an object of values from several places; of nothing where one of them is missing or `null`. */
export function members(selectors: Readonly<Record<string, Selector>>): SelectorFunction {
  checkArgument('members', selectors, isMembers);
  const entries = Object.entries(selectors);
  const label = entries
    .map(([name, selector]) => `${name}=${labelOf('members', selector)}`)
    .join(' ');
  return labelled(
    `members(${label})`,
    (reply, items) => {
      const found = entries.map(
        ([name, selector]) => [name, select(reply, selector, items)] as const,
      );
      const complete = found.every(([, value]) => value !== null && isJson(value));
      return complete ? Object.fromEntries(found) : undefined;
    },
    Object.values(selectors),
  );
}

/**
 * Names a selector function in the id of a strategy.
 * @param of what it takes its value from: where all of that is made of items, so is this
 */
export function labelled(
  label: string,
  read: (reply: PageReply, items: readonly unknown[]) => unknown,
  of: readonly Selector[] = [],
): SelectorFunction {
  const isOfItems = of.length > 0 && of.every(isMadeOfItems);
  return Object.assign(read, { label, ...(isOfItems && { isOfItems }) });
}

const isValue: Check = (value) =>
  ['string', 'number', 'boolean'].includes(typeof value) ? undefined : 'a text, number or flag';

const isMembers: Check = (value) => (isRecord(value) ? undefined : 'an object of selectors');

function isMadeOfItems(selector: Selector): boolean {
  return typeof selector === 'function' && selector.isOfItems === true;
}

/** @throws TypeError where it is no selector */
function labelOf(where: string, selector: Selector): string {
  const problem = isSelector(selector);
  if (problem !== undefined) {
    throw new TypeError(`${where}: expected ${problem}, got ${describe(selector)}`);
  }
  return selectorLabel(selector) ?? '';
}

function textOf(part: unknown, label: string): string {
  if (typeof part === 'string') return part;
  if (Number.isSafeInteger(part)) return String(part);
  if (Number.isInteger(part)) throw inexact(label);
  throw new PaginationError(
    'BAD_SHAPE',
    `Expected texts and whole numbers for ${label}, found ${typeFound(part)}`,
  );
}

function inexact(label: string): PaginationError {
  return new PaginationError(
    'BAD_SHAPE',
    `A number for ${label} is beyond 2^53, where JSON.parse does not keep all digits; it would have to be text`,
  );
}
