import fc from 'fast-check';

import { fuzzTargets } from '../support/fuzz';
import { FUZZ_RUNS } from '../support/fuzz-runs';
import { fuzzTarget } from '../support/fuzz/fuzz-target';

describe.each(fuzzTargets.map((target) => [target.title, target] as const))('%s', (_, target) => {
  it('break nothing, and are not all refused at once', () => {
    const outcomes = new Set<string>();
    const { failure } = target.run({
      numRuns: FUZZ_RUNS,
      note: (seen) => {
        for (const outcome of seen) outcomes.add(outcome);
      },
    });
    expect(failure?.report).toBeUndefined();
    expect([...outcomes]).toEqual(expect.arrayContaining([...target.shows]));
  });
});

describe('a fuzz target', () => {
  const target = (check: (input: number) => string) =>
    fuzzTarget({ name: 'any', title: 'any', shows: [], inputs: fc.nat(1000), check });
  const run = { numRuns: 200, seed: 1, note: () => undefined };

  it('shows the smallest input that breaks what it tries, and the way to it', () => {
    const broken = target((input) => {
      if (input > 7) throw new Error('broken');
      return '';
    });
    const { failure } = broken.run(run);
    expect(failure?.report).toContain('Counterexample: [8]');
    expect(failure?.report).toContain('broken');
    const again = broken.run({ ...run, path: failure?.path });
    expect(again.failure?.report).toContain('Counterexample: [8]');
    expect(again.tried).toBe(1);
  });

  it('shows the smallest input that pollutes a prototype, and clears it away', () => {
    const { failure } = target((input) => {
      if (input > 7) Object.assign(Object.prototype, { polluted: true });
      return '';
    }).run(run);
    expect(failure?.report).toContain('Counterexample: [8]');
    expect(failure?.report).toContain('Prototypes gained polluted');
    expect('polluted' in {}).toBe(false);
  });
});
