import { choosePagination } from '../../lib/strategy/choose-pagination';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { singlePage } from '../../lib/strategy/single-page';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

const request = deepFreeze({ url: '/manifests', params: { per_page: 2 } });
const items = '/manifests';
const link = linkPagination<number>({ items, next: '/links/next', follow: 'merge' });
const number = numberPagination<number>({ items });
const cursor = cursorPagination<number>({ items, next: '/next' });
const inBody = cursorPagination<number>({ items, in: 'body', param: '/paging/after' });

describe('choosePagination', () => {
  it('labels page 1 by the first and keeps to the one that can continue', () => {
    const choice = choosePagination([link, number]);
    expect(choice.start(request)).toBe(request);
    const first = choice.read(request, replyOf({ manifests: [1, 2], links: {} }));
    expect(first).toMatchObject({ kind: 'link', items: [1, 2] });
    expect(first.strategy).toBeUndefined();
    expect(first.next()).toBe(2);
    expect(first.strategy).toBe(number);
    expect(first.links?.()).toBeDefined();

    // Page 2 has a link, which is not used any more.
    const second = number.read(
      number.at(request, 2),
      replyOf({ manifests: [3], links: { next: '/m?page=9' } }),
    );
    expect(second.next()).toBe(3);
  });

  it('takes the first that can continue, in order', () => {
    const reply = replyOf({ manifests: [1], links: { next: '?page=2' }, next: 'k2' });
    const byLink = choosePagination([link, cursor, number]).read(request, reply);
    expect(byLink.next()).toBe('https://api.example.com/v1/items?page=2');
    expect(byLink.strategy).toBe(link);
    const byCursor = choosePagination([cursor, link, number]).read(request, reply);
    expect(byCursor.next()).toBe('k2');
    expect(byCursor.strategy).toBe(cursor);
  });

  it('leaves out a strategy that cannot prepare the request', () => {
    const choice = choosePagination([inBody, number]);
    const reading = choice.read(request, replyOf({ manifests: [1], next_cursor: 'k2' }));
    expect(reading.kind).toBe('number');
    expect(reading.next()).toBe(2);
    expect(reading.strategy).toBe(number);
  });

  it('throws a TypeError that names the strategies if none can prepare the request', () => {
    const choice = choosePagination([inBody]);
    expect(choice.applies?.(request)).toBe(false);
    expect(() => choice.start(request)).toThrow(TypeError);
    expect(() => choice.start(request)).toThrow(inBody.id);
  });

  it('ends where none can continue', () => {
    const reading = choosePagination([link, cursor]).read(request, replyOf({ manifests: [1] }));
    expect(reading.next()).toBeUndefined();
    expect(reading.strategy).toBeUndefined();
  });

  it('goes on with the next one where the first cannot read its position, and never ends by that', () => {
    const broken = replyOf({ manifests: [1], links: { next: 7 } });
    const saved = choosePagination([link, number]).read(request, broken);
    expect(saved.next()).toBe(2);
    expect(saved.strategy).toBe(number);
    const lost = choosePagination([link, cursor]).read(request, broken);
    expect(errorOf(() => lost.next()).code).toBe('BAD_SHAPE');
    const other = singlePage<number>({ items: '/other' });
    const unread = choosePagination([link, other]).read(request, replyOf({ manifests: [1] }));
    expect(errorOf(() => unread.next()).code).toBe('BAD_SHAPE');
  });

  it('takes an empty cursor only where nothing better is there', () => {
    const reply = replyOf({ manifests: [1], next: '' });
    const better = choosePagination([cursor, number]).read(request, reply);
    expect(better.next()).toBe(2);
    expect(better.strategy).toBe(number);
    const alone = choosePagination([link, cursor]).read(request, reply);
    expect(alone.next()).toBe('');
    expect(alone.strategy).toBe(cursor);
  });

  it('keeps no state: two readings choose apart', () => {
    const choice = choosePagination([cursor, number]);
    const one = choice.read(request, replyOf({ manifests: [1], next: 'k2' }));
    const two = choice.read(request, replyOf({ manifests: [1] }));
    one.next();
    two.next();
    expect(one.strategy).toBe(cursor);
    expect(two.strategy).toBe(number);
  });

  it('lists its strategies, those of nested choices too, and is named after them', () => {
    const choice = choosePagination([choosePagination([link, cursor]), number]);
    expect(choice.choices).toEqual([link, cursor, number]);
    expect(choice.id).toBe(`choice(${link.id} | ${cursor.id} | ${number.id})`);
  });

  it('joins what statuses mean; the first to name one decides', () => {
    const one = cursorPagination({ expired: [400] });
    const two = numberPagination({ endStatus: [400, 404] });
    expect(choosePagination([one, two]).statuses).toEqual({ 400: 'expired', 404: 'end', 410: 'expired' }); // prettier-ignore
  });

  it('throws a TypeError for no strategy, and for what is none among them', () => {
    expect(() => choosePagination([])).toThrow(TypeError);
    for (const wrong of [link, [link, {}], 'link', undefined]) {
      expect(() => choosePagination(wrong as never)).toThrow(
        /^choosePagination: expected an array of strategies, got /,
      );
    }
  });

  it('is loaded where one of its strategies is, with the others as they are', async () => {
    const lazy = { ...number, id: 'lazy', load: () => Promise.resolve(cursor) };
    expect(choosePagination([link, number])).not.toHaveProperty('load');
    const loaded = await choosePagination([link, lazy]).load?.();
    expect(loaded?.choices).toEqual([link, cursor]);
    expect(loaded).not.toHaveProperty('load');
  });

  it('asks for a position as the first does that can prepare the request', () => {
    const byPath = numberPagination<number>({ items, in: 'path' });
    const choice = choosePagination([byPath, number]);
    expect(choice.at(request, 3)).toEqual(number.at(request, 3));
    expect(choice.applies?.(request)).toBe(true);
    expect(choosePagination([byPath]).applies?.(request)).toBe(false);
    expect(() => choosePagination([byPath, byPath]).start(request)).toThrow(
      `None of the strategies can prepare the request: ${byPath.id}, ${byPath.id}`,
    );
    expect(() => choosePagination([])).toThrow('expected one strategy or more, got an empty array');
  });

  it('takes an expired position for what it is where a strategy does not say', () => {
    const plain = { ...number, statuses: undefined };
    expect(choosePagination([plain]).statuses).toEqual({ 410: 'expired' });
    const ended = { ...number, statuses: { 404: 'end', 410: 'empty' } } as const;
    expect(choosePagination([ended, plain]).statuses).toEqual({ 404: 'end', 410: 'empty' });
  });

  it('finds the strategy of a token again by whichever of its own can', () => {
    const asked: string[] = [];
    const restoring = (own: string) => ({
      ...number,
      restore: (id: string) => {
        asked.push(own);
        return id === own ? link : undefined;
      },
    });
    const choice = choosePagination([cursor, restoring('a'), restoring('b'), restoring('c')]);
    expect(choice.restore?.('b')).toBe(link);
    expect(asked).toEqual(['a', 'b']);
    expect(choice.restore?.('z')).toBeUndefined();
  });

  it('reads the page once for the first strategy, and again for one that is tried after it', () => {
    const first = { ...link, read: jest.fn(link.read) };
    const second = { ...number, read: jest.fn(number.read) };
    const choice = choosePagination<number, 'link' | 'number'>([first, second]);
    expect(choice.read(request, replyOf({ manifests: [1], links: {} })).next()).toBe(2);
    expect([first.read.mock.calls.length, second.read.mock.calls.length]).toEqual([1, 1]);
  });
});
