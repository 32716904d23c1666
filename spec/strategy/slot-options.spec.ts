import { checkPlace, checkPosition, checkSlot } from '../../lib/strategy/slot-options';
import { errorOf } from '../support/error-of';

describe('checkSlot', () => {
  it('takes names, and pointers where the slot is in the body', () => {
    const check = (param: string, place: Parameters<typeof checkSlot>[3]) => () => {
      checkSlot('someList', 'param', param, place);
    };
    for (const place of ['params', 'path', 'headers'] as const) {
      expect(check('a', place)).not.toThrow();
      expect(check('', place)).toThrow(
        new TypeError(`someList: option 'param' must be a name, got ""`),
      );
    }
    expect(check('/a', 'body')).not.toThrow();
    expect(check('a', 'body')).toThrow(
      new TypeError(
        `someList: option 'param' must be a JSON pointer, empty or beginning with "/" where the slot is in the 'body', got "a"`,
      ),
    );
    expect(check('', 'body')).toThrow(
      new TypeError(
        `someList: option 'param' must be a name where the slot is in the 'body', got ""`,
      ),
    );
  });
});

describe('checkPlace', () => {
  it('says what is expected where the request has no place for the slot', () => {
    const check = (request: object, place: 'path' | 'body', param: string) => () => {
      checkPlace('someList', { url: '/items/{id}', ...request }, place, param);
    };
    expect(check({}, 'path', 'id')).not.toThrow();
    expect(check({}, 'path', 'page')).toThrow(
      new TypeError('someList: expected {page} in the URL of the request, got "/items/{id}"'),
    );
    expect(check({ body: {} }, 'body', '/page')).not.toThrow();
    expect(check({ body: [1] }, 'body', '/a/page')).toThrow(
      new TypeError('someList: expected a body with a place for /a/page, got an array of 1'),
    );
  });
});

describe('checkPosition', () => {
  it('takes whole numbers, as a token may come from anywhere', () => {
    expect([0, 7, 2 ** 53 - 1].map((one) => checkPosition('row', one))).toEqual([
      0,
      7,
      2 ** 53 - 1,
    ]);
    for (const [position, found] of [
      [-1, 'a number'],
      [0.5, 'a number'],
      ['7', 'a string'],
      [null, 'null'],
      [[7], 'an array'],
    ] as const) {
      expect(errorOf(() => checkPosition('row', position))).toEqual({
        code: 'CHECKPOINT_CORRUPT',
        message: `The position must be the whole number of a row, not ${found}`,
      });
    }
  });
});
