import {
  checkOptions,
  describe as shortForm,
  isCap,
  isCount,
  isDuration,
  isFlag,
  isFunction,
  isOneOf,
  isText,
  isWhole,
} from '../../lib/core/check-options';

const checks = { size: isCount, name: isText };
const check = (options: unknown) => () => {
  checkOptions('someList', options, checks);
};

describe('checkOptions', () => {
  it.each([
    undefined,
    {},
    { size: 1 },
    { size: 1, name: '' },
    { size: undefined, name: undefined },
  ])('takes %j', (options) => {
    expect(check(options)).not.toThrow();
  });

  it.each([
    [null, 'someList: expected an object of options, got null'],
    ['size', 'someList: expected an object of options, got "size"'],
    [7, 'someList: expected an object of options, got 7'],
    [[1, 2], 'someList: expected an object of options, got an array of 2'],
    [() => 1, 'someList: expected an object of options, got a function'],
    [{ sise: 1 }, "someList: unknown option 'sise'; the options are size, name"],
    [{ sise: undefined }, "someList: unknown option 'sise'; the options are size, name"],
    [{ toString: 1 }, "someList: unknown option 'toString'; the options are size, name"],
    [{ size: 0 }, "someList: option 'size' must be a whole number, 1 or more, got 0"],
    [{ size: 1, name: null }, "someList: option 'name' must be a string, got null"],
  ])('refuses %j and says what came', (options, message) => {
    expect(check(options)).toThrow(new TypeError(message));
  });
});

describe('the short form of a value', () => {
  const long = 'x'.repeat(40);

  it.each<[unknown, string]>([
    ['', '""'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    [long, `"${long}"`],
    [`${long}y`, `"${long}…"`],
    [() => 1, 'a function'],
    [Symbol('s'), 'Symbol(s)'],
    [12n, '12'],
    [[], 'an array of 0'],
    [[1, [2]], 'an array of 2'],
    [{ toString: () => 'secret' }, 'an object'],
    [null, 'null'],
    [undefined, 'undefined'],
    [-0.5, '-0.5'],
    [NaN, 'NaN'],
    [false, 'false'],
  ])('of %p is %s', (value, text) => {
    expect(shortForm(value)).toBe(text);
  });
});

describe('checks of one option', () => {
  const values = [-1, 0, 1, 1.5, 2 ** 53, Infinity, NaN, '1', '', true, null, undefined, () => 1];
  const taken = (one: (value: unknown) => string | undefined) =>
    values.filter((value) => one(value) === undefined);

  it('take what they name and nothing else', () => {
    expect(taken(isWhole)).toEqual([0, 1]);
    expect(taken(isCount)).toEqual([1]);
    expect(taken(isCap)).toEqual([0, 1, Infinity]);
    expect(taken(isDuration)).toEqual([1, 1.5, 2 ** 53, Infinity]);
    expect(taken(isText)).toEqual(['1', '']);
    expect(taken(isFlag)).toEqual([true]);
    expect(taken(isFunction)).toEqual([values.at(-1)]);
    expect(taken(isOneOf('1', '2'))).toEqual(['1']);
  });

  it('say what is expected', () => {
    const all = [isWhole, isCount, isCap, isDuration, isText, isFlag, isFunction];
    expect(all.map((one) => one({}))).toEqual([
      'a whole number, 0 or more',
      'a whole number, 1 or more',
      'a whole number, 0 or more, or Infinity',
      'milliseconds above 0, or Infinity',
      'a string',
      'true or false',
      'a function',
    ]);
    expect(isOneOf('end', 'continue')(1)).toBe("'end' or 'continue'");
  });
});
