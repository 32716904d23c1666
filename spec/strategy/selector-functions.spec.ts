import { of } from 'rxjs';

import { cursorPagination, paginate } from 'paged-observable';

import { contentRange } from '../../lib/strategy/content-range-pagination';
import { field } from '../../lib/core/field';
import { linkIn } from '../../lib/strategy/link-in';
import { listIn } from '../../lib/strategy/list-in';
import { lastItem, type Selector, select, selectorLabel } from '../../lib/strategy/selector';
import {
  joined,
  labelled,
  members,
  not,
  plus,
  unless,
  when,
} from '../../lib/strategy/selector-functions';
import { errorOf } from '../support/error-of';
import { record } from '../support/recorder';
import { replyOf } from '../support/reply-of';

const find = (selector: Selector, body: unknown, headers = {}) =>
  select(replyOf(body, { headers }), selector);

describe('not', () => {
  it('turns a flag round, and says nothing where there is none', () => {
    expect(find(not('/last'), { last: true })).toBe(false);
    expect(find(not('/last'), { last: false })).toBe(true);
    expect(find(not('$response.headers#/last-page'), {}, { 'last-page': 'true' })).toBe(false);
    for (const last of [null, 0, '', 'no', [], undefined]) {
      expect(find(not('/last'), { last })).toBeUndefined();
    }
  });
});

describe('unless', () => {
  it('finds nothing where the value stands, of the same type', () => {
    expect(find(unless('/next', -1), { next: -1 })).toBeUndefined();
    expect(find(unless('/next', -1), { next: 4 })).toBe(4);
    expect(find(unless('/next', -1), { next: '-1' })).toBe('-1');
    expect(find(unless('/next', 0), { next: '' })).toBe('');
  });
});

describe('when', () => {
  it('finds its value only where the other has the value named', () => {
    const exact = when('/total/value', '/total/relation', 'eq');
    expect(find(exact, { total: { value: 7, relation: 'eq' } })).toBe(7);
    expect(find(exact, { total: { value: 10000, relation: 'gte' } })).toBeUndefined();
    expect(find(exact, { total: { value: 7 } })).toBeUndefined();
  });
});

describe('joined', () => {
  it('puts texts and whole numbers together, and finds nothing where one is missing', () => {
    const link = joined('/base', '/next');
    expect(find(link, { base: 'https://a.test/wiki', next: '/x?y=1' })).toBe(
      'https://a.test/wiki/x?y=1',
    );
    expect(find(link, { base: 'https://a.test/wiki' })).toBeUndefined();
    expect(find(link, { base: 'https://a.test/wiki', next: null })).toBeUndefined();
    expect(find(link, { base: 1, next: '/x' })).toBe('1/x');
  });

  it.each([[{ a: 1 }], [true], [1.5], [2 ** 60]])('errors where one is %j', (base) => {
    expect(errorOf(() => find(joined('/base', '/next'), { base, next: '/x' }))).toMatchObject({
      code: 'BAD_SHAPE',
    });
  });

  it('refuses what is no selector, as the others do', () => {
    for (const make of [
      () => joined('/a', 'b'),
      () => plus('b', 1),
      () => not('b'),
      () => unless('b', 1),
      () => when('/a', 'b', 1),
      () => members({ a: 'b' }),
    ]) {
      expect(make).toThrow(/^\w+: expected .*, got "b"$/);
    }
    expect(() => plus('/a', 0.5)).toThrow(
      new TypeError('plus: expected a whole number to add, got 0.5'),
    );
  });
});

