import { offsetPagination } from '../../lib/strategy/offset-pagination';
import type { OffsetOptions } from '../../lib/strategy/offset-pagination';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

const request = deepFreeze({ url: '/items', params: { limit: 3 } });
const read = (options: OffsetOptions, offset: number, items: unknown[], body: object = {}) => {
  const strategy = offsetPagination(deepFreeze({ items: '/items', ...options }));
  return strategy.read(strategy.at(request, offset), replyOf({ items, ...body }));
};

describe('offsetPagination', () => {
  it('walks by the items received until a page has none', () => {
    const strategy = offsetPagination({ items: '' });
    expect(strategy.start(request)).toBe(request);
    const first = strategy.read(request, replyOf([1, 2]));
    expect(first).toMatchObject({ kind: 'offset', items: [1, 2], position: 0, limit: 3 });
    expect(first.next()).toBe(2);
    const second = strategy.at(request, 2);
    expect(second).toEqual({ url: '/items', params: { limit: 3, offset: 2 } });
    expect(strategy.read(second, replyOf([3, 4, 5, 6])).next()).toBe(6);
    expect(strategy.read(strategy.at(request, 6), replyOf([])).next()).toBeUndefined();
  });

  it('counts from 1 where the server does, and its pages from 0', () => {
    const strategy = offsetPagination({ items: '/items', first: 1 });
    expect(strategy.start(request)).toBe(request);
    const page = replyOf({ items: [1, 2] });
    expect(strategy.read(request, page)).toMatchObject({ position: 0 });
    expect(strategy.read(request, page).next()).toBe(2);
    const second = strategy.at(request, 2);
    expect(second.params).toEqual({ limit: 3, offset: 3 });
    expect(strategy.read(second, page)).toMatchObject({ position: 2 });
    expect(strategy.read(second, page).next()).toBe(4);
    const given = { url: '/items', params: { offset: 11 } };
    expect(strategy.read(given, page).next()).toBe(12);
    expect(strategy.read({ url: '/items?offset=0' }, page)).toMatchObject({ position: 0 });
    expect(() => offsetPagination({ first: -1 })).toThrow("option 'first' must be");
  });

  it('counts on from the offset of the caller, wherever it stands', () => {
    const body = offsetPagination({ in: 'body', param: '/from', items: '' });
    const search = deepFreeze({ method: 'POST', url: '/search', body: { q: 'x', from: 10 } });
    expect(body.read(search, replyOf([1, 2, 3])).next()).toBe(13);
    expect(body.at(search, 13).body).toEqual({ q: 'x', from: 13 });
    const text = offsetPagination({ items: '' });
    expect(text.read({ url: '/items?offset=40' }, replyOf([1])).next()).toBe(41);
    expect(offsetPagination({ in: 'path' }).start({ url: '/{offset}' }).path).toEqual({
      offset: 0,
    });
  });

  it('lowers a limit above the maximum and leaves any other as it is', () => {
    const { start } = offsetPagination({ maxLimit: 100 });
    expect(start({ url: '/items', params: { limit: 500 } }).params).toEqual({ limit: 100 });
    expect(start({ url: '/items?limit=500&q=%27' })).toEqual({
      url: '/items?q=%27',
      params: { limit: 100 },
    });
    for (const given of [
      { url: '/' },
      { url: '/?limit=100' },
      { url: '/', params: { limit: '5' } },
    ]) {
      expect(start(deepFreeze(given))).toBe(given);
    }
  });

  it('adds its own limit, lowered too, only where the caller has set none', () => {
    const { start } = offsetPagination({ limit: 500, maxLimit: 100 });
    expect(start({ url: '/items' }).params).toEqual({ limit: 100 });
    expect(start({ url: '/items', params: { limit: 7 } }).params).toEqual({ limit: 7 });
    const body = offsetPagination({ in: 'body', limit: 5 });
    expect(body.start({ url: '/' }).body).toEqual({ limit: 5 });
  });

  it('steps by the limit where told, also over a short page', () => {
    expect(read({ step: 'limit' }, 6, [1, 2]).next()).toBe(9);
    expect(() => offsetPagination({ step: 'limit' }).start({ url: '/items' })).toThrow(TypeError);
    const strategy = offsetPagination({ step: 'limit', limit: 4, items: '' });
    expect(strategy.read(strategy.start({ url: '/' }), replyOf([1])).next()).toBe(4);
  });

  it('steps by what a function says', () => {
    const seen: unknown[] = [];
    const step = (page: object) => {
      seen.push(page);
      return 7;
    };
    expect(read({ step }, 10, ['a']).next()).toBe(17);
    expect(seen).toEqual([{ offset: 10, limit: 3, items: ['a'] }]);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuses the step %p', (by) => {
    expect(errorOf(() => read({ step: () => by }, 0, [1]).next())).toEqual({
      code: 'PROTOCOL',
      message: `Expected a step of 1 or more to the next offset, got ${String(by)} on a page of 1 items`,
    });
  });

  it('ends where hasMore is false', () => {
    expect(read({ hasMore: '/more' }, 0, [1], { more: false }).next()).toBeUndefined();
  });

  it('goes on after an empty page where hasMore is true and the step moves', () => {
    const more = { more: true };
    expect(read({ hasMore: '/more', step: 'limit' }, 3, [], more).next()).toBe(6);
    const stuck = read({ hasMore: '/more' }, 3, [], more);
    expect(errorOf(() => stuck.next()).code).toBe('PROTOCOL');
    expect(read({ hasMore: '/more', step: 'limit' }, 3, [], {}).next()).toBeUndefined();
  });

  it.each<[unknown, number | undefined]>([
    [7, 7],
    ['7', 7],
    [0, 0],
    [-7, undefined],
    ['-7', undefined],
    [7.5, undefined],
    ['NaN', undefined],
    [null, undefined],
    [{}, undefined],
  ])('reads the total %p as %p and goes on all the same', (total, want) => {
    const reading = read({ totalCount: '/total' }, 0, [1, 2], { total });
    expect(reading.totalCount).toBe(want);
    expect(reading.next()).toBe(2);
  });

  it('refuses to count on from what is no number', () => {
    expect(() => offsetPagination().start({ url: '/?offset=x' })).toThrow(TypeError);
    for (const position of ['2', -1, 1.5, {}]) {
      expect(errorOf(() => offsetPagination().at(request, position)).code).toBe(
        'CHECKPOINT_CORRUPT',
      );
    }
  });

  it('names the statuses past the end', () => {
    expect(offsetPagination({ endStatus: 416 }).statuses).toEqual({ 410: 'expired', 416: 'end' });
  });

  it('has an id of its settings', () => {
    expect(offsetPagination({ step: () => 1, limit: 5 }).id).toBe(
      'offset(in=params param=offset step=fn)',
    );
  });

  it.each<[object, string]>([
    [{ step: 'page' }, "option 'step' must be 'received', 'limit' or a function, got \"page\""],
    [{ maxLimit: 0 }, "option 'maxLimit' must be"],
    [{ in: 'body', limitParam: 'limit' }, "option 'limitParam' must be a JSON pointer"],
  ])('throws a TypeError at call time for %j', (options, message) => {
    expect(() => offsetPagination(options)).toThrow(message);
  });

  it('takes each of the steps that its option names', () => {
    expect(read({ step: 'received' }, 3, [1, 2]).next()).toBe(5);
    expect(read({ step: 'limit' }, 3, [1, 2]).next()).toBe(6);
    expect(read({ step: ({ offset, limit, items }) => offset + (limit ?? 0) + items.length }, 3, [1]).next()).toBe(10); // prettier-ignore
    expect(() => offsetPagination({ step: 'limit' }).start({ url: '/items' })).toThrow(
      new TypeError(
        "offsetPagination: step 'limit' needs a limit above 0 in the request or options",
      ),
    );
  });

  it('keeps the offset that a request names in its path', () => {
    const strategy = offsetPagination({ in: 'path', first: 1 });
    const given = { url: '/items/{offset}', path: { offset: 7 } };
    expect(strategy.start(given)).toBe(given);
    expect(strategy.start({ url: '/items/{offset}' }).path).toEqual({ offset: 1 });
  });

  it('leads nowhere from a reply that is an error', () => {
    const promising = { apiError: '/error', hasMore: '/more', step: 'limit' } as const;
    expect(read(promising, 3, [1], { error: 'no', more: true }).next()).toBeUndefined();
  });

  it('has an id of the settings that say what an offset means', () => {
    const ids = [{}, { first: 0 }, { first: 1 }, { step: 'limit' }, { step: () => 1 }] as const;
    expect(ids.map((options) => offsetPagination(options).id)).toEqual([
      'offset(in=params param=offset step=received)',
      'offset(in=params param=offset step=received)',
      'offset(in=params param=offset first=1 step=received)',
      'offset(in=params param=offset step=limit)',
      'offset(in=params param=offset step=fn)',
    ]);
  });

  it('is for requests that have the place of its offset', () => {
    const { applies, kind } = offsetPagination({ in: 'path' });
    expect([applies?.({ url: '/{offset}' }), applies?.({ url: '/' }), kind]).toEqual([
      true,
      false,
      'offset',
    ]);
    const end = (endStatus: number | number[]) => offsetPagination({ endStatus }).statuses;
    expect(offsetPagination().statuses).toEqual({ 410: 'expired' });
    expect(end(416)).toEqual({ 410: 'expired', 416: 'end' });
    expect(end([404, 416])).toEqual({ 404: 'end', 410: 'expired', 416: 'end' });
  });

  it('names the place that cannot be used, and the position that is no number', () => {
    expect(() => offsetPagination({ in: 'body', param: 'offset' })).toThrow(/option 'param'/);
    expect(errorOf(() => offsetPagination().at(request, 'x')).message).toContain('offset');
  });
});
