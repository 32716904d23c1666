import fc from 'fast-check';

import { codeOf, importsOf } from '../../lib/strategy/code-of';
import type { PaginationDescription } from '../../lib/strategy/pagination-description';
import { strategyOf } from '../../lib/strategy/strategy-of';
import { anyCharacter } from '../support/any-character';
import { evaluatedCode } from '../support/evaluated-code';
import { pollution } from '../support/polluted';
import { replyOf } from '../support/reply-of';

/** What may come from a token or a file. */
const anything = (value: unknown) => value as PaginationDescription;

describe('strategyOf', () => {
  it.each<[PaginationDescription, string]>([
    [{ kind: 'cursor', items: '/data', param: 'after' }, 'cursor'],
    [{ kind: 'lastItem', param: 'after' }, 'cursor'],
    [{ kind: 'link' }, 'link'],
    [{ kind: 'number', first: 0 }, 'number'],
    [{ kind: 'offset', first: 1 }, 'offset'],
    [{ kind: 'contentRange', size: 2 }, 'offset'],
    [{ kind: 'single' }, 'single'],
  ])('makes the strategy of %j', (description, kind) => {
    const strategy = strategyOf(description);
    const { items } = description;
    const body = items === undefined ? [{ id: 1 }] : { data: [{ id: 1 }] };
    expect(strategy.read({ url: '/items' }, replyOf(body))).toMatchObject({
      kind,
      items: [{ id: 1 }],
    });
  });

  it('calls the functions that stand in it as data, one within the other', () => {
    const strategy = strategyOf({
      kind: 'cursor',
      items: { listIn: '/_embedded' },
      next: { unless: [{ joined: ['/a', '/b'] }, 'xx'] },
      hasMore: { not: '/last' },
    });
    const next = (a: string, b: string, last = false) =>
      strategy.read({ url: '/' }, replyOf({ _embedded: { users: [] }, a, b, last })).next();
    expect(next('x', 'y')).toBe('xy');
    expect(next('x', 'x')).toBeUndefined();
    expect(next('x', 'y', true)).toBeUndefined();
  });

  it.each([
    [undefined, "Expected a description of a list's paging, got undefined"],
    [null, "Expected a description of a list's paging, got null"],
    [[], "Expected a description of a list's paging, got an array of 0"],
    [{ kind: ['cursor'] }, 'got an array of 1'],
    [{}, 'Expected a description of kind cursor, link,'],
    [{ kind: 'toString' }, 'got "toString"'],
    [Object.create({ kind: 'cursor' }), 'got undefined'],
    [{ kind: 'cursor', nope: 1 }, "cursorPagination: unknown option 'nope'"],
    [{ kind: 'cursor', next: 5 }, "cursorPagination: option 'next' must be"],
    [{ kind: 'cursor', next: 'next' }, "cursor: option 'next': Expected a JSON pointer"],
    [{ kind: 'cursor', next: () => 1 }, "cursor: option 'next': Expected a pointer or an object"],
    [{ kind: 'cursor', param: () => 1 }, "cursor: option 'param' must be data, got a function"],
    [{ kind: 'cursor', next: { constructor: '/x' } }, 'of one of lastItem, linkIn'],
    [{ kind: 'cursor', next: { lastItem: '/a', not: '/b' } }, 'got an object'],
    [{ kind: 'cursor', next: { lastItem: 5 } }, 'got { "lastItem": 5 }'],
    [{ kind: 'cursor', next: { linkIn: ['/links'] } }, 'got { "linkIn": an array of 1 }'],
    [{ kind: 'cursor', next: { plus: ['/page', 0.5] } }, 'got { "plus": an array of 2 }'],
    [{ kind: 'number', totalPages: { contentRange: 'unit' } }, 'got { "contentRange": "unit" }'],
    [JSON.parse('{"kind":"cursor","__proto__":{"param":"x"}}'), "unknown option '__proto__'"],
  ])('refuses %j', (description, message) => {
    expect(() => strategyOf(anything(description))).toThrow(TypeError);
    expect(() => strategyOf(anything(description))).toThrow(message);
    expect(() => codeOf(anything(description))).toThrow(TypeError);
  });

  it('refuses functions in functions without end', () => {
    let next: unknown = '/next';
    for (let depth = 0; depth < 100_000; depth++) next = { not: next };
    expect(() => strategyOf(anything({ kind: 'cursor', next }))).toThrow(TypeError);
  });
});