describe('plus', () => {
  it('adds to whole numbers, in digits too, and to nothing else', () => {
    expect(find(plus('/page', 1), { page: 0 })).toBe(1);
    expect(find(plus('/page', 1), { page: '4' })).toBe(5);
    for (const page of [null, '', 'x', 1.5, -1]) {
      expect(find(plus('/page', 1), { page })).toBeUndefined();
    }
  });

  it('keeps the digits of ids beyond 2^53 as text, and errors where they are lost', () => {
    const id = '1234567890123456789';
    expect(find(plus('/id', -1), { id })).toBe('1234567890123456788');
    expect(find(plus('/id', 1), { id: '9007199254740991' })).toBe('9007199254740992');
    expect(errorOf(() => find(plus('/id', -1), { id: 2 ** 60 }))).toEqual({
      code: 'BAD_SHAPE',
      message: expect.stringContaining('is beyond 2^53') as string,
    });
  });
});

describe('members', () => {
  it('gathers values, 0 and empty text among them', () => {
    const both = members({ session: '/session', page: plus('/page', 1) });
    expect(find(both, { session: '', page: 0 })).toEqual({ session: '', page: 1 });
  });

  it('finds nothing where one is missing or null', () => {
    const both = members({ session: '/session', page: '/page' });
    expect(find(both, { session: 's' })).toBeUndefined();
    expect(find(both, { session: 's', page: null })).toBeUndefined();
  });
});

describe('linkIn', () => {
  const links = (...list: unknown[]) => ({ links: list });

  it.each([
    [{ rel: 'next', href: '/2' }, '/2'],
    [{ relation: 'next', url: '/2' }, '/2'],
    [{ rel: 'next', uri: '/2' }, '/2'],
    [{ rel: 'prefetch NEXT', href: '/2' }, '/2'],
    [{ rel: 'next' }, undefined],
    [{ rel: 'nextish', href: '/2' }, undefined],
    [{ rel: ['next'], href: '/2' }, undefined],
    [{ rel: 'next', undefined: '/2' }, undefined],
    [{ rel: 'up\t next', href: '/2' }, '/2'],
    [{ rel: 'next', href: null, url: '/3' }, null],
  ])('reads %j as %p', (link, target) => {
    expect(
      find(linkIn('/links', 'next'), links(null, 'next', { rel: 'self', href: '/1' }, link)),
    ).toBe(target);
  });

  it('takes the first of several, and finds nothing in what is no list', () => {
    const two = links({ rel: 'next', href: '/2' }, { rel: 'next', href: '/3' });
    expect(find(linkIn('/links', 'next'), two)).toBe('/2');
    expect(find(linkIn('/links', 'next'), { links: { rel: 'next', href: '/2' } })).toBeUndefined();
    expect(find(linkIn('/links', 'next'), {})).toBeUndefined();
  });

  it('reads what the third argument points to within the link', () => {
    const post = links({ rel: 'next', href: '/search', body: { token: 't' } });
    expect(find(linkIn('/links', 'next', '/body'), post)).toEqual({ token: 't' });
    expect(find(linkIn('/links', 'next', '/body/other'), post)).toBeUndefined();
  });

  it('reads own properties only', () => {
    const inherited = links(Object.create({ rel: 'next', href: '/2' }));
    expect(linkIn('/links', 'next')(replyOfAny(inherited), [])).toBeUndefined();
  });

  it('refuses what is no pointer', () => {
    expect(() => linkIn('links', 'next')).toThrow(TypeError);
    expect(() => linkIn('/links', 'next', 'body')).toThrow(TypeError);
  });
});

/** Freezing would make the inherited properties unreadable for the wrong reason. */
function replyOfAny(body: unknown) {
  return { status: 200, headers: {}, url: 'https://api.example.com/', body };
}

describe('listIn', () => {
  it('finds the one array of records, whatever its name', () => {
    const items = [{ id: 1 }];
    expect(find(listIn('/_embedded'), { _embedded: { users: items } })).toEqual(items);
    expect(find(listIn('/_embedded'), { _embedded: { users: [] } })).toEqual([]);
    expect(find(listIn('/_embedded'), { _embedded: { tags: ['a'], users: items } })).toEqual(items);
  });

  it('finds nothing where there is no object or nothing in it', () => {
    for (const body of [{}, { _embedded: {} }, { _embedded: null }, { _embedded: [{ id: 1 }] }]) {
      expect(find(listIn('/_embedded'), body)).toBeUndefined();
    }
  });

  it('errors where there are several or none', () => {
    const two = { _embedded: { users: [{ id: 1 }], teams: [{ id: 2 }] } };
    expect(errorOf(() => find(listIn('/_embedded'), two)).message).toContain('"users", "teams"');
    expect(errorOf(() => find(listIn('/_embedded'), { _embedded: { n: 1 } })).code).toBe(
      'BAD_SHAPE',
    );
  });
});

