import fc from 'fast-check';

import { CSV_DELIMITERS, csvLine, type CsvStyle } from '../../lib/protocol/csv';
import { anyCharacter } from '../support/any-character';
import { readCsv, withoutApostrophe } from '../support/read-csv';

const style: CsvStyle = { delimiter: ',', neutralise: true };

describe('csvLine', () => {
  it.each([
    [['a', 1, true, false, 0, -5, 1.5e300], 'a,1,true,false,0,-5,1.5e+300'],
    [['', null, undefined, 'null'], '"",,,null'],
    [
      ['a,b', 'say "x"', 'a\nb', 'a\r\nb', ' a', 'a '],
      '"a,b","say ""x""","a\nb","a\r\nb"," a","a "',
    ],
    [[{ a: [1, 'x'] }, [], new Date(0)], '"{""a"":[1,""x""]}",[],1970-01-01T00:00:00.000Z'],
    [[10n, () => 1, Symbol('x'), new Date(NaN)], '10,,,'],
    [[null], '""'],
    [[''], '""'],
    [['é😀\u2028'], '"é😀\u2028"'],
  ])('writes %j', (cells, line) => {
    expect(csvLine(cells, style)).toBe(`${line}\r\n`);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ["'=1", "''=1"],
    ["'a", "'a"],
    ["'", "'"],
    ['a=1', 'a=1'],
    ['=HYPERLINK("http://evil")', '"\'=HYPERLINK(""http://evil"")"'],
  ])('keeps spreadsheets from taking %j for a formula', (text, cell) => {
    expect(csvLine([text, 1], style)).toBe(`${cell},1\r\n`);
    expect(csvLine([-1], style)).toBe('-1\r\n');
  });

  it('leaves formulas alone where that is asked for', () => {
    expect(csvLine(['=1', -1], { ...style, neutralise: false })).toBe('=1,-1\r\n');
  });

  it('writes what reads back as the same fields, once the apostrophe is off', () => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.string({ unit: fc.constantFrom(...Array.from('\'=+-@\t\r\n",;| a0')) }),
    );
    const cell = fc.option(text, { nil: null });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 5 }),
        fc.constantFrom(...CSV_DELIMITERS),
        fc.boolean(),
        (rows, delimiter, neutralise) => {
          const written = rows.map((row) => csvLine(row, { delimiter, neutralise })).join('');
          const read = readCsv(written, delimiter);
          const plain = neutralise ? read.map((row) => row.map(withoutApostrophe)) : read;
          expect(plain).toEqual(rows);
          if (!neutralise) return;
          for (const row of read)
            expect(row.some((one) => one !== null && /^[=+\-@\t\r]/.test(one))).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
