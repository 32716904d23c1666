import { parsePointer, resolvePointer } from '../protocol/json-pointer';
import { select, type SelectorFunction } from '../strategy/selector';
import type { NextPlace, PagingRules } from './pagination-description';

/** The selector of where a page says how to go on. */
export function nextSelector({ in: place, pointer, ofLast }: NextPlace): SelectorFunction {
  const source = place === 'header' ? `$response.headers#/${escaped(pointer)}` : pointer;
  if (ofLast === undefined) {
    return Object.assign(((reply) => select(reply, source)) satisfies SelectorFunction, {
      label: source,
    });
  }
  const tokens = parsePointer(ofLast);
  const fromLast: SelectorFunction = (reply) => {
    const array = select(reply, source);
    const found = resolvePointer(
      Array.isArray(array) ? (array.at(-1) as unknown) : undefined,
      tokens,
    );
    return found.found ? found.value : undefined;
  };
  return Object.assign(fromLast, { label: `${source}[-1]${ofLast}` });
}

/** The same for a cursor: what a system does not take for one is the end of its lists. */
export function cursorSelector(next: NextPlace, taken: PagingRules['cursor']): SelectorFunction {
  const selector = nextSelector(next);
  if (taken === undefined) return selector;
  const onlyTaken: SelectorFunction = (reply, items) => {
    const value = selector(reply, items);
    if (typeof value === 'string') return value.trim() === '' ? undefined : value;
    return typeof value === 'number' && taken === 'text-or-number' ? value : undefined;
  };
  return Object.assign(onlyTaken, { label: `${taken}(${selector.label ?? ''})` });
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
