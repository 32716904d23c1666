import { Subscription, type SchedulerLike } from 'rxjs';

/** What the timers of runtimes can hold; a longer one would go off at once. */
const LONGEST = 2 ** 31 - 1;

/** Runs `callback` once, after any number of milliseconds of the clock; never for `Infinity`. Unsubscribing cancels it. */
export function startTimer(clock: SchedulerLike, ms: number, callback: () => void): Subscription {
  if (ms <= LONGEST) return clock.schedule(callback, ms); // as for every page
  const timer = new Subscription();
  if (ms === Infinity) return timer;
  const leg = (left: number) => {
    const next = () => {
      if (left > LONGEST) leg(left - LONGEST);
      else callback();
    };
    timer.add(clock.schedule(next, Math.min(left, LONGEST)));
  };
  leg(ms);
  return timer;
}
