import fc from 'fast-check';

import { queryOf, withoutQuery } from '../../lib/protocol/query-text';

describe('queryOf', () => {
  it.each<[string, [string, string][]]>([
    ['/a', []],
    ['/a?', []],
    ['/a#?b=1', []],
    ['/a?b=1&b=2', [['b', '1'], ['b', '2']]], // prettier-ignore
    ['/a?b', [['b', '']]],
    ['/a?t=YQ==', [['t', 'YQ==']]],
    ['/a?x=1%262+3%2B4', [['x', '1&2 3+4']]],
    ['/a??b=1', [['?b', '1']]],
    ['/a?%C3%A9=%F0%9F%98%80#x=1', [['é', '😀']]],
    ['/a?__proto__=1', [['__proto__', '1']]],
  ])('reads %s', (url, pairs) => {
    expect(queryOf(url)).toEqual(pairs);
  });
});

describe('withoutQuery', () => {
  const without = (url: string, ...names: string[]) => withoutQuery(url, new Set(names));

  it.each([
    ['/items?page=3', '/items'],
    ['/items?page=3&q=%27a+b%27', '/items?q=%27a+b%27'],
    ['/items?q=1&page=3&r=&page=4#page=5', '/items?q=1&r=#page=5'],
    ['/items?%70age=3&pages=1&p=page', '/items?pages=1&p=page'],
    ['/items?page&x', '/items?x'],
    ['/items?a&&b', '/items?a&&b'],
    ['/items?', '/items?'],
    ['/page?#page', '/page?#page'],
  ])('takes page out of %s and leaves every other byte', (url, want) => {
    expect(without(url, 'page')).toBe(want);
  });

  it('keeps empty parts when the empty name is taken out', () => {
    expect(without('/a?b&&=1', '')).toBe('/a?b&');
  });

  it('leaves exactly the other parameters, for any URL', () => {
    const name = fc.constantFrom('a', 'b', '%61', 'c+', '?', '');
    const query = fc.array(fc.tuple(name, fc.constantFrom('', '1', '%26', '=', '+')));
    fc.assert(
      fc.property(query, (pairs) => {
        const url = `/x?${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
        const others = queryOf(url).filter(([key]) => key !== 'a');
        expect(queryOf(without(url, 'a'))).toEqual(others);
      }),
    );
  });
});
