import type { PagedResponse } from '../core/paged-response';
import { parsePointer, resolvePointer } from '../protocol/json-pointer';

/** What makes the rows of a page: its items as they are, what a pointer leads to in each, or a function. */
export type Select = string | ((item: unknown) => unknown) | undefined;

export function selectRows(select: Select): (page: PagedResponse) => readonly unknown[] {
  if (select === undefined) return ({ items }) => items;
  if (typeof select === 'function') return ({ items }) => items.map((item) => select(item));
  const tokens = parsePointer(select);
  return ({ items }) =>
    items.map((item) => {
      const found = resolvePointer(item, tokens);
      return found.found ? found.value : null;
    });
}
