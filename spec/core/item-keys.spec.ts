import { isItemKey, keyReader } from '../../lib/core/item-keys';
import { errorOf } from '../support/error-of';

describe('keyReader', () => {
  it('reads the key at a pointer, or as a function gives it', () => {
    expect(keyReader('/id')({ id: 'a' }, 0)).toBe('"a');
    expect(keyReader('/a/0')({ a: [7] }, 0)).toBe('7');
    expect(keyReader('')('x', 0)).toBe('"x');
    expect(keyReader((item: { n: number }) => item.n + 1)({ n: -1 }, 0)).toBe('0');
  });

  it('tells a number from the text of its digits, and takes the empty text', () => {
    const read = keyReader('');
    expect([7, '7', '', 0, -0.5].map((item) => read(item, 0))).toEqual(['7', '"7', '"', '0', '-0.5']); // prettier-ignore
  });

  it.each([undefined, null, true, {}, ['a'], NaN, Infinity])(
    'errors with BAD_SHAPE where the key is %p',
    (id) => {
      const message = (where: string) =>
        `Item 3 of the page has no key${where}: expected a string or a number`;
      const cases = [
        [() => keyReader('/id')({ id }, 3), ' at /id'],
        [() => keyReader('')(id, 3), ' at its root'],
        [() => keyReader(() => id as never)({}, 3), ''],
      ] as const;
      for (const [read, where] of cases) {
        expect(errorOf(read)).toMatchObject({ code: 'BAD_SHAPE', message: message(where) });
      }
    },
  );

  it('reads own properties only', () => {
    expect(errorOf(() => keyReader('/constructor/name')({}, 0)).code).toBe('BAD_SHAPE');
  });
});

describe('isItemKey', () => {
  it('takes pointers and functions', () => {
    expect(['', '/id', '/a~1b', () => 1].map(isItemKey)).toEqual(Array(4).fill(undefined));
    const expected = 'a JSON pointer, empty or beginning with "/", or a function';
    expect(['id', '/~', 1, null, {}].map(isItemKey)).toEqual(Array(5).fill(expected));
  });
});
