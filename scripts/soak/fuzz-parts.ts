import { fuzzTargets } from '../../spec/support/fuzz';
import { growing } from '../../spec/support/fuzz/growing';
import { leastGrowthOf, MOST } from '../../spec/support/growth';

import { Tally, type SoakPart } from './part';

const INPUTS = 100_000;
/** 64 times this is 1 MiB. */
const SMALL = 16 * 1024;
const ROUNDS = 5;
const TRIES = 5;

/** Inputs made to break what reads them. */
const fuzzed = fuzzTargets.map(({ name, title, shows, run }): SoakPart => ({
  name: `fuzz-${name}`,
  title,
  unit: 'inputs',
  runs: INPUTS,
  play: ({ runs, seed, path, tell }) => {
    const tally = new Tally(tell);
    const { tried, failure } = run({ numRuns: runs, seed, path, note: tally.note });
    const { counts } = tally;
    const unseen = shows.filter((outcome) => counts[outcome] === undefined);
    const isPoor = failure === undefined && path === undefined && runs >= 2000 && unseen.length > 0;
    const poor = { report: `No input came to: ${unseen.join(', ')}` };
    return Promise.resolve({ done: tried, counts, failure: isPoor ? poor : failure });
  },
}));

const growth: SoakPart = {
  name: 'growth',
  title: 'texts and pages of 16 KiB and of 1 MiB: at most 100 times the time for 64 times the size',
  unit: 'kinds of input',
  runs: growing.length,
  play: ({ runs, tell }) => {
    const found: (readonly [name: string, growth: number])[] = [];
    for (const one of growing.slice(0, runs)) {
      found.push([one.name, leastGrowthOf(one, SMALL, ROUNDS, TRIES)]);
      tell(found.length);
    }
    const [worst] = [...found].sort(([, one], [, two]) => two - one);
    const wrong = found.filter(([, times]) => times > MOST);
    return Promise.resolve({
      done: found.length,
      counts: { [`times at most, for ${worst?.[0] ?? 'nothing'}`]: (worst?.[1] ?? 0).toFixed(1) },
      failure:
        wrong.length === 0
          ? undefined
          : {
              report: wrong.map(([name, times]) => `${name}: ${times.toFixed(1)} times`).join('\n'),
            },
    });
  },
};

export const fuzzParts: readonly SoakPart[] = [...fuzzed, growth];