describe('contentRange', () => {
  it('reads the parts of the header', () => {
    const headers = { 'content-range': 'items 2-3/5' };
    expect(find(contentRange('total'), [], headers)).toBe(5);
    expect(find(contentRange('first'), [], headers)).toBe(2);
    expect(find(contentRange('last'), [], headers)).toBe(3);
    expect(find(contentRange('total'), [], { 'content-range': '2-3/*' })).toBeUndefined();
    expect(find(contentRange('total'), [])).toBeUndefined();
  });
});

describe('labels', () => {
  it.each<[() => Selector, string]>([
    [() => not('/last'), 'not(/last)'],
    [() => unless('/next', -1), 'unless(/next -1)'],
    [() => when('/a', '/b', 'eq'), 'when(/a /b "eq")'],
    [() => joined('/a', not('/b')), 'joined(/a not(/b))'],
    [() => plus('/page', 1), 'plus(/page 1)'],
    [() => members({ a: '/a', b: lastItem('/id') }), 'members(a=/a b=lastItem(/id))'],
    [() => linkIn('/links', 'next'), 'linkIn(/links next)'],
    [() => linkIn('/links', 'next', '/body'), 'linkIn(/links next /body)'],
    [() => listIn('/_embedded'), 'listIn(/_embedded)'],
    [() => contentRange('total'), 'contentRange(total)'],
  ])(
    'name the selector and what it reads, so that tokens tell strategies apart: %#',
    (make, label) => {
      expect(selectorLabel(make())).toBe(label);
    },
  );
});

describe('of the last item', () => {
  const ID = lastItem('/id');
  const NAME = lastItem('/name');

  it.each<[string, () => Selector]>([
    ['plus', () => plus(ID, 1)],
    ['unless', () => unless(ID, -1)],
    ['when', () => when(ID, '/more', true)],
    ['joined', () => joined(NAME, NAME)],
    ['members', () => members({ id: ID, name: NAME })],
    ['one in the other', () => plus(when(ID, '/more', true), 1)],
  ])('%s hands on no page twice where the server ignores it', (_, next) => {
    let asked = 0;
    const walk = paginate(
      () => {
        asked += 1;
        return of(replyOf({ more: true, rows: [{ id: 1, name: 'a' }] }));
      },
      replyOf({}).url,
      {
        pagination: cursorPagination({ items: '/rows', in: 'body', param: '/after', next: next() }),
      },
    );
    const { values, error } = record(walk);
    expect([values, error.code, asked]).toEqual([[{ id: 1, name: 'a' }], 'LOOP', 2]);
  });

  it.each<[string, () => Selector]>([
    ['members', () => members({ id: ID, at: '/at' })],
    ['joined', () => joined('/at', NAME)],
    ['when', () => when('/at', ID, 1)],
    ['a function', () => unless(({ body }) => field(body, 'at'), -1)],
    ['a named function', () => labelled('at', ({ body }) => field(body, 'at'))],
  ])('and of something else, %s moves on where that does', (_, next) => {
    let asked = 0;
    const walk = paginate(
      () => of(replyOf({ at: `p${String((asked += 1))}`, rows: [{ id: 1, name: 'a' }] })),
      replyOf({}).url,
      {
        pagination: cursorPagination({ items: '/rows', in: 'body', param: '/after', next: next() }),
        maxPages: 3,
      },
    );
    expect([record(walk).values, asked]).toEqual([Array(3).fill({ id: 1, name: 'a' }), 3]);
  });
});
