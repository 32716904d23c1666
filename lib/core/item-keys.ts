import { PaginationError } from './pagination-error';
import type { ItemKey } from './walk-options';
import { isPointerText, parsePointer, resolvePointer } from '../protocol/json-pointer';

/**
 * Reads the keys of items as text; a number and the text of its digits are two keys.
 * @returns a function of the item and its place in the page, which throws `BAD_SHAPE` where there is no key
 */
export function keyReader<T = unknown>(
  key: ItemKey | ((item: T) => string | number),
): (item: T, place: number) => string {
  const valueOf: (item: T) => unknown = typeof key === 'function' ? key : at(parsePointer(key));
  const where = typeof key === 'function' ? '' : ` at ${key === '' ? 'its root' : key}`;
  return (item, place) => {
    const value = valueOf(item);
    if (typeof value === 'string') return `"${value}`;
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    throw new PaginationError(
      'BAD_SHAPE',
      `Item ${String(place)} of the page has no key${where}: expected a string or a number`,
    );
  };
}

function at(pointer: readonly string[]): (item: unknown) => unknown {
  return (item) => {
    const found = resolvePointer(item, pointer);
    return found.found ? found.value : undefined;
  };
}

/** An option check. */
export function isItemKey(value: unknown): string | undefined {
  if (typeof value === 'function') return undefined;
  const expected = 'a JSON pointer, empty or beginning with "/", or a function';
  return typeof value === 'string' && isPointerText(value) ? undefined : expected;
}
