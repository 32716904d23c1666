import { of } from 'rxjs';

import { paginate, type PageRequest, type Transport } from 'paged-observable';
import { walkToEnd } from '../support/walk-result';

const rows = Array.from({ length: 8 }, (_, id) => ({ id, name: `Row ${String(id)}` }));
const ids = (values: readonly unknown[]) => values.map((row) => (row as { id: number }).id);

/** A list of eight rows in pages of three, with what is told of it. */
function api(tell: (page: number, items: readonly object[]) => unknown) {
  const asked: PageRequest[] = [];
  const transport: Transport = (request) => {
    asked.push(request);
    const page = Number(request.params?.['page'] ?? /[?&]page=(\d+)/.exec(request.url)?.[1] ?? 1);
    const items = rows.slice((page - 1) * 3, page * 3);
    const url = 'https://api.example.com/rows';
    return of({ status: 200, headers: {}, url, body: tell(page, items) });
  };
  return { asked, transport };
}

const request = { url: 'https://api.example.com/rows', params: { page: 1, per_page: 3 } };
const options = { retry: false, maxPages: 10 } as const;

describe('detection, where a reply contradicts itself', () => {
  it.each<[string, (page: number, items: readonly object[]) => unknown]>([
    [
      'a total that is of the page, beside a number of pages',
      (page, data) => ({ data, page, per_page: 3, total: data.length, total_pages: 3 }),
    ],
    [
      'a total that is of the page, beside a flag that there is more',
      (page, data) => ({ data, page, total: data.length, has_more: page < 3 }),
    ],
    [
      'a total that is too low, beside a flag that there is more',
      (page, data) => ({ data, page, total: 6, has_more: page < 3 }),
    ],
    [
      'that a batch was completed, beside a token',
      (page, data) => ({ data, completed: true, next_page: page < 3 ? page + 1 : null }),
    ],
  ])('delivers the whole list for %s', async (_, tell) => {
    const { asked, transport } = api(tell);
    const { values, end } = await walkToEnd(paginate(transport, request, options));
    expect({ ids: ids(values), end }).toEqual({ ids: ids(rows), end: 'complete' });
    expect(asked).toHaveLength(3);
  });

  it.each<[string, string, (page: number, items: readonly object[]) => unknown]>([
    [
      'PROTOCOL',
      'an empty page before the total',
      (page, data) => ({ data: page > 2 ? [] : data, page, total_count: 8 }),
    ],
    [
      'API_ERROR',
      'a failure without items',
      (page, data) =>
        page > 2 ? { success: false, message: 'no', data: [] } : { success: true, data, page },
    ],
    [
      'API_ERROR',
      'a code of failure without items',
      (page, list) =>
        page > 2
          ? { code: 50012, msg: 'busy', data: { list: [] } }
          : { code: 0, msg: 'ok', data: { list, page } },
    ],
    [
      'API_ERROR',
      'errors without items',
      (page, items) => (page > 2 ? { items: [], errors: [{ message: 'no' }] } : { items, page }),
    ],
  ])('errors with %s for %s, after the items before it', async (code, _, tell) => {
    const { transport } = api(tell);
    const { values, end } = await walkToEnd(paginate(transport, request, options));
    expect({ ids: ids(values), end }).toEqual({ ids: [0, 1, 2, 3, 4, 5], end: code });
  });

  it('takes the offset of a first page, that every page names, for none of its own', async () => {
    const asked: PageRequest[] = [];
    const transport: Transport = (sent) => {
      asked.push(sent);
      const offset = Number(sent.params?.['offset'] ?? 0);
      const paging = { limit: 3, offset, count: 8, first: { offset: 0, limit: 3 } };
      const url = 'https://api.example.com/rows';
      return of({
        status: 200,
        headers: {},
        url,
        body: { paging, rows: rows.slice(offset, offset + 3) },
      });
    };
    const first = { url: 'https://api.example.com/rows', params: { limit: 3 } };
    const { values, end } = await walkToEnd(paginate(transport, first, options));
    expect({ ids: ids(values), end }).toEqual({ ids: ids(rows), end: 'complete' });
    expect(asked).toHaveLength(3);
  });

  it('takes the same rows with other figures in them for the first page again', async () => {
    let price = 0;
    const { asked, transport } = api(() => ({
      data: rows.slice(0, 3).map((row) => ({ ...row, price: price++ })),
      total: 8,
    }));
    const { values, end } = await walkToEnd(paginate(transport, request, options));
    expect({ ids: ids(values), end }).toEqual({ ids: [0, 1, 2], end: 'PROTOCOL' });
    expect(asked).toHaveLength(2);
  });

  it.each<[string, PageRequest, unknown]>([
    [
      'the id of a page',
      { url: 'https://api.example.com/comments', params: { page_id: 7, limit: 3 } },
      { comments: rows.slice(0, 3) },
    ],
    [
      'a chapter with a next one',
      { url: 'https://api.example.com/chapters/1' },
      { id: 1, title: 'One', pages: rows.slice(0, 2), prev: null, next: '/chapters/2' },
    ],
    [
      'an article with a next one',
      { url: 'https://api.example.com/articles/x' },
      {
        data: { id: 1, title: 'One', comments: rows.slice(0, 2) },
        links: { next: '/articles/y' },
      },
    ],
    [
      'two lists with one total',
      { url: 'https://api.example.com/search', params: { q: 'a', page: 1 } },
      { users: rows.slice(0, 3), groups: rows.slice(3, 6), total: 16 },
    ],
  ])('refuses %s after one request', async (_, first, body) => {
    const asked: PageRequest[] = [];
    const transport: Transport = (sent) => {
      asked.push(sent);
      return of({ status: 200, headers: {}, url: first.url, body });
    };
    const { values, end } = await walkToEnd(paginate(transport, first, options));
    expect(values).toEqual([]);
    expect(['PROTOCOL', 'BAD_SHAPE']).toContain(end);
    expect(asked).toHaveLength(1);
  });
});
