import { of } from 'rxjs';

import type { PageRequest } from '../../lib/core/page-request';
import type { PaginationStrategy } from '../../lib/core/pagination-strategy';
import { requestUrl } from '../../lib/core/request-url';
import { paginate } from '../../lib/paginate';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { offsetPagination } from '../../lib/strategy/offset-pagination';
import { lastItem } from '../../lib/strategy/selector';
import { walkToEnd } from '../support/walk-result';

interface Walked {
  readonly values: unknown[];
  readonly end: string;
  readonly requests: number;
  readonly urls: readonly string[];
}

/** Walks a list whose n-th reply has the n-th body, and which has no more than those. */
async function walked(
  pagination: PaginationStrategy,
  bodies: readonly unknown[],
  first: Partial<PageRequest> = {},
): Promise<Walked> {
  const urls: string[] = [];
  const url = 'http://api.test/items';
  const list = paginate(
    (request) => {
      const nth = urls.push(requestUrl(request)) - 1;
      if (nth >= bodies.length) throw new Error('More requests than there are replies');
      return of({ status: 200, headers: {}, url, body: bodies[nth] });
    },
    { url, ...first },
    { pagination },
  );
  const { values, end } = await walkToEnd(list);
  return { values, end, requests: urls.length, urls };
}

const rows = (...items: unknown[]) => ({ rows: items });

describe('an empty page in the middle (P4)', () => {
  it.each([
    ['cursor', cursorPagination({ items: '/rows', next: '/next' })],
    ['link', linkPagination({ items: '/rows', next: '/next' })],
    ['merged link', linkPagination({ items: '/rows', next: '/next', follow: 'merge' })],
  ])('does not end a walk that has a continuation: %s', async (_, pagination) => {
    const next = (nth: number) => ({ next: `/items?cursor=${String(nth)}` });
    const bodies = [
      { ...rows(), ...next(1) },
      { ...rows(1), ...next(2) },
      { ...rows(), ...next(3) },
      { ...rows(), ...next(4) },
      { ...rows(2), next: null },
    ];
    expect(await walked(pagination, bodies)).toMatchObject({
      values: [1, 2],
      end: 'complete',
      requests: 5,
    });
  });

  it.each([
    ['number', numberPagination({ items: '/rows', hasMore: '/more' })],
    ['offset', offsetPagination({ items: '/rows', hasMore: '/more', step: 'limit', limit: 1 })],
  ])('does not end a walk whose flag says that there is more: %s', async (_, pagination) => {
    const bodies = [
      { ...rows(1), more: true },
      { ...rows(), more: true },
      { ...rows(2), more: false },
    ];
    expect(await walked(pagination, bodies)).toMatchObject({
      values: [1, 2],
      end: 'complete',
      requests: 3,
    });
  });

  it.each([
    ['number', numberPagination({ items: '/rows' })],
    ['offset', offsetPagination({ items: '/rows' })],
    ['number with a total', numberPagination({ items: '/rows', totalCount: '/total' })],
    ['offset with a total', offsetPagination({ items: '/rows', totalCount: '/total' })],
  ])('is the end of a counted walk without a flag: %s', async (_, pagination) => {
    const bodies = [
      { ...rows(1), total: 5 },
      { ...rows(), total: 5 },
    ];
    expect(await walked(pagination, bodies)).toMatchObject({
      values: [1],
      end: 'complete',
      requests: 2,
    });
  });

  it.each([
    ['cursor', cursorPagination({ items: '/rows', next: '/next', emptyPage: 'end' })],
    ['link', linkPagination({ items: '/rows', next: '/next', emptyPage: 'end' })],
  ])('ends the walk where the dialect says so: %s', async (_, pagination) => {
    const bodies = [
      { ...rows(1), next: '/a' },
      { ...rows(), next: '/b' },
    ];
    expect(await walked(pagination, bodies)).toMatchObject({
      values: [1],
      end: 'complete',
      requests: 2,
    });
  });
});

