import fc from 'fast-check';

import { listShapes } from '../support/list-shapes';
import { modelOfCase, recordWalk, type WalkCase } from '../support/record-walk';
import { consumers, walksOf } from '../support/walk-cases';
import { violations } from '../support/walk-laws';

/** Walks a consumer; a search for rare defects takes thousands. */
const RUNS = Number(process.env['WALK_RUNS'] ?? 150);

async function broken(walk: WalkCase): Promise<string[]> {
  return violations(await recordWalk(walk), modelOfCase(walk));
}

/** Cases that once failed; each stays. */
const regressions: readonly (readonly [what: string, walk: WalkCase])[] = [
  [
    'a notifier that completes while the last page is on its way',
    {
      shape: listShapes[0]!,
      sizes: [0],
      view: 'items',
      consumer: { how: 'paced', emissions: 0 },
      arrival: 'by promise',
      prefetch: 1,
    },
  ],
];

describe('the laws of a walk', () => {
  it.each(Object.entries(consumers))(
    'hold for every list and a consumer by %s',
    async (_, consumer) => {
      await fc.assert(
        fc.asyncProperty(walksOf(consumer), async (walk) => {
          expect(await broken(walk)).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    60_000,
  );

  it.each(regressions)('hold where they once did not: %s', async (_, walk) => {
    expect(await broken(walk)).toEqual([]);
  });

  it('hold for a walk nobody asked anything of', async () => {
    const [shape] = listShapes;
    const walk: WalkCase = {
      shape: shape!,
      sizes: [2],
      view: 'items',
      arrival: 'at once',
      prefetch: 2,
      consumer: { how: 'next in parallel', width: 0 },
    };

    expect(await recordWalk(walk)).toEqual([]);
  });
});

describe('every shape of list', () => {
  const sizes = [[1], [0], [3], [2, 3], [1, 1, 1, 1], [5, 1, 4]];
  const gaps = [
    [0, 2],
    [2, 0],
    [2, 0, 0, 3],
    [0, 0, 0, 1, 0],
  ];
  const table = listShapes.flatMap((shape) =>
    [...sizes, ...(shape.gaps ? gaps : [])].map((each) => [shape.name, each, shape] as const),
  );

  it.each(table)('is walked exactly: %s, pages of %j', async (_, each, shape) => {
    for (const view of ['items', 'pages'] as const) {
      const consumer = { how: 'subscribe' } as const;
      const walk = { shape, sizes: each, view, consumer, arrival: 'at once', prefetch: 0 } as const;
      expect(await broken(walk)).toEqual([]);
    }
  });
});
