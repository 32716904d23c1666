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
}

export function layoutOf(sizes: readonly number[], limit = Math.max(...sizes)): Layout {
  const starts: number[] = [];
  let total = 0;
  for (const size of sizes) {
    starts.push(total);
    total += size;
  }
  return { sizes, starts, total, limit, pages: sizes.filter((size) => size > 0).length };
}

/** The items by pages of `limit`, with an empty page behind them where the list has one. */
export function layoutBy(limit: number, total: number, isClosedByEmptyPage: boolean): Layout {
  const sizes: number[] = [];
  for (let left = total; left > 0; left -= limit) sizes.push(Math.min(left, limit));
  return layoutOf(isClosedByEmptyPage ? [...sizes, 0] : sizes, limit);
}
