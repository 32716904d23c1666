import fc from 'fast-check';

import { readRateLimitWait } from '../../lib/protocol/rate-limit';
import { FUZZ_RUNS } from '../support/fuzz-runs';

/** Milliseconds of 2023-11-14. */
const NOW = 1_700_000_000_000;
const wait = (headers: Record<string, string>) => readRateLimitWait(headers, NOW);

describe('the header RateLimit', () => {
  it.each([
    ['of the older drafts', 'limit=100, remaining=0, reset=30', 30_000],
    ['without blanks', 'limit=100,remaining=0,reset=30', 30_000],
    ['in another order and case', 'Reset=30, Remaining=0, Limit=100', 30_000],
    ['with a policy behind it', 'limit=10, remaining=0, reset=5;w=60', 5000],
    ['of draft 8', '"default";r=0;t=30', 30_000],
    ['with blanks', ' "default" ; r=0 ; t=30 ', 30_000],
    ['parameters turned round', '"default";t=30;r=0', 30_000],
    ['a partition key', '"default";r=0;t=2;pk=:Y2xpZW50:', 2000],
    ['two policies used up', '"burst";r=0;t=3, "daily";r=0;t=50', 50_000],
    ['two policies, one used up', '"burst";r=0;t=3,"daily";r=99;t=5000', 3000],
    ['a policy whose name looks like a parameter', '";r=9;t=9";r=0;t=4', 4000],
    ['a policy with a comma in its name', '"a,b";r=0;t=4', 4000],
  ])('is read: %s', (_, text, ms) => {
    expect(wait({ ratelimit: text })).toBe(ms);
  });

  it.each([
    ['something is left', 'limit=100, remaining=1, reset=30'],
    ['something is left of every policy', '"a";r=1;t=30, "b";r=9;t=10'],
    ['no reset is said', 'limit=100, remaining=0'],
    ['the reset is now', '"default";r=0;t=0'],
    ['no rest is said', '"default";t=30'],
    ['the rest is negative', '"default";r=-1;t=30'],
    ['the name alone has it', '";r=0;t=30"'],
    ['it is empty', ''],
    ['it is something else', 'yes'],
  ])('asks for no wait where %s', (_, text) => {
    expect(wait({ ratelimit: text })).toBeUndefined();
  });

  it('decides where it can be read, and else the separate headers do', () => {
    const separate = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9' };
    expect(wait({ ratelimit: '"default";r=5;t=30', ...separate })).toBeUndefined();
    expect(wait({ ratelimit: '"default";r=0;t=30', ...separate })).toBe(30_000);
    expect(wait({ ratelimit: 'none', ...separate })).toBe(9000);
  });
});

describe.each(['ratelimit', 'x-ratelimit', 'x-rate-limit'])('the headers %s-*', (prefix) => {
  const headers = (remaining: string, reset?: string) => ({
    [`${prefix}-remaining`]: remaining,
    ...(reset !== undefined && { [`${prefix}-reset`]: reset }),
  });

  it.each([
    ['a span in seconds', '30', 30_000],
    ['a span with a fraction', '0.25', 250],
    ['the longest span', '999999999', 999_999_999_000],
    ['a time in seconds', '1700000060', 60_000],
    ['a time in seconds with a fraction', '1700000000.5', 500],
    ['a time in milliseconds', '1700000060000', 60_000],
    ['blanks around it', ' 30 ', 30_000],
  ])('are read: %s', (_, reset, ms) => {
    expect(wait(headers('0', reset))).toBe(ms);
    expect(wait(headers(' 0 ', reset))).toBe(ms);
  });

  it.each([
    ['something is left', '1', '30'],
    ['the rest cannot be read', 'few', '30'],
    ['the rest is negative', '-1', '30'],
    ['no reset is said', '0', undefined],
    ['the reset is negative', '0', '-30'],
    ['the reset is a date', '0', 'Tue, 14 Nov 2023 22:13:20 GMT'],
    ['the reset is now', '0', '0'],
    ['the time is past', '0', '1699999999'],
    ['the time is now', '0', '1700000000'],
    ['the time in milliseconds is past', '0', '1699999999999'],
  ])('ask for no wait where %s', (_, remaining, reset) => {
    expect(wait(headers(remaining, reset))).toBeUndefined();
  });
});

it('takes the standard headers before those with X-', () => {
  const x = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9' };
  const standard = { 'ratelimit-remaining': '1', 'ratelimit-reset': '3' };
  expect(wait({ ...x, ...standard })).toBeUndefined();
  expect(wait({ ...x, ...standard, 'ratelimit-remaining': '0' })).toBe(3000);
});

it('finds nothing in a reply without these headers', () => {
  expect(wait({})).toBeUndefined();
});

describe('anything a server may send', () => {
  const near = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789=;,"rt \\.-')),
    maxLength: 80,
  });
  const any = fc.oneof(near, fc.string());

  it('is a whole number of milliseconds above 0, or nothing', () => {
    fc.assert(
      fc.property(any, any, any, (combined, remaining, reset) => {
        for (const headers of [
          { ratelimit: combined },
          { 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset },
          { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
        ]) {
          const ms = wait(headers);
          expect(ms === undefined || (Number.isInteger(ms) && ms > 0)).toBe(true);
        }
      }),
      { numRuns: FUZZ_RUNS },
    );
  });

  it.each([
    ['quotes', '"'.repeat(1_000_000)],
    ['commas', ','.repeat(1_000_000)],
    ['commas and blanks', ', '.repeat(500_000)],
    ['parameters', ';r=0'.repeat(250_000)],
    ['a name', `"${'\\"'.repeat(500_000)}`],
    ['blanks', ' '.repeat(1_000_000)],
  ])('is handled in linear time: %s', (_, text) => {
    const start = performance.now();
    wait({ ratelimit: text, 'x-ratelimit-remaining': text, 'x-ratelimit-reset': text });
    expect(performance.now() - start).toBeLessThan(500);
  });
});
