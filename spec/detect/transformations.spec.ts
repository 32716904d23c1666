import { isDeepStrictEqual } from 'node:util';

import { dialect } from '../../lib/dialects';
import { resolvePointer } from '../../lib/protocol/json-pointer';
import { deepFreeze } from '../support/deep-freeze';
import {
  type DialectFile,
  dialectFile,
  dialectFiles,
  itemsOf,
  originsOf,
} from '../support/dialect-file';
import { judgeDetection } from '../support/judge-detection';
import { type Transformation, transformations } from '../support/metamorphic';
import { layoutBy } from '../support/metamorphic/paging/layout';
import { PageModel } from '../support/metamorphic/paging/page-model';

const files = dialectFiles();
const named = (name: string): Transformation => transformations.find((one) => one.name === name)!;

/** What keeps the names and places of things, so that an API's own configuration still walks it. */
const KEPT = [
  'keys reordered',
  'distractor fields',
  'smaller pages',
  'larger pages',
  'many pages',
  'one page',
  'totals dropped',
  'links absolute',
  'links relative',
  'links query-only',
];

/** Where the configuration of the catalogue says more than it must, and therefore does not fit what was changed. */
const BOUND_TO_THE_FILE: Readonly<Record<string, readonly string[]>> = {
  // Ends by the total where the file also has a null for the next page.
  'totals dropped': ['ghost-posts', 'hetzner-servers'],
  // Puts the link behind a base that the reply names.
  'links absolute': ['confluence-v1-content'],
  // The same cursor on every page, which says nothing about the place.
  'smaller pages': ['elasticsearch-scroll'],
  'larger pages': ['elasticsearch-scroll'],
  'many pages': ['elasticsearch-scroll'],
};

describe('what is done to the files', () => {
  it.each(KEPT)('leaves lists that their own configuration walks: %s', async (name) => {
    // The catalogue's entry for imgur wants a place for the page in the URL.
    const apart = ['imgur-gallery', ...(BOUND_TO_THE_FILE[name] ?? [])];
    const wrong: unknown[] = [];
    let tried = 0;
    for (const file of files) {
      const changed = named(name).apply(file);
      if (changed === undefined || apart.includes(file.id)) continue;
      tried += 1;
      const allowedOrigins = originsOf(file).slice(1);
      const judged = await judgeDetection(changed, () => dialect(file.id), { allowedOrigins });
      if (judged.outcome !== 'exact') wrong.push([file.id, judged.outcome, judged.why]);
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(10);
  });

  it.each(transformations.map(({ name }) => name))(
    'is pure and decided by its seed: %s',
    (name) => {
      const { apply } = named(name);
      for (const file of files) {
        const frozen = deepFreeze(JSON.parse(JSON.stringify(file)) as DialectFile);
        expect(JSON.stringify(apply(frozen, 'x'))).toBe(JSON.stringify(apply(file, 'x')));
      }
    },
  );

  it.each(transformations.map(({ name }) => name))('changes what it is tried on: %s', (name) => {
    const changed = files.flatMap((file) => {
      const other = named(name).apply(file);
      // As text, since the order of members counts.
      return other === undefined ? [] : [JSON.stringify(other) === JSON.stringify(file)];
    });
    const same = changed.filter((isSame) => isSame).length;
    expect(same / changed.length).toBeLessThan(0.1);
  });

  it.each(transformations.map(({ name }) => name))(
    'leaves files that are well formed: %s',
    (name) => {
      const faults = files.flatMap((file) => {
        const changed = named(name).apply(file);
        return changed === undefined ? [] : faultsOf(changed);
      });
      expect(faults).toEqual([]);
    },
  );

  it('is made from what the files say: each is played again as it is', () => {
    const other = files.flatMap((file) => {
      // Their totals count items that are not shown, and one has other requests for page 1 than for page 2.
      const isApart = file.startsMidway === true || file.id === 'kittycad-api-calls';
      if (file.pages.length < 2 || isApart) return [];
      const model = new PageModel(file);
      const played = model.render(model.layout);
      return isDeepStrictEqual(played, file) ? [] : [file.id];
    });
    expect(other).toEqual([]);
  });

  it('counts, links and tokens follow the pages', () => {
    const model = new PageModel(dialectFile('harvest-time-entries'));
    const played = model.render(layoutBy(model.items, 4, false));
    expect(played.request.query).toEqual({ per_page: '4' });
    expect(played.pages.map(({ body }) => ({ ...(body as object), time_entries: [] }))).toEqual([
      {
        ...{ per_page: 4, total_pages: 2, total_entries: 5, next_page: 2, page: 1 },
        time_entries: [],
        links: linksOf(4, { next: 2, previous: null, last: 2 }),
      },
      {
        ...{ per_page: 4, total_pages: 2, total_entries: 5, next_page: null, page: 2 },
        time_entries: [],
        links: linksOf(4, { next: null, previous: 1, last: 2 }),
      },
    ]);
    expect(played.expect.itemCounts).toEqual([4, 1]);
  });
});

/** The links of a reply of Harvest's. */
function linksOf(
  size: number,
  pages: Readonly<Record<'next' | 'previous' | 'last', number | null>>,
) {
  const link = (page: number | null) =>
    page === null
      ? null
      : `https://api.harvestapp.com/v2/time_entries?page=${String(page)}&per_page=${String(size)}&ref=next_cursor`;
  return {
    first: link(1),
    next: link(pages.next),
    previous: link(pages.previous),
    last: link(pages.last),
  };
}

/** What is wrong with a file, as the README of the files has it. */
function faultsOf(file: DialectFile): readonly string[] {
  const { id, pages, expect: wanted } = file;
  const { itemsPointer, itemCounts, next } = wanted;
  const counts = pages.map(({ body }) => {
    const found = resolvePointer(body, itemsPointer);
    return found.found && Array.isArray(found.value) ? found.value.length : -1;
  });
  const items = itemsOf(file).map((item) => JSON.stringify(item));
  return [
    ...(isDeepStrictEqual(counts, itemCounts) ? [] : [`${id}: items of ${counts.join()}`]),
    ...(next.length === pages.length ? [] : [`${id}: ${String(next.length)} next requests`]),
    ...(next.every((one, page) => (one === null) === (page === next.length - 1))
      ? []
      : [`${id}: ends elsewhere`]),
    ...(new Set(items).size === items.length ? [] : [`${id}: items twice`]),
  ];
}
