import type { Json } from '../../../lib/core/json';
import type { DialectFile } from '../dialect-file';
import { isArray, isObject, leavesOf, partsOf, wordsOf } from './json-tools';
import { layoutBy } from './paging/layout';
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
    return value.replace(/\d+(?!.*\d)/, (digits) => String(BigInt(digits) + BigInt(seed)));
  if (typeof value === 'number') return value + seed;
  if (isArray(value)) return value.map((one) => another(one, seed));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, another(one, seed)]));
}

type Sizes = (model: PageModel) => { readonly limit: number; readonly total: number };

/** The sizes of some lists stand in the text of a query, where nothing changes them. */
function isSizeInText({ request }: DialectFile): boolean {
  return /limit: ?\d/.test(JSON.stringify(request.body ?? null));
}

function regrouped(file: DialectFile, sizes: Sizes): DialectFile | undefined {
  // A walk that starts midway has items before it that the file does not show.
  if (file.pages.length < 2 || file.startsMidway === true || isSizeInText(file)) return undefined;
  const choices = file.expect.nextAlternatives?.slice(0, -1) ?? [];
  if (choices.some((some) => some.length !== choices[0]?.length)) return undefined;
  const model = new PageModel(file);
  const chosen = sizes(model);
  const isClosed = file.expect.itemCounts.at(-1) === 0;
  const items = grown(model.items, chosen.total);
  const rendered = model.render(layoutBy(items, chosen.limit, isClosed));
  // A list that ends at a short page goes on behind a last page that is full.
  const isOpen = file.mechanism.stop === 'short-page' || file.mechanism.stop === 'empty-page';
  return isOpen ? withProbe(rendered) : rendered;
}

function withProbe(file: DialectFile): DialectFile {
  return { ...file, expect: { ...file.expect, mayProbe: true } };
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

/**
 * The first reply is all of the list. Where a last page shows its end by what is not there, only a page that is short tells
 * it from a list that is not paged, and one more request by what counts pages or items is fine; where the request has no
 * size either, nothing shows the end, and the list is left out.
 */
export const onePage: Transformation = {
  name: 'one page',
  does: 'all items on one page that has room for more',
  apply: (file) => {
    const isAbsent = /absent/.test(file.mechanism.stop);
    if (isAbsent && !new PageModel(file).hasSize) return undefined;
    const page = regrouped(file, ({ layout }) => ({
      limit: layout.total + 1,
      total: layout.total,
    }));
    return page !== undefined && (isAbsent || isCountOfEither(page)) ? withProbe(page) : page;
  },
};

/** Whether all that says how many items there are is called `count`, which some call the page's. */
function isCountOfEither({ mechanism, pages, expect }: DialectFile): boolean {
  const names = [...leavesOf(pages[0]?.body ?? null, expect.itemsPointer)].flatMap(
    ([pointer, value]) => (Number(value) === expect.total ? [partsOf(pointer).name] : []),
  );
  return (
    mechanism.stop === 'total-reached' &&
    names.every((name) => wordsOf(name).includes('count') && !wordsOf(name).includes('total'))
  );
}
