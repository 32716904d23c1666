import * as fc from 'fast-check';

import { pacingOf } from '../../../lib/queue/limits/pacing';

/** How late a request may arrive, in seconds. */
const LATE = 0.15;

/** The plan of the database, with time in seconds: when a request may be sent, for each that asks. */
function plannedTimes(asked: readonly number[], pace: number, depth: number): readonly number[] {
  const gap = 1 / pace;
  let fullAt = 0;
  return asked.map((at) => {
    const filled = Math.max(fullAt, at);
    const planned = Math.max(at, filled - gap * (depth - 1));
    fullAt = Math.max(filled, planned) + gap;
    return planned;
  });
}

/** The most that came within any second, its beginning included and its end not. */
function mostInOneSecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let [most, first] = [0, 0];
  sorted.forEach((time, at) => {
    // A billionth for the rounding of the numbers.
    while ((sorted[first] ?? 0) <= time - 1 + 1e-9) first++;
    most = Math.max(most, at - first + 1);
  });
  return most;
}

const limits = {
  perSecond: fc.integer({ min: 1, max: 60 }),
  burst: fc.integer({ min: 1, max: 60 }),
};

describe('pacingOf', () => {
  it('lets no second see more than the rate and its burst, however late requests arrive', () => {
    fc.assert(
      fc.property(
        fc.record(limits),
        fc.array(
          fc.tuple(
            fc.double({ min: 0, max: 0.2, noNaN: true }),
            fc.double({ min: 0, max: 1, noNaN: true }),
          ),
          {
            minLength: 100,
            maxLength: 300,
          },
        ),
        fc.boolean(),
        ({ perSecond, burst }, moments, atOnce) => {
          const { pace, depth } = pacingOf(perSecond, burst);
          let now = 0;
          const asked = moments.map(([pause]) => (now += atOnce ? 0 : pause));
          const planned = plannedTimes(asked, pace, depth);
          const arrived = planned.map((time, at) => time + (moments[at]?.[1] ?? 0) * LATE);
          expect(mostInOneSecond(arrived)).toBeLessThanOrEqual(perSecond + burst);
        },
      ),
    );
  });

  it('lets requests through that have been waited for, as many at once as the depth says', () => {
    const { pace, depth } = pacingOf(10, 5);
    expect(depth).toBe(3);
    const asked = [0, 0, 0, 0, 0, 10, 10, 10, 10];
    const gap = 1 / pace;
    expect(plannedTimes(asked, pace, depth).map((time) => time.toFixed(6))).toEqual(
      [0, 0, 0, gap, 2 * gap, 10, 10, 10, 10 + gap].map((time) => time.toFixed(6)),
    );
  });

  it.each([
    { perSecond: 30, burst: 1, pace: 30 / 1.15, depth: 1 },
    { perSecond: 30, burst: 6, pace: 30, depth: 1 },
    { perSecond: 30, burst: 30, pace: 30, depth: 25 },
    { perSecond: 1, burst: 1, pace: 1 / 1.15, depth: 1 },
    { perSecond: 0.1, burst: 1, pace: 0.1 / 1.15, depth: 1 },
  ])(
    'makes a pace of $pace and a depth of $depth of $perSecond a second and a burst of $burst',
    ({ perSecond, burst, pace, depth }) => {
      const made = pacingOf(perSecond, burst);
      expect(made.depth).toBe(depth);
      expect(made.pace).toBeCloseTo(pace, 9);
    },
  );
});
