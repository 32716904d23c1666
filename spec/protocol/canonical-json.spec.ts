import fc from 'fast-check';

import { canonicalJson } from '../../lib/protocol/canonical-json';

describe('canonicalJson', () => {
  it('writes keys in one order, at every depth', () => {
    expect(canonicalJson({ b: 1, a: { d: [{ f: 1, e: 2 }], c: 3 } })).toBe(
      '{"a":{"c":3,"d":[{"e":2,"f":1}]},"b":1}',
    );
  });

  it.each<[string, unknown, string]>([
    ['leaves out undefined members', { a: undefined, b: null }, '{"b":null}'],
    ['writes null for undefined in arrays', [undefined, () => 1, Symbol('s')], '[null,null,null]'],
    ['writes null for holes', new Array(2), '[null,null]'],
    ['writes a bigint with suffix', { a: 12345678901234567890n }, '{"a":12345678901234567890n}'],
    ['honours toJSON', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['writes null for what is no number', [NaN, Infinity, -0], '[null,null,0]'],
    ['tells text from number', ['1', 1, '1n', 1n], '["1",1,"1n",1n]'],
    ['keeps __proto__', JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
    ['has a text for undefined', undefined, 'undefined'],
  ])('%s', (_, value, want) => {
    expect(canonicalJson(value)).toBe(want);
  });

  it('throws a TypeError for a value that holds itself, and takes one that is held twice', () => {
    const loop: unknown[] = [];
    loop.push({ loop });
    expect(() => canonicalJson(loop)).toThrow(TypeError);
    const twice = { a: 1 };
    expect(canonicalJson([twice, twice])).toBe('[{"a":1},{"a":1}]');
  });

  it('is JSON of the same value, whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(JSON.parse(canonicalJson(JSON.parse(text))))); // prettier-ignore
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
