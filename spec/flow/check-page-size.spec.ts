import { of } from 'rxjs';

import {
  apimaticPagination,
  choosePagination,
  contentRangePagination,
  cursorPagination,
  dropshotPagination,
  fromPages,
  kneoPagination,
  lastItemPagination,
  linkPagination,
  numberPagination,
  offsetPagination,
  openaiPagination,
  paginate,
  relayPagination,
  singlePage,
  type PageReply,
  type PageRequest,
  type PaginationStrategy,
  type Transport,
} from 'paged-observable';
import { dialect } from 'paged-observable/dialects';

import { describedPagination } from '../../lib/openapi/described-pagination';
import type { PagingRules, RequestPlace } from '../../lib/openapi/pagination-description';
import { range } from '../support/list-api';
import { record } from '../support/recorder';

const nothing: Transport = () => of({ status: 200, headers: {}, url: '', body: [] });
const walk = (pagination: PaginationStrategy, options = {}, request: PageRequest = { url: '/a' }) =>
  paginate(nothing, request, { pagination, pageSize: {}, ...options });

const byCursor = cursorPagination({ limitParam: 'limit' });
const x = (type: 'offset' | 'cursor') =>
  apimaticPagination({
    type,
    result: '$response.body#/data',
    input: '$request.query#/from',
    output: '$response.body#/next',
  });

const limit: RequestPlace = { in: 'query', name: 'n' };
const described = ({ rules, ...more }: { limit?: RequestPlace; rules?: PagingRules }) =>
  describedPagination({
    extension: 'x-speakeasy-pagination',
    system: 'speakeasy',
    firstPageRequired: [],
    kind: 'offset',
    itemsPointer: '/data',
    request: { offset: { in: 'query', name: 'from' }, ...more },
    rules,
  });

describe('pageSize', () => {
  const without = (id: string) =>
    `for lists paged by cursor or offset that take a page size, and the strategy ${id} names no parameter for it; 'limitParam' does`;

  it.each<readonly [string, PaginationStrategy, string]>([
    ['page numbers', numberPagination({ sizeParam: 'size' }), 'paged by number, and a page number stands for other items at another size'],
    ['links', linkPagination(), 'paged by link'],
    ['a single page', singlePage(), 'paged by single'],
    ['a cursor without a parameter for the size', cursorPagination(), without('cursor(in=params param=cursor next=/next_cursor emptyPage=continue)')],
    ['a list that goes on elsewhere', cursorPagination({ limitParam: 'limit', later: { suffix: '/more' }, id: 'c' }), without('c')],
    ['a place that the server keeps', cursorPagination({ limitParam: 'limit', sameCursor: true, id: 'c' }), without('c')],
    ['a list whose short page is its end', lastItemPagination({ param: 'after', limitParam: 'limit', shortPage: 'end', id: 'c' }), without('c')],
    ['an offset of an extension that names no size', x('offset'), 'names no parameter for it'],
    ['a cursor of an extension that names no size', x('cursor'), 'names no parameter for it'],
    ['an operation that names no size', described({}), 'names no parameter for it'],
    ['an operation whose short page is its end', described({ limit, rules: { shortPage: 'end' } }), 'names no parameter for it'],
    ['strategies of which one is paged by number', choosePagination([byCursor, numberPagination()]), 'paged by number'],
    ['strategies of which one names no size', choosePagination([byCursor, cursorPagination({ id: 'c' })]), without('c')],
  ])('is refused for %s', (_, pagination, message) => {
    expect(() => walk(pagination)).toThrow(TypeError);
    expect(() => walk(pagination)).toThrow("paginate: option 'pageSize' is for lists paged by cursor or offset");
    expect(() => walk(pagination)).toThrow(message);
    const plain = paginate(nothing, '/a', { pagination });
    expect(() => plain.with({ pageSize: {} })).toThrow(message);
  }); // prettier-ignore

  it('is refused for a function that fetches pages', () => {
    const call = () => fromPages(() => of({ items: [] }), { pageSize: {} });
    expect(call).toThrow(TypeError);
    expect(call).toThrow("fromPages: option 'pageSize'");
  });

  it.each<readonly [object, string]>([
    [{ pageSize: 10 }, "paginate: option 'pageSize' must be an object, got 10"],
    [{ pageSize: null }, "paginate: option 'pageSize' must be an object, got null"],
    [{ pageSize: [] }, 'paginate: pageSize: expected an object of options, got an array of 0'],
    [{ pageSize: { most: 1 } }, "paginate: pageSize: unknown option 'most'; the options are min, max, target"],
    [{ pageSize: { min: 0 } }, "paginate: pageSize: option 'min' must be a whole number, 1 or more, got 0"],
    [{ pageSize: { max: 1.5 } }, "paginate: pageSize: option 'max' must be a whole number, 1 or more, got 1.5"],
    [{ pageSize: { max: Infinity } }, "paginate: pageSize: option 'max' must be a whole number, 1 or more, got Infinity"],
    [{ pageSize: { target: 0 } }, "paginate: pageSize: option 'target' must be milliseconds above 0, or Infinity, got 0"],
    [{ pageSize: { min: 20, max: 10 } }, "paginate: option 'pageSize' needs a min of at most max, got 20 and 10"],
    [{ concurrency: 2 }, "paginate: option 'pageSize' does not go with 'concurrency'"],
    [{ overlap: 2, key: '/id' }, "paginate: option 'pageSize' does not go with 'overlap'"],
  ])('is refused where it is wrong: %j', (options, message) => {
    const call = () => walk(offsetPagination(), options);
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  }); // prettier-ignore

  it('is refused in a copy whose walk it does not go with', () => {
    const wide = paginate(nothing, '/a', { pagination: offsetPagination(), concurrency: 2 });
    expect(() => wide.with({ pageSize: {} })).toThrow("with: option 'pageSize' does not go with 'concurrency'"); // prettier-ignore
    const sized = walk(offsetPagination());
    expect(() => sized.with({ concurrency: 2 })).toThrow("with: option 'pageSize'");
  });

  it('is refused where the request has no place for it', () => {
    const pagination = cursorPagination({ in: 'body', param: '/after', limitParam: '/page/size' });
    const call = () => walk(pagination, {}, { url: '/a', method: 'POST', body: { page: 1 } });
    expect(call).toThrow(TypeError);
    expect(call).toThrow('/page');
  });

  it('may be left out by parts and as a whole', () => {
    const parts = { min: undefined, max: undefined, target: undefined };
    expect(() => walk(byCursor, { pageSize: parts })).not.toThrow();
    expect(() => walk(linkPagination(), { pageSize: undefined })).not.toThrow();
  });

  /** What a second page is asked for with, where a strategy gives `at(…, position)` a size of 33. */
  const graphql = { url: '/graphql', method: 'POST', body: { query: '…' } };
  it.each<readonly [string, PaginationStrategy, PageRequest, object]>([
    ['kneo, which takes at most 1,000', kneoPagination(), { url: '/a' }, { params: { limit: 1_000 } }],
    ['Dropshot', dropshotPagination(), { url: '/a?limit=5' }, { url: '/a', params: { limit: 2_000 } }],
    ['OpenAI', openaiPagination.cursor(), { url: '/a' }, { params: { limit: 2_000 } }],
    ['OpenAI conversations', openaiPagination.conversation(), { url: '/a' }, { params: { limit: 2_000 } }],
    ['a list by its last item', lastItemPagination({ param: 'since', limitParam: 'n' }), { url: '/a' }, { params: { n: 2_000 } }],
    ['Relay', relayPagination({ connection: '/data/a' }), graphql, { body: { variables: { first: 2_000 } } }],
    ['Relay backwards', relayPagination({ connection: '/data/a', direction: 'backward' }), graphql, { body: { variables: { last: 2_000 } } }],
    ['rows by Range', contentRangePagination(), { url: '/a', headers: { range: 'items=10-19' } }, { headers: { range: 'items=10-2009' } }],
    ['an operation of a document', described({ limit }), { url: '/a' }, { params: { n: 2_000 } }],
    ['a choice', choosePagination([kneoPagination(), offsetPagination()]), { url: '/a' }, { params: { limit: 1_000 } }],
    ['a dialect', dialect('stripe'), { url: '/a' }, { params: { limit: 2_000 } }],
  ])('is sent as the strategy has it: %s', (_, pagination, first, expected) => {
    const asked: PageRequest[] = [];
    const transport: Transport = (request) => {
      asked.push(request);
      return of({ status: 404, headers: {}, url: '', body: null });
    };
    const pageSize = { min: 2_000, max: 2_000 };
    record(paginate(transport, first, { pagination, pageSize, retry: false }));
    expect(asked).toMatchObject([expected]);
    // And is read from there, also where it is less than was asked for.
    const request = pagination.start(first);
    const sized = pagination.sized?.(request, 33) ?? request;
    expect(pagination.sizeOf?.(sized)).toBe(33);
  }); // prettier-ignore
});

