import { numberPagination } from '../../lib/strategy/number-pagination';
import type { NumberOptions } from '../../lib/strategy/number-pagination';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

const request = deepFreeze({ url: '/items' });
const read = (options: NumberOptions, page: number | undefined, body: object, items = [1]) => {
  const strategy = numberPagination(deepFreeze({ items: '/items', ...options }));
  const sent = page === undefined ? strategy.start(request) : strategy.at(request, page);
  return strategy.read(sent, replyOf({ items, ...body }));
};

describe('numberPagination', () => {
  it('walks until a page has no items', () => {
    const strategy = numberPagination({ items: '' });
    expect(strategy.start(request)).toBe(request);
    const first = strategy.read(request, replyOf([1, 2]));
    expect(first).toMatchObject({ kind: 'number', items: [1, 2], position: 1 });
    expect(first.next()).toBe(2);
    const second = strategy.at(request, 2);
    expect(second).toEqual({ url: '/items', params: { page: 2 } });
    expect(strategy.read(second, replyOf([3]))).toMatchObject({ items: [3], position: 2 });
    expect(strategy.read(second, replyOf([3])).next()).toBe(3);
    expect(strategy.read(strategy.at(request, 3), replyOf([])).next()).toBeUndefined();
  });

  it.each([
    ['the text of the URL', { url: '/items?page=3' }, 3],
    ['a number', { url: '/items', params: { page: 0 } }, 0],
    ['a text', { url: '/items', params: { page: '07' } }, 7],
  ])('counts on from %s', (_, given, page) => {
    const strategy = numberPagination({ items: '' });
    expect(strategy.start(given)).toBe(given);
    expect(strategy.read(given, replyOf([1]))).toMatchObject({ position: page });
    expect(strategy.read(given, replyOf([1])).next()).toBe(page + 1);
  });

  it('counts from the first page the option names', () => {
    expect(read({ first: 0 }, undefined, {}).position).toBe(0);
    expect(read({ first: 0 }, undefined, {}).next()).toBe(1);
  });

  it('sends the number of the first page only where told or where it is in the path', () => {
    expect(numberPagination({ sendFirst: true }).start(request).params).toEqual({ page: 1 });
    const given = { url: '/items?page=2' };
    expect(numberPagination({ sendFirst: true }).start(given)).toBe(given);
    const path = numberPagination({ in: 'path', first: 0 });
    expect(path.start({ url: '/items/{page}' }).path).toEqual({ page: 0 });
  });

  it('works in headers and body too', () => {
    const headers = numberPagination({ in: 'headers', param: 'X-Page', items: '' });
    expect(headers.at({ url: '/', headers: { 'x-page': '1' } }, 2).headers).toEqual({ 'x-page': '2' }); // prettier-ignore
    const body = numberPagination({ in: 'body', param: '/p/n', items: '' });
    const sent = deepFreeze({ url: '/', body: { p: { n: 4 } } });
    expect(body.read(sent, replyOf([1])).next()).toBe(5);
    expect(body.at(sent, 5).body).toEqual({ p: { n: 5 } });
  });

  it('ends where hasMore is false and goes on after an empty page where it is true', () => {
    const options = { hasMore: '/more' };
    expect(read(options, 3, { more: false }).next()).toBeUndefined();
    expect(read(options, 3, { more: true }, []).next()).toBe(4);
    expect(read({ ...options, emptyPage: 'end' }, 3, { more: true }, []).next()).toBeUndefined();
    expect(read(options, 3, {}, []).next()).toBeUndefined();
  });

  it.each<[number, unknown, number | undefined]>([
    [3, 3, undefined],
    [3, '3', undefined],
    [2, 3, 3],
    [4, 3, 5],
    [3, null, 4],
    [3, -3, 4],
    [3, 3.5, 4],
    [3, 'three', 4],
    [1, 0, 2],
  ])('on page %p with total %p goes on with %p', (page, total, next) => {
    const reading = read({ totalPages: '/total' }, page, { total });
    expect(reading.next()).toBe(next);
    expect(reading.totalPages).toBe(total === '3' ? 3 : Number.isInteger(total) && Number(total) >= 0 ? total : undefined); // prettier-ignore
  });

  it('counts the pages from the number of the first', () => {
    const options = { totalPages: '/total', first: 0 };
    expect(read(options, 1, { total: 3 }).next()).toBe(2);
    expect(read(options, 2, { total: 3 }).next()).toBeUndefined();
  });

  it('hands on the total of items without ending by it', () => {
    const reading = read({ totalCount: '/total' }, 1, { total: '1' });
    expect(reading.totalCount).toBe(1);
    expect(reading.next()).toBe(2);
  });

  it('adds the page size where the caller has set none, and reads it', () => {
    const strategy = numberPagination({ sizeParam: 'per_page', size: 100, items: '' });
    expect(strategy.start(request)).toEqual({ url: '/items', params: { per_page: 100 } });
    const given = deepFreeze({ url: '/items?per_page=5' });
    expect(strategy.start(given)).toBe(given);
    expect(strategy.read(given, replyOf([])).limit).toBe(5);
  });

  it('takes a short page for no end', () => {
    const strategy = numberPagination({ sizeParam: 'size', size: 10, items: '' });
    expect(strategy.read(strategy.start(request), replyOf([1])).next()).toBe(2);
  });

  it('names the statuses that end the list, and hides an empty page where told', () => {
    expect(numberPagination({ endStatus: 404 }).statuses).toEqual({ 404: 'end', 410: 'expired' });
    expect(numberPagination({ endStatus: [400, 404], expired: [] }).statuses).toEqual({
      400: 'end',
      404: 'end',
    });
    expect(read({ hideEmpty: true }, 2, {}, []).hideEmpty).toBe(true);
    expect(read({ hideEmpty: true }, 2, {}, [1])).not.toHaveProperty('hideEmpty');
  });

  it('refuses to count on from what is no number', () => {
    const strategy = numberPagination();
    expect(() => strategy.start({ url: '/items?page=last' })).toThrow(
      new TypeError('numberPagination: expected a whole number in params page, got "last"'),
    );
    for (const position of ['2', -1, 1.5, null]) {
      expect(errorOf(() => strategy.at(request, position)).code).toBe('CHECKPOINT_CORRUPT');
    }
  });

  it('has an id with the page size, which decides what a number means', () => {
    expect(numberPagination({ sizeParam: 's', size: 5, items: '/d' }).id).toBe(
      'number(in=params param=page first=1 sizeParam=s size=5 items=/d)',
    );
  });

  it.each<[object, string]>([
    [{ first: -1 }, "option 'first' must be a whole number, 0 or more, got -1"],
    [{ size: 5 }, "option 'size' needs 'sizeParam'"],
    [{ totalPages: 'total' }, "option 'totalPages' must be"],
    [{ endStatus: 'not found' }, "option 'endStatus' must be an HTTP status"],
    [{ page: 1 }, "unknown option 'page'"],
  ])('throws a TypeError at call time for %j', (options, message) => {
    expect(() => numberPagination(options)).toThrow(message);
  });

  it('ends by an empty page whatever else was promised, where told', () => {
    const end = { hasMore: '/more', emptyPage: 'end' } as const;
    expect(read(end, 2, { more: true }, [])).toMatchObject({ hasMore: false });
    expect(read(end, 2, { more: true }, []).next()).toBeUndefined();
    expect(read(end, 2, { more: true }, [1])).toMatchObject({ hasMore: true });
    expect(read(end, 2, { more: true }, [1]).next()).toBe(3);
    expect(read({ emptyPage: 'end' }, 2, {}, [1])).not.toHaveProperty('hasMore');
  });

  it('leads nowhere from a reply that is an error', () => {
    const promising = { apiError: '/error', hasMore: '/more' };
    expect(read(promising, 2, { error: 'no', more: true }).next()).toBeUndefined();
  });

  it('adds no page size where the name of its slot is all that it knows', () => {
    const strategy = numberPagination({ sizeParam: 'size' });
    expect(strategy.start(request)).toBe(request);
    expect(strategy.read({ url: '/?size=5' }, replyOf([1])).limit).toBe(5);
  });

  it('is for requests that have the place of its number', () => {
    const { applies } = numberPagination({ in: 'path' });
    expect(applies?.({ url: '/items/{page}' })).toBe(true);
    expect(applies?.({ url: '/items' })).toBe(false);
    expect(numberPagination().kind).toBe('number');
    expect(numberPagination().statuses).toEqual({ 410: 'expired' });
  });

  it('names the place that cannot be used, and the position that is no number', () => {
    expect(() => numberPagination({ in: 'body', param: 'page' })).toThrow(/option 'param'/);
    expect(() => numberPagination({ in: 'body', sizeParam: 'size' })).toThrow(/option 'sizeParam'/);
    expect(errorOf(() => numberPagination().at(request, 'x')).message).toContain('page number');
  });
});
