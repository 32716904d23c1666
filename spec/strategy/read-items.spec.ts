import { readItems } from '../../lib/strategy/read-items';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

describe('readItems', () => {
  it('gives the array at the pointer, the very same', () => {
    const reply = replyOf({ data: { rows: [1, null, 'x'] } });
    expect(readItems(reply, '/data/rows')).toEqual([1, null, 'x']);
    const items = [{ id: 1 }];
    expect(readItems(replyOf(null), () => items)).toBe(items);
    expect(readItems(replyOf([1]), '')).toEqual([1]);
  });

  it.each<[unknown, string]>([
    [{ data: null }, 'null'],
    [{ data: {} }, 'an object'],
    [{ data: 'none' }, 'a string'],
    [{ data: 0 }, 'a number'],
    [{ data: false }, 'a boolean'],
    [{}, 'nothing'],
    [null, 'nothing'],
    ['text', 'nothing'],
    [undefined, 'nothing'],
    [{ data: { length: 0 } }, 'an object'],
  ])('names pointer and found type for %j, and never assumes zero items', (body, found) => {
    expect(errorOf(() => readItems(replyOf(body), '/data'))).toEqual({
      code: 'BAD_SHAPE',
      message: `Expected an array of items at /data, found ${found}`,
    });
  });

  it('does not show what it found', () => {
    const { message } = errorOf(() => readItems(replyOf({ data: 'secret' }), '/data'));
    expect(message).not.toContain('secret');
  });

  it('reads missing items as none only where something else shows a page', () => {
    const read = (body: unknown) => readItems(replyOf(body), '/data', { emptyWith: '/total' });
    expect(read({ total: 0 })).toEqual([]);
    expect(read({ total: 0, data: [1] })).toEqual([1]);
    for (const body of [{}, { total: null }, { total: 0, data: null }, null, []]) {
      expect(errorOf(() => read(body)).code).toBe('BAD_SHAPE');
    }
  });

  it('reads null as no items only where told so', () => {
    expect(readItems(replyOf({ data: null }), '/data', { nullIsEmpty: true })).toEqual([]);
    const missing = () => readItems(replyOf({}), '/data', { nullIsEmpty: true });
    expect(errorOf(missing).code).toBe('BAD_SHAPE');
  });

  it('reads listed statuses as pages without items', () => {
    const reply = replyOf(undefined, { status: 204 });
    expect(readItems(reply, '/data', { emptyStatuses: [204] })).toEqual([]);
    expect(errorOf(() => readItems(reply, '/data', { emptyStatuses: [205] })).code).toBe(
      'BAD_SHAPE',
    );
  });

  describe('without a selector', () => {
    const find = (body: unknown) => readItems(replyOf(body), undefined);

    it('takes the body if it is an array, of anything', () => {
      expect(find([1, 'a'])).toEqual([1, 'a']);
      expect(find([])).toEqual([]);
    });

    it('takes the one array of records, empty or not', () => {
      expect(find({ total: 2, users: [{ id: 1 }], tags: ['a'], rows: [[1]] })).toEqual([{ id: 1 }]);
      expect(find({ users: [], next: null })).toEqual([]);
    });

    it('names the candidates if there are several', () => {
      const { code, message } = errorOf(() => find({ data: [{ id: 1 }], included: [], x: 1 }));
      expect(code).toBe('BAD_SHAPE');
      expect(message).toContain('found "data", "included"');
    });

    it('names the properties if there is none', () => {
      const { code, message } = errorOf(() => find({ ids: [1, 2], data: { rows: [] } }));
      expect(code).toBe('BAD_SHAPE');
      expect(message).toContain('"ids", "data"');
    });

    it.each([
      [null, 'null'],
      [undefined, 'nothing'],
      ['<html>', 'a string'],
      [7, 'a number'],
    ])('refuses a body that is %p', (body, found) => {
      expect(errorOf(() => find(body))).toEqual({
        code: 'BAD_SHAPE',
        message: `Expected an array of items in the body, found ${found}`,
      });
    });

    it('says all there is to say, and no more', () => {
      const message = (body: unknown) => errorOf(() => find(body)).message;
      const expected = 'Expected one array of records in the body, ';
      const advice = "; name the right one with the option 'items'";
      expect(message({ a: [{ id: 1 }], b: [{ id: 2 }], n: 1 })).toBe(
        `${expected}found "a", "b"${advice}`,
      );
      expect(message({ n: 1, texts: ['a'] })).toBe(
        `${expected}found none among its properties "n", "texts"${advice}`,
      );
      const names = Array.from({ length: 21 }, (_, at) => String(at) + 'x'.repeat(50));
      const shown = names.slice(0, 20).map((name) => `"${name.slice(0, 40)}"`);
      expect(message(Object.fromEntries(names.map((name) => [name, 1])))).toBe(
        `${expected}found none among its properties ${shown.join(', ')}${advice}`,
      );
      const arrays = Object.fromEntries(names.map((name) => [name, [{}]]));
      expect(message(arrays)).toBe(`${expected}found ${shown.join(', ')}${advice}`);
    });

    it('takes an array for one of records only where each is an object', () => {
      expect(find({ nulls: [null], users: [{ id: 1 }] })).toEqual([{ id: 1 }]);
      expect(find({ some: [{ id: 1 }, 5], users: [{ id: 2 }] })).toEqual([{ id: 2 }]);
    });

    it('looks at own properties only', () => {
      const body: unknown = Object.create({ data: [{ id: 1 }] });
      expect(errorOf(() => find(body)).code).toBe('BAD_SHAPE');
    });
  });
});

describe('the place of items that are none', () => {
  it.each([
    ['', 'the root of the body'],
    ['/data', '/data'],
    [() => 7 as never, 'fn'],
  ])('is told: %p', (selector, place) => {
    const { message } = errorOf(() => readItems(replyOf({ data: 7 }), selector));
    expect(message).toMatch(new RegExp(`^Expected an array of items at ${place}, found an? `));
  });
});
