import type { Json } from '../core/json';
import type { PagedResponse } from '../core/paged-response';

import { hideSecrets } from './hide-secrets';
import { fitText } from './visible-text';

/** The metadata of a page that the command prints. */
export interface PageRow {
  /** Place in the walk, from 0. */
  readonly index: number;
  readonly kind: PagedResponse['kind'];
  readonly status: number;
  /** What fetched the page: cursor, link, page number or offset. */
  readonly position?: Json | undefined;
  readonly items: number;
  /** Where the next page is. */
  readonly next?: Json | undefined;
  readonly hasNextPage: boolean;
  readonly totalCount?: number | undefined;
  readonly totalPages?: number | undefined;
  /** Continues after this page. */
  readonly resumeToken: string;
}

export function pageRow(page: PagedResponse): PageRow {
  const { index, kind, status, items, hasNextPage, totalCount, totalPages, resumeToken } = page;
  const [position, next] = positionsOf(page);
  return {
    index,
    kind,
    status,
    position: hidden(position),
    items: items.length,
    next: hidden(next),
    hasNextPage,
    totalCount,
    totalPages,
    resumeToken,
  };
}

function positionsOf(page: PagedResponse): readonly [Json | undefined, Json | undefined] {
  switch (page.kind) {
    case 'cursor':
      return [page.cursor, page.nextCursor];
    case 'link':
      return [page.link, page.nextLink];
    case 'number':
      return [page.pageNumber, page.nextPageNumber];
    case 'offset':
      return [page.offset, page.nextOffset];
    case 'single':
      return [undefined, undefined];
  }
}

/** Servers repeat the parameters of a request in their links, keys and tokens included. */
function hidden(position: Json | undefined): Json | undefined {
  return typeof position === 'string' && /[?&/]/.test(position) ? hideSecrets(position) : position;
}

// 99 columns with two blanks between.
const COLUMNS = [
  ['index', 5],
  ['kind', -6],
  ['position', -28],
  ['items', 6],
  ['next', -28],
  ['total', 8],
  ['status', 6],
] as const;

export const TABLE_HEAD = tableLine(COLUMNS.map(([name]) => name));

/** A line of the table: numbers to the right; a position too long for its column loses its middle. */
export function tableRow(row: PageRow): string {
  const { index, kind, position, items, next, hasNextPage, totalCount, status } = row;
  const total = totalCount === undefined ? '-' : String(totalCount);
  const following = next ?? (hasNextPage ? '?' : undefined);
  return tableLine([
    String(index),
    kind,
    shown(position),
    String(items),
    shown(following),
    total,
    String(status),
  ]);
}

/** Links without their origin, which is that of the list. */
function shown(position: Json | undefined): string {
  if (position === undefined) return '-';
  const text = typeof position === 'string' ? position : JSON.stringify(position);
  return text === '' ? '""' : text.replace(/^https?:\/\/[^/?#]*/i, '');
}

function tableLine(cells: readonly string[]): string {
  const padded = COLUMNS.map(([, width], at) => {
    const text = fitText(cells[at] ?? '', Math.abs(width));
    return width < 0 ? text.padEnd(-width) : text.padStart(width);
  });
  return padded.join('  ').trimEnd();
}
