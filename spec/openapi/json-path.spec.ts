import { parseSimplePath } from '../../lib/openapi/json-path';

describe('parseSimplePath', () => {
  it.each([
    ['$', [], undefined],
    ['$.a.b', ['a', 'b'], undefined],
    ["$['a']['b.c']", ['a', 'b.c'], undefined],
    ['$["a\\"b"]', ['a"b'], undefined],
    ["$['it\\'s \\u0041\\n']", ["it's A\n"], undefined],
    ['$[-1].id', [], ['id']],
    ['$.rows[-1]', ['rows'], []],
    ['$.rows[(@.length-1)]', ['rows'], []],
    ['$.rows[ ( @.length - 1 ) ].a.b', ['rows'], ['a', 'b']],
    ['$.a[0].b', ['a', '0', 'b'], undefined],
    ['$.größe-2', ['größe-2'], undefined],
  ])('reads %s', (path, tokens, ofLast) => {
    expect(parseSimplePath(path)).toEqual({ tokens, ofLast });
  });

  it.each([
    '',
    'a',
    '$.',
    '$..a',
    '$.*',
    '$[*]',
    '$[?@.a]',
    '$.a[-1].b[-1]',
    '$[-2]',
    "$['a",
    '$.a b',
    '$a',
    '$[1:2]',
  ])('takes %j for none', (path) => {
    expect(parseSimplePath(path)).toBeUndefined();
  });

  it('takes time linear in the length of hostile text', () => {
    expect(parseSimplePath(`$${'['.repeat(200_000)}`)).toBeUndefined();
    expect(parseSimplePath(`$['${'\\'.repeat(200_001)}`)).toBeUndefined();
    expect(parseSimplePath(`$[${' '.repeat(200_000)}`)).toBeUndefined();
    expect(parseSimplePath(`$${'.a'.repeat(100_000)}`)?.tokens).toHaveLength(100_000);
  });
});
