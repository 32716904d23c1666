import type { PagedResponse } from '../core/paged-response';

import type { PartRange } from './export-plan';

/** What shows on a page that the list is not the one that was planned; nothing where it may be. */
export function driftOnPage(range: PartRange | undefined, page: PagedResponse): string | undefined {
  const { totalCount: now } = page;
  const then = range?.totalCount;
  if (then === undefined || now === undefined || now === then) return undefined;
  return `The list has ${String(now)} rows, and had ${String(then)} when it was planned; ranges of it may have lost or repeated rows`;
}

/** The same of the rows of a whole range. */
export function driftAtEnd(range: PartRange | undefined, rows: number): string | undefined {
  if (range?.rows === undefined || range.rows === rows) return undefined;
  return `The range has ${String(rows)} rows, and had ${String(range.rows)} when it was planned; the list has changed`;
}
