import fc from 'fast-check';

import { readHttpDate, readRetryAfter } from '../../lib/protocol/retry-after';
import { FUZZ_RUNS } from '../support/fuzz-runs';

/** Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110. */
const DATE = 784_111_777_000;
const after = (value: string, now = 0) => readRetryAfter({ 'retry-after': value }, now);

describe('Retry-After in seconds', () => {
  it.each([
    ['0', 0],
    ['1', 1000],
    ['120', 120_000],
    ['0120', 120_000],
    ['1.5', 1500],
    ['0.001', 1],
    ['0.0001', 1],
    ['2.00000000000001', 2001],
    [' 7 ', 7000],
    ['\t7\t', 7000],
    ['86400', 86_400_000],
    ['999999999999999', 2 ** 53 - 1],
    ['9'.repeat(400), 2 ** 53 - 1],
  ])('reads %j as %d ms', (value, ms) => {
    expect(after(value)).toBe(ms);
  });

  it.each([
    '',
    ' ',
    '-1',
    '-0',
    '+1',
    '1e3',
    '0x10',
    '1,5',
    '1 s',
    '1s',
    '.5',
    '5.',
    '1.2.3',
    'Infinity',
    'NaN',
    'soon',
    '1, 2',
    '١',
    '1\u00002',
  ])('leaves out %j', (value) => {
    expect(after(value)).toBeUndefined();
  });
});

