import type { PageReply } from '../core/page-reply';
import { isJson, readFlag, readWhole } from './read-values';
import { select, selectorLabel } from './selector';
import type { Selector, SelectorFunction } from './selector';

/** A selector of a flag turned round, for APIs that say `isLast` or `done` where others say `hasMore`. */
export function not(selector: Selector): SelectorFunction {
  return labelled(`not(${labelOf(selector)})`, (reply, items) => {
    const flag = readFlag(select(reply, selector, items));
    return flag === undefined ? undefined : !flag;
  });
}

/** A selector that finds nothing where there stands `value`, for APIs that end a list with -1, `"0"` and the like. */
export function unless(selector: Selector, value: string | number | boolean): SelectorFunction {
  return labelled(
    `unless(${labelOf(selector)} ${JSON.stringify(value)})`,
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
  const label = [labelOf(selector), labelOf(condition), JSON.stringify(value)].join(' ');
  return labelled(
    `when(${label})`,
    (reply, items) =>
      select(reply, condition, items) === value ? select(reply, selector, items) : undefined,
    [selector],
  );
}

/** A selector of texts put together, e.g. of a link that is given in two parts; of nothing where one is missing. */
export function joined(...selectors: readonly Selector[]): SelectorFunction {
  return labelled(
    `joined(${selectors.map(labelOf).join(' ')})`,
    (reply, items) => {
      const parts = selectors.map((selector) => select(reply, selector, items));
      return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
    },
    selectors,
  );
}

/** A selector of a whole number and what is added to it, for APIs that want the number after the one they give. */
export function plus(selector: Selector, added: number): SelectorFunction {
  return labelled(
    `plus(${labelOf(selector)} ${String(added)})`,
    (reply, items) => {
      const number = readWhole(select(reply, selector, items));
      return number === undefined ? undefined : number + added;
    },
    [selector],
  );
}

/** A selector of an object of values from several places; of nothing where one of them is missing or `null`. */
export function members(selectors: Readonly<Record<string, Selector>>): SelectorFunction {
  const entries = Object.entries(selectors);
  const label = entries.map(([name, selector]) => `${name}=${labelOf(selector)}`).join(' ');
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

function isMadeOfItems(selector: Selector): boolean {
  return typeof selector === 'function' && selector.isOfItems === true;
}

function labelOf(selector: Selector): string {
  return selectorLabel(selector) ?? '';
}
