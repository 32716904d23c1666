import fc from 'fast-check';

import { parseJsonBody } from '../../lib/protocol/json-body';

const JSON_TYPE = 'application/json; charset=utf-8';

describe('parseJsonBody', () => {
  it.each([
    'application/json',
    'APPLICATION/JSON; charset=UTF-8',
    'text/json',
    'application/problem+json',
    'application/x-amz-json-1.1',
    'application/vnd.api+json; ext="a,b"',
    'application/vnd.github.v3',
    'text/plain',
    'text/javascript',
    'application/octet-stream',
    '',
    undefined,
  ])('parses a body of type %p', (type) => {
    expect(parseJsonBody('{"a":[1,null,"é😀"]}', type)).toEqual({
      ok: true,
      value: { a: [1, null, 'é😀'] },
    });
  });

  it.each([
    'text/html; charset=utf-8',
    'application/xml',
    'text/xml',
    'application/atom+xml',
    'image/png',
    'text/csv',
    'application/x-ndjson',
  ])(
    // prettier-ignore
    'refuses a body of type %s whatever it holds',
    (type) => {
      expect(parseJsonBody('[]', type)).toMatchObject({ ok: false, code: 'BAD_CONTENT' });
    },
  );

  it.each([JSON_TYPE, 'text/plain', undefined])('knows HTML that comes as %p', (type) => {
    const login = '\uFEFF\n <!doctype html><html>please log in</html>';
    expect(parseJsonBody(login, type)).toEqual({
      ok: false,
      code: 'BAD_CONTENT',
      message: 'Expected JSON, got text that looks like HTML or XML',
    });
  });

  it.each([0, '', null, false])('gives a body that is %p as it is', (value) => {
    expect(parseJsonBody(JSON.stringify(value), JSON_TYPE)).toEqual({ ok: true, value });
  });

  it('passes over a byte order mark', () => {
    expect(parseJsonBody('\uFEFF[1]', JSON_TYPE)).toEqual({ ok: true, value: [1] });
  });

  it.each(['', ' \r\n', '\uFEFF'])('reports the empty body %j at byte 0', (text) => {
    expect(parseJsonBody(text, JSON_TYPE)).toMatchObject({
      ok: false,
      code: 'BAD_JSON',
      position: 0,
    });
  });

  it.each<[string, number]>([
    ['{"a":1', 6],
    ['[1,2,]', 5],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['{a:1}', 1],
    ['["é😀" x]', 10],
    ['\uFEFF["é" x]', 9],
    ['[1]x', 3],
    ['nul', 3],
    ['nulx', 3],
    ['01', 1],
    ['1.', 2],
    ['-', 1],
    ['1e+', 3],
    ['.5', 0],
    ['"a\nb"', 2],
    ['"\\x"', 2],
    ['"\\u12G4"', 5],
    ['"\\', 2],
    ['"abc', 4],
    ['[}', 1],
    ['{]', 1],
    ['{"a":1,}', 7],
    ["['a']", 1],
    ['NaN', 0],
    ['upstream error', 0],
  ])('says at which byte %j stops being JSON', (text, position) => {
    expect(parseJsonBody(text, JSON_TYPE)).toMatchObject({ ok: false, code: 'BAD_JSON', position });
  });

  it('reports JSON that is cut short at any place, at its end', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, place) => {
        const whole = `[${json}]`;
        const text = whole.slice(0, place % whole.length);
        const body = parseJsonBody(text, JSON_TYPE);
        const bytes = Buffer.byteLength(text);
        expect(body).toMatchObject({ ok: false, code: 'BAD_JSON', position: bytes });
      }),
      { numRuns: 1000 },
    );
  });

  it('agrees with JSON.parse on what is JSON, and blames a byte after which no JSON follows', () => {
    const unit = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '"a"', '1', '-', '.', 'e', '0', 'true', 'null', ' ', '\\', '\n', 'u00e9', 'é'); // prettier-ignore
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 10 }), (text) => {
        fc.pre(text.trim() !== '');
        const body = parseJsonBody(text, JSON_TYPE);
        expect(body.ok).toBe(isJson(text));
        if (body.ok) return;
        const { position = -1 } = body;
        const bytes = Buffer.from(text);
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(bytes.length);
        // What stands before the place is the beginning of some JSON: its own error is only that it ends.
        const before = bytes.subarray(0, position).toString();
        const again = parseJsonBody(before, JSON_TYPE);
        if (!again.ok && before.trim() !== '') expect(again.position).toBe(position);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses 513 levels and takes 512, not counting brackets in strings', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJsonBody(nested(512), JSON_TYPE)).toMatchObject({ ok: true });
    expect(parseJsonBody(nested(513), JSON_TYPE)).toMatchObject({ ok: false, code: 'BAD_CONTENT' });
    expect(parseJsonBody(nested(100_000), JSON_TYPE)).toMatchObject({ code: 'BAD_CONTENT' });
    expect(parseJsonBody('{"a":'.repeat(100_000), JSON_TYPE)).toMatchObject({
      code: 'BAD_CONTENT',
    });
    const text = '\\"['.repeat(1000);
    expect(parseJsonBody(`"${text}"`, JSON_TYPE)).toEqual({ ok: true, value: '"['.repeat(1000) });
    expect(parseJsonBody(`[${'[],'.repeat(1000)}1]`, JSON_TYPE)).toMatchObject({ ok: true });
  });

  it('finds the end of a text of 1 MiB without recursion', () => {
    const text = `["${'a'.repeat(1_048_576)}"`;
    expect(parseJsonBody(text, JSON_TYPE)).toMatchObject({ position: text.length });
  });

  it('keeps __proto__ as an own member', () => {
    const body = parseJsonBody('{"__proto__":{"polluted":1}}', JSON_TYPE);
    expect(body.ok && JSON.stringify(body.value)).toBe('{"__proto__":{"polluted":1}}');
    expect({}).not.toHaveProperty('polluted');
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
