import { field } from '../core/field';
import type { PagedResponse } from '../core/paged-response';
import { parsePointer, resolvePointer } from '../protocol/json-pointer';

/** What makes the rows of a page: its items as they are, what a pointer leads to in each, or a function. */
export type Select = string | ((item: unknown) => unknown) | undefined;

export function selectRows(select: Select): (page: PagedResponse) => readonly unknown[] {
  if (select === undefined) return ({ items }) => items;
  if (typeof select === 'function')
    return ({ items }) => items.map((item) => noPromise(select(item)));
  const tokens = parsePointer(select);
  return ({ items }) =>
    items.map((item) => {
      const found = resolvePointer(item, tokens);
      return found.found ? found.value : null;
    });
}

/** A sink would write a promise as an empty object. @throws TypeError */
function noPromise(row: unknown): unknown {
  if (typeof field(row, 'then') !== 'function') return row;
  // Nobody else listens to it, and a rejection that nobody hears ends the process.
  void Promise.resolve(row).catch(() => undefined);
  throw new TypeError("exportTo: option 'select' must give the row itself, got a promise of it");
}
