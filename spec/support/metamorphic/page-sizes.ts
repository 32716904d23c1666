import type { Json } from '../../../lib/core/json';
import type { DialectFile } from '../dialect-file';
import { isArray, isObject } from './json-tools';
import { type Layout, layoutBy } from './paging/layout';
import { PageModel } from './paging/page-model';
import type { Transformation } from './transformation';

/** More items after a list's own, all different. */
function grown(items: readonly Json[], total: number): readonly Json[] {
  const sample = items[0] ?? null;
  return Array.from({ length: total }, (_, place) => items[place] ?? another(sample, 1000 + place));
}

/** An item with other numbers in its texts and ids. */
function another(value: Json, seed: number): Json {
  if (typeof value === 'string')
    return value.replace(/\d+(?!.*\d)/, (digits) => String(Number(digits) + seed));
  if (typeof value === 'number') return value + seed;
  if (isArray(value)) return value.map((one) => another(one, seed));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, another(one, seed)]));
}

type Sizes = (model: PageModel) => { readonly limit: number; readonly total: number } | undefined;

function regrouped(file: DialectFile, sizes: Sizes): DialectFile | undefined {
  // A walk that starts midway has items before it that the file does not show.
  if (file.pages.length < 2 || file.startsMidway === true) return undefined;
  const model = new PageModel(file);
  const chosen = sizes(model);
  if (chosen === undefined) return undefined;
  const isClosed = file.expect.itemCounts.at(-1) === 0;
  const layout: Layout = layoutBy(chosen.limit, chosen.total, isClosed);
  const rendered = model.render(grown(model.items, chosen.total), layout);
  // A list that ends at a short page goes on behind a last page that is full.
  const isOpen = file.mechanism.stop === 'short-page' || file.mechanism.stop === 'empty-page';
  return isOpen ? { ...rendered, expect: { ...rendered.expect, mayProbe: true } } : rendered;
}

/** One item a page, or half of what a large page held. */
export const smallerPages: Transformation = {
  name: 'smaller pages',
  does: 'the same items on more and smaller pages',
  apply: (file) =>
    regrouped(file, ({ layout }) => ({
      limit: Math.max(1, Math.floor(layout.limit / 2)),
      total: layout.total,
    })),
};

export const largerPages: Transformation = {
  name: 'larger pages',
  does: 'three pages of three items more than before',
  apply: (file) =>
    regrouped(file, ({ layout }) => ({
      limit: layout.limit + 3,
      total: 2 * (layout.limit + 3) + 3,
    })),
};

export const manyPages: Transformation = {
  name: 'many pages',
  does: 'seven pages, the last of one item',
  apply: (file) =>
    regrouped(file, ({ layout }) => ({ limit: layout.limit, total: 6 * layout.limit + 1 })),
};

/** The first reply is all of the list, and says so by what it says on a last page. */
export const onePage: Transformation = {
  name: 'one page',
  does: 'all items on one page that has room for more',
  apply: (file) =>
    regrouped(file, ({ layout }) => ({ limit: layout.total + 1, total: layout.total })),
};
