import { describeOperations } from '../../lib/openapi/describe-operations';
import { parseDocument } from '../../lib/openapi/parse-document';
import { errorOf } from '../support/error-of';

const refused = (text: string) => errorOf(() => parseDocument(text));

describe('parseDocument', () => {
  it('reads JSON and YAML, with a byte order mark or without', () => {
    const wanted = { openapi: '3.1.0', paths: {} };
    expect(parseDocument('{"openapi":"3.1.0","paths":{}}')).toEqual(wanted);
    expect(parseDocument('\uFEFF\n{"openapi":"3.1.0","paths":{}}')).toEqual(wanted);
    expect(parseDocument('openapi: 3.1.0\npaths: {}\n')).toEqual(wanted);
    expect(parseDocument('\uFEFFopenapi: 3.1.0\npaths: {}\n')).toEqual(wanted);
    expect(parseDocument('{openapi: 3.1.0, paths: {}}')).toEqual(wanted);
  });

  it('reads by the core schema of YAML 1.2: no dates, no `no`, no merging', () => {
    const text = 'a: &a {x: 1}\nb: no\nc: 2001-01-01\nd: {<<: *a}\n200: 0o17\ne: 0x1F\nf: ~\n';
    expect(parseDocument(text)).toEqual({
      ...{ 200: 15, a: { x: 1 }, b: 'no', c: '2001-01-01' },
      ...{ d: { '<<': { x: 1 } }, e: 31, f: null },
    });
  });

  it('takes __proto__ for a name', () => {
    for (const text of ['{"__proto__": {"a": 1}}', '__proto__:\n  a: 1\n']) {
      const value = parseDocument(text) as object;
      expect(Object.keys(value)).toEqual(['__proto__']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
  });

  it.each([
    ['a: [1, 2', /^The document is refused: line 1: /],
    ['a: 1\nb: "x\n', /^The document is refused: line 3: /],
    ['a: *nobody\n', /Unresolved alias/],
    ['a: 1\n---\nb: 2\n', /several documents/],
    ['a: {<<: {__proto__: {x: 1}}}\n', /a merge key brings '__proto__'/],
    ['a: &a [*a]\n', /it holds itself/],
    [`${'['.repeat(600)}${']'.repeat(600)}`, /nested deeper than 512 levels/],
  ])('refuses %j', (text, message) => {
    expect(refused(text)).toMatchObject({
      code: 'SPEC_REJECTED',
      message: expect.stringMatching(message) as string,
    });
  });

  it.each([
    ['flow', (n: number) => '['.repeat(n) + ']'.repeat(n)],
    ['flow mapping', (n: number) => '{a: '.repeat(n) + '}'.repeat(n)],
    ['compact sequence', (n: number) => '- '.repeat(n) + 'x'],
    ['JSON', (n: number) => '{"a":'.repeat(n) + '1' + '}'.repeat(n)],
    ['block', (n: number) => Array.from({ length: n }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('refuses 10,000 levels of %s before anything is built', (_, nested) => {
    expect(refused(nested(10_000))).toMatchObject({ code: 'SPEC_REJECTED' });
    expect(() => parseDocument(nested(200))).not.toThrow();
  });

  it('refuses aliases that grow, without growing', () => {
    const levels = ['a: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i <= 12; i++) {
      levels.push(`b${String(i)}: &a${String(i)} [${`*a${String(i - 1)}, `.repeat(10)}]`);
    }
    const before = process.memoryUsage().heapUsed;
    expect(refused(levels.join('\n'))).toMatchObject({
      code: 'SPEC_REJECTED',
      message: 'The document is refused: the parts it shares make it too large',
    });
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
  });

  it('takes aliases that are used often and do not grow', () => {
    const text = `p: &p {name: page}\nall: [${'*p, '.repeat(5_000)}]\n`;
    expect((parseDocument(text) as { all: unknown[] }).all).toHaveLength(5_000);
  });

  it('is held to in objects that were parsed elsewhere', () => {
    const circle: Record<string, unknown> = { openapi: '3.0.0' };
    circle['paths'] = { '/a': circle };
    expect(errorOf(() => describeOperations(circle))).toMatchObject({ code: 'SPEC_REJECTED' });
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { deep };
    expect(errorOf(() => describeOperations(deep))).toMatchObject({ code: 'SPEC_REJECTED' });
  });
});