describe('a list that is found out', () => {
  /** A server of 60 rows that gives 5 where nothing is asked. */
  function found(reply: (from: number, rows: readonly object[]) => object, param: string) {
    const asked: unknown[] = [];
    const transport: Transport = ({ params = {} }) => {
      const from = Number(params[param] ?? 0);
      asked.push(params);
      const rows = range(from, Math.min(60, from + Number(params['limit'] ?? 5)));
      const body = reply(from, rows.map((id) => ({ id, name: `row ${String(id)}` }))); // prettier-ignore
      return of<PageReply>({ status: 200, headers: {}, url: 'http://api.test/a', body });
    };
    const walked = (params = {}) =>
      paginate<{ id: number }>(
        transport,
        { url: 'http://api.test/a', params },
        { pageSize: { min: 10, max: 40 } },
      );
    return { asked, walked };
  }
  const settled = async (walk: AsyncIterable<{ id: number }>) => {
    const ids: number[] = [];
    for await (const { id } of walk) ids.push(id);
    return ids;
  };

  it('is asked for its first page as it is, and then in pages of the size that adapts', async () => {
    const list = found((offset, items) => ({ items, offset, limit: items.length, total: 60 }), 'offset'); // prettier-ignore
    expect(await settled(list.walked({ offset: 0, limit: 5 }))).toEqual(range(0, 60));
    expect(list.asked).toEqual([
      { offset: 0, limit: 5 },
      { offset: 5, limit: 10 },
      { offset: 15, limit: 20 },
      { offset: 35, limit: 40 },
    ]);
  });

  it('is refused at its first reply where it is paged otherwise', async () => {
    const list = found((page, items) => ({ items, page: page + 1, total_pages: 12 }), 'page');
    const walking = settled(list.walked({ page: 0 }));
    await expect(walking).rejects.toThrow(TypeError);
    await expect(walking).rejects.toThrow("option 'pageSize' is for lists paged by cursor or offset"); // prettier-ignore
    expect(list.asked).toHaveLength(1);
  });
});
