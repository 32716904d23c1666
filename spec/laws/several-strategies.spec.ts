import { lastValueFrom, of, toArray } from 'rxjs';

import type { PageRequest } from '../../lib/core/page-request';
import type { PaginationStrategy } from '../../lib/core/pagination-strategy';
import { requestUrl } from '../../lib/core/request-url';
import { paginate } from '../../lib/paginate';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { offsetPagination } from '../../lib/strategy/offset-pagination';
import { walkToEnd } from '../support/walk-result';

const URL_OF_LIST = 'http://api.test/manifests';
const link = linkPagination({ items: '/rows', next: '/links/next' });
const merged = linkPagination({ items: '/rows', next: '/links/next', follow: 'merge' });
const cursor = cursorPagination({ items: '/rows', next: '/next' });
const cursorInBody = cursorPagination({
  items: '/rows',
  next: '/next',
  in: 'body',
  param: '/page/after',
});
const cursorInPath = cursorPagination({ items: '/rows', next: '/next', in: 'path', param: 'at' });
const number = numberPagination({ items: '/rows' });
const offset = offsetPagination({ items: '/rows' });

/** Walks with several strategies where the n-th reply has the n-th body. */
function listOf(
  pagination: readonly PaginationStrategy[],
  bodies: readonly object[],
  request: PageRequest = { url: URL_OF_LIST },
) {
  const urls: string[] = [];
  let nth = 0;
  const list = paginate(
    (asked) => {
      urls.push(requestUrl(asked));
      const body = bodies[nth++];
      if (body === undefined) throw new Error('More requests than there are replies');
      return of({ status: 200, headers: {}, url: requestUrl(asked), body });
    },
    request,
    { pagination },
  );
  return {
    list,
    urls,
    rewind: (to: number) => {
      nth = to;
      urls.length = 0;
    },
  };
}

const at = (query: string) => `${URL_OF_LIST}${query}`;

describe('several strategies', () => {
  it('walk as the example of the source does: link, then page, which stays (2.6)', async () => {
    const { list, urls } = listOf(
      [link, number],
      [{ rows: [1, 2], links: {} }, { rows: [3], links: { next: '/m?page=9' } }, { rows: [] }],
      { url: at('?per_page=2') },
    );
    const pages = await lastValueFrom(list.pages().pipe(toArray()));

    expect(pages.map(({ kind, items }) => [kind, items])).toEqual([
      ['link', [1, 2]],
      ['number', [3]],
      ['number', []],
    ]);
    expect(urls).toEqual([at('?per_page=2'), at('?per_page=2&page=2'), at('?per_page=2&page=3')]);
  });

  it('take the first that can continue, in their order', async () => {
    const bodies = [
      { rows: [1], next: 'c', links: { next: '/l' } },
      { rows: [2], next: null, links: {} },
    ];
    const byCursor = listOf([cursor, link], bodies);
    const byLink = listOf([link, cursor], bodies);

    expect((await walkToEnd(byCursor.list)).values).toEqual([1, 2]);
    expect((await walkToEnd(byLink.list)).values).toEqual([1, 2]);
    expect(byCursor.urls).toEqual([URL_OF_LIST, at('?cursor=c')]);
    expect(byLink.urls).toEqual([URL_OF_LIST, 'http://api.test/l']);
  });

  it('end when the chosen one ends, even if another could go on', async () => {
    const { list, urls } = listOf(
      [cursor, link],
      [
        { rows: [1], next: 'c' },
        { rows: [2], next: null, links: { next: '/l' } },
      ],
    );

    expect(await walkToEnd(list)).toMatchObject({ values: [1, 2], end: 'complete' });
    expect(urls).toEqual([URL_OF_LIST, at('?cursor=c')]);
  });

  it('end with page 1 where none can continue', async () => {
    const { list, urls } = listOf([cursor, link], [{ rows: [1], next: null, links: {} }]);

    expect(await walkToEnd(list)).toMatchObject({ values: [1], end: 'complete' });
    expect(urls).toEqual([URL_OF_LIST]);
  });

  it('read page 1 by the first that can prepare the request', async () => {
    const bodies = [
      { rows: [1], next: 'c', links: { next: '/l' } },
      { rows: [2], links: {} },
    ];
    const { list, urls } = listOf([cursorInPath, cursorInBody, link], bodies, {
      method: 'POST',
      url: URL_OF_LIST,
      body: [],
    });
    const pages = await lastValueFrom(list.pages().pipe(toArray()));

    // A path without {at} and a body that is an array have no place for those cursors.
    expect(pages.map(({ kind }) => kind)).toEqual(['link', 'link']);
    expect(urls).toEqual([URL_OF_LIST, 'http://api.test/l']);
  });

  it('are a TypeError where none can prepare the request', () => {
    expect(() => listOf([cursorInPath, cursorInBody], [], { url: URL_OF_LIST, body: [] })).toThrow(
      TypeError,
    );
    expect(() => paginate(() => of(), URL_OF_LIST, { pagination: [] })).toThrow(TypeError);
  });

  it('with a count at last end only by that', async () => {
    const { list, urls } = listOf(
      [cursor, offset],
      [{ rows: [1, 2] }, { rows: [3], next: 'c' }, { rows: [] }],
    );

    expect(await walkToEnd(list)).toMatchObject({ values: [1, 2, 3], end: 'complete' });
    expect(urls).toEqual([URL_OF_LIST, at('?offset=2'), at('?offset=3')]);
  });

  it('meet a loop of the chosen one', async () => {
    const { list, urls } = listOf(
      [merged, number],
      [
        { rows: [1], links: { next: '?part=1' } },
        { rows: [2], links: { next: '?part=1' } },
      ],
    );

    expect(await walkToEnd(list)).toMatchObject({ values: [1, 2], end: 'LOOP' });
    expect(urls).toEqual([URL_OF_LIST, at('?part=1')]);
  });
});

