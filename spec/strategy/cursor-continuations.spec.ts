import type { PageRequest } from '../../lib/core/page-request';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import type { CursorOptions } from '../../lib/strategy/cursor-pagination';
import { paginate } from '../../lib/paginate';
import { all, outcome, bodies, scriptedServer } from '../dialect/walks';
import { fetchTransport } from '../../lib/transport/fetch';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

const scripted = scriptedServer();

describe('cursorPagination whose cursor is an object', () => {
  const request = deepFreeze({ url: '/items?limit=2', params: { q: 'x' } });
  const strategy = cursorPagination({ items: '/items', spread: true, next: '/continue' });

  it('sends each member as a parameter, over those of the request', () => {
    const reply = replyOf({ items: [1], continue: { from: 'a|1', limit: 5, gone: null } });
    const reading = strategy.read(request, reply);
    expect(reading.position).toBeUndefined();
    const next = reading.next() ?? null;
    expect(next).toEqual({ from: 'a|1', limit: 5, gone: null });
    expect(strategy.at(request, next)).toEqual({
      url: '/items',
      params: { q: 'x', from: 'a|1', limit: 5 },
    });
  });

  it('sends each member in the body, null too, in the object that param points to', () => {
    const search = deepFreeze({ url: '/search', body: { q: 'x', page: { size: 2 } } });
    const inBody: CursorOptions = { items: '', in: 'body', spread: true };
    expect(cursorPagination(inBody).at(search, { token: null, 'a/b': [1] }).body).toEqual({
      q: 'x',
      page: { size: 2 },
      token: null,
      'a/b': [1],
    });
    const deep = cursorPagination({ ...inBody, param: '/page' });
    expect(deep.at(search, { after: 'k' }).body).toEqual({ q: 'x', page: { size: 2, after: 'k' } });
    expect(deep.applies?.({ url: '/search', body: { page: null } })).toBe(false);
    expect(() => deep.start({ url: '/search', body: { page: null } })).toThrow(TypeError);
  });

  it('keeps members that are named like properties of all objects to itself', () => {
    const position = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
    const { params } = strategy.at({ url: '/items' }, position);
    expect(Object.entries(params ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it('ends where it is missing or null, and refuses what has no members', () => {
    const next = (value: unknown) =>
      strategy.read(request, replyOf({ items: [1], continue: value })).next();
    expect(next(undefined)).toBeUndefined();
    expect(next(null)).toBeUndefined();
    expect(errorOf(() => next('k2')).code).toBe('BAD_SHAPE');
    expect(errorOf(() => next(['k2'])).message).toContain(
      'is an array, which cannot be sent in params',
    );
    expect(errorOf(() => next({ k: { deep: 1 } })).message).toContain('an object with an object');
    expect(errorOf(() => strategy.at(request, 'k2')).code).toBe('CHECKPOINT_CORRUPT');
  });

  it('says what it is that has no members', () => {
    for (const [position, found] of [
      [null, 'null'],
      ['k2', 'a string'],
      [['k'], 'an array'],
    ] as const) {
      expect(errorOf(() => strategy.at(request, position))).toEqual({
        code: 'CHECKPOINT_CORRUPT',
        message: `The position must be an object of parameters, not ${found}`,
      });
    }
  });

  it.each<[unknown, string]>([
    [{ a: 'x', b: { c: 1 } }, 'an object with an object'],
    [{ a: true }, 'an object with boolean'],
    [{ a: null, b: NaN }, 'an object with a number that is not finite'],
  ])('refuses %j, of which one member cannot be a parameter', (value, found) => {
    const { next } = strategy.read(request, replyOf({ items: [1], continue: value }));
    expect(errorOf(next).message).toBe(
      `The next cursor at /continue is ${found}, which cannot be sent in params`,
    );
  });

  it('takes any member for a body but a number that was rounded', () => {
    const inBody = cursorPagination({ items: '/items', in: 'body', spread: true });
    const next = (value: unknown) =>
      inBody.read({ url: '/' }, replyOf({ items: [1], next_cursor: value })).next();
    const cursor = { a: [1], b: { c: null }, d: true, e: null, n: 7 };
    expect(next(cursor)).toEqual(cursor);
    expect(errorOf(() => next({ n: 2 ** 60 })).message).toContain(
      'an object with a whole number above 2^53, which JSON.parse has rounded',
    );
  });

  it('makes a body where the request has none, and errors where there is no object for members', () => {
    const inBody = cursorPagination({ items: '', in: 'body', spread: true });
    expect(inBody.at({ url: '/' }, { a: 1 }).body).toEqual({ a: 1 });
    const deep = cursorPagination({ items: '', in: 'body', spread: true, param: '/page' });
    for (const body of [undefined, {}, { page: undefined }]) {
      expect(deep.at({ method: 'POST', url: '/', body }, { a: 1 }).body).toEqual({
        page: { a: 1 },
      });
    }
    const cases = [
      [inBody, 'text', ''],
      [inBody, null, ''],
      [inBody, [1], ''],
      [deep, { page: [] }, '/page'],
      [deep, { page: null }, '/page'],
      [deep, { page: 'x' }, '/page'],
    ] as const;
    for (const [one, body, parent] of cases) {
      expect(() => one.at({ url: '/', body }, { a: 1 })).toThrow(
        new TypeError(`The body has no object at "${parent}" to hold the cursor`),
      );
    }
  });

  it('is refused where members have no names of their own', () => {
    for (const options of [{ in: 'headers' }, { in: 'path' }, { param: 'x' }] as const) {
      expect(() => cursorPagination({ spread: true, ...options })).toThrow("option 'spread' needs");
    }
    expect(() => cursorPagination({ spread: true, in: 'body', param: 'x' })).toThrow(TypeError);
  });
});

describe('cursorPagination that goes on at another address', () => {
  const search = deepFreeze({
    method: 'POST',
    url: 'https://es.test/logs/_search?scroll=1m',
    headers: { 'x-own': '1' },
    body: { size: 2, deep: { a: 1 } },
  });
  const at = (later: CursorOptions['later'], request: PageRequest = search) =>
    cursorPagination({ items: '', in: 'body', param: '/cursor', later }).at(request, 'k');

  it('resolves the URL against the first, and keeps method and headers', () => {
    expect(at({ url: '/_search/scroll', params: {}, body: {} })).toEqual({
      method: 'POST',
      url: 'https://es.test/_search/scroll',
      params: {},
      headers: { 'x-own': '1' },
      body: { cursor: 'k' },
    });
    expect(at({ url: 'more' }).url).toBe('https://es.test/logs/more');
    expect(at({ url: '/more' }, { ...search, url: 'logs/_search' }).url).toBe('/more');
  });

  it('puts the suffix behind the path', () => {
    expect(at({ suffix: '/continue' }).url).toBe('https://es.test/logs/_search/continue?scroll=1m');
    expect(at({ suffix: '/continue' }, { ...search, url: 'list#x' }).url).toBe('list/continue#x');
    expect(at({ suffix: '/continue', params: {} }).url).toBe(
      'https://es.test/logs/_search/continue',
    );
  });

  it('fills in values of the first request, and leaves out what it does not have', () => {
    const body = {
      scroll: '$request.query#/scroll',
      size: '$request.body#/size',
      a: '$request.body#/deep/a',
      object: '$request.body#/deep',
      none: '$request.body#/none',
      proto: '$request.body#/__proto__',
      text: '$request.nothing#/x',
      n: 5,
    };
    expect(at({ body }).body).toEqual({
      scroll: '1m',
      size: 2,
      a: 1,
      text: '$request.nothing#/x',
      n: 5,
      cursor: 'k',
    });
    expect(at({ params: { scroll: '$request.query#/scroll' } })).toMatchObject({
      url: 'https://es.test/logs/_search',
      params: { scroll: '1m' },
    });
  });

  it('starts with the request as it is', () => {
    const later = { suffix: '/continue', body: {} };
    expect(cursorPagination({ in: 'body', later }).start(search)).toBe(search);
  });

  it.each([
    5,
    [],
    { path: '/x' },
    { path: { a: 'b' } },
    { url: '' },
    { url: 5 },
    { params: { a: 1 } },
    { body: { a: {} } },
    { params: null },
    { body: [] },
    { body: { a: null } },
    { path: undefined },
    { url: '/more', suffix: 5 },
    { suffix: 5, url: '/more' },
    null,
  ])('refuses %j', (later) => {
    expect(() => cursorPagination({ later: later as object })).toThrow(
      "option 'later' must be an object of 'url', 'suffix', 'params' and 'body', got ",
    );
  });

  it('takes parts that are undefined for parts left out', () => {
    const later = { url: undefined, suffix: undefined, params: undefined, body: undefined };
    expect(at(later)).toEqual(at({}));
  });

  it('takes texts, numbers and flags of the first request, and nothing that is null', () => {
    const first = { ...search, body: { flag: false, zero: 0, empty: '', none: null } };
    const names = ['flag', 'zero', 'empty', 'none', 'missing'];
    const body = Object.fromEntries(names.map((name) => [name, `$request.body#/${name}`]));
    expect(at({ body: { ...body, own: true } }, first).body).toStrictEqual({
      ...{ flag: false, zero: 0, empty: '' },
      own: true,
      cursor: 'k',
    });
  });

  it('throws a TypeError where the two make no URL', () => {
    expect(() => at({ url: 'http://[' })).toThrow(
      new TypeError('Expected a URL to continue at, got "http://["'),
    );
  });

  it('joins the address to the base of the transport', async () => {
    scripted().replies(...bodies({ items: [1], cursor: 'a' }, { items: [2], cursor: null }));
    const pagination = cursorPagination<number>({
      ...{ items: '/items', in: 'body', param: '/cursor', next: '/cursor' },
      later: { suffix: '/continue', body: {} },
    });
    const transport = fetchTransport({ baseUrl: `${scripted().url}/v2` });
    const list = paginate(
      transport,
      { method: 'POST', url: 'list', body: { n: 1 } },
      { pagination },
    );
    expect(await all(list)).toEqual([1, 2]);
    expect(scripted().log).toEqual([
      'POST /v2/list {"n":1}',
      'POST /v2/list/continue {"cursor":"a"}',
    ]);
  });
});

describe('cursorPagination with the same cursor on several pages', () => {
  const walk = (sameCursor: boolean, ...pages: readonly (readonly number[])[]) => {
    scripted().replies(...bodies(...pages.map((items) => ({ items, next_cursor: 'same' }))));
    const pagination = cursorPagination<number>({ items: '/items', emptyPage: 'end', sameCursor });
    return outcome(paginate(fetchTransport(), `${scripted().url}/items`, { pagination }));
  };

  it('goes on to other items by the same request', async () => {
    expect(await walk(true, [1], [2], [3], [])).toEqual({ items: [1, 2, 3] });
    expect(scripted().log).toHaveLength(4);
  });

  it('errors with LOOP where the same items come again', async () => {
    const { items, error } = await walk(true, [1], [2], [2], []);
    expect([items, error?.code]).toEqual([[1, 2], 'LOOP']);
  });

  it('errors with LOOP at once where it was not told so', async () => {
    const { items, error } = await walk(false, [1], [2], [3], []);
    expect([items, error?.code]).toEqual([[1, 2], 'LOOP']);
  });
});
