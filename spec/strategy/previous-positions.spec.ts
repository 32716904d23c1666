import { choosePagination } from '../../lib/strategy/choose-pagination';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination, type LinkOptions } from '../../lib/strategy/link-pagination';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { offsetPagination } from '../../lib/strategy/offset-pagination';
import { replyOf } from '../support/reply-of';

const items = '/items';
const body = { items: [1, 2] };

describe('the position before a page', () => {
  it.each([
    [1, 1, undefined],
    [1, 2, { position: 1 }],
    [0, 0, undefined],
    [0, 1, { position: 0 }],
    [3, 9, { position: 8 }],
  ])('is the number before its own, down to %d: %d', (first, page, previous) => {
    const reading = numberPagination({ items, first }).read(
      { url: '/items', params: { page } },
      replyOf(body),
    );
    expect(reading.previous?.()).toEqual(previous);
  });

  it.each([
    [{ offset: 0, limit: 2 }, undefined],
    [
      { offset: 6, limit: 2 },
      { position: 4, items: 2 },
    ],
    [
      { offset: 1, limit: 2 },
      { position: 0, items: 1 },
    ],
    [
      { offset: 2, limit: 2 },
      { position: 0, items: 2 },
    ],
    [
      { offset: 7, limit: 5 },
      { position: 2, items: 5 },
    ],
    [{ offset: 7 }, { position: 5, items: 2 }],
    [{ offset: 7, limit: 0 }, undefined],
  ])('is a page of rows before its offset: %j', (params, previous) => {
    const read = (own: object) =>
      offsetPagination({ items }).read({ url: '/items', params }, replyOf(own)).previous?.();
    expect(read(body)).toEqual(previous);
    if (!('limit' in params)) expect(read({ items: [] })).toBeUndefined();
  });

  it.each<[LinkOptions, object, string | undefined]>([
    [{}, { link: '</1>; rel="prev"' }, 'https://api.example.com/1'],
    [{}, { link: '</0>; rel="previous"' }, 'https://api.example.com/0'],
    [{}, { link: '</0>; rel="previous", </1>; rel="prev"' }, 'https://api.example.com/1'],
    [{}, { link: '</2>; rel="next"' }, undefined],
    [{ prev: '/before', next: '/after' }, {}, 'https://api.example.com/b'],
    [{ next: '/after' }, { link: '</1>; rel="prev"' }, undefined],
  ])('is its link to the one before: %j %j', (options, headers, position) => {
    const reading = linkPagination({ items, ...options }).read(
      { url: '/items' },
      replyOf({ ...body, before: '/b', after: '/a' }, { headers: { ...headers } }),
    );
    expect(reading.previous?.()).toEqual(position === undefined ? undefined : { position });
  });

  it('is that of the strategy that goes on, where there is a choice', () => {
    const byLink = linkPagination({ items, next: '/next', prev: '/prev' });
    const read = (more: object) => {
      const choice = choosePagination([byLink, numberPagination({ items })]);
      return choice.read({ url: '/items?page=4' }, replyOf({ ...body, prev: '/p', ...more }));
    };
    const numbered = read({});
    expect(numbered.previous?.()).toEqual({ position: 'https://api.example.com/p' });
    expect(numbered.next()).toBe(5);
    expect(numbered.previous?.()).toEqual({ position: 3 });

    const linked = read({ next: '/n' });
    expect(linked.next()).toBe('https://api.example.com/n');
    expect(linked.previous?.()).toEqual({ position: 'https://api.example.com/p' });
  });

  it('is none where the strategy that goes on knows none', () => {
    const choice = choosePagination([cursorPagination({ items })]);
    const reading = choice.read({ url: '/items' }, replyOf({ ...body, next_cursor: 'k' }));
    expect(reading.previous?.()).toBeUndefined();
    expect([reading.next(), reading.previous?.()]).toEqual(['k', undefined]);
  });
});
