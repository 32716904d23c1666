import fc from 'fast-check';

import { listShapes, type ListShape } from '../support/list-shapes';
import { modelOfCase, recordWalk, type Consumer, type WalkCase } from '../support/record-walk';
import { violations } from '../support/walk-laws';

/** Walks a consumer; a search for rare defects takes thousands. */
const RUNS = Number(process.env['WALK_RUNS'] ?? 150);

const count = (min: number, max: number) => fc.integer({ min, max });
const slow = fc.boolean();
// Beyond the largest list, for consumers that stay.
const after = fc.oneof(count(1, 12), fc.constant(Infinity));

const consumers: Readonly<Record<Consumer['how'], fc.Arbitrary<Consumer>>> = {
  subscribe: fc.constant({ how: 'subscribe' }),
  take: fc.record({ how: fc.constant('take'), after: count(1, 15) }),
  'leave inside next': fc.record({ how: fc.constant('leave inside next'), after: count(1, 15) }),
  'leave at': fc.record({ how: fc.constant('leave at'), ticks: count(0, 20) }),
  'abort at': fc.record({ how: fc.constant('abort at'), ticks: count(0, 20) }),
  'for await': fc.record({ how: fc.constant('for await'), slow, after }),
  'next in parallel': fc.record({ how: fc.constant('next in parallel'), width: count(1, 5) }),
  forEach: fc.record({ how: fc.constant('forEach'), slow, after }),
  consume: fc.record({ how: fc.constant('consume'), slow, after, concurrency: count(1, 4) }),
  paced: fc.record({ how: fc.constant('paced'), emissions: count(0, 6) }),
};

const shapes = fc.constantFrom(
  ...listShapes.map((shape) => ({ ...shape, toString: () => shape.name })),
);

/** Page sizes the shape can say: pages in the middle are empty only where it goes on after them. */
const sizesFor = ({ gaps }: ListShape): fc.Arbitrary<readonly number[]> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.array(count(gaps ? 0 : 1, 4), { minLength: 1, maxLength: 6 }) },
    { weight: 1, arbitrary: fc.constant([0]) },
  );

const walksOf = (consumer: fc.Arbitrary<Consumer>): fc.Arbitrary<WalkCase> =>
  shapes
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        sizes: sizesFor(shape),
        consumer,
        view: fc.constantFrom('items', 'pages'),
        arrival: fc.constantFrom('at once', 'by promise', 'in virtual time'),
        prefetch: fc.oneof(fc.constant(0), count(1, 4)),
        maxPages: fc.option(count(0, 6), { nil: undefined, freq: 5 }),
        maxItems: fc.option(count(0, 12), { nil: undefined, freq: 5 }),
        failing: fc.option(count(0, 6), { nil: undefined, freq: 3 }),
      }),
    )
    // A call of next() after one that failed asks again, and calls in parallel cannot know of the failure.
    .filter(
      ({ consumer: { how }, failing }) => how !== 'next in parallel' || failing === undefined,
    );

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
