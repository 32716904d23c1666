import fc from 'fast-check';
import { delay, of, take } from 'rxjs';

import {
  cursorPagination,
  fromPages,
  isPaginationError,
  numberPagination,
  offsetPagination,
  paginate,
  singlePage,
  type ItemKey,
  type PageReply,
  type PageRequest,
  type StandardSchemaV1,
  type Transport,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { ManualClock, settle } from '../support/manual-clock';
import { record } from '../support/recorder';
import { walkToEnd } from '../support/walk-result';

const url = 'http://api.test/items';
const replyWith = (body: unknown, status = 200): PageReply => ({ status, headers: {}, url, body });
const cursorOf = (request: PageRequest) => Number(request.params?.['cursor'] ?? 0);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

/** A list by cursors of these pages, each an array of keys. */
function pagesOf(pages: readonly (readonly unknown[])[], options: WalkOptions = {}) {
  const asked: number[] = [];
  const transport: Transport = (request) => {
    const at = cursorOf(request);
    asked.push(at);
    const next_cursor = at + 1 < pages.length ? at + 1 : null;
    return of(replyWith({ items: pages[at]!.map((id) => ({ id })), next_cursor }));
  };
  const list = paginate<{ id: unknown }>(transport, url, {
    pagination: cursorPagination<{ id: unknown }>({ items: '/items' }),
    key: '/id',
    ...options,
  });
  return { asked, list };
}

const idsOf = (values: readonly { id: unknown }[]) => values.map(({ id }) => id);

describe('the option key', () => {
  it.each([0, 1, 3])(
    'asks for no more than is wanted and %d pages ahead where the server repeats its items',
    async (prefetch) => {
      const { asked, list } = pagesOf([[1], ...Array.from({ length: 90 }, () => [1])], {
        prefetch,
      });
      const items = list[Symbol.asyncIterator]();
      expect(await items.next()).toEqual({ done: false, value: { id: 1 } });
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      expect(asked).toEqual(range(0, 1 + prefetch));
      expect(await items.next()).toEqual({ done: true, value: undefined });
      expect(asked).toEqual(range(0, 91));
    },
  );

  it('drops what was handed on before, in one page and across pages, and counts it', async () => {
    const { list } = pagesOf([
      [1, 2, 2],
      [2, 3],
      [1, 2, 3],
      [4, 1],
    ]);
    const { values, end, event } = await walkToEnd(list);

    expect([idsOf(values), end]).toEqual([[1, 2, 3, 4], 'complete']);
    expect(event).toMatchObject({ duplicates: 6, items: 4 });
  });

  it('tells apart numbers, the text of their digits, and every text', async () => {
    const keys = [1, '1', '#1', '"1', '', 0, '0', -0.5, 1e21, '1e+21'];
    const { list } = pagesOf([keys, [...keys].reverse()]);

    expect(idsOf((await walkToEnd(list)).values)).toEqual(keys);
  });

  it.each<[string, ItemKey, readonly unknown[]]>([
    [
      'a pointer into the item',
      '/a/0/id',
      [{ a: [{ id: 1 }] }, { a: [{ id: 1 }] }, { a: [{ id: 2 }] }],
    ],
    ['the pointer to the item itself', '', ['x', 'x', 'y']],
    ['a pointer with escapes', '/a~1b', [{ 'a/b': 1 }, { 'a/b': 1 }, { 'a/b': 2 }]],
    ['a function', (item) => String(item).toLowerCase(), ['x', 'X', 'y']],
  ])('is %s', async (_, key, items) => {
    const list = paginate(() => of(replyWith({ items, next_cursor: null })), url, {
      pagination: cursorPagination({ items: '/items' }),
      key,
    });
    expect((await walkToEnd(list)).values).toEqual([items[0], items[2]]);
  });

  it.each([undefined, null, true, {}, [], NaN, Infinity])(
    'errors with BAD_SHAPE where an item has %j for one, and hands on nothing of the page',
    async (id) => {
      const { list } = pagesOf([
        [1, 2],
        [3, id],
      ]);
      const { values, error } = await walkToEnd(list);

      expect([idsOf(values), error?.code, error?.pageIndex]).toEqual([[1, 2], 'BAD_SHAPE', 1]);
      expect(error?.message).toContain('Item 1 of the page has no key at /id');
    },
  );

  it('errors with BAD_SHAPE where a function throws', async () => {
    const key = () => {
      throw new RangeError('mine');
    };
    const { error } = await walkToEnd(pagesOf([[1]], { key }).list);
    expect([error?.code, error?.cause?.name]).toEqual(['BAD_SHAPE', 'RangeError']);
  });

  it('makes pages without anything new STALLED, as those without items', async () => {
    let asked = 0;
    const transport: Transport = () => of(replyWith({ items: [{ id: 1 }], next_cursor: ++asked }));
    const list = paginate<{ id: number }>(transport, url, {
      pagination: cursorPagination<{ id: number }>({ items: '/items' }),
      key: '/id',
    });
    const { values, end } = await walkToEnd(list);
    expect([idsOf(values), end, asked]).toEqual([[1], 'STALLED', 101]);
    asked = 0;
    expect((await walkToEnd(list, { limits: { emptyPages: 3 } })).end).toBe('STALLED');
    expect(asked).toBe(4);
  });

  it('reads own properties only', async () => {
    const { error } = await walkToEnd(pagesOf([[1]], { key: '/constructor/name' }).list);
    expect(error?.code).toBe('BAD_SHAPE');
  });

  it('is read before the schema, which sees only what is handed on', async () => {
    const seen: unknown[] = [];
    const schema: StandardSchemaV1<unknown, string> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (item) => {
          seen.push(item);
          return { value: `v${String((item as { id: number }).id)}` };
        },
      },
    };
    const transport: Transport = () => of(replyWith([{ id: 1 }, { id: 1 }, { id: 2 }]));
    const list = paginate(transport, url, { schema, key: '/id', pagination: singlePage() });

    expect((await walkToEnd(list)).values).toEqual(['v1', 'v2']);
    expect(seen).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('counts towards maxItems only what is handed on, and its token goes on exactly', async () => {
    const pages = [
      [1, 1, 2, 3],
      [3, 3, 4, 5],
      [5, 6],
    ];
    for (let cut = 1; cut <= 6; cut++) {
      const { list, asked } = pagesOf(pages);
      const first = await walkToEnd(list, { maxItems: cut });
      expect(idsOf(first.values)).toEqual(range(1, cut + 1));
      expect(first.event.endReason).toBe(cut === 6 ? 'exhausted' : 'limit');
      expect(Math.max(...asked)).toBe(cut <= 3 ? 0 : cut <= 5 ? 1 : 2);
    }
  });

  it('knows after a resume inside a page what stands before in it', async () => {
    const { list } = pagesOf([
      [1, 2, 3, 1, 2, 4],
      [1, 3, 5],
    ]);
    const { event } = await walkToEnd(list, { maxItems: 3 });
    const rest = await walkToEnd(list, { resumeFrom: event.resumeToken });

    expect([idsOf(rest.values), rest.end]).toEqual([[4, 5], 'complete']);
    // 1 and 2 again in the page gone on in, and 1 and 3 in the next one; not what stands before the place.
    expect(rest.event.duplicates).toBe(4);
  });

  it.each(['/id/~2', 'id', 7, null, {}])('is a TypeError where it is %j', (key) => {
    const transport: Transport = () => of(replyWith([]));
    const make = () => paginate(transport, url, { key: key as string });
    expect(make).toThrow(TypeError);
    expect(make).toThrow("option 'key' must be a JSON pointer");
    expect(() => paginate(transport, url).with({ key: key as string })).toThrow(TypeError);
  });

  it('works ahead of demand, and an iterator that goes on gets each item once', async () => {
    for (const prefetch of [0, 1, 3]) {
      const failing = new Set([2]);
      const transport: Transport = (request) => {
        const at = cursorOf(request);
        if (failing.delete(at)) return of(replyWith({}, 400));
        return of(
          replyWith({ items: range(at * 2, at * 2 + 3), next_cursor: at < 4 ? at + 1 : null }),
        );
      };
      const list = paginate<number>(transport, url, {
        pagination: cursorPagination<number>({ items: '/items' }),
        key: '',
        prefetch,
        retry: false,
      });
      const iterator = list[Symbol.asyncIterator]();
      const values: number[] = [];
      let errors = 0;
      for (;;) {
        try {
          const next = await iterator.next();
          if (next.done === true) break;
          values.push(next.value);
        } catch {
          errors++;
        }
      }
      expect([values, errors]).toEqual([range(0, 11), 1]);
    }
  });

  it('loses nothing of a page that was read and never handed on: aborted by a deadline', async () => {
    const clock = new ManualClock();
    const transport: Transport = (request) => {
      const at = cursorOf(request);
      const items = range(at * 2, at * 2 + 2);
      return of(replyWith({ items, next_cursor: at < 4 ? at + 1 : null })).pipe(delay(10, clock));
    };
    const list = paginate<number>(transport, url, {
      pagination: cursorPagination<number>({ items: '/items' }),
      ...{ key: '', prefetch: 3, clock, deadline: 5000 },
    });
    const iterator = list[Symbol.asyncIterator]();
    const first = iterator.next();
    for (let step = 0; step < 90; step++) {
      clock.advance(10);
      await settle(2);
    }
    expect((await first).value).toBe(0);
    clock.advance(5000);
    const values: unknown[] = [];
    const codes: unknown[] = [];
    for (let step = 0; step < 12; step++) {
      const next = iterator.next().then(
        ({ value, done }) => (done === true ? undefined : values.push(value)),
        (error: unknown) => codes.push(isPaginationError(error) && error.code),
      );
      for (let turn = 0; turn < 12; turn++) {
        clock.advance(10);
        await settle(2);
      }
      await next;
    }
    expect([codes, values]).toEqual([['DEADLINE'], range(1, 10)]);
  });

  it('loses nothing of a page whose schema was still at work when the walk stopped', async () => {
    const clock = new ManualClock();
    const waiting: (() => void)[] = [];
    const schema: StandardSchemaV1<unknown, number> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (item) =>
          new Promise((resolve) => {
            waiting.push(() => {
              resolve({ value: item as number });
            });
          }),
      },
    };
    const list = paginate(() => of(replyWith([1, 2])), url, {
      ...{ schema, key: '', clock, deadline: 1000, pagination: singlePage() },
    });
    const iterator = list[Symbol.asyncIterator]();
    const first = iterator.next().catch((error: unknown) => isPaginationError(error) && error.code);
    clock.advance(1000);
    expect(await first).toBe('DEADLINE');
    for (const resolve of waiting.splice(0)) resolve();
    await settle();
    const second = iterator.next();
    await settle();
    for (const resolve of waiting.splice(0)) resolve();

    expect([(await second).value, (await iterator.next()).value]).toEqual([1, 2]);
  });
});

