import { isJson, readFlag, readWhole } from '../../lib/strategy/read-values';

describe('readWhole', () => {
  it.each<[unknown, number]>([
    [0, 0],
    [42, 42],
    ['42', 42],
    [' 7 ', 7],
    ['007', 7],
    ['0', 0],
  ])('reads %p', (value, number) => {
    expect(readWhole(value)).toBe(number);
  });

  it.each([
    -1,
    '-1',
    1.5,
    '1.5',
    NaN,
    'NaN',
    Infinity,
    2 ** 53,
    '9007199254740993',
    '',
    ' ',
    '1e3',
    '0x10',
    'many',
    null,
    undefined,
    true,
    [3],
    {},
  ])(
    // prettier-ignore
    'ignores %p',
    (value) => {
      expect(readWhole(value)).toBeUndefined();
    },
  );
});

describe('readFlag', () => {
  it('reads booleans and what headers write for them, nothing else', () => {
    expect([true, false, 'true', 'false'].map(readFlag)).toEqual([true, false, true, false]);
    expect(readFlag(1)).toBe(true);
    for (const value of [0, '', 'no', null, undefined, []]) {
      expect(readFlag(value)).toBeUndefined();
    }
  });
});

describe('isJson', () => {
  it('takes what JSON.parse gives and nothing else', () => {
    for (const value of [null, 0, '', false, [], {}, Object.create(null)]) {
      expect(isJson(value)).toBe(true);
    }
    for (const value of [undefined, NaN, Infinity, 1n, new Date(), new Map(), () => 1]) {
      expect(isJson(value)).toBe(false);
    }
  });
});
