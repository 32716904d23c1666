import fc from 'fast-check';

import { modelOfCase, recordWalk, type WalkCase } from '../support/record-walk';
import { troubleViolations } from '../support/trouble-laws';
import { troubledWalks } from '../support/walk-cases';

/** A search for rare defects takes thousands. */
const RUNS = Number(process.env['WALK_RUNS'] ?? 150) * 10;

async function broken(walk: WalkCase): Promise<string[]> {
  return troubleViolations(await recordWalk(walk), modelOfCase(walk));
}

it('a walk on which things go wrong keeps the laws', async () => {
  await fc.assert(
    fc.asyncProperty(troubledWalks, async (walk) => {
      expect(await broken(walk)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 60_000);
