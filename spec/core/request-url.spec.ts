import fc from 'fast-check';

import { requestUrl } from '../../lib/core/request-url';
import { anyCharacter } from '../support/any-character';
import { deepFreeze } from '../support/deep-freeze';

describe('requestUrl', () => {
  it.each([
    ['https://h/api', '/users', 'https://h/api/users'],
    ['https://h/api/', 'users', 'https://h/api/users'],
    ['https://h/api//', '//cdn.example/x', '//cdn.example/x'],
    ['https://h/api?key=1#x', 'users?a=1', 'https://h/api/users?a=1'],
    ['https://h/api', '', 'https://h/api'],
    ['https://h/api', '?a=1', 'https://h/api?a=1'],
    ['https://h/api', 'https://other/x', 'https://other/x'],
    ['https://h/api', 'HTTP://other/x?u=//y', 'HTTP://other/x?u=//y'],
    [undefined, '/users?a=1#x', '/users?a=1'],
  ])('joins %s and %s', (base, url, want) => {
    expect(requestUrl({ url }, base)).toBe(want);
  });

  it('joins each base with each path, whichever were joined before', () => {
    const joined = ['/users', '/users', '/items'].flatMap((url) =>
      ['https://h/a', 'https://h/b', 'https://h/b'].map((base) => requestUrl({ url }, base)),
    );
    const [users, items] = ['users', 'items'].map((name) =>
      ['a', 'b', 'b'].map((folder) => `https://h/${folder}/${name}`),
    );
    expect(joined).toEqual([...(users ?? []), ...(users ?? []), ...(items ?? [])]);
  });

  it('appends parameters after those of the URL, which keep their bytes', () => {
    const request = deepFreeze({
      url: '/a?x=%27+1&y#f',
      params: { b: 1, a: ['p', 'q'], t: true, z: 0, e: '', none: null, no: undefined, list: [] },
    });
    expect(requestUrl(request)).toBe('/a?x=%27+1&y&b=1&a=p&a=q&t=true&z=0&e=');
  });

  it('leaves JSON in a query as it is, which names no value of the path', () => {
    const url = '/a?filter={"a":{"b":1}}&w={"c":"{}"}';
    expect(requestUrl({ url })).toBe(url);
    expect(requestUrl({ url: '/{x}?filter={"x":1}', path: { x: 2 } })).toBe('/2?filter={"x":1}');
  });

  it('fills in path values as one segment each', () => {
    const request = { url: '/{a}/x/{b}?q={a}', path: { a: 'x/y?#', b: ['1', '2'] } };
    expect(requestUrl(request)).toBe('/x%2Fy%3F%23/x/1,2?q=x%2Fy%3F%23');
  });

  it.each(['missing', '__proto__', 'constructor'])(
    'throws a TypeError for a path value that is not given: %s',
    (name) => {
      expect(() => requestUrl({ url: `/{${name}}` })).toThrow(TypeError);
      expect(() => requestUrl({ url: `/{${name}}`, path: { other: 1 } })).toThrow(name);
    },
  );

  it('encodes any text so that the URL standard reads it back, byte for byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const url = requestUrl({ url: 'https://h.example/a', params: { [text]: text } });
        expect(url).toMatch(/^[\x21-\x7e]+$/);
        expect([...new URL(url).searchParams]).toEqual([[text, text]]);
        expect(new URL(url).href).toBe(url);
      }),
    );
  });
});

describe('requestUrl of what is none', () => {
  it.each<readonly [unknown, unknown, string]>([
    [undefined, undefined, 'requestUrl: expected a request { url, ... }, got undefined'],
    ['/a', undefined, 'requestUrl: expected a request { url, ... }, got "/a"'],
    [{ url: 5 }, undefined, 'requestUrl: expected a request { url, ... }, got an object'],
    [{ url: '/a' }, null, 'requestUrl: the base must be a string, got null'],
    [
      { url: '/a', params: { since: new Date(0) } },
      undefined,
      "requestUrl: the parameter 'since' must be a string, a number, true or false, or an array of these, got an object",
    ],
    [
      { url: '/{a}', path: { a: {} } },
      undefined,
      "requestUrl: the path value 'a' must be a string, a number, true or false, or an array of these, got an object",
    ],
  ])('says so of %p with the base %p', (request, base, message) => {
    expect(() => requestUrl(request as never, base as never)).toThrow(new TypeError(message));
  });
});
