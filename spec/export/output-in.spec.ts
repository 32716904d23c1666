import { join } from 'node:path';
import fc from 'fast-check';
import { ndjsonFile, outputIn } from 'paged-observable/export';

import { anyCharacter } from '../support/any-character';

describe('outputIn', () => {
  it.each(['users.ndjson', 'a b.csv', 'Ünïcode-日本.json', 'x', 'a..b', 'nul_', 'comx.csv'])(
    'takes %j',
    (name) => {
      expect(outputIn('/out', name)).toBe(join('/out', name));
    },
  );

  it.each([
    ...[
      '',
      '.',
      '..',
      '../x',
      '../../x',
      '/etc/passwd',
      'a/b',
      'a\\b',
      '..\\x',
      'C:x',
      'a\0b',
      'a\nb',
    ],
    ...['NUL', 'con.json', 'Com1.csv', 'lpt9', '.hidden', '-rf', '~root', 'end.', 'end ', ' begin'],
    ...['x'.repeat(5000), 'é'.repeat(100), 'a\u202eb', '\ud800', 'a*b', 'a?b', 'a|b', 'a"b', 'a<b'],
  ])('refuses %j', (name) => {
    expect(() => outputIn('/out', name)).toThrow(TypeError);
  });

  it('never leads out of its folder', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyCharacter }), fc.webPath()), (name) => {
        let path;
        try {
          path = outputIn('/out', name);
        } catch {
          return;
        }
        expect(path).toBe(`/out/${name}`);
        expect(name).not.toContain('/');
      }),
    );
  });

  it('is not asked of paths that a caller gives, which must be text without NUL', () => {
    expect(() => ndjsonFile('a\0b')).toThrow(TypeError);
    expect(() => ndjsonFile('')).toThrow(TypeError);
  });
});
