import { paginate } from '../../lib/paginate';
import { ListServer } from '../support/list-server';
import { listShapes, type ListItem, type ListShape } from '../support/list-shapes';
import { walkToEnd } from '../support/walk-result';

const idsOf = (items: readonly ListItem[]) => items.map(({ id }) => id);

function listOf(shape: ListShape, sizes: readonly number[]) {
  const server = new ListServer(shape, sizes);
  const list = paginate<ListItem>(server.transport(), shape.request, {
    pagination: shape.pagination,
  });
  return { server, list };
}

const table = listShapes.map((shape) => [shape.name, shape] as const);
const isSingle = (shape: ListShape) => shape.name === 'a single page';

/** Four items of two pages are delivered: the second page is cut after its second item of three. */
async function cutOf(shape: ListShape) {
  const { server, list } = listOf(shape, [2, 3, 2]);
  const { event } = await walkToEnd(list, { maxItems: 4 });
  server.clear();
  return { server, list, resumeFrom: event.resumeToken };
}

const changes: readonly (readonly [string, (page: ListItem[]) => unknown])[] = [
  ['an item was put before it', (page) => page.unshift({ id: 100 })],
  ['an item was put inside', (page) => page.splice(1, 0, { id: 100 })],
  ['its first item was removed', (page) => page.shift()],
  ['its last item before the cut was removed', (page) => page.splice(1, 1)],
  ['an item before the cut was changed', (page) => page.splice(1, 1, { id: 100 })],
  ['items before the cut changed places', (page) => page.splice(0, 2, page[1]!, page[0]!)],
  ['it has fewer items than were delivered', (page) => page.splice(1)],
];

describe.each(changes)('a page that changed since it was cut: %s', (_what, change) => {
  it.each(table)('is DRIFT, and nothing of it is delivered: %s', async (_, shape) => {
    const { server, list, resumeFrom } = await cutOf(shape);
    change(server.pages[1]!);

    const { values, error } = await walkToEnd(list, { resumeFrom });

    expect([values, error?.code]).toEqual([[], 'DRIFT']);
    expect(server.log).toHaveLength(1);
    expect(error?.resumeToken).toBe(resumeFrom);
  });
});

describe('what changed behind the cut', () => {
  it.each(table)('is delivered as it is now: %s', async (_, shape) => {
    const { server, list, resumeFrom } = await cutOf(shape);
    // One shape is asked for by the last item of the page before, so the end of a page stays as it was.
    server.pages[1]!.splice(2, 0, { id: 100 }, { id: 101 });

    const { values, end } = await walkToEnd(list, { resumeFrom });

    expect([idsOf(values), end]).toEqual([[100, 101, 4, 5, 6], 'complete']);
  });

  it.each(table)('may be gone: %s', async (_, shape) => {
    const { server, list, resumeFrom } = await cutOf(shape);
    server.pages[1]!.splice(2, 1);

    const { values, end } = await walkToEnd(list, { resumeFrom });

    expect([idsOf(values), end]).toEqual([[5, 6], 'complete']);
  });
});

describe('a walk that came to its end', () => {
  const closedByNumber = ([, { closing, pagination }]: (typeof table)[number]) =>
    closing && pagination.id.startsWith('number');

  it.each(table)('resumes to the end at once: %s', async (name, shape) => {
    const { server, list } = listOf(shape, [2, 3]);
    const first = await walkToEnd(list);
    server.clear();

    const again = await walkToEnd(list, { resumeFrom: first.event.resumeToken });

    // The last page of a number is looked at again, and then the empty one behind it.
    const attempts = closedByNumber([name, shape]) ? 2 : 1;
    expect([again.values, again.end]).toEqual([[], 'complete']);
    expect(again.event).toMatchObject({ endReason: 'exhausted', items: 5, attempts });
    expect(again.event.pages).toBe(first.event.pages);
    expect(server.log).toHaveLength(attempts);
  });

  it.each(table)('resumes to that end over and over: %s', async (_, shape) => {
    const { list } = listOf(shape, [1]);
    let { event } = await walkToEnd(list);
    for (let round = 0; round < 3; round++) {
      const again = await walkToEnd(list, { resumeFrom: event.resumeToken });
      expect([again.values, again.end, again.event.items]).toEqual([[], 'complete', 1]);
      expect(again.event.resumeToken).toBe(event.resumeToken);
      ({ event } = again);
    }
  });

  const growing = async (shape: ListShape) => {
    const { server, list } = listOf(shape, [2, 3]);
    const { event } = await walkToEnd(list);
    server.pages[1]!.push({ id: 5 }, { id: 6 });

    const again = await walkToEnd(list, { resumeFrom: event.resumeToken });

    expect([idsOf(again.values), again.end]).toEqual([[5, 6], 'complete']);
    expect(again.event.items).toBe(7);
  };
  // The token of a number walk stood at the number of the empty page, behind which the page before it may grow.
  it.each(table)('resumes to what was put on its last page since: %s', async (_, shape) => {
    await growing(shape);
  });

  it.each(table)('resumes to the pages that came since: %s', async (_, shape) => {
    const { server, list } = listOf(shape, [2, 3]);
    const { event } = await walkToEnd(list);
    server.pages.push([{ id: 5 }, { id: 6 }], [{ id: 7 }]);

    const again = await walkToEnd(list, { resumeFrom: event.resumeToken });

    expect([idsOf(again.values), again.end]).toEqual([[5, 6, 7], 'complete']);
  });

  it.each(table.filter(([, shape]) => !isSingle(shape)))(
    'shows the pages that came since, and no empty one before them: %s',
    async (_, shape) => {
      const { server, list } = listOf(shape, [2, 3]);
      const { event } = await walkToEnd(list);
      server.pages.push([{ id: 5 }]);

      const sizes: number[] = [];
      await list
        .with({ resumeFrom: event.resumeToken })
        .pages()
        .forEach(({ items }) => sizes.push(items.length));

      expect(sizes).toEqual(shape.closing ? [1, 0] : [1]);
    },
  );
});
