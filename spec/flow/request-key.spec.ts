import fc from 'fast-check';

import type { PageRequest, ParamValue } from '../../lib/core/page-request';
import { RequestKeys } from '../../lib/flow/request-key';

const names = fc.constantFrom('a', 'b', 'cursor', 'n m', '__proto__', "q'", 'a[]');
const texts = fc.constantFrom('', '0', 'x', 'y', 'x y', 'x+y', 'a=b', 'a&b', "it's", 'ä', '%20');
const values: fc.Arbitrary<ParamValue> = fc.oneof(
  texts,
  fc.integer({ min: -1, max: 2 }),
  fc.constantFrom(null, undefined, true),
  fc.array(texts, { maxLength: 2 }),
);
const urls = fc.constantFrom('http://a.test/x', 'http://a.test/{p}', 'http://a.test/x?a=x&b=y');
const requests: fc.Arbitrary<PageRequest> = fc.record(
  {
    url: urls,
    path: fc.constant({ p: 'x' }),
    params: fc.dictionary(names, values, { maxKeys: 3, noNullPrototype: true }),
    headers: fc.constantFrom({ accept: 'x' }, { accept: 'y' }),
    body: fc.constantFrom({ a: 1 }, { a: 2 }, 'text', null),
    method: fc.constantFrom('GET', 'get', 'POST'),
  },
  { requiredKeys: ['url', 'path'] },
);

/** The key of a request without any before it. */
const keyOf = (request: PageRequest) => new RequestKeys().of(request);

