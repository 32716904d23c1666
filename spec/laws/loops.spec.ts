import { of } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import type { PaginationStrategy } from '../../lib/core/pagination-strategy';
import { requestUrl } from '../../lib/core/request-url';
import type { Transport } from '../../lib/core/transport';
import { paginate } from '../../lib/paginate';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { offsetPagination } from '../../lib/strategy/offset-pagination';
import { lastItem } from '../../lib/strategy/selector';
import { walkToEnd } from '../support/walk-result';

const ORIGIN = 'http://api.test';
const URL_OF_LIST = `${ORIGIN}/items`;

/** Answers with what `reply` says about the n-th request, and keeps each as its method, URL and body. */
function scripted(reply: (request: PageRequest, nth: number) => Partial<PageReply>) {
  const log: string[] = [];
  const transport: Transport = (request) => {
    const url = requestUrl(request, ORIGIN);
    const nth =
      log.push(JSON.stringify([request.method ?? 'GET', url, request.headers, request.body])) - 1;
    return of({ status: 200, headers: {}, url, body: undefined, ...reply(request, nth) });
  };
  return { log, transport };
}

/** What a request asks for, whatever the order of its parameters. */
const meaning = (entry: string) => {
  const [method, url, headers, body] = JSON.parse(entry) as [string, string, unknown, unknown];
  const parsed = new URL(url);
  parsed.searchParams.sort();
  return JSON.stringify([method, parsed.href, headers, body]);
};

const PERIODS = [1, 2, 7, 5000];
const range = (count: number) => Array.from({ length: count }, (_, at) => at);

async function expectLoop(
  transport: Transport,
  log: string[],
  pagination: PaginationStrategy<number>,
  requests: number,
  first: string | PageRequest = URL_OF_LIST,
): Promise<void> {
  const { values, error, event } = await walkToEnd(
    paginate<number>(transport, first, { pagination }),
  );
  expect(error?.code).toBe('LOOP');
  expect(log).toHaveLength(requests);
  expect(new Set(log.map(meaning)).size).toBe(requests);
  expect(values).toEqual(range(requests));
  expect(event).toMatchObject({
    endReason: 'error',
    code: 'LOOP',
    attempts: requests,
    pages: requests,
  });
}

describe('cursors that go round', () => {
  const slots = [
    ['params', URL_OF_LIST],
    ['path', { url: `${URL_OF_LIST}/{cursor}`, path: { cursor: 'start' } }],
    ['headers', URL_OF_LIST],
    ['body', { method: 'POST', url: URL_OF_LIST, body: {} }],
  ] as const;
  const table = slots.flatMap(([place, first]) =>
    PERIODS.map((period) => [place, period, first] as const),
  );

  it.each(table)(
    'in %s with a period of %d end with LOOP before a request is repeated',
    async (place, period, first) => {
      const { log, transport } = scripted((_, nth) => ({
        body: { data: [nth], next: `c${String(nth % period)}` },
      }));

      // The first request has no cursor, so the circle begins with the second.
      await expectLoop(
        transport,
        log,
        cursorPagination<number>({ items: '/data', next: '/next', in: place }),
        period + 1,
        first,
      );
    },
  );

  it.each([[0], [-1], ['0'], ['']])(
    'end with LOOP for the cursor %j given over and over',
    async (cursor) => {
      const { log, transport } = scripted((_, nth) => ({ body: { data: [nth], next: cursor } }));
      const pagination = cursorPagination<number>({ items: '/data', next: '/next' });
      const list = paginate<number>(transport, URL_OF_LIST, {
        pagination,
        emptyCursor: 'continue',
      });

      const { values, error } = await walkToEnd(list);

      expect([values, error?.code, log.length]).toEqual([[0, 1], 'LOOP', 2]);
    },
  );

  it('end with LOOP for the same object given over and over', async () => {
    const { log, transport } = scripted((_, nth) => ({
      body: { data: [nth], next: { a: 1, b: { c: [2] } } },
    }));
    const pagination = cursorPagination<number>({ items: '/data', next: '/next', in: 'body' });

    await expectLoop(transport, log, pagination, 2, { method: 'POST', url: URL_OF_LIST });
  });

  it('end with LOOP where page 3 gives its own cursor (P1)', async () => {
    const { log, transport } = scripted((_, nth) => ({
      body: { data: [nth], next: `c${String(Math.min(nth, 2))}` },
    }));

    const { values, error } = await walkToEnd(
      paginate<number>(transport, URL_OF_LIST, {
        pagination: cursorPagination<number>({ items: '/data', next: '/next' }),
      }),
    );

    expect([values, error?.code, error?.pageIndex, log.length]).toEqual([
      [0, 1, 2, 3],
      'LOOP',
      3,
      4,
    ]);
  });
});

