import { of } from 'rxjs';

import {
  cursorPagination,
  isPaginationError,
  linkPagination,
  numberPagination,
  offsetPagination,
  paginate,
  type PaginationStrategy,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

import { walkToEnd } from '../support/walk-result';

const url = 'http://api.test/items';

interface Case {
  readonly name: string;
  readonly pagination: PaginationStrategy<number>;
  /** What leads from the n-th reply, from 0, to the next page: after the third one back to a request made before. */
  readonly next: (nth: number) => unknown;
  /** Whether the same request is what repeats, and not the same items. */
  readonly byRequest: boolean;
}

const cases: readonly Case[] = [
  {
    name: 'cursor',
    pagination: cursorPagination<number>({ items: '/items', next: '/next' }),
    next: (nth) => `c${String(Math.min(nth + 1, 2))}`,
    byRequest: true,
  },
  {
    name: 'link',
    pagination: linkPagination<number>({ items: '/items', next: '/next' }),
    next: (nth) => `/items?page=${String(Math.min(nth + 1, 2))}`,
    byRequest: true,
  },
  {
    name: 'number',
    pagination: numberPagination<number>({ items: '/items' }),
    next: () => null,
    byRequest: false,
  },
  {
    name: 'offset',
    pagination: offsetPagination<number>({ items: '/items' }),
    next: () => null,
    byRequest: false,
  },
];

/** Three pages, the last of which is answered for ever; `from` skips the first ones. */
function stuck({ pagination, next }: Case, from = 0) {
  const pages = [
    [0, 1],
    [2, 3],
    [4, 5],
  ];
  let asked = 0;
  const transport: Transport = () => {
    const nth = from + asked++;
    return of({
      ...{ status: 200, headers: {}, url },
      body: { items: pages[Math.min(nth, 2)], next: next(nth) },
    });
  };
  const list = paginate<number>(transport, url, { pagination });
  return { list, requests: () => asked };
}

const table = cases.map((each) => [each.name, each] as const);

describe.each(table)('a %s walk that repeats', (_, each) => {
  /** Where the request itself repeats nothing is sent; else the page is seen to be the same. */
  const requests = each.byRequest ? 3 : 4;

  it.each([{}, { onRepeat: 'error' }, { onRepeat: undefined }] as WalkOptions[])(
    'is LOOP with %j',
    async (options) => {
      const { list, requests: made } = stuck(each);
      const { values, end, event } = await walkToEnd(list, options);

      expect([values, end, made()]).toEqual([[0, 1, 2, 3, 4, 5], 'LOOP', requests]);
      expect(event).toMatchObject({ endReason: 'error', pages: 3, items: 6 });
    },
  );

  it('completes where that is wanted, and says why', async () => {
    for (const prefetch of [0, 2]) {
      const { list, requests: made } = stuck(each);
      const { values, end, event } = await walkToEnd(list, { onRepeat: 'complete', prefetch });

      expect([values, end, made()]).toEqual([[0, 1, 2, 3, 4, 5], 'complete', requests]);
      expect(event).toMatchObject({ endReason: 'repeat', pages: 3, items: 6 });
    }
  });

  it('leaves a token that does not bring the last page again', async () => {
    for (const onRepeat of ['complete', 'error'] as const) {
      const first = await walkToEnd(stuck(each).list, { onRepeat });
      const still = stuck(each, 2).list;
      const rest = await walkToEnd(still, { onRepeat, resumeFrom: first.event.resumeToken });

      expect([rest.values, rest.end]).toEqual([[], onRepeat === 'error' ? 'LOOP' : 'complete']);
      expect(rest.event.items).toBe(6);
    }
  });

  it('is LOOP again where an iterator goes on', async () => {
    const iterator = stuck(each).list[Symbol.asyncIterator]();
    const told: unknown[] = [];
    for (let step = 0; step < 9; step++) {
      told.push(
        await iterator.next().then(
          ({ value }) => value as unknown,
          (error: unknown) => isPaginationError(error) && error.code,
        ),
      );
    }
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 'LOOP', 'LOOP', 'LOOP']);
  });
});

describe.each(table.filter(([, { byRequest }]) => byRequest))(
  'a %s that is used over by design',
  (_, each) => {
    it('is allowed while the items are others', async () => {
      const pages = Array.from({ length: 20 }, (_page, at) => [2 * at, 2 * at + 1]);
      let asked = 0;
      const transport: Transport = () => {
        const nth = asked++;
        const next = nth < 19 ? each.next(9) : null;
        return of({ status: 200, headers: {}, url, body: { items: pages[nth], next } });
      };
      const list = paginate<number>(transport, url, { pagination: each.pagination });
      const { values, end } = await walkToEnd(list, { onRepeat: 'allow' });

      expect([values, end, asked]).toEqual([pages.flat(), 'complete', 20]);
    });

    it('is LOOP where the same items come with it', async () => {
      const { list, requests } = stuck(each);
      const { values, end } = await walkToEnd(list, { onRepeat: 'allow' });

      expect([values, end, requests()]).toEqual([[0, 1, 2, 3, 4, 5], 'LOOP', 4]);
    });

    it('allows the same items with another one', async () => {
      let asked = 0;
      const transport: Transport = () => {
        const nth = asked++;
        const next = nth < 5 ? (each.name === 'link' ? `/items?page=${String(nth)}` : nth) : null;
        return of({ status: 200, headers: {}, url, body: { items: [7], next } });
      };
      const list = paginate<number>(transport, url, { pagination: each.pagination });
      const { values, end } = await walkToEnd(list, { onRepeat: 'allow' });

      expect([values, end]).toEqual([[7, 7, 7, 7, 7, 7], 'complete']);
    });
  },
);

describe.each(table.filter(([, { byRequest }]) => !byRequest))(
  'a list walked by %s with equal pages by design',
  (_, { pagination }) => {
    it('is allowed, for its positions are never the same', async () => {
      let asked = 0;
      const transport: Transport = () =>
        of({ status: 200, headers: {}, url, body: { items: asked++ < 5 ? [7, 7] : [] } });
      const list = paginate<number>(transport, url, { pagination });
      const { values, end } = await walkToEnd(list, { onRepeat: 'allow' });

      expect([values, end, asked]).toEqual([Array.from({ length: 10 }, () => 7), 'complete', 6]);
    });
  },
);

it('is no repeat that a failed page is asked for again', async () => {
  for (const { pagination } of cases) {
    let asked = 0;
    const transport: Transport = () => {
      const nth = asked++;
      if (nth === 1) return of({ status: 500, headers: {}, url, body: null });
      return of({
        ...{ status: 200, headers: {}, url },
        body: { items: nth === 0 ? [0] : [], next: nth === 0 ? '?a=1' : null },
      });
    };
    const list = paginate<number>(transport, url, { pagination });
    const { values, end } = await walkToEnd(list, { retry: { baseDelay: 0 } });
    expect([values, end, asked]).toEqual([[0], 'complete', 3]);
  }
});
