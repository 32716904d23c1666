import fc from 'fast-check';

import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import { hasPlace, readSlot, unsendable, withSlot } from '../../lib/strategy/slot';
import { anyCharacter } from '../support/any-character';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { pollution } from '../support/polluted';

const request: PageRequest = deepFreeze({
  method: 'POST',
  url: '/v1/{space}/items?sort=%27a+b%27&page=3#x',
  path: { space: 's1' },
  params: { limit: 2, none: null },
  headers: { 'X-Cursor': 'a' },
  body: { page: { after: 'a', size: 2 }, filter: { tags: ['t'] } },
});

/** Values that a careless client changes on the way. */
const CURSORS: [string, string | number][] = [
  ['zero', 0],
  ['a negative number', -5],
  ['a fraction', 1700000000.123456],
  ['a big integer as text', '12345678901234567890'],
  ['the text zero', '0'],
  ['padded base64', 'eyJpZCI6MTB9Pz8+/w=='],
  ['a plus and a blank', 'a+b c'],
  ['percent codes', 'a%26b%2B%'],
  ['quotes', `'a' "b"`],
  ['the marks of a URL', '?a=b&c#d/e\\;:@'],
  ['emoji', '😀é\u200d'],
  ['JSON', '{"id":[1,"a"]}'],
  ['8 KB', 'aB+/=%'.repeat(1366)],
  ['controls', 'a\r\nb\t\0'],
  ['dots', 'a.b..'],
  ['__proto__', '__proto__'],
];

describe('readSlot', () => {
  it('reads each place', () => {
    expect(readSlot(request, 'params', 'limit')).toBe(2);
    expect(readSlot(request, 'path', 'space')).toBe('s1');
    expect(readSlot(request, 'headers', 'x-cursor')).toBe('a');
    expect(readSlot(request, 'body', '/page/after')).toBe('a');
  });

  it('finds a query parameter in the text of the URL, decoded', () => {
    expect(readSlot(request, 'params', 'page')).toBe('3');
    expect(readSlot(request, 'params', 'sort')).toBe("'a b'");
    expect(readSlot({ url: '/a?page=3', params: { page: 0 } }, 'params', 'page')).toBe(0);
    expect(readSlot({ url: '/a?page=3', params: { page: null } }, 'params', 'page')).toBe('3');
  });

  it('finds nothing that is not there', () => {
    expect(readSlot(request, 'params', 'none')).toBeUndefined();
    for (const name of ['x', '__proto__', 'constructor']) {
      expect(readSlot(request, 'params', name)).toBeUndefined();
      expect(readSlot(request, 'path', name)).toBeUndefined();
      expect(readSlot(request, 'headers', name)).toBeUndefined();
      expect(readSlot(request, 'body', `/${name}`)).toBeUndefined();
    }
    expect(readSlot({ url: '/' }, 'body', '/a')).toBeUndefined();
  });
});

