/** A text or a value of this size is made, and then handled as often as wanted. */
export interface Growing {
  readonly name: string;
  readonly make: (size: number) => () => unknown;
}

/** 64 times the size may take at most 100 times the time; what is quadratic takes 4,096 times. */
const FACTOR = 64;
export const MOST = 100;

/** Time in which the clock of the process can be read well enough, in milliseconds. */
const MEASURABLE = 2;

/** How many times longer it takes for 64 times the size: the median of so many measurements of each, taken in turn. */
function growthOf({ make }: Growing, small: number, rounds: number): number {
  const [few, many] = [make(small), make(small * FACTOR)];
  const calls = callsOf(few);
  const times = Array.from(
    { length: rounds },
    () => [timeOf(few, calls), timeOf(many, 1)] as const,
  );
  const short = Math.max(median(times.map(([time]) => time)), small * SPEED_OF_MEMORY);
  return median(times.map(([, long]) => long)) / short;
}

/** Milliseconds a character; what is faster reads at the speed of memory, where caches make small texts look fast. */
const SPEED_OF_MEMORY = 1e-6;

/** The smallest growth of several tries: a busy machine slows one of them down, never all. */
export function leastGrowthOf(growing: Growing, small: number, rounds: number, tries: number) {
  let least = Infinity;
  for (let left = tries; left > 0 && least > MOST; left--) {
    least = Math.min(least, growthOf(growing, small, rounds));
  }
  return least;
}

/** So many that they take long enough; also warms them up. */
function callsOf(handle: () => unknown): number {
  let calls = 1;
  while (timeOf(handle, calls) * calls < MEASURABLE) calls *= 2;
  return calls;
}

/** Milliseconds of one call, of the process alone: what others do on the machine does not count. */
function timeOf(handle: () => unknown, calls: number): number {
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call++) handle();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / calls;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