describe('links that go round', () => {
  const linkTo = (form: string, part: number, nth: number): string => {
    const query = part === 0 ? '' : `&part=${String(part)}`;
    const turned = part > 0 && nth % 2 === 1;
    switch (form) {
      case 'relative':
        return `?kind=a${query}`;
      case 'in another order':
        return turned
          ? `${URL_OF_LIST}?part=${String(part)}&kind=a`
          : `${URL_OF_LIST}?kind=a${query}`;
      default:
        return `${URL_OF_LIST}?kind=a${query}`;
    }
  };
  const forms = ['absolute', 'relative', 'in another order'];
  const table = forms.flatMap((form) =>
    ['header', 'body'].flatMap((where) => PERIODS.map((period) => [form, where, period] as const)),
  );
  const serve = (form: string, where: string, period: number) =>
    scripted((_, nth) => {
      const next = linkTo(form, (nth + 1) % period, nth);
      return where === 'header'
        ? { body: [nth], headers: { link: `<${next}>; rel="next"` } }
        : { body: { data: [nth], next } };
    });
  const strategyFor = (where: string) =>
    where === 'header'
      ? linkPagination<number>()
      : linkPagination<number>({ items: '/data', next: '/next' });

  it.each(table)(
    '%s, in the %s, with a period of %d: LOOP before a request is repeated',
    async (form, where, period) => {
      const { log, transport } = serve(form, where, period);

      await expectLoop(transport, log, strategyFor(where), period, {
        url: URL_OF_LIST,
        params: { kind: 'a' },
      });
    },
  );

  it.each([1, 2, 7])(
    'absolute after a relative first request, with a period of %d',
    async (period) => {
      const { log, transport } = serve('absolute', 'header', period);

      await expectLoop(transport, log, linkPagination<number>(), period, '/items?kind=a');
    },
  );

  it.each([1, 2, 7])('merged, with a period of %d', async (period) => {
    const { log, transport } = scripted((_, nth) => ({
      body: { data: [nth], next: `https://gate.invalid/x?part=${String((nth + 1) % period)}` },
    }));
    const pagination = linkPagination<number>({ items: '/data', next: '/next', follow: 'merge' });

    await expectLoop(transport, log, pagination, period, { url: URL_OF_LIST, params: { part: 0 } });
  });

  it('equal to the URL that answered after the transport followed a redirect (P3)', async () => {
    const { log, transport } = scripted((_, nth) => ({
      url: `${ORIGIN}/v2/items`,
      body: [nth],
      headers: { link: `<${ORIGIN}/v2/items>; rel=next` },
    }));

    await expectLoop(transport, log, linkPagination<number>(), 1);
  });
});

