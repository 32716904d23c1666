import { lastItemPagination, type LastItemOptions } from '../../lib/strategy/last-item-pagination';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

const request = deepFreeze({ url: '/items', params: { limit: 2 } });
const read = (options: LastItemOptions, items: unknown[], more = {}) =>
  lastItemPagination(deepFreeze({ items: '/items', ...options })).read(
    request,
    replyOf({ items, ...more }),
  );

describe('lastItemPagination', () => {
  it('asks behind the last item until a page has none', () => {
    const strategy = lastItemPagination({ items: '', param: 'after' });
    expect(strategy.start(request)).toBe(request);
    expect(strategy.read(request, replyOf([{ id: 1 }, { id: 0 }])).next()).toBe(0);
    expect(strategy.at(request, 0)).toEqual({ url: '/items', params: { limit: 2, after: 0 } });
    expect(strategy.read(strategy.at(request, 0), replyOf([]))).toMatchObject({ position: 0 });
    expect(strategy.read(request, replyOf([])).next()).toBeUndefined();
  });

  it('ends where hasMore is false, and goes on after a short page', () => {
    const options = { param: 'after', hasMore: '/more' };
    expect(read(options, [{ id: 7 }], { more: false }).next()).toBeUndefined();
    expect(read(options, [{ id: 7 }], { more: true }).next()).toBe(7);
    expect(read(options, [{ id: 7 }]).next()).toBe(7);
  });

  it('ends after a short page where it is told so, unless the reply says that there is more', () => {
    const options = {
      param: 'after',
      limitParam: 'limit',
      shortPage: 'end',
      hasMore: '/more',
    } as const;
    expect(read(options, [{ id: 7 }]).next()).toBeUndefined();
    expect(read(options, [{ id: 7 }], { more: true }).next()).toBe(7);
    expect(read(options, [{ id: 7 }, { id: 8 }]).next()).toBe(8);
    const strategy = lastItemPagination({ ...options, items: '' });
    expect(strategy.read({ url: '/items' }, replyOf([{ id: 7 }])).next()).toBe(7);
  });

  it('says that its positions are made of the items, so that a page that repeats is known by them', () => {
    for (const field of ['/id', { last_index: '/id' }]) {
      const param = typeof field === 'string' ? 'after' : undefined;
      for (const items of [[{ id: 1 }], []]) {
        expect(read({ param, field }, items).isMadeOfItems).toBe(true);
      }
    }
    const short = { param: 'after', limitParam: 'limit', shortPage: 'end' } as const;
    expect(read(short, [{ id: 1 }]).isMadeOfItems).toBe(true);
  });

  it('takes any field, also an array for a body', () => {
    expect(
      read({ param: 'max_id', field: '/meta/id_str' }, [{ meta: { id_str: '9' } }]).next(),
    ).toBe('9');
    const search = lastItemPagination({
      ...{ items: '/hits', in: 'body', param: '/search_after', field: '/sort' },
    });
    const post = deepFreeze({ url: '/search', body: { size: 1 } });
    const next = search.read(post, replyOf({ hits: [{ sort: [170, 'x1'] }] })).next() ?? null;
    expect(search.at(post, next).body).toEqual({ size: 1, search_after: [170, 'x1'] });
  });

  it('takes a boundary of several parts', () => {
    const options: LastItemOptions = { field: { last_index: '/id', last_date: '/at' } };
    const next = read(options, [{ id: 5, at: '2024-01-02' }]).next() ?? null;
    expect(next).toEqual({ last_index: 5, last_date: '2024-01-02' });
    expect(lastItemPagination(options).at(request, next).params).toEqual({
      limit: 2,
      last_index: 5,
      last_date: '2024-01-02',
    });
  });

  it('takes a boundary of several parts in an object of the body', () => {
    const options: LastItemOptions = {
      in: 'body',
      param: '/page',
      field: { id: '/id', at: '/at' },
    };
    const body = { page: { size: 2 } };
    expect(lastItemPagination(options).at({ url: '/', body }, { id: 5, at: 'x' }).body).toEqual({
      page: { size: 2, id: 5, at: 'x' },
    });
  });

  it.each([{}, { id: null }, { id: '' }, null, 5])(
    'errors where the last item is %j and has no boundary, as ending there would lose the rest',
    (item) => {
      const reading = read({ param: 'after' }, [{ id: 1 }, item]);
      expect(reading.items).toHaveLength(2);
      expect(errorOf(() => reading.next())).toMatchObject({
        code: 'BAD_SHAPE',
        message: 'The last item has nothing at /id to ask for the next page with',
      });
      expect(
        read({ param: 'after', hasMore: '/more' }, [item], { more: false }).next(),
      ).toBeUndefined();
    },
  );

  it.each([
    [{}, "option 'param' is needed"],
    [{ param: 'a', field: 'id' }, "option 'field' must be a JSON pointer"],
    [{ field: {} }, "option 'field' must be"],
    [{ field: { a: 'id' } }, "option 'field' must be"],
    [{ param: 'a', field: { a: '/id' } }, "option 'param' does not go with"],
    [{ param: 'a', shortPage: 'end' }, "option 'shortPage' needs 'limitParam'"],
    [{ param: 'a', next: '/next' }, "unknown option 'next'"],
  ])('refuses %j', (options, message) => {
    expect(() => lastItemPagination(options as LastItemOptions)).toThrow(TypeError);
    expect(() => lastItemPagination(options as LastItemOptions)).toThrow(message);
  });

  it('tells in its id which fields it asks with', () => {
    expect(lastItemPagination({ param: 'after', field: '/key' }).id).toContain('lastItem(/key)');
    expect(lastItemPagination({ field: { a: '/x', b: '/y' } }).id).toContain(
      'lastItem({"a":"/x","b":"/y"})',
    );
  });

  it('goes on after a short page where only the place of the limit is known', () => {
    const options = { param: 'after', limitParam: 'limit' };
    expect(read(options, [{ id: 7 }]).next()).toBe(7);
    expect(read({ ...options, shortPage: 'continue' }, [{ id: 7 }]).next()).toBe(7);
    expect(read({ ...options, shortPage: 'end' }, [{ id: 7 }]).next()).toBeUndefined();
  });

  it.each([[null], [{}], [{ a: '/x', b: 'y' }], ['id']])('refuses the field %j', (field) => {
    const options = { param: 'after', field } as unknown as LastItemOptions;
    expect(() => lastItemPagination(options)).toThrow(
      "lastItemPagination: option 'field' must be a JSON pointer or an object of JSON pointers",
    );
  });
});
