import fc from 'fast-check';

import { fromBase64Url, toBase64Url } from '../../lib/protocol/base64url';
import { anyCharacter } from '../support/any-character';

describe('base64url', () => {
  it.each(['', 'f', 'fo', 'foo', 'foob', 'é😀', '\0', '\uFEFFa', '??>>~~'])(
    'encodes %j as Node does, and decodes it',
    (text) => {
      expect(toBase64Url(text)).toBe(Buffer.from(text).toString('base64url'));
      expect(fromBase64Url(toBase64Url(text))).toBe(text);
    },
  );

  it('encodes any well-formed text as Node does, and decodes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(toBase64Url(text)).toBe(Buffer.from(text).toString('base64url'));
        expect(fromBase64Url(toBase64Url(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['one character too many', 'Zm9vY'],
    ['padding', 'Zg=='],
    ['the alphabet of plain base64', 'Pz8+Pn5+'],
    ['a slash', 'Pz8/'],
    ['a blank', 'Zm 9'],
    ['a line end', 'Zm9v\n'],
    ['leftover bits', 'Zh'],
    ['a character outside the BMP', 'Zm9😀'],
    ['a letter beyond ASCII', 'Zm9ß'],
    ['bytes that are no UTF-8', '_w'],
    ['a cut UTF-8 sequence', '8J-Y'],
  ])('refuses %s', (_, encoded) => {
    expect(fromBase64Url(encoded)).toBeUndefined();
  });

  it('decodes nothing but what it encodes', () => {
    const unit = fc.constantFrom('A', 'Z', 'a', '0', '9', '-', '_', '=', '+', '8', 'J');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (encoded) => {
        const text = fromBase64Url(encoded);
        if (text !== undefined) expect(toBase64Url(text)).toBe(encoded);
      }),
      { numRuns: 2000 },
    );
  });
});