describe('a flag that says that there is more', () => {
  const flag = { items: '/rows', hasMore: '/more' };

  it.each([
    ['cursor', cursorPagination({ ...flag, next: '/next' }), [rows(1)]],
    [
      'cursor that is null',
      cursorPagination({ ...flag, next: '/next' }),
      [{ ...rows(1), next: null }],
    ],
    [
      'cursor that is empty',
      cursorPagination({ ...flag, next: '/next' }),
      [{ ...rows(1), next: '' }],
    ],
    ['link', linkPagination({ ...flag, next: '/next' }), [rows(1)]],
    ['link that is null', linkPagination({ ...flag, next: '/next' }), [{ ...rows(1), next: null }]],
    ['link that is empty', linkPagination({ ...flag, next: '/next' }), [{ ...rows(1), next: '' }]],
    [
      'last item, without a member to make a cursor of',
      cursorPagination({ ...flag, next: lastItem('/id') }),
      [rows({ name: 'a' })],
    ],
  ])('and no way to go on is PROTOCOL (P5): %s', async (_, pagination, bodies) => {
    const result = await walked(
      pagination,
      bodies.map((body) => ({ ...body, more: true })),
    );
    expect(result).toMatchObject({ end: 'PROTOCOL', requests: 1 });
    expect(result.values).toHaveLength(1);
  });

  it('and a page without items to make a cursor of is PROTOCOL (P5)', async () => {
    const pagination = cursorPagination({ ...flag, next: lastItem('/id') });
    const bodies = [
      { ...rows({ id: 1 }), more: true },
      { ...rows(), more: true },
    ];
    expect(await walked(pagination, bodies)).toMatchObject({
      values: [{ id: 1 }],
      end: 'PROTOCOL',
      requests: 2,
    });
  });

  it('and a page without items to step by is PROTOCOL (P5): offset', async () => {
    const pagination = offsetPagination(flag);
    const bodies = [
      { ...rows(1), more: true },
      { ...rows(), more: true },
    ];
    expect(await walked(pagination, bodies)).toMatchObject({
      values: [1],
      end: 'PROTOCOL',
      requests: 2,
    });
  });

  it.each([
    ['cursor', cursorPagination({ ...flag, next: '/next' })],
    ['link', linkPagination({ ...flag, next: '/next' })],
    ['number', numberPagination(flag)],
    ['offset', offsetPagination(flag)],
    [
      'number with a total that is not reached',
      numberPagination({ ...flag, totalCount: '/total' }),
    ],
    [
      'offset with a total that is not reached',
      offsetPagination({ ...flag, totalCount: '/total' }),
    ],
    ['number with pages that are not reached', numberPagination({ ...flag, totalPages: '/total' })],
  ])('no more ends the walk, whatever else is there (P6): %s', async (_, pagination) => {
    const bodies = [
      { ...rows(1), next: '/a', more: true, total: 9 },
      { ...rows(2), next: '/b', more: false, total: 9 },
    ];
    expect(await walked(pagination, bodies)).toMatchObject({
      values: [1, 2],
      end: 'complete',
      requests: 2,
    });
  });
});

