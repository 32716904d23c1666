import fc from 'fast-check';
import jsonpointer from 'jsonpointer';

import { parsePointer, resolvePointer, setAtPointer } from '../../lib/protocol/json-pointer';
import { deepFreeze } from '../support/deep-freeze';
import { pollution } from '../support/polluted';

const HOSTILE = ['__proto__', 'constructor', 'prototype', 'toString', 'length'];

describe('resolvePointer', () => {
  // The document and table of RFC 6901 section 5.
  const rfc = deepFreeze({
    foo: ['bar', 'baz'],
    '': 0,
    'a/b': 1,
    'c%d': 2,
    'e^f': 3,
    'g|h': 4,
    'i\\j': 5,
    'k"l': 6,
    ' ': 7,
    'm~n': 8,
  });

  it.each<[string, unknown]>([
    ['', rfc],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('finds what RFC 6901 says at %j', (pointer, value) => {
    expect(resolvePointer(rfc, pointer)).toEqual({ found: true, value });
  });

  it('decodes ~1 before ~0, so that ~01 is the name ~1', () => {
    expect(resolvePointer({ '~1': 'a', '/': 'b' }, '/~01')).toEqual({ found: true, value: 'a' });
  });

  it.each([
    ['a leading zero', '/foo/00'],
    ['the place after the last', '/foo/-'],
    ['a place past the end', '/foo/2'],
    ['a negative index', '/foo/-1'],
    ['a name of an array', '/foo/length'],
    ['a missing member', '/bar'],
    ['a member of a string', '/foo/0/length'],
    ['a member of a missing member', '/x/y'],
  ])('does not resolve %s', (_, pointer) => {
    expect(resolvePointer(rfc, pointer)).toEqual({ found: false });
  });

  it('tells a member that is null or undefined from a missing one', () => {
    expect(resolvePointer({ a: null }, '/a')).toEqual({ found: true, value: null });
    expect(resolvePointer({ a: undefined }, '/a')).toEqual({ found: true, value: undefined });
    expect(resolvePointer({ a: null }, '/a/b')).toEqual({ found: false });
    expect(resolvePointer(undefined, '/a')).toEqual({ found: false });
  });

  it.each(HOSTILE)('takes %s for a name like any other', (name) => {
    expect(resolvePointer({ a: {} }, `/a/${name}`)).toEqual({ found: false });
    const own: unknown = JSON.parse(`{"${name}":{"b":1}}`);
    expect(resolvePointer(own, `/${name}/b`)).toEqual({ found: true, value: 1 });
  });

  it('finds what the library jsonpointer finds', () => {
    const key = fc.constantFrom('a', 'b', 'a/b', 'm~n', '~1', '', '0', '1', ' ');
    const document = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(1, 'x', true, null),
        fc.dictionary(key, tie('any'), { maxKeys: 4 }),
        fc.array(tie('any'), { maxLength: 3 }),
      ),
    })).any;
    const object = fc.dictionary(key, document, { minKeys: 1, maxKeys: 5 });
    let hits = 0;
    fc.assert(
      fc.property(object, fc.array(key, { minLength: 1, maxLength: 4 }), (value, path) => {
        const pointer = path
          .map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
          .join('');
        const found = resolvePointer(value, pointer);
        expect(found.found ? found.value : undefined).toBe(jsonpointer.get(value, pointer));
        if (found.found) hits++;
      }),
      { numRuns: 1000 },
    );
    expect(hits).toBeGreaterThan(50); // else nothing was compared
  });
});

describe('parsePointer', () => {
  it.each(['a', 'a/b', '#/a', '/~', '/a~2', '/~~1', ' /a'])('refuses %j', (pointer) => {
    expect(() => parsePointer(pointer)).toThrow(TypeError);
    expect(() => parsePointer(pointer)).toThrow(JSON.stringify(pointer));
  });

  it('splits and decodes 2,000 arbitrary texts, or throws a TypeError', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '~', '0', '1', 'a', '-', '_') }),
        (text) => {
          try {
            const tokens = parsePointer(text);
            const encoded = tokens
              .map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`)
              .join('');
            expect(encoded).toBe(text);
          } catch (error) {
            expect(error).toBeInstanceOf(TypeError);
            expect(text === '' || (text.startsWith('/') && !/~(?![01])/.test(text))).toBe(false);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('setAtPointer', () => {
  it('copies along the way and shares the rest', () => {
    const document = deepFreeze({ page: { after: 'a', size: 2 }, filter: { name: 'x' } });
    const set = setAtPointer(document, '/page/after', 'b');
    expect(set).toEqual({
      ok: true,
      document: { page: { after: 'b', size: 2 }, filter: { name: 'x' } },
    });
    const copy = set.ok ? set.document : undefined;
    expect(copy).toHaveProperty('filter', document.filter);
    expect(resolvePointer(copy, '/filter')).toEqual({ found: true, value: document.filter });
    expect((copy as typeof document).filter).toBe(document.filter);
  });

  it.each<[string, unknown, string, unknown]>([
    ['the whole document', { a: 1 }, '', 2],
    ['a new member', { a: 1 }, '/b', { a: 1, b: 2 }],
    ['a place in an array', { a: [1, 3] }, '/a/1', { a: [1, 2] }],
    ['the place after the last of an array', [1], '/1', [1, 2]],
    ['a member below an array', [{ a: 1 }], '/0/a', [{ a: 2 }]],
  ])('sets %s', (_, document, pointer, want) => {
    expect(setAtPointer(deepFreeze(document), pointer, 2)).toEqual({ ok: true, document: want });
  });

  it.each<[unknown, string, string]>([
    [{ a: {} }, '/a/b/c', '/a/b'],
    [{ a: 1 }, '/a/b', '/a'],
    [{ a: null }, '/a/b', '/a'],
    [undefined, '/a', ''],
    ['text', '/a', ''],
    [[1], '/2', ''],
    [[1], '/-', ''],
    [[1], '/01', ''],
    [{}, '/constructor/name', '/constructor'],
    [{}, '/__proto__/polluted', '/__proto__'],
    [{}, '/m~0n~1o/p', '/m~0n~1o'],
  ])('says which parent is missing in %j for %s', (document, pointer, missing) => {
    expect(setAtPointer(deepFreeze(document), pointer, 2)).toEqual({ ok: false, missing });
    expect(pollution()).toEqual([]);
  });

  it('sets __proto__ as an own member and leaves prototypes alone', () => {
    const set = setAtPointer({ a: 1 }, '/__proto__', { polluted: true });
    const copy = set.ok ? set.document : undefined;
    expect(JSON.stringify(copy)).toBe('{"a":1,"__proto__":{"polluted":true}}');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);

    const own: unknown = JSON.parse('{"__proto__":{"a":1}}');
    const below = setAtPointer(own, '/__proto__/b', 2);
    expect(JSON.stringify(below.ok && below.document)).toBe('{"__proto__":{"a":1,"b":2}}');
    expect(pollution()).toEqual([]);
  });

  it('leads to what was set and changes nothing else, for 2,000 pointers', () => {
    const name = fc.constantFrom('a', 'b', '0', '1', '-', '', ...HOSTILE);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.array(name), (document, path) => {
        const pointer = path.map((token) => `/${token}`).join('');
        const text = JSON.stringify(document);
        const set = setAtPointer(deepFreeze(document), pointer, 'set');
        expect(JSON.stringify(document)).toBe(text);
        if (set.ok) {
          expect(resolvePointer(set.document, pointer)).toEqual({ found: true, value: 'set' });
        }
        expect(pollution()).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