describe('Retry-After as a date', () => {
  it.each([
    ['the fixed form', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['the form of RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT'],
    ['the form of asctime', 'Sun Nov  6 08:49:37 1994'],
    ['any case', 'sun, 06 nov 1994 08:49:37 gmt'],
    ['blanks around it', '  Sun, 06 Nov 1994 08:49:37 GMT '],
  ])('reads %s', (_, text) => {
    expect(after(text, DATE - 3000)).toBe(3000);
    expect(after(text, DATE - 1)).toBe(1);
  });

  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT'])(
    'leaves out %j where it is past or now',
    (text) => {
      expect(after(text, DATE)).toBeUndefined();
      expect(after(text, DATE + 1)).toBeUndefined();
      expect(after(text, DATE + 86_400_000 * 400)).toBeUndefined();
    },
  );

  it.each([
    ['a day that the month has not', 'Wed, 31 Feb 2094 08:49:37 GMT'],
    ['a leap day of another year', 'Sat, 29 Feb 2093 08:49:37 GMT'],
    ['a leap day that is none, at a leap second', 'Sat, 29 Feb 2093 23:59:60 GMT'],
    ['day 0', 'Sun, 00 Nov 2094 08:49:37 GMT'],
    ['hour 24', 'Sun, 06 Nov 2094 24:00:00 GMT'],
    ['minute 60', 'Sun, 06 Nov 2094 08:60:00 GMT'],
    ['second 61', 'Sun, 06 Nov 2094 08:49:61 GMT'],
    ['another zone', 'Sun, 06 Nov 2094 08:49:37 EST'],
    ['no zone', 'Sun, 06 Nov 2094 08:49:37'],
    ['no weekday', '06 Nov 2094 08:49:37 GMT'],
    ['a month that is none', 'Sun, 06 Nev 2094 08:49:37 GMT'],
    ['five digits of year', 'Sun, 06 Nov 20940 08:49:37 GMT'],
    ['another language', 'So, 06 Nov 2094 08:49:37 GMT'],
    ['the form of ISO 8601', '2094-11-06T08:49:37Z'],
  ])('leaves out %s', (_, text) => {
    expect(after(text, DATE)).toBeUndefined();
  });

  it('takes a leap second for the one after it', () => {
    expect(readHttpDate('Sat, 31 Dec 2016 23:59:60 GMT', 0)).toBe(Date.UTC(2017, 0, 1));
  });

  it.each([
    [2026, 76, 2076],
    [2026, 77, 1977],
    [2026, 0, 2000],
    [1994, 44, 1944],
    [1994, 99, 1999],
    [2049, 99, 2099],
  ])('in %d takes the year of two digits %d for %d', (now, short, full) => {
    const year = String(short).padStart(2, '0');
    const date = readHttpDate(`Sunday, 06-Nov-${year} 08:49:37 GMT`, Date.UTC(now, 5));
    expect(date === undefined ? undefined : new Date(date).getUTCFullYear()).toBe(full);
  });

  const seconds = fc.integer({ min: Date.UTC(0, 0) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
  const anyYear = fc.oneof(
    seconds,
    fc.integer({ min: 0, max: 99 }).map((year) => new Date(0).setUTCFullYear(year) / 1000),
  );

  it('reads back every date that Date.prototype.toUTCString writes', () => {
    fc.assert(
      fc.property(anyYear, (at) => {
        expect(readHttpDate(new Date(at * 1000).toUTCString(), 0)).toBe(at * 1000);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });

  it('reads back every date in the form of asctime', () => {
    fc.assert(
      fc.property(anyYear, (at) => {
        const [weekday, day = '', month, year, time] = new Date(at * 1000)
          .toUTCString()
          .split(/[ ,]+/);
        const text = `${weekday!} ${month!} ${day.replace(/^0/, ' ')} ${time!} ${year!}`;
        expect(readHttpDate(text, 0)).toBe(at * 1000);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });

  it('reads back every date in the form of RFC 850 from 49 years before now to 50 ahead', () => {
    const years = fc.tuple(fc.integer({ min: 1971, max: 2500 }), fc.integer({ min: -49, max: 50 }));
    fc.assert(
      fc.property(years, fc.integer({ min: 0, max: 364 * 86_400 }), ([year, off], second) => {
        const now = Date.UTC(year, 6);
        // Two digits cannot say more than the century of now or the one before.
        fc.pre(Math.floor((year + off) / 100) <= Math.floor(year / 100));
        const at = Date.UTC(year + off, 0) + second * 1000;
        const [, day, month, , time] = new Date(at).toUTCString().split(/[ ,]+/);
        const short = String((year + off) % 100).padStart(2, '0');
        expect(readHttpDate(`Wednesday, ${day!}-${month!}-${short} ${time!} GMT`, now)).toBe(at);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });
});

describe('retry-after-ms', () => {
  it.each([
    ['250', 250],
    ['0.5', 1],
    ['0', 0],
  ])('reads %j as %d ms, and before Retry-After', (value, ms) => {
    expect(readRetryAfter({ 'retry-after-ms': value, 'retry-after': '60' }, 0)).toBe(ms);
  });

  it.each(['-5', 'x', ''])('gives way to Retry-After where it is %j', (value) => {
    expect(readRetryAfter({ 'retry-after-ms': value, 'retry-after': '60' }, 0)).toBe(60_000);
    expect(readRetryAfter({ 'retry-after-ms': value }, 0)).toBeUndefined();
  });
});

it('finds nothing in a reply without these headers', () => {
  expect(readRetryAfter({}, 0)).toBeUndefined();
});

describe('anything a server may send', () => {
  const near = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789.-+ ,:GMTSunNov\t')),
    maxLength: 60,
  });

  it('is a whole number of milliseconds from 0, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), fc.oneof(near, fc.string()), (ms, seconds) => {
        const wait = readRetryAfter({ 'retry-after-ms': ms, 'retry-after': seconds }, 1e12);
        expect(wait === undefined || (Number.isSafeInteger(wait) && wait >= 0)).toBe(true);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });

  it.each([
    ['digits', '1'.repeat(1_000_000)],
    ['digits and then none', `${'1'.repeat(1_000_000)}x`],
    ['blanks', `${' '.repeat(1_000_000)}1${' '.repeat(1_000_000)}x`],
    ['dots', '1.'.repeat(500_000)],
    ['a weekday without end', `${'a'.repeat(1_000_000)}, 06`],
  ])('is handled in linear time: %s', (_, text) => {
    const start = performance.now();
    after(text);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