describe('a server that does not move on', () => {
  const counted = [
    ['number', numberPagination<number>({ items: '/rows' })],
    ['number with a total', numberPagination<number>({ items: '/rows', totalCount: '/total' })],
    ['offset', offsetPagination<number>({ items: '/rows' })],
    ['offset with a total', offsetPagination<number>({ items: '/rows', totalCount: '/total' })],
    ['offset by limit', offsetPagination<number>({ items: '/rows', step: 'limit', limit: 2 })],
  ] as const;

  it.each(counted)('because it ignores the position ends with LOOP: %s', async (_, pagination) => {
    const { log, transport } = scripted(() => ({ body: { rows: [1, 2], total: 9 } }));

    const { values, error } = await walkToEnd(
      paginate<number>(transport, URL_OF_LIST, { pagination }),
    );

    expect([values, error?.code, log.length]).toEqual([[1, 2], 'LOOP', 2]);
    expect(error?.pageIndex).toBe(1);
  });

  const lastAgain = (total: number | undefined) =>
    scripted((_, nth) => ({ body: { rows: [[1, 2], [3, 4], [5]][Math.min(nth, 2)], total } }));

  it.each(counted)(
    'past its last page (P9) ends with LOOP where no total proves the end: %s',
    async (_, pagination) => {
      const { log, transport } = lastAgain(undefined);

      const { values, error } = await walkToEnd(
        paginate<number>(transport, URL_OF_LIST, { pagination }),
      );

      expect([values, error?.code, log.length]).toEqual([[1, 2, 3, 4, 5], 'LOOP', 4]);
    },
  );

  it.each(counted.filter(([name]) => name.endsWith('total')))(
    'past its last page (P9) is not asked beyond its total: %s',
    async (_, pagination) => {
      const { log, transport } = lastAgain(5);

      const { values, end } = await walkToEnd(
        paginate<number>(transport, URL_OF_LIST, { pagination }),
      );

      expect([values, end, log.length]).toEqual([[1, 2, 3, 4, 5], 'complete', 3]);
    },
  );

  it.each(counted)(
    'but goes round with a period of 2 ends with LOOP: %s',
    async (_, pagination) => {
      const { log, transport } = scripted((_request, nth) => ({
        body: { rows: nth % 2 === 0 ? [1, 2] : [3, 4] },
      }));

      const { values, error } = await walkToEnd(
        paginate<number>(transport, URL_OF_LIST, { pagination }),
      );

      expect([values, error?.code, log.length]).toEqual([[1, 2, 3, 4], 'LOOP', 3]);
    },
  );

  it('is still found after a walk that goes on: the token does not excuse the repeat', async () => {
    const { log, transport } = scripted(() => ({ body: { rows: [1, 2], total: 9 } }));
    const list = paginate<number>(transport, URL_OF_LIST, {
      pagination: numberPagination<number>({ items: '/rows' }),
    });
    const first = await walkToEnd(list);
    log.length = 0;

    const second = await walkToEnd(list, { resumeFrom: first.event.resumeToken });

    // A new walk has not seen the page before, but its own next page is the same again.
    expect([second.end, log.length]).toEqual(['LOOP', 2]);
  });
});

