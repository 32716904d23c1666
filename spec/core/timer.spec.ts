import { VirtualTimeScheduler } from 'rxjs';

import { startTimer } from '../../lib/core/timer';

/** When the callback ran, in milliseconds of the clock. */
function runAfter(ms: number, cancelAt?: number): { times: number[]; waits: number } {
  const clock = new VirtualTimeScheduler();
  const times: number[] = [];
  let waits = 0;
  const schedule = clock.schedule.bind(clock);
  clock.schedule = (...all) => {
    waits++;
    return schedule(...all);
  };
  const timer = startTimer(clock, ms, () => times.push(clock.frame));
  if (cancelAt !== undefined) schedule(() => { timer.unsubscribe(); }, cancelAt); // prettier-ignore
  clock.flush();
  return { times, waits };
}

describe('startTimer', () => {
  const longest = 2 ** 31 - 1;

  it.each([
    [0, 1],
    [250, 1],
    [longest, 1],
    [longest + 1, 2],
    [2 * longest, 2],
    [2 * longest + 5, 3],
  ])('runs once after %d ms, which takes %d timers of the runtime', (ms, waits) => {
    expect(runAfter(ms)).toEqual({ times: [ms], waits });
  });

  it('never runs for Infinity', () => {
    expect(runAfter(Infinity)).toEqual({ times: [], waits: 0 });
  });

  it.each([longest + 10, 300])('does not run after it was cancelled: %d', (ms) => {
    expect(runAfter(ms, 200).times).toEqual([]);
    expect(runAfter(longest * 2, longest + 10).times).toEqual([]);
  });
});
