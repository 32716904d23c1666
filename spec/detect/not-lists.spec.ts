import { of } from 'rxjs';

import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import { detectPagination } from '../../lib/detect/detect-pagination';
import { paginate } from '../../lib/paginate';
import { type NotList, notLists } from '../support/not-lists';
import { replyOf } from '../support/reply-of';
import { walkToEnd } from '../support/walk-result';

/** Walks a reply that is given to every request. */
async function walk({ request, status = 200, headers = {}, body }: NotList) {
  const asked: PageRequest[] = [];
  const transport = (one: PageRequest) => {
    asked.push(one);
    return of(replyOf(body, { status, headers, url: requestUrl(one) }));
  };
  const first = { url: 'https://api.test/items', ...request };
  const paged = paginate(transport, first, { pagination: detectPagination(), retry: false });
  const { values, end, error } = await walkToEnd(paged);
  return { items: values, end, requests: asked.length, message: error?.message };
}

describe('what is not a page of a longer list', () => {
  it('has many kinds', () => {
    expect(notLists.length).toBeGreaterThanOrEqual(40);
    expect(new Set(notLists.map(({ name }) => name)).size).toBe(notLists.length);
  });

  it.each(notLists.map((one) => [one.name, one.reading.is, one] as const))(
    '%s is read as %s, with one request',
    async (_, __, one) => {
      const { items, end, requests, message } = await walk(one);
      expect(requests).toBe(1);
      switch (one.reading.is) {
        case 'whole list':
          expect({ end, items }).toEqual({ end: 'complete', items: one.reading.items });
          break;
        case 'empty list':
          expect({ end, items }).toEqual({ end: 'complete', items: [] });
          break;
        case 'no list':
          expect({ items, isRefused: ['BAD_SHAPE', 'PROTOCOL'].includes(end) }).toEqual({
            items: [],
            isRefused: true,
          });
          expect(message).toMatch(/\w+ \w+ \w+/);
      }
    },
  );
});
