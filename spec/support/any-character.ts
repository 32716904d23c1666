import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };

/**
 * Any character of Unicode, as a unit of `fc.string`. It is the unit 'binary' of fast-check without its table of all of
 * them, which each spec file would make anew in a second.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10ffff - SURROGATES.count })
  .map(
    (place) => {
      const isBefore = place < SURROGATES.first;
      return String.fromCodePoint(isBefore ? place : place + SURROGATES.count);
    },
    // Strings that do harm, such as __proto__, are made of what can be told backwards.
    (character) => {
      const point = typeof character === 'string' ? character.codePointAt(0) : undefined;
      if (point === undefined || String.fromCodePoint(point) !== character) {
        throw new Error('It is not one character');
      }
      return point < SURROGATES.first ? point : point - SURROGATES.count;
    },
  );
