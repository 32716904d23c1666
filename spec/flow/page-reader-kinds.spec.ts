import { of } from 'rxjs';

import {
  cursorPagination,
  linkPagination,
  numberPagination,
  offsetPagination,
  paginate,
  singlePage,
  type PageRequest,
  type PaginationStrategy,
  type WalkOptions,
} from 'paged-observable';

import { record } from '../support/recorder';

const url = 'http://api.test/items';
const reply = { status: 200, headers: {}, url, body: { items: [9] } };

const byCursor = cursorPagination<number>({ items: '/items' });
const byLink = linkPagination<number>({ items: '/items' });
const byNumber = numberPagination<number>({ items: '/items' });
const byOffset = offsetPagination<number>({ items: '/items' });
const whole = singlePage<number>({ items: '/items' });

/** A strategy, as far as can be seen, of pages whose size may change. */
const sized = (strategy: PaginationStrategy<number>): PaginationStrategy<number> => ({
  ...strategy,
  sized: (request: PageRequest) => request,
});

/** The items of a list whose strategy does not say before a reply what kind its pages are, or what is thrown. */
function told(strategy: PaginationStrategy<number>, options: WalkOptions): unknown {
  const late = { ...strategy, kind: undefined };
  const list = paginate<number>(() => of(reply), url, { ...options, pagination: late });
  const { values, errors } = record(list.with({ maxPages: 1 }));
  const [error] = errors;
  if (error === undefined) return values;
  return error instanceof TypeError ? error.message : error;
}

describe('a strategy that tells by the reply of what kind its pages are', () => {
  it('is a TypeError where pages are asked for at once that only the page before leads to', () => {
    const message =
      "paginate: option 'concurrency' is for lists paged by number or offset, whose pages can be asked for at once; this one is paged by ";
    expect(told(byCursor, { concurrency: 2 })).toBe(`${message}cursor`);
    expect(told(byLink, { concurrency: 2 })).toBe(`${message}link`);
    for (const strategy of [byNumber, byOffset]) {
      expect(told(strategy, { concurrency: 2 })).toEqual([9]);
    }
    for (const concurrency of [undefined, 1]) expect(told(byCursor, { concurrency })).toEqual([9]);
  });

  const pageSize = { min: 1, max: 2 };

  it('is a TypeError where its pages have no size that may change', () => {
    const message =
      "paginate: option 'pageSize' is for lists paged by cursor or offset; this one is paged by link";
    expect(told(sized(byLink), { pageSize })).toBe(message);
    expect(told(sized(byLink), {})).toEqual([9]);
    for (const strategy of [byCursor, byOffset]) {
      expect(told(sized(strategy), { pageSize })).toEqual([9]);
    }
  });

  it('is judged by the strategy that it chose', () => {
    const choice = (strategy: PaginationStrategy<number>): PaginationStrategy<number> => ({
      ...sized(byCursor),
      read: (request, answer) => ({ ...byCursor.read(request, answer), strategy }),
    });
    expect(told(choice(sized(byCursor)), { pageSize })).toEqual([9]);
    expect(told(choice(byCursor), { pageSize })).toContain('names no parameter for it');
  });

  it('may be one whose list comes whole, whatever is asked for', () => {
    expect(told(whole, { concurrency: 2 })).toEqual([9]);
    expect(told(sized(whole), { pageSize })).toEqual([9]);
  });
});
