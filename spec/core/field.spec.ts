import { field } from '../../lib/core/field';

describe('field', () => {
  it('reads objects and functions, and nothing of other values', () => {
    expect(field({ a: 0 }, 'a')).toBe(0);
    expect(field({ a: null }, 'a')).toBeNull();
    expect(
      field(
        Object.assign(() => 1, { a: 'b' }),
        'a',
      ),
    ).toBe('b');
    expect(field(new Error('inherited'), 'name')).toBe('Error');
    for (const value of ['text', 5, true, null, undefined, Symbol('s')]) {
      expect(field(value, 'length')).toBeUndefined();
      expect(field(value, 'constructor')).toBeUndefined();
    }
  });

  it('takes a getter that throws for nothing', () => {
    const thrower = { get a() { throw new Error('no'); } }; // prettier-ignore
    expect(field(thrower, 'a')).toBeUndefined();
  });
});