describe('pages without items', () => {
  const never = (items: (nth: number) => number[] = () => []) =>
    scripted((_, nth) => ({ body: { data: items(nth), next: `c${String(nth)}`, more: true } }));
  const pagination = cursorPagination<number>({ items: '/data', next: '/next' });

  it('end with STALLED after exactly 100 in a row with ever new cursors (P15)', async () => {
    const { log, transport } = never();

    const { values, error, event } = await walkToEnd(
      paginate<number>(transport, URL_OF_LIST, { pagination }),
    );

    expect([values, error?.code, log.length]).toEqual([[], 'STALLED', 100]);
    expect(event).toMatchObject({ endReason: 'error', code: 'STALLED', pages: 100 });
  });

  it.each([1, 2, 7, 250])(
    'end with STALLED after as many as the limit says: %d',
    async (emptyPages) => {
      const { log, transport } = never((nth) => (nth < 2 ? [nth] : []));
      const list = paginate<number>(transport, URL_OF_LIST, { pagination, limits: { emptyPages } });

      const { values, error } = await walkToEnd(list);

      expect([values, error?.code, log.length]).toEqual([[0, 1], 'STALLED', emptyPages + 2]);
    },
  );

  it('are counted anew after a page with items', async () => {
    const { log, transport } = never((nth) => (nth % 3 === 2 && nth < 9 ? [nth] : []));
    const list = paginate<number>(transport, URL_OF_LIST, {
      pagination,
      limits: { emptyPages: 3 },
    });

    const { values, error } = await walkToEnd(list);

    expect([values, error?.code, log.length]).toEqual([[2, 5, 8], 'STALLED', 12]);
  });

  it('never make a page with items STALLED, however low the limit', async () => {
    const { log, transport } = scripted((_, nth) => ({
      body: { data: [nth], next: nth < 3 ? `c${String(nth)}` : null },
    }));
    const list = paginate<number>(transport, URL_OF_LIST, {
      pagination,
      limits: { emptyPages: 0 },
    });

    const { values, end } = await walkToEnd(list);

    expect([values, end, log.length]).toEqual([[0, 1, 2, 3], 'complete', 4]);
  });

  it.each([
    ['number', numberPagination<number>({ items: '/data', hasMore: '/more' })],
    [
      'offset by limit',
      offsetPagination<number>({ items: '/data', hasMore: '/more', step: 'limit', limit: 2 }),
    ],
  ])('end with STALLED where a flag says that there is more: %s', async (_, counted) => {
    const { log, transport } = never();

    const { error } = await walkToEnd(
      paginate<number>(transport, URL_OF_LIST, { pagination: counted }),
    );

    expect([error?.code, log.length]).toEqual(['STALLED', 100]);
  });

  it('leave a token that goes on behind them', async () => {
    const { log, transport } = never((nth) => (nth === 0 ? [0] : []));
    const list = paginate<number>(transport, URL_OF_LIST, {
      pagination,
      limits: { emptyPages: 5 },
    });
    const { event } = await walkToEnd(list);
    log.length = 0;

    await walkToEnd(list, { resumeFrom: event.resumeToken });

    expect(log[0]).toContain('cursor=c5');
  });
});

describe('cursors made of the last item', () => {
  /** Pages of two; cursors past `stuck` pages are not looked at. */
  const byLastId = (stuck: number) =>
    scripted((request) => {
      const after = new URL(requestUrl(request, ORIGIN)).searchParams.get('after');
      const from = Math.min(Number(after ?? 0), (stuck - 1) * 2);
      return { body: { data: [{ id: from + 1 }, { id: from + 2 }], more: from < 8 } };
    });
  const pagination = cursorPagination<{ id: number }>({
    ...{ items: '/data', param: 'after', next: lastItem('/id'), hasMore: '/more' },
  });
  const idsOf = (values: readonly { readonly id: number }[]) => values.map(({ id }) => id);

  it.each([1, 2, 4])(
    'end with LOOP before items are handed on twice, where the server stays at page %d',
    async (stuck) => {
      const { log, transport } = byLastId(stuck);
      const list = paginate(transport, URL_OF_LIST, { pagination });

      const { values, error } = await walkToEnd(list);

      expect(idsOf(values)).toEqual(range(stuck * 2).map((id) => id + 1));
      expect([error?.code, log.length]).toEqual(['LOOP', stuck + 1]);
      expect(error).toMatchObject({ pageIndex: stuck, itemsEmitted: stuck * 2 });
    },
  );

  it('end quietly where repeats complete, and go on by request where they are allowed', async () => {
    const { transport } = byLastId(2);
    const list = paginate(transport, URL_OF_LIST, { pagination });

    const completed = await walkToEnd(list, { onRepeat: 'complete' });
    expect([idsOf(completed.values), completed.event.endReason]).toEqual([[1, 2, 3, 4], 'repeat']);
    const allowed = await walkToEnd(list, { onRepeat: 'allow' });
    expect([idsOf(allowed.values), allowed.end]).toEqual([[1, 2, 3, 4, 3, 4], 'LOOP']);
  });

  it('are no repeat where the walk goes on in the page it stopped in', async () => {
    const list = paginate(byLastId(5).transport, URL_OF_LIST, { pagination });
    const { event } = await walkToEnd(list, { maxItems: 3 });

    const rest = await walkToEnd(list, { resumeFrom: event.resumeToken });
    expect([idsOf(rest.values), rest.end]).toEqual([[4, 5, 6, 7, 8, 9, 10], 'complete']);
  });
});
