import fc from 'fast-check';

import { hashContent } from '../../lib/protocol/content-hash';

describe('hashContent', () => {
  it('is the same for values whose JSON text is the same, and another for all others', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
        const copy: unknown = JSON.parse(a);
        expect(hashContent(copy)).toBe(hashContent(JSON.parse(JSON.stringify(copy))));
        expect(hashContent(copy) === hashContent(JSON.parse(b))).toBe(a === b);
      }),
    );
  });

  it('keeps 4 characters, and tells 300,000 values apart', () => {
    const seen = new Set<string | undefined>();
    for (let at = 0; at < 100_000; at++) {
      seen.add(hashContent([{ id: at, name: 'n' }]));
      seen.add(hashContent(`https://api.example.com/v1/users?page=${String(at)}`));
      seen.add(hashContent({ [`k${String(at)}`]: 1 }));
    }
    expect(seen.size).toBe(300_000);
    expect([...seen].every((hash) => hash?.length === 4)).toBe(true);
  });

  it('tells apart what differs in kind, place or the last bit only', () => {
    const values = [
      ...['', '\0', '\0\0', 'ab', 'ba', 'abcd', 'abce', 'abcde', 'abcdf', '1', 'null', 'true'],
      ...[0, 1, -1, 2 ** 32 - 1, 2 ** 32, -(2 ** 32), 2 ** 53 - 1, 0.5, 1e300, null, true, false],
      ...[[], {}, [[]], [{}], { a: 1 }, { a: '1' }, { a: 1, b: 2 }, { b: 2, a: 1 }, { a: [1, 2] }],
      ...[[1, 2], [12], ['1', 2], ['12'], [['a'], 'b'], ['a', ['b']], { a: { b: 1 } }],
      ...[[{ a: 1 }, { b: 2 }], [{ a: 1, b: 2 }], { ab: 'c' }, { a: 'bc' }],
    ];
    expect(new Set(values.map((value) => hashContent(value))).size).toBe(values.length);
  });

  it('spreads texts that differ in the high bits of their characters only', () => {
    const seen = new Set<string>();
    for (let at = 0; at < 65_536; at++) {
      const units = Array.from({ length: 16 }, (_, bit) => 0x61 | (((at >> bit) & 1) << 15));
      seen.add(hashContent(String.fromCharCode(...units)));
    }
    expect(seen.size).toBe(65_536);
  });

  it.each([
    ['ASCII', 'x'],
    ['other', 'ж'],
    ['mixed', 'xж'],
  ])('tells long %s texts apart by any single character, and by their length', (_, filling) => {
    for (const length of [64, 65, 127, 4096, 4097, 8300]) {
      const text = filling.repeat(length).slice(0, length);
      const seen = new Set([
        hashContent(text),
        hashContent(text.slice(1)),
        hashContent(`${text}\0`),
      ]);
      const places =
        length < 200
          ? Array.from(text, (_letter, at) => at)
          : [0, 1, 4094, 4095, length - 2, length - 1];
      const others = [...places].filter((at, nth, all) => all.indexOf(at) === nth);
      for (const at of others) seen.add(hashContent(`${text.slice(0, at)}y${text.slice(at + 1)}`));
      seen.add(hashContent(`${text.slice(0, -1)}\uD800`));
      seen.add(hashContent(`${text.slice(0, -1)}\uD801`));
      expect(seen.size).toBe(others.length + 5);
    }
  });

  it('depends on nothing that was hashed before', () => {
    const text = 'y'.repeat(66);
    const before = hashContent(text);
    hashContent('z'.repeat(5000));
    expect(hashContent(text)).toBe(before);
  });

  it('leaves what is no plain JSON to others', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    const values = [new Date(0), new Map(), 1n, { toJSON: () => 1 }, Symbol('s'), () => 1, loop];
    expect(values.map((value) => hashContent([value]))).toEqual(values.map(() => undefined));
  });
});