describe('a walk of several strategies that goes on', () => {
  const bodies = [
    { rows: [1, 2], links: {} },
    { rows: [3, 4], links: { next: '/elsewhere' } },
    { rows: [5, 6], links: { next: '/elsewhere' } },
    { rows: [], links: { next: '/elsewhere' } },
  ];
  const cases = [
    [1, 0, [URL_OF_LIST, at('?page=2'), at('?page=3'), at('?page=4')]],
    [2, 1, [at('?page=2'), at('?page=3'), at('?page=4')]],
    [3, 1, [at('?page=2'), at('?page=3'), at('?page=4')]],
    [4, 2, [at('?page=3'), at('?page=4')]],
    [5, 2, [at('?page=3'), at('?page=4')]],
    [6, 3, [at('?page=4')]],
  ] as const;

  it.each(cases)('keeps the chosen one: after item %d', async (items, from, asked) => {
    const { list, urls, rewind } = listOf([link, number], bodies);
    const cut = await walkToEnd(list, { maxItems: items });
    expect(cut.values).toHaveLength(items);
    rewind(from);

    const rest = await walkToEnd(list, { resumeFrom: cut.event.resumeToken });

    expect([rest.values, rest.end]).toEqual([[1, 2, 3, 4, 5, 6].slice(items), 'complete']);
    expect(urls).toEqual(asked);
  });

  it.each([[[number, link]], [[link]], [[link, number, cursor]], [[link, offset]]])(
    'is CHECKPOINT_MISMATCH with other strategies (%#)',
    async (others) => {
      const cut = await walkToEnd(listOf([link, number], bodies).list, { maxItems: 3 });
      const { list, urls } = listOf(others, bodies);

      const { error } = await walkToEnd(list, { resumeFrom: cut.event.resumeToken });

      expect([error?.code, urls]).toEqual(['CHECKPOINT_MISMATCH', []]);
      expect(error?.message).toContain('the strategy is');
    },
  );

  it('goes on from page 1 with the choice still open', async () => {
    const { list, rewind, urls } = listOf(
      [link, number],
      [
        { rows: [1, 2], links: {} },
        { rows: [1, 2], links: { next: '/now-there' } },
        { rows: [3], links: {} },
      ],
    );
    const cut = await walkToEnd(list, { maxItems: 1 });
    rewind(1);

    const rest = await walkToEnd(list, { resumeFrom: cut.event.resumeToken });

    expect([rest.values, rest.end]).toEqual([[2, 3], 'complete']);
    expect(urls).toEqual([URL_OF_LIST, 'http://api.test/now-there']);
  });
});