describe('a total (P8)', () => {
  // Pages of 4, 4 and 2 items, then empty ones.
  const items = Array.from({ length: 10 }, (_, at) => at);
  const pages = [items.slice(0, 4), items.slice(4, 8), items.slice(8), [], []];
  const bodiesWith = (total: unknown) => pages.map((page) => ({ rows: page, total }));
  const totals: readonly (readonly [what: string, total: unknown, requests: number])[] = [
    ['a number', 10, 3],
    ['a numeric string', '10', 3],
    ['a numeric string with blanks', ' 10 ', 3],
    ['negative', -10, 4],
    ['a negative string', '-10', 4],
    ['NaN', NaN, 4],
    ['infinite', Infinity, 4],
    ['a float', 10.5, 4],
    ['a float as text', '10.5', 4],
    ['in another notation', '1e1', 4],
    ['a word', 'ten', 4],
    ['empty text', '', 4],
    ['null', null, 4],
    ['missing', undefined, 4],
    ['a flag', true, 4],
    ['an array', [10], 4],
    ['an object', { valueOf: 10 }, 4],
    ['nought', 0, 4],
    ['too small, and exceeded within a page', 7, 4],
    ['too small by one', 9, 4],
    ['too large', 11, 4],
    ['far too large', Number.MAX_SAFE_INTEGER, 4],
  ];
  const strategies = [
    ['number', numberPagination({ items: '/rows', totalCount: '/total' })],
    ['offset', offsetPagination({ items: '/rows', totalCount: '/total' })],
  ] as const;
  const table = strategies.flatMap(([kind, pagination]) =>
    totals.map(([what, total, requests]) => [what, kind, requests, total, pagination] as const),
  );

  it.each(table)(
    'that is %s: every item of the %s walk, and %d requests',
    async (_, __, requests, total, pagination) => {
      expect(await walked(pagination, bodiesWith(total))).toMatchObject({
        values: items,
        end: 'complete',
        requests,
      });
    },
  );

  it.each(strategies)('is looked at on every page: %s', async (_, pagination) => {
    const changing = [20, 'x', 10].map((total, at) => ({ rows: pages[at], total }));
    expect(await walked(pagination, changing)).toMatchObject({ values: items, requests: 3 });
  });

  it.each(totals)('of pages that is %s', async (what, total) => {
    // 10 pages are more than there are, so only an end told otherwise is found.
    const pagination = numberPagination({ items: '/rows', totalPages: '/total' });
    const result = await walked(pagination, bodiesWith(total));
    expect([what, result.values, result.requests]).toEqual([what, items, 4]);
  });

  it.each([3, '3'])('of pages that is %j ends the walk with that page', async (total) => {
    const pagination = numberPagination({ items: '/rows', totalPages: '/total' });
    expect(await walked(pagination, bodiesWith(total))).toMatchObject({
      values: items,
      requests: 3,
    });
  });

  it.each([
    ['cursor', cursorPagination({ items: '/rows', next: '/next', totalCount: '/total' })],
    ['link', linkPagination({ items: '/rows', next: '/next', totalCount: '/total' })],
  ])('ends no walk that has a continuation: %s', async (_, pagination) => {
    const bodies = [1, 2, 3].map((at) => ({
      rows: [at],
      total: 1,
      next: at < 3 ? `/items?p=${String(at)}` : null,
    }));
    expect(await walked(pagination, bodies)).toMatchObject({
      values: [1, 2, 3],
      end: 'complete',
      requests: 3,
    });
  });

  it.each([
    ['number', numberPagination({ items: '/rows' })],
    ['offset', offsetPagination({ items: '/rows' })],
  ])('that is not declared ends nothing: %s', async (_, pagination) => {
    expect(await walked(pagination, bodiesWith(4))).toMatchObject({ values: items, requests: 4 });
  });

  it('counts from where the caller starts: offset of a list that is told to count from 0', async () => {
    const pagination = offsetPagination({ items: '/rows', totalCount: '/total', first: 0 });
    const bodies = [items.slice(4, 8), items.slice(8)].map((page) => ({ rows: page, total: 10 }));
    const result = await walked(pagination, bodies, { params: { offset: 4 } });
    expect(result).toMatchObject({ values: [4, 5, 6, 7, 8, 9], end: 'complete', requests: 2 });
  });

  it.each([
    ['0 and the caller starts in the middle', 0, 4],
    ['1 and the caller starts at the first row', 1, 1],
    ['1 and the caller starts in the middle', 1, 4],
    ['1 and the caller starts where one from 0 would end', 1, 6],
  ])('loses no row of a list that counts from %s', async (_, first, start) => {
    const pagination = offsetPagination({
      items: '/rows',
      totalCount: '/total',
      limitParam: 'count',
    });
    for (let total = start; total < 20; total++) {
      const all = Array.from({ length: total }, (_one, at) => at);
      const got = paginate(
        ({ params }) => {
          const from = Number(params?.['offset']) - first;
          const page = all.slice(from, from + Number(params?.['count']));
          return of({ status: 200, headers: {}, url: '/items', body: { rows: page, total } });
        },
        { url: '/items', params: { offset: start, count: 4 } },
        { pagination },
      );
      expect(await walkToEnd(got)).toMatchObject({
        values: all.slice(start - first),
        end: 'complete',
      });
    }
  });

  it.each([
    ['Resources', 'startIndex', 'count', 'totalResults'],
    ['items', 'start', 'limit', 'total'],
    ['items', 'offset', 'limit', 'total'],
  ])('loses no row where detection sees %s, %s, %s and %s', async (rowsOf, start, size, told) => {
    for (const first of [0, 1]) {
      for (const begin of [0, 1, 2, 5, 6].filter((one) => one >= first)) {
        for (let total = begin - first + 1; total < 14; total++) {
          const all = Array.from({ length: total }, (_one, at) => ({ id: at }));
          const got = paginate(
            ({ params }) => {
              const from = Number(params?.[start]) - first;
              const page = all.slice(from, from + Number(params?.[size]));
              const body = { [rowsOf]: page, [told]: total };
              return of({ status: 200, headers: {}, url: '/items', body });
            },
            { url: '/items', params: { [start]: begin, [size]: 2 } },
          );
          const { values, end } = await walkToEnd(got);
          // Who begins at the second row of a list counted from 0 is told what looks wrong at its end.
          const isOdd = first === 0 && begin % 2 === 1 && end === 'PROTOCOL';
          expect([first, begin, total, values, isOdd ? 'complete' : end]).toEqual([
            ...[first, begin, total],
            ...[all.slice(begin - first), 'complete'],
          ]);
        }
      }
    }
  });
});

