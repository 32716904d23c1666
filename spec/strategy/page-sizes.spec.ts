import { choosePagination } from '../../lib/strategy/choose-pagination';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { lastItemPagination } from '../../lib/strategy/last-item-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { offsetPagination } from '../../lib/strategy/offset-pagination';
import { singlePage } from '../../lib/strategy/single-page';

const request = { url: '/items', params: { limit: 20 } };

describe('the page size of a strategy', () => {
  it('is read and written in its slot, and never above its maximum', () => {
    const { sized, sizeOf } = offsetPagination({ maxLimit: 100 });
    expect(sizeOf?.(request)).toBe(20);
    expect(sizeOf?.({ url: '/items', params: { limit: 'all' } })).toBeUndefined();
    expect([1, 100, 101].map((size) => sized?.(request, size).params?.['limit'])).toEqual([
      1, 100, 100,
    ]);
    const unbound = offsetPagination({ in: 'body', param: '/offset' });
    expect(unbound.sized?.({ url: '/', body: {} }, 5000).body).toEqual({ limit: 5000 });
  });

  it('is that of the first strategy of a choice that can prepare the request', () => {
    const inBody = offsetPagination({
      in: 'body',
      param: '/page/offset',
      limitParam: '/page/limit',
    });
    const choice = choosePagination([inBody, cursorPagination({ limitParam: 'limit' })]);
    expect(choice.sizeOf?.(request)).toBe(20);
    expect(choice.sized?.(request, 7)).toEqual({ url: '/items', params: { limit: 7 } });
    const post = { url: '/items', body: { page: { limit: 5 } } };
    expect(choice.sizeOf?.(post)).toBe(5);
    expect(choice.sized?.(post, 7).body).toEqual({ page: { limit: 7 } });
  });

  it('is none where nobody knows its place', () => {
    const choice = choosePagination([linkPagination(), singlePage()]);
    expect(choice.sizeOf?.(request)).toBeUndefined();
    expect(choice.sized?.(request, 7)).toBe(request);
  });

  it('is left alone where a short page is the end', () => {
    const options = { param: 'after', limitParam: 'limit' };
    const ending = lastItemPagination({ ...options, shortPage: 'end' });
    expect([ending.sized, ending.sizeOf]).toEqual([undefined, undefined]);
    expect(lastItemPagination(options).sizeOf?.(request)).toBe(20);
  });
});
