import { select, selectorLabel } from '../../lib/strategy/selector';
import { isSelectorCall, isSelectorData, selectorOf } from '../../lib/strategy/selector-of';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

const NAMES = 'lastItem, linkIn, not, unless, when, listIn, joined, plus, members, contentRange';
const EXPECTED = `Expected a pointer or an object such as { lastItem: '/id' } of one of ${NAMES}, got `;

/** As many calls of `not` around a pointer. */
function nested(calls: number): unknown {
  let data: unknown = '/a';
  for (let depth = 0; depth < calls; depth++) data = { not: data };
  return data;
}

describe('selectorOf', () => {
  it.each<[unknown, string]>([
    ['/a', '/a'],
    ['', ''],
    ['$response.headers#/x', '$response.headers#/x'],
    [{ lastItem: '/id' }, 'lastItem(/id)'],
    [{ linkIn: ['/links', 'next'] }, 'linkIn(/links next)'],
    [{ linkIn: ['/links', 'next', undefined] }, 'linkIn(/links next)'],
    [{ linkIn: ['/links', 'next', '/body'] }, 'linkIn(/links next /body)'],
    [{ not: '/last' }, 'not(/last)'],
    [{ unless: ['/a', -1] }, 'unless(/a -1)'],
    [{ unless: ['/a', 'end'] }, 'unless(/a "end")'],
    [{ unless: [{ not: '/a' }, false] }, 'unless(not(/a) false)'],
    [{ when: ['/a', '/b', 'eq'] }, 'when(/a /b "eq")'],
    [{ when: [{ lastItem: '/a' }, { not: '/b' }, 0] }, 'when(lastItem(/a) not(/b) 0)'],
    [{ when: ['/a', '/b', true] }, 'when(/a /b true)'],
    [{ listIn: '/_embedded' }, 'listIn(/_embedded)'],
    [{ joined: [] }, 'joined()'],
    [{ joined: ['/a', { plus: ['/b', 1] }] }, 'joined(/a plus(/b 1))'],
    [{ plus: ['/page', -1] }, 'plus(/page -1)'],
    [{ members: {} }, 'members()'],
    [{ members: { a: '/a', b: { not: '/b' } } }, 'members(a=/a b=not(/b))'],
    [{ contentRange: 'total' }, 'contentRange(total)'],
    [{ contentRange: 'first' }, 'contentRange(first)'],
    [{ contentRange: 'last' }, 'contentRange(last)'],
    [nested(8), `${'not('.repeat(8)}/a${')'.repeat(8)}`],
  ])('makes a selector of %j', (data, label) => {
    expect(selectorLabel(selectorOf(data))).toBe(label);
    expect(isSelectorData(data)).toBeUndefined();
  });

  it('makes one that reads', () => {
    const read = (data: unknown) =>
      select(replyOf({ a: 3, b: 'x', done: false }), selectorOf(data));
    expect(read({ members: { n: { plus: ['/a', 2] }, more: { not: '/done' } } })).toEqual({
      n: 5,
      more: true,
    });
    expect(read({ when: ['/a', { joined: ['/b', '/b'] }, 'xx'] })).toBe(3);
  });

  it.each<[unknown, string]>([
    [null, 'null'],
    [undefined, 'undefined'],
    [7, '7'],
    [true, 'true'],
    [() => 1, 'a function'],
    [[], 'an array of 0'],
    [{}, 'an object'],
    [{ lastItem: '/a', not: '/b' }, 'an object'],
    [['/a'], '{ "0": "/a" }'],
    [{ toString: '/a' }, '{ "toString": "/a" }'],
    [{ lastItem: 5 }, '{ "lastItem": 5 }'],
    [{ lastItem: undefined }, '{ "lastItem": undefined }'],
    [{ linkIn: '/links' }, '{ "linkIn": "/links" }'],
    [{ linkIn: ['/links'] }, '{ "linkIn": an array of 1 }'],
    [{ linkIn: [5, 'next'] }, '{ "linkIn": an array of 2 }'],
    [{ linkIn: ['/links', 'next', 5] }, '{ "linkIn": an array of 3 }'],
    [{ linkIn: ['/links', 'next', '/a', '/b'] }, '{ "linkIn": an array of 4 }'],
    [{ unless: '/a' }, '{ "unless": "/a" }'],
    [{ unless: ['/a'] }, '{ "unless": an array of 1 }'],
    [{ unless: ['/a', null] }, '{ "unless": an array of 2 }'],
    [{ unless: ['/a', 1, 2] }, '{ "unless": an array of 3 }'],
    [{ when: 'abc' }, '{ "when": "abc" }'],
    [{ when: ['/a', '/b', {}] }, '{ "when": an array of 3 }'],
    [{ when: ['/a', '/b', 'c', 'd'] }, '{ "when": an array of 4 }'],
    [{ listIn: 5 }, '{ "listIn": 5 }'],
    [{ joined: '/a' }, '{ "joined": "/a" }'],
    [{ plus: '/a' }, '{ "plus": "/a" }'],
    [{ plus: ['/a', '1'] }, '{ "plus": an array of 2 }'],
    [{ plus: ['/a', 0.5] }, '{ "plus": an array of 2 }'],
    [{ plus: ['/a', 1, 2] }, '{ "plus": an array of 3 }'],
    [{ members: null }, '{ "members": null }'],
    [{ members: 'ab' }, '{ "members": "ab" }'],
    [{ members: ['/a'] }, '{ "members": an array of 1 }'],
    [{ contentRange: 'unit' }, '{ "contentRange": "unit" }'],
    [{ contentRange: 5 }, '{ "contentRange": 5 }'],
  ])('refuses %j and says what came', (data, came) => {
    expect(() => selectorOf(data)).toThrow(new TypeError(EXPECTED + came));
    expect(isSelectorData(data)).toBe(
      "a JSON pointer, '$response.headers#/name' or an object such as { listIn: '/_embedded' }",
    );
  });

  it.each(['a', '/~', '$request.body#/a'])('refuses %j, which is no pointer', (text) => {
    const message = `Expected a JSON pointer, '$response.headers#/name' or a function, got "${text}"`;
    expect(() => selectorOf(text)).toThrow(new TypeError(message));
    expect(() => selectorOf({ not: text })).toThrow(new TypeError(message));
  });

  it('refuses more calls within each other than anybody writes', () => {
    expect(() => selectorOf(nested(9))).toThrow(new TypeError(`${EXPECTED}{ "not": "/a" }`));
  });

  it.each([{ lastItem: 'id' }, { linkIn: ['links', 'next'] }, { listIn: 'a' }])(
    'refuses pointers that are none: %j',
    (data) => {
      expect(() => selectorOf(data)).toThrow(
        'Expected a JSON pointer, empty or beginning with "/"',
      );
    },
  );
});

describe('isSelectorCall', () => {
  it('takes objects, and no text or list', () => {
    const all = [{ not: '/a' }, {}, '/a', null, undefined, ['/a'], () => 1];
    expect(all.map(isSelectorCall)).toEqual([true, true, false, false, false, false, false]);
  });
});

describe('a linkIn whose links are the body itself', () => {
  it.each(['', '$response.body', '$response.body#'])('reads them at %p', (links) => {
    const body = [
      { rel: 'self', href: '/1' },
      { rel: 'up  next', href: '/2' },
    ];
    expect(select(replyOf(body), selectorOf({ linkIn: [links, 'next'] }))).toBe('/2');
  });

  it.each(['', '$response.body', '$response.body#'])('reads lists at %p alike', (at) => {
    const listed = select(replyOf({ any: [{ id: 1 }] }), selectorOf({ listIn: at }));
    expect(listed).toEqual([{ id: 1 }]);
  });

  it('errors with the code of the reply where no list is there', () => {
    const read = () => select(replyOf({ n: 1 }), selectorOf({ listIn: '$response.body' }));
    expect(errorOf(read).code).toBe('BAD_SHAPE');
  });
});
