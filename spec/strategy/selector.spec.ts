import {
  isPointer,
  isSelector,
  lastItem,
  select,
  selectorLabel,
} from '../../lib/strategy/selector';
import { replyOf } from '../support/reply-of';

describe('select', () => {
  const reply = replyOf(
    { data: [1], 'a/b': { '': 0 }, none: null },
    { headers: { 'x-next': 'k2', 'x-total~count': '7' } },
  );

  it.each<[string, unknown]>([
    ['/data', [1]],
    ['/a~1b/', 0],
    ['/none', null],
    ['/missing', undefined],
    ['/__proto__', undefined],
    ['', reply.body],
    ['$response.body', reply.body],
    ['$response.body#', reply.body],
    ['$response.body#/data/0', 1],
    ['$response.headers#/X-Next', 'k2'],
    ['$response.header#/x-next', 'k2'],
    ['$response.headers#/X-Total~0Count', '7'],
    ['$response.headers#/constructor', undefined],
    ['$response.headers#/x-missing', undefined],
  ])('reads %s', (selector, value) => {
    expect(select(reply, selector)).toEqual(value);
  });

  it('calls a function with the reply and the items', () => {
    const items = [1, 2];
    expect(select(reply, (...all) => all, items)).toEqual([reply, items]);
    expect(select(reply, (...all) => all)).toEqual([reply, []]);
  });

  it.each(['$response.headers#', '$response.headers#/', '$response.headers#/a/b'])(
    'throws a TypeError for %s, which names no header',
    (selector) => {
      const read = () => select(reply, selector);
      expect(read).toThrow(TypeError);
      expect(read).toThrow(`Expected a header's name after "#/", got "${selector}"`);
    },
  );

  it('reads each of a thousand selectors', () => {
    const rows = Array.from({ length: 1000 }, (_, at) => at);
    const read = () => rows.map((row) => select(replyOf({ rows }), `/rows/${String(row)}`));
    expect(read()).toEqual(rows);
    expect(read()).toEqual(rows);
  });
});

describe('lastItem', () => {
  it('takes the value at the pointer of the last item', () => {
    const items = [{ id: 1 }, { id: 0 }];
    expect(select(replyOf(null), lastItem('/id'), items)).toBe(0);
    expect(select(replyOf(null), lastItem(''), items)).toBe(items[1]);
  });

  it('gives nothing without items or without the member', () => {
    expect(select(replyOf(null), lastItem('/id'), [])).toBeUndefined();
    expect(select(replyOf(null), lastItem('/id'), [{ id: 1 }, {}])).toBeUndefined();
    expect(select(replyOf(null), lastItem('/constructor'), [{}])).toBeUndefined();
  });

  it('throws a TypeError for a malformed pointer', () => {
    expect(() => lastItem('id')).toThrow(TypeError);
  });
});

describe('isSelector', () => {
  it.each(['', '/a', '$response.body', '$response.body#/a', '$response.headers#/x', () => 1])(
    'takes %p',
    (selector) => {
      expect(isSelector(selector)).toBeUndefined();
    },
  );

  it.each([
    'a',
    '/~2',
    '$response',
    '$response.bodyx',
    '$response.body/a',
    '$response.headers',
    '$response.headers#',
    '$response.headers#/',
    '$response.headers#/a/b',
    '$response.status',
    '$request.query#/a',
    1,
    null,
    {},
  ])('refuses %p and says what is expected', (selector) => {
    expect(isSelector(selector)).toContain('JSON pointer');
  });
});

describe('isPointer', () => {
  it('takes pointers, and nothing else that a selector may be', () => {
    expect(['', '/a', '/a~1b/0'].map(isPointer)).toEqual([undefined, undefined, undefined]);
    const expected = 'a JSON pointer, empty or beginning with "/"';
    const others = ['a', '/~2', '$response.body#/a', () => 1, 1, null, undefined, ['/a']];
    expect(others.map(isPointer)).toEqual(others.map(() => expected));
  });
});

describe('selectorLabel', () => {
  it('shows pointers, and of functions only their label', () => {
    expect(selectorLabel('/a')).toBe('/a');
    expect(selectorLabel(lastItem('/id'))).toBe('lastItem(/id)');
    expect(selectorLabel(() => 'secret')).toBe('fn');
    expect(selectorLabel(undefined)).toBeUndefined();
  });
});
