import { EMPTY, of } from 'rxjs';

import { cursorPagination, paginate, PaginationError } from 'paged-observable';

import { record } from '../support/recorder';

let made = 0;
class Counted extends Error {
  constructor(message?: string) {
    super(message);
    made++;
  }
}
// What `super` leads to when an error is made.
beforeEach(() => {
  made = 0;
  Object.setPrototypeOf(PaginationError, Counted);
});
afterEach(() => {
  Object.setPrototypeOf(PaginationError, Error);
});

const pagination = cursorPagination<number>({ items: '/data', next: '/next', param: 'cursor' });

function reply(cursor: unknown) {
  const page = Number(cursor ?? 0);
  const body = { data: [page], next: page < 9 ? String(page + 1) : null };
  return { status: 200, headers: {}, url: 'http://api.test/items', body };
}

describe('the errors of a walk', () => {
  it.each([
    ['one reply', 1],
    ['a reply and two more that nobody waits for', 3],
  ])('are not made for pages that come, where a page is %s', (_, count) => {
    const seen = record(
      paginate(
        ({ params }) => of(...Array.from({ length: count }, () => reply(params?.['cursor']))),
        'http://api.test/items',
        { pagination },
      ),
    );
    expect(seen.errors).toEqual([]);
    expect(seen.values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(made).toBe(0);
  });

  it('are made where a page is missing', () => {
    const seen = record(
      paginate(() => EMPTY, 'http://api.test/items', { pagination, retry: false }),
    );
    expect(seen.error.code).toBe('PROTOCOL');
    expect(made).toBeGreaterThan(0);
  });
});
