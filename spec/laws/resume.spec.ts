import fc from 'fast-check';
import { lastValueFrom, take, toArray } from 'rxjs';

import type { PagedObservable } from '../../lib/core/paged-observable';
import { isPaginationError, type PaginationError } from '../../lib/core/pagination-error';
import type { EndEvent } from '../../lib/core/walk-event';
import type { WalkOptions } from '../../lib/core/walk-options';
import { paginate } from '../../lib/paginate';
import { ListServer } from '../support/list-server';
import {
  listShapes,
  pagesSeen,
  type ListItem,
  type ListPages,
  type ListShape,
} from '../support/list-shapes';
import { walkToEnd } from '../support/walk-result';

const idsOf = (items: readonly ListItem[]) => items.map(({ id }) => id);

function listOf(shape: ListShape, sizes: readonly number[]) {
  const server = new ListServer(shape, sizes);
  const list: PagedObservable<ListItem> = paginate<ListItem>(server.transport(), shape.request, {
    pagination: shape.pagination,
  });
  return { server, list, ids: idsOf(server.items), seen: pagesSeen(shape, server.pages) };
}

const plainSizes = [[1], [4], [2, 3], [3, 1, 2], [5, 5, 5]];
const gapSizes = [
  [2, 0, 3],
  [0, 2, 0, 0, 1],
];
const sizesOf = ({ gaps }: ListShape) => (gaps ? [...plainSizes, ...gapSizes] : plainSizes);
const table = (shapes: readonly ListShape[]) =>
  shapes.flatMap((shape) => sizesOf(shape).map((sizes) => [shape.name, sizes, shape] as const));

/** The places asked for by a walk that goes on after so many items. */
function placesAfter(seen: ListPages, count: number): number[] {
  let start = 0;
  let left = count;
  while (left > 0) {
    const page = seen[start]!;
    if (left < page.length || start === seen.length - 1) break;
    left -= page.length;
    start++;
  }
  return seen.map((_, at) => at).slice(start);
}

/** Leaves after so many items of a walk that goes on after those `before`, and gives the token of where that was. */
type Cut = (list: PagedObservable<ListItem>, count: number, before: number) => Promise<string>;

const cuts: Readonly<Record<string, Cut>> = {
  maxItems: async (list, count, before) => {
    const { values, end, event } = await walkToEnd(list, { maxItems: before + count });
    expect([values.length, end]).toEqual([count, 'complete']);
    return event.resumeToken;
  },
  unsubscribe: (list, count, before) => {
    let token = '';
    const events = endOf(({ endReason, resumeToken, items }) => {
      expect([endReason, items]).toEqual(['unsubscribed', before + count]);
      token = resumeToken;
    });
    list.with({ events }).pipe(take(count)).subscribe();
    return Promise.resolve(token);
  },
  'break of for await': async (list, count) => {
    let token = '';
    const events = endOf((end) => {
      token = end.resumeToken;
    });
    let items = 0;
    for await (const item of list.with({ events })) {
      expect(item).toBeDefined();
      if (++items === count) break;
    }
    return token;
  },
  abort: (list, count, before) => {
    const controller = new AbortController();
    let items = 0;
    return new Promise((resolve) => {
      list.with({ signal: controller.signal }).subscribe({
        next: () => {
          if (++items === count) controller.abort();
        },
        error: (error: unknown) => {
          if (!isPaginationError(error)) throw error;
          expect([error.code, error.itemsEmitted]).toEqual(['ABORTED', before + count]);
          resolve(error.resumeToken);
        },
      });
    });
  },
};

function endOf(note: (end: EndEvent) => void): WalkOptions['events'] {
  return {
    next: (event) => {
      if (event.type === 'end') note(event);
    },
  };
}

describe('a walk whose page fails for good', () => {
  it.each(table(listShapes))(
    'goes on with exactly the rest: %s, pages of %j',
    async (_, sizes, shape) => {
      const { server, list, seen } = listOf(shape, sizes);
      for (const at of seen.keys()) {
        const before = idsOf(seen.slice(0, at).flat());
        server.fail(at);
        server.clear();

        const failed = await walkToEnd(list);
        expect(idsOf(failed.values)).toEqual(before);
        expect(failed.error).toMatchObject({
          code: 'HTTP_STATUS',
          status: 400,
          pageIndex: at,
          itemsEmitted: before.length,
        });
        expect(failed.error?.resumeToken).toBe(failed.event.resumeToken);
        expect(failed.event).toMatchObject({ endReason: 'error', pages: at, attempts: at + 1 });
        expect(server.asked).toEqual([...seen.keys()].slice(0, at + 1));

        server.heal();
        server.clear();
        const rest = await walkToEnd(list, { resumeFrom: failed.event.resumeToken });
        expect(idsOf(rest.values)).toEqual(idsOf(seen.slice(at).flat()));
        expect(rest.end).toBe('complete');
        expect(rest.event).toMatchObject({
          endReason: 'exhausted',
          pages: seen.length,
          items: seen.flat().length,
          attempts: seen.length - at,
        });
        expect(server.asked).toEqual([...seen.keys()].slice(at));
      }
    },
  );
});

