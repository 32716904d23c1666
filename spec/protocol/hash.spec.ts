import { hashText } from '../../lib/protocol/hash';

describe('hashText', () => {
  it('gives 16 hexadecimal digits, the same for the same text', () => {
    for (const text of ['', 'a', 'é😀', 'x'.repeat(10_000)]) {
      expect(hashText(text)).toMatch(/^[\da-f]{16}$/);
      expect(hashText(text)).toBe(hashText(` ${text}`.slice(1)));
    }
  });

  it('tells 200,000 texts apart, in each half too as far as 32 bits can', () => {
    const whole = new Set<string>();
    const left = new Set<string>();
    const right = new Set<string>();
    for (let i = 0; i < 50_000; i++) {
      const url = `https://api.example.com/v1/users?page=${String(i)}&limit=100`;
      const item = `{"id":${String(i)},"name":"n"}`;
      for (const text of [String(i), url, item, `${'0'.repeat(i % 7)}/${String(i)}`]) {
        const hash = hashText(text);
        whole.add(hash);
        left.add(hash.slice(0, 8));
        right.add(hash.slice(8));
      }
    }
    expect(whole.size).toBe(200_000);
    // 32 bits collide 4.7 times among 200,000 by chance; 25 is beyond any chance.
    expect(left.size).toBeGreaterThan(200_000 - 25);
    expect(right.size).toBeGreaterThan(200_000 - 25);
  });

  it('changes about half of its bits with any single bit of the text', () => {
    const base = 'https://api.example.com/v1/users?cursor=eyJpZCI6MTB9';
    const before = BigInt(`0x${hashText(base)}`);
    let changed = 0;
    let count = 0;
    for (let at = 0; at < base.length; at++) {
      for (let bit = 0; bit < 16; bit++) {
        const unit = String.fromCharCode(base.charCodeAt(at) ^ (1 << bit));
        const after = BigInt(`0x${hashText(base.slice(0, at) + unit + base.slice(at + 1))}`);
        const bits = (before ^ after).toString(2).replaceAll('0', '').length;
        expect(bits).toBeGreaterThan(8);
        changed += bits;
        count++;
      }
    }
    expect(changed / count).toBeGreaterThan(31);
    expect(changed / count).toBeLessThan(33);
  });

  it('spreads texts that differ in the high bits of their characters only', () => {
    const left = new Set<string>();
    const right = new Set<string>();
    for (let i = 0; i < 65_536; i++) {
      const units = Array.from({ length: 16 }, (_, at) => 0x61 | (((i >> at) & 1) << 15));
      const hash = hashText(String.fromCharCode(...units));
      left.add(hash.slice(0, 8));
      right.add(hash.slice(8));
    }
    expect(left.size).toBeGreaterThan(65_536 - 10);
    expect(right.size).toBeGreaterThan(65_536 - 10);
  });

  it('tells apart texts that differ in length, order and zero characters', () => {
    const texts = ['', '\0', '\0\0', 'ab', 'ba', 'a\0b', 'ab\0', '\0ab', 'aab', 'abb'];
    expect(new Set(texts.map(hashText)).size).toBe(texts.length);
  });
});
