import fc from 'fast-check';

import { excerpt } from '../../lib/protocol/excerpt';
import { anyCharacter } from '../support/any-character';

describe('excerpt', () => {
  it.each([
    ['plain é 😀', 'plain é 😀'],
    ['a\u001b[31mb', 'a\\u{1b}[31mb'],
    ['a\r\nb\tc\0', 'a\\u{d}\\u{a}b\\u{9}c\\u{0}'],
    ['\u007f\u0085\u009b', '\\u{7f}\\u{85}\\u{9b}'],
    ['\u202egpj.exe', '\\u{202e}gpj.exe'],
    ['\u2066\u2069\u200f\u061c\ufeff', '\\u{2066}\\u{2069}\\u{200f}\\u{61c}\\u{feff}'],
    ['\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['\ud800x', '\\u{d800}x'],
  ])('shows %j as %s', (text, want) => {
    expect(excerpt(text)).toBe(want);
  });

  it('has at most 200 characters and cuts neither a pair nor an escape', () => {
    expect(excerpt('a'.repeat(201))).toBe('a'.repeat(200));
    expect(excerpt(`${'a'.repeat(199)}😀`)).toBe('a'.repeat(199));
    expect(excerpt(`${'a'.repeat(196)}\u001b`)).toBe('a'.repeat(196));
    expect(excerpt('abc', 2)).toBe('ab');
  });

  it('never shows a character that could act on a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (text) => {
        const shown = excerpt(text);
        expect(shown.length).toBeLessThanOrEqual(200);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});
