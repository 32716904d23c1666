import { of } from 'rxjs';

import { cursorPagination, paginate, type Transport } from 'paged-observable';

import { range } from '../support/list-api';
import { record } from '../support/recorder';

describe('a list of more than a million items, to be walked anew where its position has expired', () => {
  it('is CURSOR_EXPIRED, as not all keys are known', () => {
    const url = 'http://api.test/items';
    const transport: Transport = (request) => {
      const at = Number(request.params?.['cursor'] ?? 0);
      const items = range(at * 500_001, (at + 1) * 500_001);
      const status = at === 2 ? 410 : 200;
      return of({ status, headers: {}, url, body: { items, next_cursor: at + 1 } });
    };
    const list = paginate<number>(transport, url, {
      pagination: cursorPagination<number>({ items: '/items' }),
      ...{ key: '', onExpired: 'restart', retry: false },
    });
    const seen = record(list);
    expect([seen.values.length, seen.error.code]).toEqual([1_000_002, 'CURSOR_EXPIRED']);
    expect(seen.error.message).toContain(
      'more items were handed on than their keys can be remembered',
    );
  }, 60_000);
});
