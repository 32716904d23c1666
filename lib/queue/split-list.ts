import type { PagedResponse } from '../core/paged-response';
import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';

import type { PartRange } from './export-plan';

/** A range of a list, and the request it begins with. */
export interface ListRange {
  readonly request: PageRequest;
  readonly range: PartRange;
}

/**
 * Splits a list by what its first page tells: into ranges of whole pages, as even as they go.
 * @param firstNumber of the first page of lists by page number
 * @returns the ranges in order, or why there are none
 */
export function splitList(
  request: PageRequest,
  strategy: PaginationStrategy,
  page: PagedResponse,
  partitions: number,
  firstNumber: number,
): readonly ListRange[] | string {
  const { totalCount } = page;
  const size = page.items.length;
  if (page.kind === 'single') return 'it comes whole';
  if (page.kind !== 'offset' && page.kind !== 'number') {
    return `it is paged by ${page.kind}, so only its parts in turn lead to one another`;
  }
  if (size === 0) return 'its first page is empty';
  const totalPages =
    page.totalPages ?? (totalCount === undefined ? undefined : Math.ceil(totalCount / size));
  if (totalPages === undefined) return 'the server tells no total';
  const from = page.kind === 'offset' ? page.offset : page.pageNumber;
  const first = strategy.start(request);
  const at = (position: number) => strategy.at(first, position);
  if (page.kind === 'offset') {
    if (totalCount === undefined) return 'the server tells no total';
    const pages = Math.ceil((totalCount - from) / size);
    return bounds(pages, partitions).map(([begin, end]) => {
      const start = from + begin * size;
      const rows = Math.min(totalCount, from + end * size) - start;
      return { request: at(start), range: { totalCount, rows } };
    });
  }
  const pagesBefore = from - firstNumber;
  const isRegular = totalCount !== undefined && Math.ceil(totalCount / size) === totalPages;
  return bounds(totalPages - pagesBefore, partitions).map(([begin, end]) => {
    const rows = isRegular
      ? Math.min(totalCount, (pagesBefore + end) * size) - (pagesBefore + begin) * size
      : undefined;
    return { request: at(from + begin), range: { totalCount, pages: end - begin, rows } };
  });
}

/** Even shares of so many pages: their begins and ends. */
function bounds(pages: number, partitions: number): readonly (readonly [number, number])[] {
  const count = Math.min(Math.max(pages, 1), partitions);
  return Array.from({ length: count }, (_, at) => [
    Math.floor((pages * at) / count),
    Math.floor((pages * (at + 1)) / count),
  ]);
}
