import type { Figure } from './figures';

/** Median and quartiles. */
export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => {
    const place = (sorted.length - 1) * part;
    const [below = NaN, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place % 1);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** The ratios of two contestants, each of the same round. */
export function ratios(of: readonly number[], to: readonly number[]): Figure {
  return figureOf(of.map((value, round) => value / (to[round] ?? NaN)));
}

/** Wholes of the same number of items in more or fewer pages. */
export interface Whole {
  readonly items: number;
  readonly pages: number;
  readonly cost: number;
}

/** What an item and what a page costs: least squares of `cost = items * perItem + pages * perPage`. */
export function fit(wholes: readonly Whole[]): {
  readonly perItem: number;
  readonly perPage: number;
} {
  const sum = (of: (whole: Whole) => number) =>
    wholes.reduce((total, whole) => total + of(whole), 0);
  const [ii, ip, pp] = [
    sum(({ items }) => items * items),
    sum(({ items, pages }) => items * pages),
    sum(({ pages }) => pages * pages),
  ];
  const [ic, pc] = [sum(({ items, cost }) => items * cost), sum(({ pages, cost }) => pages * cost)];
  const determinant = ii * pp - ip * ip;
  return { perItem: (ic * pp - pc * ip) / determinant, perPage: (ii * pc - ip * ic) / determinant };
}
