import fc from 'fast-check';

import { anyCharacter } from '../any-character';

/** Pieces that parsers of URLs take in different ways. */
const PIECES = [
  ...['http:', 'https:', 'HTTP:', 'file:', 'data:', 'javascript:', '//', '/', '\\', '\\\\'],
  ...['@', ':', '?', '#', '..', '.', '%2f', '%00', '\0', '\t', '\n', ' ', '{', '}', '{page}'],
  ...['api.test', 'evil.test', '127.0.0.1', '[::1]', 'api.test.evil.test', '80', 'a', 'page=2'],
  ...['ａｐｉ.test', '。', 'ｅvil.test', '\u00ad', '\ud800'],
];

/** Where a server may say that the next page is. */
export const links: fc.Arbitrary<string> = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((parts) => parts.join('')),
);
