import { Contestant, interleave } from '../contestant';
import type { Findings, Scale } from '../figures';
import { figureOf, ratios } from '../statistics';

/** The items through `filter` and `map`, at 1,000 a page. */
export async function operatorTable(scale: Scale): Promise<Findings> {
  const contestants = await Contestant.startAll(['ours', 'expand'], scale);
  const total = scale.quick ? 2_000 : 1_000_000;
  // The compiler has done with either only after some million items, and with every full collection of garbage it begins
  // anew: a round is long enough to hold some of them.
  const [warmUp, atLeast] = scale.quick ? [0, 0] : [8, 500];
  const found = await interleave(contestants, scale, async (contestant) => {
    const job = { kind: 'filtered', size: 1_000, total, atLeast, warmUp };
    const { cpuMs } = await contestant.run<{ cpuMs: number; items: number }>(job, total / 2);
    return (cpuMs * 1e6) / total;
  });
  for (const contestant of contestants) contestant.stop();
  const of = (file: string) => found.get(file) ?? [];
  const gain = ratios(of('expand'), of('ours'));
  return {
    tables: [
      {
        id: 'operators',
        title: 'Items through `filter` and `map`',
        text: 'Parsed pages of 1,000 items in memory; half of the items pass. CPU of the process.',
        columns: [
          { name: 'an item', unit: 'ns' },
          { name: 'to `paginate`', unit: '×' },
        ],
        rows: contestants.map(({ file, name }) => ({
          name,
          cells: [figureOf(of(file)), ratios(of(file), of('ours'))],
        })),
      },
    ],
    goals: [
      {
        measure: 'items through `filter` and `map`, 1,000 a page',
        goal: 'at least 1.3 × as fast as `expand` + `concatMap`',
        unit: '×',
        reached: gain,
        isMet: gain.median >= 1.3,
      },
    ],
  };
}