describe('pages of another size than asked for (P13)', () => {
  it.each([
    ['shorter', [[1], [2], [3, 4]], [0, 1, 2]],
    ['longer', [[1, 2, 3, 4], [5], [6, 7, 8]], [0, 4, 5]],
    ['shorter and longer', [[1, 2], [3, 4, 5, 6, 7], [8]], [0, 2, 7]],
  ])('move the offset by what was received: %s', async (_, pages, offsets) => {
    const total = pages.flat().length;
    const pagination = offsetPagination({ items: '/rows', totalCount: '/total' });
    const bodies = pages.map((page) => ({ rows: page, total }));
    const result = await walked(pagination, bodies, { params: { limit: 3 } });

    expect(result).toMatchObject({ values: pages.flat(), end: 'complete', requests: pages.length });
    const asked = result.urls.map((url) => new URL(url).searchParams);
    expect(asked.map((params) => Number(params.get('offset') ?? 0))).toEqual(offsets);
    expect(asked.map((params) => params.getAll('limit'))).toEqual(pages.map(() => ['3']));
  });

  it.each([
    ['cursor', cursorPagination({ items: '/rows', next: '/next', limitParam: 'limit', limit: 2 })],
    ['number', numberPagination({ items: '/rows', hasMore: '/more', sizeParam: 'limit', size: 2 })],
    ['offset', offsetPagination({ items: '/rows', hasMore: '/more', limit: 2 })],
  ])('are no end: %s', async (_, pagination) => {
    const pages = [[1], [2, 3, 4], [5], [6, 7]];
    const bodies = pages.map((page, at) => ({
      rows: page,
      more: at < 3,
      next: at < 3 ? `c${String(at)}` : null,
    }));
    expect(await walked(pagination, bodies)).toMatchObject({
      values: [1, 2, 3, 4, 5, 6, 7],
      end: 'complete',
      requests: 4,
    });
  });
});
