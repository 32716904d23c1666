import { of } from 'rxjs';

import {
  cursorPagination,
  linkPagination,
  numberPagination,
  offsetPagination,
  paginate,
  type PageReply,
  type PaginationStrategy,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { record } from '../support/recorder';

const url = 'http://api.test/items';
const page = (at: number): Partial<PageReply> => ({ body: { items: [at], next_cursor: at + 1 } });
const last: Partial<PageReply> = { body: { items: [9], next_cursor: null } };

/** A walk whose requests are answered so, one after another. */
function walk(
  replies: readonly Partial<PageReply>[],
  pagination: PaginationStrategy,
  options: WalkOptions = {},
) {
  let asked = 0;
  let token: string | undefined;
  const next = (event: WalkEvent) => {
    if (event.type === 'end') token = event.resumeToken;
  };
  const list = paginate(
    () => of({ status: 200, headers: {}, url, body: null, ...replies[asked++] }),
    url,
    { retry: false, events: { next }, ...options, pagination },
  );
  const seen = record(list);
  const [error] = seen.errors.length === 0 ? [] : [seen.error];
  return { values: seen.values, error, asked, completions: seen.completions, token };
}

const byCursor = cursorPagination<number>({ items: '/items' });
const byNumber = numberPagination<number>({ items: '/items', endStatus: 404 });

describe('a status that means something to the strategy', () => {
  it('ends the list behind its first page', () => {
    const { values, completions, asked } = walk([page(1), { status: 404 }], byNumber);
    expect([values, completions, asked]).toEqual([[1], 1, 2]);
  });

  it('is an error on the first page', () => {
    const { error } = walk([{ status: 404 }], byNumber);
    expect(error).toMatchObject({ code: 'HTTP_STATUS', status: 404 });
  });

  it('ends the list where a walk goes on behind its last page', () => {
    const { token } = walk([page(1)], byNumber, { maxPages: 1 });
    const rest = walk([{ status: 404 }], byNumber, { resumeFrom: token });
    expect([rest.values, rest.completions, rest.asked]).toEqual([[], 1, 1]);
  });

  it('ends the pages before a page, and a list that is walked anew', () => {
    const replies = [page(1), page(2), { status: 404 }];
    let asked = 0;
    const transport = () => of({ status: 200, headers: {}, url, body: null, ...replies[asked++] });
    const list = paginate<number>(transport, url, { pagination: byNumber });
    const [, second] = record(list.pages()).values;
    replies.push({ status: 404 });
    const before = record(second!.previousPage());
    expect([before.notifications, asked]).toEqual([{ values: [], errors: 0, completions: 1 }, 4]);

    const anew = { key: '', onExpired: 'restart' } as const;
    const seen = walk([page(1), { status: 410 }, { status: 404 }], byNumber, anew);
    expect([seen.values, seen.completions, seen.asked]).toEqual([[1], 1, 3]);
  });

  it('is DRIFT where it takes away what was handed on from that very page', () => {
    const { token } = walk([page(1), { body: { items: [2, 3] } }], byNumber, { maxItems: 2 });
    const rest = walk([{ status: 404 }], byNumber, { resumeFrom: token });
    expect([rest.values, rest.error?.code, rest.asked]).toEqual([[], 'DRIFT', 1]);
    expect(rest.error?.message).toContain(
      'The page to go on in has changed: its first 1 items are not those handed on before (page 2, ',
    );
  });

  it('is DRIFT where it comes before the place to go on at', () => {
    const pageSize = { min: 2, max: 2 };
    const rows = offsetPagination<number>({ items: '/items', limit: 2, endStatus: 416 });
    const pages = [[1, 2], [3, 4]].map((items) => ({ body: { items } })); // prettier-ignore
    const { token } = walk(pages, rows, { pageSize, maxItems: 3 });
    const rest = walk([{ status: 416 }], rows, { pageSize, resumeFrom: token });
    expect([rest.values, rest.error?.code, rest.asked]).toEqual([[], 'DRIFT', 1]);
    expect(rest.error?.message).toContain('it ends before that place');
  });

  it('ends the list where nothing was handed on from that page, whatever its Link header', () => {
    const rows = offsetPagination<number>({ items: '/items', limit: 2, endStatus: 416 });
    const first = { body: { items: [1, 2] } };
    const end = { status: 416, headers: { link: 'x'.repeat(20_000) } };
    const { values, completions, asked } = walk([first, end], rows);
    expect([values, completions, asked]).toEqual([[1, 2], 1, 2]);
    const again = walk([first, { body: { items: [2] } }, end], rows, { overlap: 1, key: '' });
    expect([again.values, again.completions, again.asked]).toEqual([[1, 2], 1, 3]);
  });

  it('is an empty page, first or not', () => {
    const some = cursorPagination<number>({ items: '/items', emptyStatuses: [204] });
    expect(walk([page(1), { status: 204 }], some)).toMatchObject({ values: [1], completions: 1 });
    expect(walk([{ status: 204 }], some)).toMatchObject({ values: [], completions: 1 });
  });

  it('is that a position has expired, as 410 is for every one', () => {
    const some = cursorPagination<number>({ items: '/items', expired: [400] });
    for (const [status, pagination] of [[400, some], [410, some], [410, byCursor]] as const) {
      const { values, error } = walk([page(1), { status }], pagination);
      expect(values).toEqual([1]);
      expect(error).toMatchObject({ code: 'CURSOR_EXPIRED', status });
      expect(error?.message).toContain(`The server answered ${String(status)}: the position has expired`);
    }
  }); // prettier-ignore

  it('is none of a position where there was none', () => {
    const some = cursorPagination<number>({ items: '/items', expired: [400] });
    expect(walk([{ status: 410 }], byCursor).error?.code).toBe('HTTP_STATUS');
    expect(walk([{ status: 400 }], some).error?.code).toBe('HTTP_STATUS');
  });
});

describe('a status that means nothing to the strategy', () => {
  it.each([204, 205, 304])('is no page without a body: %d', (status) => {
    const { error } = walk([page(1), { ...last, status }], byCursor);
    expect(error).toMatchObject({ code: 'PROTOCOL', status });
    expect(error?.message).toContain(
      `The server answered ${String(status)}, which is no page; 'emptyStatuses' can make it an empty one`,
    );
  });

  it.each([199, 300, 303, 400, 599])('is an error outside of 200 to 299: %d', (status) => {
    const { error } = walk([page(1), { ...last, status }], byCursor);
    expect(error).toMatchObject({ code: 'HTTP_STATUS', status });
    expect(error?.message).toContain(`The server answered ${String(status)} (page 2, `);
  });

  it('is none of those of a strategy that names none', () => {
    const { statuses, ...plain } = byCursor;
    expect(statuses).toEqual({ 410: 'expired' });
    expect(walk([page(1), last], plain)).toMatchObject({ values: [1, 9], completions: 1 });
    expect(walk([page(1), { status: 404 }], plain).error?.code).toBe('HTTP_STATUS');
  });

  it.each([200, 201, 203, 206, 299])('is a page: %d', (status) => {
    expect(walk([page(1), { ...last, status }], byCursor).values).toEqual([1, 9]);
  });
});

describe('a page that a walk goes on in', () => {
  const { token } = walk([page(1), { body: { items: [2, 3] } }], byNumber, { maxItems: 2 });
  const rest = (...items: readonly number[]) =>
    walk([{ body: { items } }], byNumber, { resumeFrom: token, maxPages: 2 });

  it('is known by the items handed on from it, whatever follows them', () => {
    expect(rest(2, 4, 5)).toMatchObject({ values: [4, 5], completions: 1 });
    expect(rest(2)).toMatchObject({ values: [], completions: 1 });
  });

  it.each([[[]], [[3]], [[4, 2]]])('is DRIFT where it begins with others: %j', (items) => {
    const { values, error } = rest(...items);
    expect([values, error?.code]).toEqual([[], 'DRIFT']);
    expect(error?.message).toContain(
      'The page to go on in has changed: its first 1 items are not those handed on before (page 2, ',
    );
  });
});

describe('a strategy that reads no array of items', () => {
  it.each([undefined, null, {}, 'ab', 3])('is BAD_SHAPE, naming it: %j', (items) => {
    const wrong: unknown = items;
    const read: PaginationStrategy<number>['read'] = (request, reply) => ({
      ...byCursor.read(request, { ...reply, body: { items: [] } }),
      items: wrong as number[],
    });
    const { error } = walk([page(1)], { ...byCursor, id: 'of-this-spec', read });
    expect(error?.code).toBe('BAD_SHAPE');
    expect(error?.message).toContain('The strategy of-this-spec read no array of items');
  });
});

describe('items whose place nobody named', () => {
  const found = linkPagination({ next: '$response.headers#/next', emptyStatuses: [204] });
  const at = (body: unknown, ...next: string[]): Partial<PageReply> => {
    const headers = Object.fromEntries(next.map((link) => ['next', link]));
    return body === null ? { headers, body, status: 204 } : { headers, body };
  };

  it('are where they were on the first page that has any, whatever pages have no place for them', () => {
    const pages = [at(null, '?b'), at({ data: [{ id: 1 }] }, '?c'), at(null, '?d')];
    const seen = walk([...pages, at({ data: [{ id: 2 }] })], found);
    expect([seen.values, seen.completions]).toEqual([[{ id: 1 }, { id: 2 }], 1]);
    const moved = walk([...pages, at({ rows: [{ id: 2 }] })], found);
    expect([moved.values, moved.error?.code]).toEqual([[{ id: 1 }], 'BAD_SHAPE']);
    expect(moved.error?.message).toContain(
      "The items were found at /data and are now at /rows: name the right one with the option 'items' (page 4, ",
    );
  });
});

describe('an error envelope', () => {
  const pagination = cursorPagination<number>({ items: '/items', apiError: '/error' });
  it.each<readonly [unknown, string]>([
    ['no access', '"no access"'],
    [{ code: 7 }, '{"code":7}'],
    [`see ${url}?token=planted`, `"see ${url}?token=***"`],
    ['x'.repeat(300), `"${'x'.repeat(199)}`],
  ])('is API_ERROR, and shown: %j', (error, shown) => {
    const seen = walk([{ body: { items: [1], error } }], pagination);
    expect([seen.values, seen.error?.code]).toEqual([[], 'API_ERROR']);
    expect(seen.error?.message).toContain(`The reply is an error: ${shown} (page 1, `);
  });
});

describe('a Link header', () => {
  it('is not needed', () => {
    expect(walk([last], byCursor, { limits: { linkHeaderBytes: 1 } }).completions).toBe(1);
  });

  it.each([
    [{}, 16 * 1024],
    [{ limits: { linkHeaderBytes: 20 } }, 20],
  ])('may be so long with the options %j: %d', (options, most) => {
    const answer = (length: number) => ({ ...last, headers: { link: 'x'.repeat(length) } });
    expect(walk([answer(most)], byCursor, options).completions).toBe(1);
    const { error } = walk([answer(most + 1)], byCursor, options);
    expect(error?.code).toBe('PROTOCOL');
    expect(error?.message).toContain(
      `The Link header has ${String(most + 1)} characters, which is more than the ${String(most)} allowed`,
    );
  });
});
