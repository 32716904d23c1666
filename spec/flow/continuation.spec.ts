import { of } from 'rxjs';

import {
  paginate,
  type Json,
  type Kind,
  type PaginationStrategy,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

import type { Page } from '../../lib/core/page';
import { stepWithin } from '../../lib/flow/continuation';
import { WalkMemory } from '../../lib/flow/walk-memory';
import { range } from '../support/list-api';
import { pageOf, readingOf } from '../support/page-of';
import { record } from '../support/recorder';

/** What is read of a page of two items, in its place. */
interface Read {
  readonly next?: Json | undefined;
  readonly hasMore?: boolean | undefined;
  readonly totalCount?: number | undefined;
}

/** Walks pages of two items of which a strategy of this kind reads so much, and says what was asked for. */
function walk(kind: Kind, pages: readonly Read[], options: WalkOptions = {}) {
  const asked: (Json | undefined)[] = [];
  const transport: Transport = ({ body }) => {
    asked.push(body as Json | undefined);
    return of({ status: 200, headers: {}, url: 'http://api.test/rows', body: null });
  };
  const isCounted = kind === 'offset' || kind === 'number';
  let page = 0;
  const pagination: PaginationStrategy<number> = {
    id: 'of-this-spec',
    start: (request) => request,
    at: (request, position) => ({ ...request, body: position }),
    read: ({ body }) => {
      const { next, ...rest } = pages[page] ?? {};
      const position = body as Json | undefined;
      const items = page < pages.length ? range(2 * page, 2 * page + 2) : [];
      page++;
      return { kind, items, position: position ?? (isCounted ? 0 : undefined), ...rest, next: () => next };
    },
  }; // prettier-ignore
  const seen = record(
    paginate<number>(transport, 'http://api.test/rows', { pagination, ...options }),
  );
  return { asked, seen, end: seen.completions === 1 ? 'complete' : seen.error.message };
}

describe('a list that says there is more, and not how to get it', () => {
  it.each([
    ['link', 'no link to the next one'],
    ['cursor', 'no way to ask for the next one'],
    ['number', 'no way to ask for the next one'],
  ] as const)('is PROTOCOL, behind its items: %s', (kind, missing) => {
    const { seen, end } = walk(kind, [{ hasMore: true }]);
    expect(seen.values).toEqual([0, 1]);
    expect(seen.error.code).toBe('PROTOCOL');
    expect(end).toContain(`The reply says that there are more pages, but gives ${missing}`);
  });

  it('is PROTOCOL with an empty cursor too, where that is none', () => {
    expect(walk('cursor', [{ next: '', hasMore: true }]).end).toContain('there are more pages');
  });

  it.each([false, undefined])('ends where it says that there is no more: %p', (hasMore) => {
    expect(walk('cursor', [{ hasMore }])).toMatchObject({ asked: [undefined], end: 'complete' });
  });
});

describe('an empty cursor', () => {
  it.each([{}, { emptyCursor: 'end' }, { emptyCursor: undefined }] as const)(
    'ends the list with the options %j',
    (options) => {
      const { asked, end } = walk('cursor', [{ next: '' }, {}], options);
      expect([asked, end]).toEqual([[undefined], 'complete']);
    },
  );

  it('goes on where the caller says so', () => {
    const { asked, end } = walk('cursor', [{ next: '' }, {}], { emptyCursor: 'continue' });
    expect([asked, end]).toEqual([[undefined, ''], 'complete']);
  });

  it.each<Json>([0, false, null, ' '])('is not %j', (next) => {
    const { asked, end } = walk('cursor', [{ next }, {}]);
    expect([asked, end]).toEqual([[undefined, next], 'complete']);
  });

  it('is none of a link', () => {
    const { asked, end } = walk('link', [{ next: '' }, {}]);
    expect([asked, end]).toEqual([[undefined, ''], 'complete']);
  });
});

describe('a total', () => {
  it.each<readonly [Kind, number]>([
    ['number', 1],
    ['offset', 2],
  ])('ends the list where exactly that many came: %s', (kind, step) => {
    const pages = (totalCount: number | undefined) =>
      range(1, 4).map((page) => ({ next: page * step, totalCount }));
    const askedFor = (total: number | undefined) => walk(kind, pages(total)).asked;
    const next = range(0, 4).map((page) => (page === 0 ? undefined : page * step));
    expect(askedFor(2)).toEqual(next.slice(0, 1));
    expect(askedFor(4)).toEqual(next.slice(0, 2));
    // Beyond it the list goes on until it says otherwise.
    expect([askedFor(1), askedFor(3), askedFor(undefined)]).toEqual([next, next, next]);
  });

  it.each(['number', 'offset'] as const)(
    'does not end a list whose page says that there is more: %s',
    (kind) => {
      const step = kind === 'offset' ? 2 : 1;
      const pages = [{ next: step, totalCount: 2, hasMore: true }, { totalCount: 4 }];
      expect(walk(kind, pages)).toMatchObject({ asked: [undefined, step], end: 'complete' });
    },
  );

  it.each(['cursor', 'link'] as const)('does not end a list that goes on: %s', (kind) => {
    const { asked, end } = walk(kind, [{ next: 'x', totalCount: 2 }, { totalCount: 2 }]);
    expect([asked, end]).toEqual([[undefined, 'x'], 'complete']);
  });
});

describe('a place in a page of a walk that overlaps', () => {
  const memory = new WalkMemory(undefined, {});
  memory.rows.size = 10;
  const rowPlace = { before: ['x', 'y'], fresh: ['a', 'b', 'c', 'd', 'e'], ahead: ['z'] };
  const pageAt = (position: number, parts: Parameters<typeof pageOf>[2] = {}, step = {}) =>
    pageOf(
      readingOf('offset', range(0, 5), position),
      { position, pages: 3, items: 40, ...step },
      { rowPlace, ...parts },
    );
  const within = (page: Page, taken: number, count: number, overlap = 2) =>
    stepWithin(page, taken, count, memory, { overlap });

  it('is told by the last rows before it, and by those that may come behind', () => {
    const page = pageAt(20);
    expect(within(page, 3, 2)).toEqual({
      ...{ strategy: page.step.strategy, position: 21, taken: 0, digest: undefined },
      ...{ pages: 3, items: 42, rows: { at: 21, end: 23, size: 10, keys: ['a', 'b', 'z'] } },
    });
    expect(within(page, 0, 0)?.rows?.keys).toEqual(['x', 'y', 'z']);
    expect(within(page, 1, 1, 3)?.rows?.keys).toEqual(['x', 'y', 'a', 'z']);
  });

  it('begins no earlier than the list', () => {
    expect(within(pageAt(0), 1, 1, 5)).toMatchObject({ position: 0, rows: { at: 0, end: 1 } });
  });

  it('lies behind the page once all of it was taken, unless that is none of the walk', () => {
    expect(within(pageAt(20), 5, 5)).toMatchObject({ pages: 4, items: 45 });
    expect(within(pageAt(20), 4, 4)).toMatchObject({ pages: 3 });
    expect(within(pageAt(20, { items: [] }), 5, 0)).toMatchObject({ pages: 3, items: 40 });
  });

  it('is where the rows handed on end, where they are too many for a token, or not known', () => {
    const rows = { at: 8, end: 10, size: 4, keys: ['k'] };
    const known = { ...rows, size: 10 };
    const ahead = (count: number) => ({
      rowPlace: { ...rowPlace, ahead: Array<string>(count).fill('z') },
    });
    expect(within(pageAt(20, ahead(257), { rows }), 1, 1)?.rows).toEqual(known);
    expect(within(pageAt(20, ahead(256), { rows }), 1, 1)?.rows?.keys).toHaveLength(258);
    expect(within(pageAt(20, { rowPlace: undefined }, { rows }), 1, 1)?.rows).toEqual(known);
    const none = { at: 19, end: 21, size: 10, keys: [] };
    expect(within(pageAt(20, { rowPlace: undefined }), 1, 1)?.rows).toEqual(none);
    expect(within(pageAt(20, ahead(257)), 1, 1)?.rows?.keys).toHaveLength(259);
  });

  it('is told otherwise where the walk does not overlap', () => {
    expect(within(pageAt(20), 3, 2, 0)).toBeUndefined();
    expect(within(pageOf(readingOf('number', [1, 2], 7), { position: 7 }), 1, 1)).toBeUndefined();
  });
});