describe('withSlot', () => {
  it('sets each place and leaves the rest of the request as it was', () => {
    expect(withSlot(request, 'params', 'limit', 3)).toEqual({
      ...request,
      params: { limit: 3, none: null },
    });
    expect(withSlot(request, 'path', 'space', 's2')).toEqual({ ...request, path: { space: 's2' } });
    expect(withSlot(request, 'headers', 'x-cursor', 0)).toEqual({
      ...request,
      headers: { 'X-Cursor': '0' },
    });
    expect(withSlot(request, 'body', '/page/after', 0)).toEqual({
      ...request,
      body: { page: { after: 0, size: 2 }, filter: { tags: ['t'] } },
    });
  });

  it('takes the parameter out of the URL and touches no other byte of it', () => {
    const next = withSlot(request, 'params', 'page', 4);
    expect(next.url).toBe('/v1/{space}/items?sort=%27a+b%27#x');
    expect(requestUrl(next)).toBe('/v1/s1/items?sort=%27a+b%27&limit=2&page=4');
  });

  it('keeps the type of a value in the body', () => {
    for (const value of [0, '0', { id: 1 }, ['a', null]]) {
      expect(withSlot({ url: '/' }, 'body', '/cursor', value).body).toEqual({ cursor: value });
    }
  });

  it('makes the objects around a slot of the body that are absent, and copies what is there', () => {
    const bodies = [undefined, {}, { paging: undefined }, { q: 1, paging: { size: 2 } }];
    expect(
      bodies.map(
        (body) =>
          withSlot({ method: 'POST', url: '/', body }, 'body', '/paging/on/after', 'a').body,
      ),
    ).toEqual([
      { paging: { on: { after: 'a' } } },
      { paging: { on: { after: 'a' } } },
      { paging: { on: { after: 'a' } } },
      { q: 1, paging: { size: 2, on: { after: 'a' } } },
    ]);
    expect(bodies).toEqual([undefined, {}, { paging: undefined }, { q: 1, paging: { size: 2 } }]);
    const { body } = withSlot(
      { method: 'POST', url: '/' },
      'body',
      '/__proto__/constructor/polluted',
      1,
    );
    expect(JSON.stringify(body)).toBe('{"__proto__":{"constructor":{"polluted":1}}}');
    expect(pollution()).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ paging: null }, '/paging/on'],
    [{ paging: 0 }, '/paging/on'],
    [{ paging: 'x' }, '/paging/on'],
    [{ paging: { on: false } }, '/paging/on'],
    [[], '/paging'],
    [null, '/paging'],
    ['paging', '/paging'],
  ])('replaces nothing of the body %j', (body, missing) => {
    const set = () => withSlot({ method: 'POST', url: '/', body }, 'body', '/paging/on/after', 'a');
    expect(set).toThrow(
      new TypeError(`The body has nothing at "${missing}" to hold /paging/on/after`),
    );
    expect(hasPlace({ method: 'POST', url: '/', body }, 'body', '/paging/on/after')).toBe(false);
  });

  it('makes no levels of a body for a GET without one', () => {
    expect(hasPlace({ url: '/' }, 'body', '/paging/after')).toBe(false);
    expect(hasPlace({ method: 'head', url: '/' }, 'body', '/paging/after')).toBe(false);
    expect(hasPlace({ method: 'GET', url: '/', body: {} }, 'body', '/paging/after')).toBe(true);
    expect(hasPlace({ method: 'PUT', url: '/' }, 'body', '/paging/after')).toBe(true);
  });

  it.each<[unknown, string]>([
    [{ rows: [] }, '/rows/0/after'],
    [{ rows: [] }, '/rows/x/after'],
    [{}, '/rows/0'],
    [{}, '/rows/-'],
    [undefined, '/rows/0/after'],
  ])('makes nothing in or for an array: %j at %s', (body, pointer) => {
    expect(hasPlace({ method: 'POST', url: '/', body }, 'body', pointer)).toBe(false);
  });

  it('sets a parameter named __proto__ without touching a prototype', () => {
    expect(requestUrl(withSlot({ url: '/' }, 'params', '__proto__', 'a'))).toBe('/?__proto__=a');
    const { body } = withSlot({ url: '/', body: {} }, 'body', '/__proto__', { polluted: 1 });
    expect(JSON.stringify(body)).toBe('{"__proto__":{"polluted":1}}');
    expect(pollution()).toEqual([]);
  });

  it.each(CURSORS)('sends %s in the query so that a server reads the same', (_, cursor) => {
    const url = requestUrl(withSlot(request, 'params', 'cursor', cursor), 'https://h.example/api');
    expect(url).toMatch(/^[\x21-\x7e]+$/);
    const { searchParams } = new URL(url);
    expect([...searchParams.keys()]).toEqual(['sort', 'page', 'limit', 'cursor']);
    expect(searchParams.get('cursor')).toBe(String(cursor));
    expect(new URL(url).href).toBe(url); // a client that parses it sends the same bytes
  });

  it.each(CURSORS)('sends %s in the path so that a server reads the same', (_, cursor) => {
    const url = requestUrl(withSlot({ url: '/a/{c}/b' }, 'path', 'c', cursor), 'https://h.example');
    const segment = new URL(url).pathname.split('/')[2] ?? '';
    expect(decodeURIComponent(segment)).toBe(String(cursor));
    expect(new URL(url).pathname.split('/')).toHaveLength(4);
  });

  it.each(CURSORS)('sends %s in the body so that a server reads the same', (_, cursor) => {
    const { body } = withSlot(request, 'body', '/page/after', cursor);
    const parsed: unknown = JSON.parse(JSON.stringify(body));
    expect(parsed).toHaveProperty(['page', 'after'], cursor);
  });

  it('carries any well-formed text through the query', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter }),
        fc.string({ unit: anyCharacter }),
        (name, cursor) => {
          const url = requestUrl(
            withSlot({ url: '/' }, 'params', name, cursor),
            'https://h.example',
          );
          expect([...new URL(url).searchParams]).toEqual([[name, cursor]]);
          expect(readSlot({ url }, 'params', name)).toBe(cursor);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('unsendable', () => {
  it.each<[string, unknown, string]>([
    ['params', true, 'boolean'],
    ['params', null, 'null'],
    ['params', {}, 'an object'],
    ['path', [], 'an array'],
    ['headers', {}, 'an object'],
    ['body', true, 'boolean'],
    ['body', 2 ** 53, 'a whole number above 2^53, which JSON.parse has rounded'],
    ['params', NaN, 'a number that is not finite'],
    ['params', '\ud800', 'text with half a surrogate pair'],
    ['path', '..', 'an empty segment, "." or ".."'],
    ['path', '.', 'an empty segment, "." or ".."'],
    ['path', '', 'an empty segment, "." or ".."'],
    ['headers', 'a\r\nX-Evil: 1', 'characters that no header can hold'],
    ['headers', 'a\u0085', 'characters that no header can hold'],
    ['headers', 'a\tb', 'characters that no header can hold'],
    ['headers', 'Ā', 'characters that no header can hold'],
    ['headers', '😀', 'characters that no header can hold'],
    ['headers', 'a ', 'text with blanks around it, which a header loses'],
    ['headers', ' a', 'text with blanks around it, which a header loses'],
    ['body', null, 'null'],
  ])('says what keeps a value out of %s: %p', (place, value, problem) => {
    const known = place as 'params' | 'path' | 'headers' | 'body';
    expect(unsendable(value, known)).toBe(problem);
  });

  it('lets through what arrives unchanged', () => {
    expect(unsendable('é\u00a0~', 'headers')).toBeUndefined();
    expect(unsendable('', 'params')).toBeUndefined();
    expect(unsendable('...', 'path')).toBeUndefined();
    expect(unsendable({}, 'body')).toBeUndefined();
    expect(unsendable('\ud800 ', 'body')).toBeUndefined();
    expect(unsendable(Number.MAX_SAFE_INTEGER, 'headers')).toBeUndefined();
  });

  it('is what withSlot throws BAD_SHAPE for, without the value', () => {
    expect(errorOf(() => withSlot({ url: '/' }, 'headers', 'x-c', 'secret\n'))).toEqual({
      code: 'BAD_SHAPE',
      message: 'Cannot send characters that no header can hold in headers x-c',
    });
  });
});

describe('hasPlace', () => {
  it('asks for the name in the URL and for the parent in the body', () => {
    expect(hasPlace(request, 'path', 'space')).toBe(true);
    expect(hasPlace(request, 'path', 'page')).toBe(false);
    expect(hasPlace(request, 'body', '/page/x')).toBe(true);
    expect(hasPlace(request, 'body', '/paging/x')).toBe(true);
    expect(hasPlace(request, 'body', '/filter/tags/x')).toBe(false);
    expect(hasPlace({ url: '/' }, 'body', '/x')).toBe(true);
    expect(hasPlace({ url: '/', body: 'text' }, 'body', '/x')).toBe(false);
    expect(hasPlace({ url: '/' }, 'params', 'x')).toBe(true);
    expect(hasPlace({ url: '/' }, 'headers', 'x')).toBe(true);
  });
});
