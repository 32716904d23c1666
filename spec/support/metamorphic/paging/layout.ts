import type { Json } from '../../../../lib/core/json';

/** How the items of a list fall on its pages. */
export interface Layout {
  /** Items of each page; a last one of 0 is the empty page that closes some lists. */
  readonly sizes: readonly number[];
  /** Items before each page. */
  readonly starts: readonly number[];
  readonly total: number;
  /** Items of a full page. */
  readonly limit: number;
  /** Pages that hold items. */
  readonly pages: number;
  readonly items: readonly Json[];
}

export function layoutOf(
  items: readonly Json[],
  sizes: readonly number[],
  limit = Math.max(...sizes),
): Layout {
  const starts: number[] = [];
  let total = 0;
  for (const size of sizes) {
    starts.push(total);
    total += size;
  }
  return { sizes, starts, total, limit, pages: sizes.filter((size) => size > 0).length, items };
}

/** The items by pages of `limit`, with an empty page behind them where the list has one. */
export function layoutBy(
  items: readonly Json[],
  limit: number,
  isClosedByEmptyPage: boolean,
): Layout {
  const sizes: number[] = [];
  for (let left = items.length; left > 0; left -= limit) sizes.push(Math.min(left, limit));
  return layoutOf(items, isClosedByEmptyPage ? [...sizes, 0] : sizes, limit);
}
