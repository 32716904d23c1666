import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import type { CursorOptions } from '../../lib/strategy/cursor-pagination';
import { lastItem, type Selector } from '../../lib/strategy/selector';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

const request = deepFreeze({ url: '/items', params: { limit: 2 } });
const page = (more: object, items: unknown[] = [1, 2]) => replyOf({ items, ...more });
const read = (options: CursorOptions, body: object, items?: unknown[]) =>
  cursorPagination(deepFreeze({ items: '/items', ...options })).read(request, page(body, items));
const next = (options: CursorOptions, body: object, items?: unknown[]) =>
  read(options, body, items).next();

describe('cursorPagination', () => {
  it('walks: the caller’s request first, then the same with the cursor', () => {
    const strategy = cursorPagination({ items: '/items' });
    expect(strategy.start(request)).toBe(request);
    const first = strategy.read(request, page({ next_cursor: 'k2' }));
    expect(first).toMatchObject({ kind: 'cursor', items: [1, 2], position: undefined });
    expect(first.next()).toBe('k2');

    const second = strategy.at(request, 'k2');
    expect(second).toEqual({ url: '/items', params: { limit: 2, cursor: 'k2' } });
    const last = strategy.read(second, page({ next_cursor: null }, [3]));
    expect(last).toMatchObject({ items: [3], position: 'k2' });
    expect(last.next()).toBeUndefined();
  });

  it('ends where the cursor is missing or null', () => {
    expect(next({}, {})).toBeUndefined();
    expect(next({}, { next_cursor: null })).toBeUndefined();
    expect(next({ next: '/paging/next' }, { paging: null })).toBeUndefined();
  });

  it.each([0, -1, 1.5, '0', 'false', ' '])('goes on with %p', (cursor) => {
    expect(next({}, { next_cursor: cursor })).toBe(cursor);
  });

  it('hands on the empty cursor, whose meaning the walk decides', () => {
    expect(next({}, { next_cursor: '' })).toBe('');
    expect(next({ in: 'path' }, { next_cursor: '' })).toBe('');
  });

  it('ends where hasMore is false, even with a cursor', () => {
    const options = { hasMore: '/has_more' };
    expect(next(options, { has_more: false, next_cursor: 'k2' })).toBeUndefined();
    expect(next(options, { has_more: true, next_cursor: 'k2' })).toBe('k2');
    expect(next(options, { has_more: null, next_cursor: 'k2' })).toBe('k2');
    expect(next(options, { next_cursor: 'k2' })).toBe('k2');
    expect(next(options, { has_more: 0, next_cursor: 'k2' })).toBe('k2');
  });

  it('tells what hasMore said, so that true without a cursor is seen', () => {
    const options = { hasMore: '/has_more' };
    const stuck = read(options, { has_more: true });
    expect(stuck.hasMore).toBe(true);
    expect(stuck.next()).toBeUndefined();
    expect(read(options, {})).not.toHaveProperty('hasMore');
  });

  it('goes on after an empty page that has a cursor, unless told otherwise', () => {
    expect(next({}, { next_cursor: 'k2' }, [])).toBe('k2');
    expect(next({ emptyPage: 'end' }, { next_cursor: 'k2' }, [])).toBeUndefined();
    expect(next({ emptyPage: 'end' }, { next_cursor: 'k2' }, [1])).toBe('k2');
  });

  it.each(['params', 'path', 'headers'] as const)(
    'refuses objects and booleans for %s',
    (place) => {
      const options = { in: place, param: 'c' };
      const cases: [unknown, string][] = [
        [{ id: 1 }, 'an object'],
        [['a'], 'an array'],
        [true, 'boolean'],
        [false, 'boolean'],
      ];
      for (const [value, found] of cases) {
        const { code, message } = errorOf(() => next(options, { next_cursor: value }));
        expect(code).toBe('BAD_SHAPE');
        expect(message).toBe(
          `The next cursor at /next_cursor is ${found}, which cannot be sent in ${place}`,
        );
      }
    },
  );

  it('takes objects and arrays for the body, not booleans', () => {
    const options = { in: 'body', param: '/after' } as const;
    expect(next(options, { next_cursor: { id: 0 } })).toEqual({ id: 0 });
    expect(next(options, { next_cursor: ['a', null] })).toEqual(['a', null]);
    expect(errorOf(() => next(options, { next_cursor: false })).code).toBe('BAD_SHAPE');
  });

  it('refuses a cursor that was rounded or cannot be a header', () => {
    const rounded: unknown = JSON.parse('{"items":[],"next_cursor":12345678901234567890}');
    const reading = cursorPagination({ items: '/items' }).read(request, replyOf(rounded));
    expect(errorOf(() => reading.next()).code).toBe('BAD_SHAPE');
    const header = { in: 'headers', param: 'x-c' } as const;
    expect(errorOf(() => next(header, { next_cursor: 'a\r\nb' })).code).toBe('BAD_SHAPE');
  });

  it('does not show the cursor in the message', () => {
    const header = { in: 'headers', param: 'x-c' } as const;
    expect(errorOf(() => next(header, { next_cursor: 'secret\n' })).message).not.toContain(
      'secret',
    );
  });

  it('refuses what a function selects that is no JSON', () => {
    expect(errorOf(() => next({ in: 'body', next: () => new Date() }, {})).code).toBe('BAD_SHAPE');
    expect(errorOf(() => next({ next: () => NaN }, {})).code).toBe('BAD_SHAPE');
    expect(errorOf(() => next({ next: () => 1n }, {})).code).toBe('BAD_SHAPE');
  });

  it('makes a cursor of the last item', () => {
    const options = { next: lastItem('/id'), param: 'after', hasMore: '/has_more' };
    expect(next(options, { has_more: true }, [{ id: 'a' }, { id: 0 }])).toBe(0);
    expect(next(options, { has_more: false }, [{ id: 'a' }])).toBeUndefined();
    expect(next(options, { has_more: true }, [])).toBeUndefined();
    expect(next(options, {}, [{ id: null }])).toBeUndefined();
  });

  it('reads cursor and total from headers, whatever their case', () => {
    const strategy = cursorPagination({
      next: '$response.headers#/X-Next',
      totalCount: '$response.headers#/X-Total',
      hasMore: '$response.headers#/X-More',
    });
    const headers = { 'x-next': 'k2', 'x-total': '12', 'x-more': 'true' };
    const reading = strategy.read(request, replyOf([1], { headers }));
    expect(reading).toMatchObject({ totalCount: 12, hasMore: true });
    expect(reading.next()).toBe('k2');
    const end = strategy.read(
      request,
      replyOf([1], { headers: { ...headers, 'x-more': 'false' } }),
    );
    expect(end.next()).toBeUndefined();
  });

  it.each([-1, 1.5, 'many', null, {}])('leaves out the unreadable total %p', (total) => {
    expect(read({ totalCount: '/total' }, { total })).not.toHaveProperty('totalCount');
  });

  it('adds the limit only where the caller has set none', () => {
    const { start, at, read } = cursorPagination({
      limitParam: 'limit',
      limit: 50,
      items: '/items',
    });
    expect(start(request)).toBe(request);
    expect(start({ url: '/items?limit=7' })).toEqual({ url: '/items?limit=7' });
    const started = start({ url: '/items' });
    expect(started).toEqual({ url: '/items', params: { limit: 50 } });
    expect(at(started, 'k2').params).toEqual({ limit: 50, cursor: 'k2' });
    expect(read(started, page({})).limit).toBe(50);

    const body = cursorPagination({ in: 'body', limitParam: '/size', limit: 5 });
    expect(body.start({ url: '/', body: { q: 'x' } }).body).toEqual({ q: 'x', size: 5 });
    expect(body.start({ url: '/', body: { size: 0 } }).body).toEqual({ size: 0 });
  });

  it('starts from the cursor of the caller, also in the text of the URL', () => {
    const strategy = cursorPagination({ items: '/items' });
    const given = deepFreeze({ url: '/items?cursor=k1&limit=2' });
    expect(strategy.read(strategy.start(given), page({})).position).toBe('k1');
    expect(strategy.at(given, 'k2')).toEqual({ url: '/items?limit=2', params: { cursor: 'k2' } });
  });

  it('reads a declared error envelope and nothing else', () => {
    const strategy = cursorPagination({ items: '/items', apiError: '/error' });
    const reading = strategy.read(request, replyOf({ error: { code: 7 }, next_cursor: 'k2' }));
    expect(reading).toMatchObject({ apiError: { code: 7 }, items: [] });
    expect(reading.next()).toBeUndefined();
    for (const error of [null, false, '', []]) {
      expect(strategy.read(request, page({ error }))).not.toHaveProperty('apiError');
    }
    for (const error of [0, 'bad', true, ['bad'], {}]) {
      expect(strategy.read(request, page({ error })).apiError).toEqual(error);
    }
  });

  it('says whether an error envelope may be over soon, always or as the reply says', () => {
    const read = (retryApiError: boolean | string | undefined, error: unknown) => {
      const strategy = cursorPagination({ items: '/items', apiError: '/error', retryApiError });
      return strategy.read(request, replyOf({ error })).retryable;
    };
    const soon = { soon: true };
    expect([true, false, undefined].map((option) => read(option, soon))).toEqual([
      true,
      undefined,
      undefined,
    ]);
    const values = [true, 'true', 1, false, 'false', 0, null, 'soon', {}, [true]];
    expect(values.map((value) => read('/error/soon', { soon: value }))).toEqual([
      ...[true, true, true],
      ...[undefined, undefined, undefined, undefined, undefined, undefined, undefined],
    ]);
    const whole = cursorPagination({ items: '/items', apiError: '/error', retryApiError: true });
    expect(whole.read(request, page({}))).not.toHaveProperty('retryable');
    expect(() => cursorPagination({ retryApiError: 1 as never })).toThrow(
      "option 'retryApiError' must be true, false, a JSON pointer",
    );
  });

  it('says whether its cursors are made of the items', () => {
    const made = (next?: Selector) =>
      cursorPagination({ items: '/items', next }).read(request, page({})).isMadeOfItems;
    expect([made(lastItem('/id')), made('/next'), made(() => 'a'), made()]).toEqual([
      true,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('names statuses that mean an expired cursor or an empty page', () => {
    expect(cursorPagination().statuses).toEqual({ 410: 'expired' });
    expect(cursorPagination({ expired: [400], emptyStatuses: [204] }).statuses).toEqual({
      204: 'empty',
      400: 'expired',
    });
    const empty = cursorPagination({ items: '/items', emptyStatuses: [204], hideEmpty: true });
    const reading = empty.read(request, replyOf(undefined, { status: 204 }));
    expect(reading).toMatchObject({ items: [], hideEmpty: true });
    expect(reading.next()).toBeUndefined();
  });

  it('has an id that says where things are and never what they are', () => {
    const next = () => 'secret';
    const id = (options: CursorOptions) => cursorPagination(options).id;
    expect(id({ items: '/items', next, hasMore: '/more', limitParam: 'limit', limit: 7 })).toBe(
      'cursor(in=params param=cursor next=fn hasMore=/more items=/items emptyPage=continue)',
    );
    expect(id({ param: 'a' })).not.toBe(id({ param: 'b' }));
    expect(id({ next: lastItem('/a') })).not.toBe(id({ next: lastItem('/b') }));
    expect(id({ id: 'mine' })).toBe('mine');
  });

  it('is a strategy of cursors, whose id says how the later requests differ', () => {
    const id = (options: CursorOptions) => cursorPagination({ items: '/a', ...options }).id;
    const later = { url: '/scroll', body: { scroll: '1m' } };
    expect(cursorPagination().kind).toBe('cursor');
    expect(id({ spread: true })).toBe(
      'cursor(in=params param= next=/next_cursor items=/a emptyPage=continue spread=all)',
    );
    expect(id({ in: 'body', param: '/c', later })).toBe(
      `cursor(in=body param=/c next=/next_cursor items=/a emptyPage=continue later=${JSON.stringify(later)})`,
    );
  });

  it('knows page sizes where it is told their place, and asks for no others', () => {
    const { sized, sizeOf } = cursorPagination({ limitParam: 'limit' });
    expect(sizeOf?.(request)).toBe(2);
    expect(sizeOf?.({ url: '/items?limit=7' })).toBe(7);
    expect(sizeOf?.({ url: '/items' })).toBeUndefined();
    expect(sized?.(request, 500)).toEqual({ url: '/items', params: { limit: 500 } });
    const inBody = cursorPagination({ in: 'body', param: '/c', limitParam: '/size' });
    expect(inBody.sized?.({ url: '/', body: { size: 2 } }, 4).body).toEqual({ size: 4 });
  });

  it.each<CursorOptions>([
    {},
    { limitParam: 'limit', sameCursor: true },
    { limitParam: 'limit', later: { suffix: '/more' } },
  ])('leaves the page size alone with %j', (options) => {
    const strategy = cursorPagination(options);
    expect([strategy.sized, strategy.sizeOf]).toEqual([undefined, undefined]);
  });

  it('leaves the request as it is where it knows a place for the limit and no limit', () => {
    const given = { url: '/items' };
    const strategy = cursorPagination({ items: '/items', limitParam: 'limit' });
    expect(strategy.start(given)).toBe(given);
    expect(strategy.read(given, page({})).limit).toBeUndefined();
  });

  it('says that there is no more where an empty page ends the list, whatever the reply says', () => {
    const options = { emptyPage: 'end', hasMore: '/more' } as const;
    expect(read(options, { more: true, next_cursor: 'k2' }, []).hasMore).toBe(false);
    expect(read(options, { more: true, next_cursor: 'k2' }, [1]).hasMore).toBe(true);
    expect(read({ hasMore: '/more' }, { more: true }, []).hasMore).toBe(true);
  });

  it('has no position of its own where the members of its cursor are sent each', () => {
    const spread = cursorPagination({ items: '/items', in: 'body', spread: true });
    expect(spread.read({ url: '/', body: { after: 'k' } }, page({})).position).toBeUndefined();
  });

  it('says what a cursor is that cannot be sent', () => {
    const message = (options: CursorOptions) =>
      errorOf(() => next({ next: () => new Date(), ...options }, {})).message;
    expect(message({ in: 'body', param: '/c' })).toBe(
      'The next cursor at fn is no JSON value, which cannot be sent in body',
    );
  });

  it('can prepare a request only where it has a place for the cursor', () => {
    const body = cursorPagination({ in: 'body', param: '/paging/after' });
    const without = { url: '/', body: { paging: null } };
    expect(body.applies?.({ url: '/', body: { paging: {} } })).toBe(true);
    expect(body.applies?.({ url: '/', body: {} })).toBe(true);
    expect(body.applies?.(without)).toBe(false);
    expect(() => body.start(without)).toThrow(TypeError);
    const path = cursorPagination({ in: 'path', param: 'c' });
    expect(path.applies?.({ url: '/items/{c}' })).toBe(true);
    expect(() => path.start({ url: '/items' })).toThrow('expected {c} in the URL');
  });

  it.each<[object, string]>([
    [{ cursor: 'c' }, "unknown option 'cursor'"],
    [{ next: 'next_cursor' }, `option 'next' must be a JSON pointer, '$response.headers#/name' or a function, got "next_cursor"`], // prettier-ignore
    [{ items: 3 }, "option 'items' must be"],
    [{ in: 'query' }, `option 'in' must be 'params' or 'path' or 'headers' or 'body', got "query"`],
    [{ in: 'body', param: 'after' }, `option 'param' must be a JSON pointer`],
    [{ in: 'body', param: '' }, `option 'param' must be a name`],
    [{ param: '' }, `option 'param' must be a name`],
    [{ limit: 5 }, "option 'limit' needs 'limitParam'"],
    [{ limitParam: '' }, 'cursorPagination: option \'limitParam\' must be a name, got ""'],
    [{ in: 'body', param: '/c', limitParam: 'l' }, `option 'limitParam' must be a JSON pointer, empty or beginning with "/" where the slot is in the 'body', got "l"`], // prettier-ignore
    [{ limit: 0, limitParam: 'l' }, "option 'limit' must be a whole number, 1 or more, got 0"],
    [{ emptyPage: 'stop' }, "option 'emptyPage' must be"],
    [{ expired: 410 }, "option 'expired' must be an array of HTTP statuses, got 410"],
    [{ emptyStatuses: [20] }, "option 'emptyStatuses' must be an array of HTTP statuses"],
  ])('throws a TypeError at call time for %j', (options, message) => {
    expect(() => cursorPagination(options)).toThrow(TypeError);
    expect(() => cursorPagination(options)).toThrow(message);
  });

  it('takes undefined for an option left out', () => {
    const options = { param: undefined, next: undefined, in: undefined, emptyPage: undefined };
    expect(cursorPagination(options).id).toBe(cursorPagination().id);
  });

  it('errors where the last item has not what the next page is asked for with, and nothing says that it is the last', () => {
    const next = (body: unknown, hasMore?: string) =>
      cursorPagination({ items: '/rows', next: lastItem('/uid'), hasMore }).read(
        { url: 'http://api.test/rows' },
        replyOf(body),
      );
    const rows = [{ uid: 1 }, { id: 2 }];
    expect(errorOf(() => next({ rows }).next())).toEqual({
      code: 'BAD_SHAPE',
      message: 'The last item has nothing at /uid to ask for the next page with',
    });
    expect(next({ rows, more: false }, '/more').next()).toBeUndefined();
    expect(next({ rows: [] }).next()).toBeUndefined();
    expect(next({ rows: [{ uid: null }] }).next()).toBeUndefined();
  });
});
