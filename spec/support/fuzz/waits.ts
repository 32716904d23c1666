import fc from 'fast-check';

import { readRateLimitWait } from '../../../lib/protocol/rate-limit';
import { readRetryAfter } from '../../../lib/protocol/retry-after';
import { fuzzTarget } from './fuzz-target';
import { demand } from './survive';

const NOW = Date.UTC(2026, 10, 21);

const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), maxLength: 25 });
const near = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789.-+=;,: "\\rtGMTSunNov\t')),
  maxLength: 40,
});

/** Dates of all three forms, also of days that there are not, with a piece of another. */
const dates = fc
  .tuple(
    fc.constantFrom('Sun, 06 Nov 1994 ', 'Sat, 31 Feb 2027 ', 'Sunday, 06-Nov-94 ', 'Sun Nov  6 '),
    fc.constantFrom('08:49:37', '23:59:60', '24:00:00', '99:99:99', ''),
    fc.constantFrom(' GMT', ' gmt', ' 1994', ' 9999', ' +0100', ''),
  )
  .map((parts) => parts.join(''));

const combined = fc
  .array(fc.constantFrom('limit=9', 'remaining=0', 'reset=30', '"a";r=0;t=30', '"r=0";t=', 'r', ''))
  .map((parts) => parts.join(', '));

const values = fc.oneof(digits, near, dates, combined, fc.string());

const NAMES = [
  ...['retry-after', 'retry-after-ms', 'ratelimit', '__proto__'],
  ...['ratelimit', 'x-ratelimit', 'x-rate-limit'].flatMap((prefix) => [
    `${prefix}-remaining`,
    `${prefix}-reset`,
  ]),
];

export const waits = fuzzTarget({
  name: 'waits',
  title: 'Retry-After and RateLimit fields',
  shows: ['retry after', 'reset', 'nothing said'],
  inputs: fc.dictionary(fc.constantFrom(...NAMES), values, { noNullPrototype: true }),
  check: (headers) => {
    const [after, reset] = [readRetryAfter(headers, NOW), readRateLimitWait(headers, NOW)];
    demand(after === undefined || Number.isSafeInteger(after), `a wait of ${String(after)} ms`);
    demand(after === undefined || after >= 0, `a wait of ${String(after)} ms`);
    demand(reset === undefined || Number.isFinite(reset), `a reset in ${String(reset)} ms`);
    demand(reset === undefined || reset > 0, `a reset in ${String(reset)} ms`);
    return after !== undefined ? 'retry after' : reset !== undefined ? 'reset' : 'nothing said';
  },
});