describe('the window of keys', () => {
  it('holds the last 10,000, and a million for a list that may be walked anew', async () => {
    const many = (onExpired: 'error' | 'restart') =>
      pagesOf([range(0, 10_001), [0, 1, 10_000]], { onExpired }).list;

    expect(idsOf((await walkToEnd(many('error'))).values).slice(10_001)).toEqual([0]);
    expect(idsOf((await walkToEnd(many('restart'))).values).slice(10_001)).toEqual([]);
  });
});

describe('the option overlap', () => {
  const transport: Transport = () => of(replyWith([{ id: 1 }]));

  it.each(['overlap', 'onExpired'])('is a TypeError without a key: %s', (name) => {
    const options = name === 'overlap' ? { overlap: 1 } : { onExpired: 'restart' as const };
    expect(() => paginate(transport, url, options)).toThrow(TypeError);
    expect(() => paginate(transport, url, options)).toThrow("needs 'key', got none");
    expect(() => paginate(transport, url).with(options)).toThrow(TypeError);
    expect(() => paginate(transport, url).with({ key: '/id' }).with(options)).not.toThrow();
    expect(() => paginate(transport, url, { ...options, key: '/id' })).not.toThrow();
  });

  it.each([
    ['cursor', cursorPagination({ items: '' })],
    ['number', numberPagination({ items: '' })],
  ])('is a TypeError on a %s walk, at once', (kind, pagination) => {
    const overlap = { key: '/id', overlap: 1 };
    const message = `option 'overlap' is for lists paged by offset, which alone can ask for rows once more; this one is paged by ${kind}`;
    expect(() => paginate(transport, url, { pagination, ...overlap })).toThrow(TypeError);
    expect(() => paginate(transport, url, { pagination, ...overlap })).toThrow(`paginate: ${message}`); // prettier-ignore
    const plain = paginate(transport, url, { pagination });
    expect(() => plain.with(overlap)).toThrow(`with: ${message}`);
  });

  it('is a TypeError of fromPages, at once', () => {
    const fetchPage = () => Promise.resolve({ items: [] });
    expect(() => fromPages(fetchPage, { key: '/id', overlap: 1 })).toThrow('paged by cursor');
  });

  it('is a TypeError at the first page where only that shows the kind', () => {
    const pagination = { ...cursorPagination({ items: '' }), kind: undefined };
    const seen = record(paginate(transport, url, { pagination, key: '/id', overlap: 1 }));
    expect(seen.values).toEqual([]);
    expect(seen.errors[0]).toBeInstanceOf(TypeError);
    expect(String(seen.errors[0])).toContain('this one is paged by cursor');
  });

  it('is a TypeError with a limit of one, which cannot overlap', () => {
    const options = { key: '/id', overlap: 1 };
    const pagination = offsetPagination({ items: '', limit: 1 });
    expect(() => paginate(transport, url, { pagination, ...options })).toThrow('the limit is 1');
    const untold = { ...pagination, sizeOf: undefined };
    const seen = record(paginate(transport, url, { pagination: untold, ...options }));
    expect(String(seen.errors[0])).toContain('the limit is 1');
  });

  it.each([-1, 1.5, '2', NaN])('is a TypeError where it is %j', (overlap) => {
    const options = { key: '/id', overlap: overlap as number };
    expect(() => paginate(transport, url, options)).toThrow("option 'overlap' must be");
  });
});

