import { markdownTable } from '../../bench/markdown';
import { figureOf, fit, ratios } from '../../bench/statistics';

describe('the statistics of the bench', () => {
  it('gives the median and the quartiles', () => {
    expect(figureOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 });
    expect(figureOf([4, 1, 2, 3])).toEqual({ median: 2.5, low: 1.75, high: 3.25 });
    expect(figureOf([7])).toEqual({ median: 7, low: 7, high: 7 });
  });

  it('compares values of the same round only', () => {
    expect(ratios([2, 30, 4], [1, 10, 4])).toEqual({ median: 2, low: 1.5, high: 2.5 });
  });

  it('tells what an item costs from what a page costs', () => {
    const wholes = [100, 1_000, 10_000].map((size) => {
      const pages = 1_000_000 / size;
      return { items: 1_000_000, pages, cost: 1_000_000 * 3 + pages * 500 };
    });
    const { perItem, perPage } = fit(wholes);
    expect(perItem).toBeCloseTo(3, 6);
    expect(perPage).toBeCloseTo(500, 6);
  });

  it('writes tables as Prettier does', () => {
    const table = [
      ['', 'an item, ns'],
      ['`paginate`', '4'],
    ];
    expect(markdownTable(table)).toBe(
      [
        '|            | an item, ns |',
        '| ---------- | ----------- |',
        '| `paginate` | 4           |',
      ].join('\n'),
    );
  });
});
