import fc from 'fast-check';

import { propertyResult } from '../../spec/support/property-result';
import { modelOfCase, recordWalk, type WalkCase } from '../../spec/support/record-walk';
import type { Trace } from '../../spec/support/trace';
import { troubleViolations } from '../../spec/support/trouble-laws';
import { allWalks, troubledWalks } from '../../spec/support/walk-cases';
import { violations, type WalkModel } from '../../spec/support/walk-laws';

import { Tally, type SoakPart } from './part';

const WALKS = 20_000;

/** Random walks, each judged by the model. */
export const walkParts: readonly SoakPart[] = [
  walkPart(
    'walks',
    'random walks on which nothing goes wrong',
    allWalks.map((walk): WalkCase => ({ ...walk, failing: undefined })),
    violations,
  ),
  walkPart('faults', 'random walks with up to five faults each', troubledWalks, troubleViolations),
];

function walkPart(
  name: string,
  title: string,
  walks: fc.Arbitrary<WalkCase>,
  judge: (trace: Trace, model: WalkModel) => readonly string[],
): SoakPart {
  return {
    name,
    title,
    unit: 'walks',
    runs: WALKS,
    play: async ({ runs, seed, path, tell }) => {
      const tally = new Tally(tell);
      const property = fc.asyncProperty(walks, async (walk) => {
        const trace = await recordWalk(walk);
        const broken = judge(trace, modelOfCase(walk));
        if (broken.length > 0) throw new Error(broken.join('\n'));
        tally.note([endOf(trace)]);
      });
      const details = await fc.check(property, {
        numRuns: runs,
        seed,
        ...(path !== undefined && { path }),
      });
      const { tried, failure } = propertyResult(details);
      return { done: tried, counts: tally.counts, failure };
    },
  };
}

function endOf(trace: Trace): string {
  const stop = trace.find(({ type }) => type === 'complete' || type === 'error' || type === 'left');
  return stop?.type === 'error' ? stop.code : (stop?.type ?? 'asked for nothing');
}
