import type { EndEvent, WalkEvent, WalkOptions } from 'paged-observable';

import { atOnce, ListApi, promised, range } from '../support/list-api';
import { settle } from '../support/manual-clock';
import { record } from '../support/recorder';

const SIZES = [3, 0, 2, 4];
const TOTAL = 9;

async function walk(options: WalkOptions, answer = atOnce, sizes: readonly number[] = SIZES) {
  const api = new ListApi(sizes, answer);
  const ends: EndEvent[] = [];
  const events = { next: (event: WalkEvent) => event.type === 'end' && ends.push(event) };
  const seen = record(api.list({ ...options, events }));
  await settle(60);
  expect(ends).toHaveLength(1);
  expect(seen.errors).toEqual([]);
  expect(seen.completions).toBe(1);
  return { api, values: seen.values, end: ends[0]! };
}

/** Pages that must be asked for to have the first `count` items. */
function pagesFor(count: number): number {
  let items = 0;
  if (count === 0) return 0;
  return SIZES.findIndex((size) => (items += size) >= count) + 1;
}

describe.each([0, 1, 10])('caps with prefetch %i', (prefetch) => {
  it.each(range(0, TOTAL + 2))(
    'end after %i items and go on exactly from there',
    async (maxItems) => {
      for (const answer of [atOnce, promised]) {
        const { api, values, end } = await walk({ maxItems, prefetch }, answer);
        const count = Math.min(maxItems, TOTAL);

        expect(values).toEqual(range(0, count));
        expect(api.asked).toEqual(range(0, maxItems > TOTAL ? SIZES.length : pagesFor(maxItems)));
        expect(end).toMatchObject({
          // At the last item of the list the list is over, whatever the cap.
          endReason: maxItems < TOTAL ? 'limit' : 'exhausted',
          items: count,
        });

        const rest = await walk({ resumeFrom: end.resumeToken, prefetch }, answer);
        expect(rest.values).toEqual(range(count, TOTAL));
        expect(rest.end).toMatchObject({ endReason: 'exhausted', items: TOTAL });
      }
    },
  );

  it.each(range(0, 6))('end after %i pages and go on exactly from there', async (maxPages) => {
    const { api, values, end } = await walk({ maxPages, prefetch });
    const pages = Math.min(maxPages, SIZES.length);
    const expected = range(0, pages).flatMap((page) => api.itemsOf(page));

    expect(values).toEqual(expected);
    expect(api.asked).toEqual(range(0, pages));
    expect(end).toMatchObject({
      endReason: maxPages < SIZES.length ? 'limit' : 'exhausted',
      pages,
      items: expected.length,
    });

    const rest = await walk({ resumeFrom: end.resumeToken, prefetch });
    expect(rest.values).toEqual(range(expected.length, TOTAL));
    expect(rest.end).toMatchObject({ endReason: 'exhausted', pages: SIZES.length });
  });

  it('end at whichever cap comes first', async () => {
    const items = await walk({ maxPages: 3, maxItems: 4, prefetch });
    expect(items.values).toEqual(range(0, 4));
    expect(items.api.asked).toEqual([0, 1, 2]);
    const pages = await walk({ maxPages: 1, maxItems: 4, prefetch });
    expect(pages.values).toEqual(range(0, 3));
    expect(pages.api.asked).toEqual([0]);
    for (const options of [
      { maxPages: 0, maxItems: 4 },
      { maxPages: 4, maxItems: 0 },
    ]) {
      const none = await walk({ ...options, prefetch });
      expect(none.values).toEqual([]);
      expect(none.api.asked).toEqual([]);
      expect(none.end).toMatchObject({ endReason: 'limit', pages: 0, items: 0, attempts: 0 });
    }
  });

  it.each(range(0, TOTAL + 1))('cut the items of pages() too, after %i', async (maxItems) => {
    const api = new ListApi(SIZES);
    const seen = record(api.list({ maxItems, prefetch }).pages());
    await settle(60);

    expect(seen.completions).toBe(1);
    expect(seen.values.flatMap(({ items }) => items)).toEqual(range(0, maxItems));
    expect(api.asked).toEqual(range(0, pagesFor(maxItems)));
    const last = seen.values.at(-1);
    if (last === undefined) return;
    expect(last.hasNextPage).toBe(maxItems < TOTAL);
    const rest = record(new ListApi(SIZES).list({ resumeFrom: last.resumeToken }));
    expect(rest.values).toEqual(range(maxItems, TOTAL));
  });

  it('count the items and pages of the walks that were resumed', async () => {
    const tokens: string[] = [];
    const seen: number[][] = [];
    for (const maxItems of [2, 4, 7, 20]) {
      const resumeFrom = tokens.at(-1);
      const { values, end } = await walk({ maxItems, resumeFrom, prefetch });
      seen.push(values);
      tokens.push(end.resumeToken);
    }
    expect(seen).toEqual([
      [0, 1],
      [2, 3],
      [4, 5, 6],
      [7, 8],
    ]);

    const first = await walk({ maxPages: 1, prefetch });
    const second = await walk({ maxPages: 3, resumeFrom: first.end.resumeToken, prefetch });
    expect(second.values).toEqual([3, 4]);
    expect(second.api.asked).toEqual([1, 2]);
    expect(second.end).toMatchObject({ endReason: 'limit', pages: 3, items: 5, attempts: 2 });
  });

  it('make no request when the resumed walk has reached them already', async () => {
    const { end } = await walk({ maxItems: 4, prefetch });
    for (const cap of [{ maxItems: 4 }, { maxItems: 2 }, { maxPages: 2 }]) {
      const again = await walk({ ...cap, resumeFrom: end.resumeToken, prefetch });
      expect(again.values).toEqual([]);
      expect(again.api.asked).toEqual([]);
      expect(again.end).toMatchObject({ endReason: 'limit', items: 4 });
      expect(again.end.resumeToken).toBe(end.resumeToken);
    }
  });
});

it('resumes with index and progress going on', () => {
  const api = new ListApi(SIZES);
  const first = record(api.list({ maxPages: 2 }).pages());
  const rest = record(api.list({ resumeFrom: first.values[1]!.resumeToken }).pages());

  const figures = rest.values.map(({ index, progress }) => [index, progress.pages, progress.items]);
  expect(figures).toEqual([[2, 3, 5], [3, 4, 9]]); // prettier-ignore
});

it('takes Infinity for no cap', async () => {
  const { values, end } = await walk({ maxItems: Infinity, maxPages: Infinity });
  expect(values).toEqual(range(0, TOTAL));
  expect(end.endReason).toBe('exhausted');
});