describe('codeOf', () => {
  it.each<[PaginationDescription, string]>([
    [{ kind: 'link' }, 'linkPagination()'],
    [{ kind: 'link', next: undefined }, 'linkPagination()'],
    [
      { kind: 'cursor', items: '/data', param: 'cursor', next: '/next_cursor' },
      "cursorPagination({ items: '/data', param: 'cursor', next: '/next_cursor' })",
    ],
    [
      { kind: 'link', next: { linkIn: ['/links', 'next'] }, hasMore: { not: '/last' } },
      "linkPagination({ next: linkIn('/links', 'next'), hasMore: not('/last') })",
    ],
    [
      {
        kind: 'cursor',
        spread: true,
        next: { members: { s: '/s', 'the page': { plus: ['/page', 1] } } },
      },
      "cursorPagination({ spread: true, next: members({ s: '/s', 'the page': plus('/page', 1) }) })",
    ],
    [
      { kind: 'lastItem', field: { a: '/a', b: '/b' } },
      "lastItemPagination({ field: { a: '/a', b: '/b' } })",
    ],
    [
      { kind: 'cursor', in: 'body', later: { url: '/scroll', params: {}, body: { n: 5 } } },
      "cursorPagination({ in: 'body', later: { url: '/scroll', params: {}, body: { n: 5 } } })",
    ],
    [{ kind: 'number', expired: [409, 410] }, 'numberPagination({ expired: [409, 410] })'],
  ])('writes %j as a person would', (description, code) => {
    expect(codeOf(description)).toBe(code);
    expect(evaluatedCode(code).id).toBe(strategyOf(description).id);
  });

  it('names what it calls', () => {
    expect(
      importsOf({
        kind: 'cursor',
        next: { members: { a: { lastItem: '/id' }, b: { plus: ['/page', 1] } } },
        hasMore: { not: { when: ['/a', '/b', 'c'] } },
      }),
    ).toEqual(['cursorPagination', 'lastItem', 'members', 'not', 'plus', 'when']);
  });

  it('takes no text or object for a call that is none', () => {
    const later = { url: '/more', params: { not: '/a' } };
    expect(importsOf({ kind: 'cursor', in: 'body', param: '/c', later })).toEqual([
      'cursorPagination',
    ]);
    expect(importsOf({ kind: 'lastItem', field: { joined: '/a' } })).toEqual([
      'lastItemPagination',
    ]);
  });

  it('writes line separators, which end a line in older readers, as escapes', () => {
    expect(codeOf({ kind: 'cursor', param: 'a\u2028b\u2029c' })).toBe(
      String.raw`cursorPagination({ param: 'a\u2028b\u2029c' })`,
    );
  });

  it('keeps whatever stands in names inside of its text', () => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom(
        "'",
        '"',
        '\\',
        "\\'",
        '`${1}`',
        '\u2028',
        '\n',
        "'); throw 1; ('",
        '__proto__',
      ),
    );
    fc.assert(
      fc.property(text, text, text, (param, name, value) => {
        const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        const description: PaginationDescription = {
          kind: 'cursor',
          items: pointer,
          param: `x${param}`,
          next: { when: [{ members: { [name]: pointer } }, pointer, value] },
        };
        expect(evaluatedCode(codeOf(description)).id).toBe(strategyOf(description).id);
      }),
      { numRuns: 500 },
    );
    expect(pollution()).toEqual([]);
  });
});