describe('the key of a request', () => {
  it('is the same whatever requests came before', () => {
    fc.assert(
      fc.property(fc.array(requests, { minLength: 2, maxLength: 6 }), (walk) => {
        const keys = new RequestKeys();
        for (const request of walk) expect(keys.of(request)).toBe(keyOf(request));
      }),
    );
  });

  it.each([
    ['http://H.Test:80/x?b=1&a=2', 'http://h.test/x?a=2&b=1'],
    ['HTTPS://h.test:443', 'https://h.test/'],
    ['http://h.test?a=1', 'http://h.test/?a=1'],
    ['http://u:p@h.test/x', 'http://h.test/x'],
    ['http://h.test:8080/a//b/?x=//y/', 'http://H.test:8080/a//b/?x=//y/'],
  ])('is the same for %s and %s', (url, other) => {
    expect(keyOf({ url })).toBe(keyOf({ url: other }));
  });

  it('differs where anything else does, and for URLs without a host', () => {
    const urls = [
      ...['http://h.test/x', 'https://h.test/x', 'http://h.test:81/x', 'http://i.test/x'],
      ...['http://h.test/X', 'http://h.test/x/', 'http://h.test//x', '/x'],
      ...['x', '/y', '//h.test/x', 'pages:a', 'pages:b', 'http://h.test/a//b', 'http://h.test/a/b'],
    ];
    expect(new Set(urls.map((url) => keyOf({ url }))).size).toBe(urls.length);
  });

  it('is the same where nothing but a parameter differs from the one before', () => {
    fc.assert(
      fc.property(requests, fc.array(values, { minLength: 2, maxLength: 6 }), (first, cursors) => {
        const keys = new RequestKeys();
        for (const cursor of cursors) {
          const request = { ...first, params: { ...first.params, cursor } };
          expect(keys.of(request)).toBe(keyOf(request));
        }
      }),
    );
  });

  it.each<Partial<PageRequest>>([
    { url: 'http://a.test/{p}/y' },
    { path: { p: 'z' } },
    { method: 'POST' },
    { headers: { accept: 'y' } },
    { body: { a: 2 } },
  ])('is another where %j differs from the requests before', (difference) => {
    const before: PageRequest = {
      ...{ url: 'http://a.test/{p}', path: { p: 'x' }, method: 'GET' },
      ...{ params: { a: 1 }, headers: { accept: 'x' }, body: { a: 1 } },
    };
    const other = { ...before, ...difference };
    const keys = new RequestKeys();
    const known = [keys.of(before), keys.of(before), keys.of(other), keys.of(before)];
    expect(known).toEqual([keyOf(before), keyOf(before), keyOf(other), keyOf(before)]);
    expect(known[2]).not.toBe(known[0]);
  });

  it('is of what is asked for and not of how it is written', () => {
    const same: readonly PageRequest[] = [
      { url: 'http://a.test/x', params: { a: 1, b: 'y' } },
      { url: 'http://a.test/x', params: { b: 'y', a: '1', c: undefined } },
      { url: 'http://a.test/x?b=y&a=1' },
      { url: 'http://a.test/x?a=1', params: { b: 'y' } },
      { url: 'http://a.test/x?%61=1&b=y', method: 'get' },
    ];
    const keys = new RequestKeys();
    expect(new Set(same.map((request) => keys.of(request))).size).toBe(1);
    const other: readonly PageRequest[] = [
      { url: 'http://a.test/x', params: { a: 1 } },
      { url: 'http://a.test/x', params: { a: 2 } },
      { url: 'http://a.test/x', params: {} },
      { url: 'http://a.test/x', params: { a: [1, 2] } },
      { url: 'http://a.test/x', params: { a: [2, 1] } },
      { url: 'http://a.test/x', params: { a: 1 }, method: 'POST' },
      { url: 'http://a.test/x', params: { a: 1 }, headers: { accept: 'x' } },
      { url: 'http://a.test/x', params: { a: 1 }, body: {} },
      { url: 'http://a.test/y', params: { a: 1 } },
    ];
    expect(new Set(other.map((request) => keys.of(request))).size).toBe(other.length);
  });

  const keysOf = (...all: readonly PageRequest[]) => {
    const keys = new RequestKeys();
    return all.map((request) => keys.of(request));
  };

  it.each<[string, string]>([
    ['?b=1&a=2', '?a=2&b=1'],
    ['/x?b=1&a=2', '/x?a=2&b=1'],
    ['/x?b=1&%63=3&a=2', '/x?a=2&b=1&c=3'],
    ['/x?b=1&%63=3&a=2', '/x?%63=3&a=2&b=1'],
    ['/x?a=2&a=1&b', '/x?b&%61=2&a=1'],
    ['/x?%61=2&a=1', '/x?a=2&a=1'],
    ['/x?a1=1&a=2', '/x?a=2&a1=1'],
    ['/x?a-b=1&a=2', '/x?%61=2&a-b=1'],
  ])('is the same for %s and %s, as the order of names does not count', (one, other) => {
    expect(keyOf({ url: one })).toBe(keyOf({ url: other }));
  });

  it.each<[string, string]>([
    ['/x?a=2&a=1', '/x?a=1&a=2'],
    ['/x?a=2&b=0&a=1', '/x?a=1&b=0&a=2'],
    ['/x?%61=2&a=1', '/x?a=1&a=2'],
    ['/x?a=1&b=1', '/x?a=1b=1'],
    ['/x?a=%26b=1', '/x?a&b=1'],
    ['?a=1', '?a=2'],
  ])('is another for %s and %s, which ask for something else', (one, other) => {
    expect(keyOf({ url: one })).not.toBe(keyOf({ url: other }));
  });

  it('is that of the parameters in the URL, in whatever order they are given', () => {
    const url = 'http://a.test/x';
    const [first, second] = keysOf(
      { url, params: { b: 1, a: 2 } },
      { url, params: { a: 2, b: 1 } },
    );
    expect([first, second]).toEqual(Array(2).fill(keyOf({ url: `${url}?a=2&b=1` })));
    const left = keysOf({ url }, { url, params: { a: null } }, { url, params: { b: undefined } });
    expect(left).toEqual(Array(3).fill(keyOf({ url })));
  });

  it('is another for other headers without a body, and for another body without headers', () => {
    const url = '/x';
    const all = [
      { url, headers: { a: '1' } },
      { url, headers: { a: '2' } },
      { url, body: { a: '1' } },
      { url, body: { a: '2' } },
      { url },
    ];
    const keys = all.map(keyOf);
    expect(new Set(keys).size).toBe(all.length);
    expect(keysOf(...all)).toEqual(keys);
  });

  describe('is made of what is known where only parameters differ', () => {
    /** How often the rest of the request is read for each key. */
    const readsOf = (url: string, all: readonly PageRequest['params'][]) => {
      let reads = 0;
      const path = {
        get p() {
          reads++;
          return 'x';
        },
      };
      const keys = new RequestKeys();
      return all.map((params) => {
        reads = 0;
        keys.of({ url, path, ...(params !== undefined && { params }) });
        return reads;
      });
    };

    it.each<readonly [string, readonly PageRequest['params'][]]>([
      ['a text', ['a', 'b', 'c', 'd'].map((cursor) => ({ cursor }))],
      ['a number, beside others', [1, 2, 3, 4].map((page) => ({ size: 10, page, desc: true }))],
      ['nothing', [{ a: null }, { a: undefined }, {}, undefined]],
      ['another one', [{ a: 1 }, { b: 1 }, { 'a-b': '' }, { 'a.b': '~' }]],
    ])('%s', (_, all) => {
      expect(readsOf('http://a.test/{p}', all)).toEqual([1, 1, 0, 0]);
    });

    it.each<readonly [string, string, PageRequest['params']]>([
      ['the URL has a query of its own', 'http://a.test/{p}?a=1', { b: 1 }],
      ['a value can be written in more than one way', 'http://a.test/{p}', { b: 'x y' }],
      ['a name can', 'http://a.test/{p}', { 'b[]': 1 }],
      ['there are several values of a name', 'http://a.test/{p}', { b: ['x'] }],
    ])('but not where %s', (_, url, params) => {
      expect(readsOf(url, Array(4).fill(params)).slice(2)).toEqual([1, 1]);
    });
  });
});