/** A list by cursors whose positions expire; restarted cursors are new ones. */
class ExpiringList {
  readonly asked: string[] = [];
  readonly events: WalkEvent[] = [];
  rows = range(0, 100);
  #era = 0;

  /** @param expires whether a position, from 1, in an era, from 0, has expired; asked for each request */
  constructor(readonly expires: (page: number, era: number, list: ExpiringList) => boolean) {}

  list(options: WalkOptions = {}, status = 410) {
    const transport: Transport = (request) => {
      const cursor = String(request.params?.['cursor'] ?? '');
      const [era, page] = cursor === '' ? [this.#era, 0] : cursor.split(':').map(Number);
      this.asked.push(`${String(era)}:${String(page)}`);
      if (cursor !== '' && (era !== this.#era || this.expires(page!, era, this))) {
        if (era === this.#era) this.#era++;
        return of(replyWith({ error: 'expired' }, status));
      }
      const items = this.rows.slice(page! * 10, page! * 10 + 10);
      const hasMore = (page! + 1) * 10 < this.rows.length;
      const next_cursor = hasMore ? `${String(this.#era)}:${String(page! + 1)}` : null;
      return of(replyWith({ items: items.map((id) => ({ id })), next_cursor }));
    };
    return paginate<{ id: number }>(transport, url, {
      pagination: cursorPagination<{ id: number }>({ items: '/items', expired: [status] }),
      ...{ key: '/id', onExpired: 'restart', retry: false },
      events: { next: (event) => this.events.push(event) },
      ...options,
    });
  }
}

const era = (number: number, to: number) =>
  range(0, to + 1).map((page) => `${String(number)}:${String(page)}`);

describe('a position that expired on page 7 (P10)', () => {
  const once = () => new ExpiringList((page, number) => page === 6 && number === 0);

  it.each([410, 400, 404])(
    'is CURSOR_EXPIRED with a token, where nobody wants more: %d',
    (status) => {
      const api = once();
      const seen = record(api.list({ onExpired: 'error', key: undefined }, status));

      expect([seen.values.length, seen.error.code, seen.error.status]).toEqual([
        60,
        'CURSOR_EXPIRED',
        status,
      ]);
      expect(seen.error.itemsEmitted).toBe(60);
      expect(api.asked).toEqual(era(0, 6));
    },
  );

  it.each([410, 404])('makes the list be walked anew, without what was handed on: %d', (status) => {
    for (const prefetch of [0, 2]) {
      const api = once();
      const seen = record(
        api.list({ ...(prefetch > 0 && { prefetch, clock: new ManualClock() }) }, status),
      );
      if (prefetch > 0) continue;

      expect(idsOf(seen.values)).toEqual(range(0, 100));
      expect(seen.completions).toBe(1);
      expect(api.asked).toEqual([...era(0, 6), ...era(1, 9)]);
      expect(api.events.at(-1)).toMatchObject({
        pages: 10,
        items: 100,
        duplicates: 60,
        attempts: 17,
      });
    }
  });

  it('does so ahead of demand too', async () => {
    const api = once();
    const { values, end } = await walkToEnd(api.list(), { prefetch: 3 });
    expect([idsOf(values), end]).toEqual([range(0, 100), 'complete']);
  });

  it('shows the pages of the second walk only where they bring something, and counts on', async () => {
    const shown: [number, number][] = [];
    await once()
      .list()
      .pages()
      .forEach(({ index, items }) => shown.push([index, items.length]));
    expect(shown).toEqual(range(0, 10).map((index) => [index, 10]));
  });

  it('keeps maxPages and maxItems exact', async () => {
    const pages = await walkToEnd(once().list(), { maxPages: 8 });
    expect([pages.values.length, pages.event.endReason]).toEqual([80, 'limit']);
    const items = await walkToEnd(once().list(), { maxItems: 73 });
    expect([idsOf(items.values), items.event.endReason]).toEqual([range(0, 73), 'limit']);
  });

  it('hands on what was put in and leaves out what was taken out meanwhile', async () => {
    const api: ExpiringList = new ExpiringList((page, number, list) => {
      if (page !== 6 || number !== 0) return false;
      list.rows = [...range(200, 203), ...range(5, 100)];
      return true;
    });
    const { values } = await walkToEnd(api.list());
    expect(idsOf(values)).toEqual([...range(0, 60), ...range(200, 203), ...range(60, 100)]);
  });

  it('is walked anew also where that brings more known pages than may be empty', async () => {
    const list = once().list({ limits: { emptyPages: 2 } });
    expect((await walkToEnd(list)).values).toHaveLength(100);
  });

  it('is walked anew as often as something new came', async () => {
    const api = new ExpiringList((page, number) => page === 2 + 2 * number);
    const { values, end } = await walkToEnd(api.list());
    expect([idsOf(values), end]).toEqual([range(0, 100), 'complete']);
  });

  it('is CURSOR_EXPIRED where it expires again before anything new came', async () => {
    const api = new ExpiringList((page) => page === 6);
    const { values, error } = await walkToEnd(api.list());

    expect([values.length, error?.code]).toEqual([60, 'CURSOR_EXPIRED']);
    expect(error?.message).toContain('it expired again before anything new came');
    expect(api.asked).toEqual([...era(0, 6), ...era(1, 6)]);
  });

  it('is CURSOR_EXPIRED where not all keys are known: after a resume', async () => {
    const api = once();
    const first = await walkToEnd(api.list(), { maxItems: 25 });
    const { values, error } = await walkToEnd(api.list(), { resumeFrom: first.event.resumeToken });

    expect([idsOf(values), error?.code]).toEqual([range(25, 60), 'CURSOR_EXPIRED']);
    expect(error?.message).toContain('the walk was resumed');
  });

  it('does not walk anew for the next page of a page', () => {
    const api = once();
    const pages = record(api.list().pages().pipe(take(6))).values;
    const next = record(pages.at(-1)!.nextPage());
    expect(next.error.code).toBe('CURSOR_EXPIRED');
  });

  it('is exact whenever and however often it happens', () => {
    const expiries = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
    fc.assert(
      fc.property(expiries, fc.integer({ min: 1, max: 100 }), (places, rows) => {
        const api = new ExpiringList((page, number) => page === places[number]);
        api.rows = range(0, rows);
        const seen = record(api.list());
        const ids = idsOf(seen.values);
        if (seen.completions === 1) expect(ids).toEqual(range(0, rows));
        else {
          expect(seen.error.code).toBe('CURSOR_EXPIRED');
          expect(ids).toEqual(range(0, ids.length));
        }
      }),
    );
  });
});