describe.each(Object.entries(cuts))('a walk cut inside a page by %s', (_way, cut) => {
  it.each(table(listShapes))(
    'goes on with exactly the rest: %s, pages of %j',
    async (_, sizes, shape) => {
      const { server, list, ids, seen } = listOf(shape, sizes);
      for (let count = 1; count <= ids.length; count++) {
        const token = await cut(list, count, 0);
        server.clear();
        const rest = await walkToEnd(list, { resumeFrom: token });

        expect([count, ...idsOf(rest.values)]).toEqual([count, ...ids.slice(count)]);
        expect([rest.end, rest.event.items]).toEqual(['complete', ids.length]);
        expect(server.asked).toEqual(placesAfter(seen, count));
      }
    },
  );
});

describe('an iterator whose page fails several times', () => {
  it.each(table(listShapes))('goes on at that page: %s, pages of %j', async (_, sizes, shape) => {
    const { server, list, ids, seen } = listOf(shape, sizes);
    for (const at of seen.keys()) {
      server.clear();
      server.fail(at, { times: 3 });
      const codes: string[] = [];
      const got: number[] = [];
      const iterator = list[Symbol.asyncIterator]();
      for (let done = false; !done;) {
        try {
          const result = await iterator.next();
          done = result.done === true;
          if (!done) got.push((result.value as ListItem).id);
        } catch (error) {
          codes.push((error as PaginationError).code);
          expect((error as PaginationError).itemsEmitted).toBe(got.length);
        }
      }
      expect([got, codes]).toEqual([ids, Array.from({ length: 3 }, () => 'HTTP_STATUS')]);
      const places = [...seen.keys()];
      expect(server.asked).toEqual([...places.slice(0, at), at, at, at, ...places.slice(at)]);
    }
  });
});

describe('the tokens of a page', () => {
  it.each(table(listShapes))(
    'go on with exactly the rest: %s, pages of %j',
    async (_, sizes, shape) => {
      const { list, ids } = listOf(shape, sizes);
      let before = 0;
      for (const page of await lastValueFrom(list.pages().pipe(toArray()))) {
        for (let count = 0; count <= page.items.length; count++) {
          const rest = await walkToEnd(list, { resumeFrom: page.resumeTokenAfter(count) });
          expect(idsOf(rest.values)).toEqual(ids.slice(before + count));
          expect(rest.end).toBe('complete');
        }
        before += page.items.length;
        expect(page.resumeToken).toBe(page.resumeTokenAfter(page.items.length));
      }
    },
  );

  it('are refused for counts that the page has not', async () => {
    const { list } = listOf(listShapes[0]!, [2]);
    const page = await lastValueFrom(list.pages());

    for (const count of [-1, 3, 0.5, NaN]) {
      expect(() => page.resumeTokenAfter(count)).toThrow(TypeError);
    }
  });
});

describe('a walk that goes on', () => {
  it('can be cut again and again, wherever', async () => {
    const ways = fc.constantFrom(...Object.keys(cuts));
    const chain = fc.array(fc.tuple(ways, fc.integer({ min: 1, max: 6 })), {
      minLength: 3,
      maxLength: 5,
    });
    const shapes = fc.constantFrom(...listShapes);
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(shapes, sizes, chain, async (shape, each, cutsMade) => {
        const { list, ids } = listOf(shape, each);
        let from = list;
        let done = 0;
        for (const [way, more] of cutsMade) {
          if (done + more > ids.length) break;
          const token = await cuts[way]!(from, more, done);
          from = list.with({ resumeFrom: token });
          done += more;
        }
        const rest = await walkToEnd(from);
        expect(idsOf(rest.values)).toEqual(ids.slice(done));
        expect([rest.end, rest.event.items]).toEqual(['complete', ids.length]);
      }),
      { numRuns: 200 },
    );
  });

  it('counts its pages and items on from those before', async () => {
    const { list } = listOf(listShapes[0]!, [2, 2, 2]);
    const { event } = await walkToEnd(list, { maxItems: 3 });
    const pages = await lastValueFrom(
      list.with({ resumeFrom: event.resumeToken }).pages().pipe(toArray()),
    );

    expect(pages.map(({ index }) => index)).toEqual([1, 2]);
    expect(pages.map(({ items }) => idsOf(items))).toEqual([[3], [4, 5]]);
    expect(pages.map(({ progress }) => [progress.pages, progress.items])).toEqual([
      [2, 4],
      [3, 6],
    ]);
  });
});
