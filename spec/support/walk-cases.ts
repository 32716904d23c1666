import fc from 'fast-check';

import type { Json } from '../../lib/core/json';
import { listShapes, type ListShape } from './list-shapes';
import { modelOfCase, type Consumer, type TroubleCase, type WalkCase } from './record-walk';
import { THROWN, type RetryAfter, type ThrownCode, type Trouble } from './trouble';

const count = (min: number, max: number) => fc.integer({ min, max });
const slow = fc.boolean();
// Beyond the largest list, for consumers that stay.
const after = fc.oneof(count(1, 12), fc.constant(Infinity));

/** How lists are consumed. */
export const consumers: Readonly<Record<Consumer['how'], fc.Arbitrary<Consumer>>> = {
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

const plainCase = (shape: ListShape, consumer: fc.Arbitrary<Consumer>) => ({
  shape: fc.constant(shape),
  sizes: sizesFor(shape),
  consumer,
  view: fc.constantFrom('items' as const, 'pages' as const),
  prefetch: fc.oneof(fc.constant(0), count(1, 4)),
  maxPages: fc.option(count(0, 6), { nil: undefined, freq: 5 }),
  maxItems: fc.option(count(0, 12), { nil: undefined, freq: 5 }),
});

/** Walks by this consumer, of which a third has a page that fails for good. */
export const walksOf = (consumer: fc.Arbitrary<Consumer>): fc.Arbitrary<WalkCase> =>
  shapes
    .chain((shape) =>
      fc.record({
        ...plainCase(shape, consumer),
        arrival: fc.constantFrom(
          'at once' as const,
          'by promise' as const,
          'in virtual time' as const,
        ),
        failing: fc.option(count(0, 6), { nil: undefined, freq: 3 }),
      }),
    )
    // A call of next() after one that failed asks again, and calls in parallel cannot know of the failure.
    .filter(
      ({ consumer: { how }, failing }) => how !== 'next in parallel' || failing === undefined,
    );

/** Every walk there is, by every consumer. */
export const allWalks = fc
  .oneof(...Object.values(consumers))
  .chain((consumer) => walksOf(fc.constant(consumer)));

const retryAfters: readonly RetryAfter[] = [
  { text: '0', ms: 0 },
  { text: '1', ms: 1000 },
  { text: '2.5', ms: 2500 },
  { text: '60', ms: 60_000 },
  { text: '61', ms: 61_000 },
  { text: '86400', ms: 86_400_000 },
  { text: 'Thu, 01 Jan 1970 00:00:00 GMT' }, // past: the virtual clock begins there
  { text: '-1' },
  { text: 'soon' },
];

const delayMs = fc.constantFrom(0, 0, 1, 50);
const each = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const statusOf = (...statuses: readonly number[]): fc.Arbitrary<Trouble> =>
  fc
    .tuple(delayMs, each(...statuses), fc.option(each(...retryAfters), { nil: undefined, freq: 2 }))
    .map(([delay, status, retryAfter]) => ({ kind: 'status', delayMs: delay, status, retryAfter }));
const thrown = (...codes: readonly ThrownCode[]): fc.Arbitrary<Trouble> =>
  fc
    .tuple(delayMs, each(...codes), fc.boolean())
    .map(([delay, code, wrapped]) => ({ kind: 'thrown', delayMs: delay, code, wrapped }));
const codesOf = (wanted: readonly string[]) =>
  (Object.keys(THROWN) as ThrownCode[]).filter((code) => wanted.includes(THROWN[code]));
const refused = (code: 'BAD_JSON' | 'BAD_CONTENT'): fc.Arbitrary<Trouble> =>
  delayMs.map((delay) => ({ kind: 'refused', delayMs: delay, code }));

/** What another attempt may get over. */
const passing: fc.Arbitrary<Trouble> = fc.oneof(
  statusOf(429, 429, 500, 502, 503, 503, 504, 408, 529),
  thrown(...codesOf(['NETWORK', 'TIMEOUT'])),
  refused('BAD_JSON'),
  fc.constant<Trouble>({ kind: 'silence', delayMs: 0 }),
  each(1, 300, 5000).map((byMs): Trouble => ({ kind: 'late', delayMs: 0, byMs })),
);

/** No page of any shape. */
const wrongBodies: readonly Json[] = [
  null,
  7,
  '<!doctype html><p>Sign in',
  { error: 'no' },
  { data: 7, rows: {}, all: '' },
];

/** What it may not. */
const lasting: fc.Arbitrary<Trouble> = fc.oneof(
  statusOf(400, 401, 403, 404, 422, 501, 505),
  thrown(...codesOf(['TLS', 'PROTOCOL'])),
  refused('BAD_CONTENT'),
  fc
    .tuple(delayMs, each(...wrongBodies))
    .map(([delay, body]): Trouble => ({ kind: 'shape', delayMs: delay, body })),
  delayMs.map((delay): Trouble => ({ kind: 'no reply', delayMs: delay })),
);

const trouble = fc.oneof({ weight: 9, arbitrary: passing }, { weight: 1, arbitrary: lasting });

/** Up to five troubles, at places all over the list or all at one. */
const troubles: fc.Arbitrary<Trouble[][]> = fc
  .tuple(
    fc.array(fc.tuple(count(0, 6), trouble), { maxLength: 5 }),
    fc.option(count(0, 3), { nil: undefined, freq: 3 }),
  )
  .map(([planted, one]) => {
    const places: Trouble[][] = Array.from({ length: 7 }, () => []);
    for (const [place, what] of planted) places[one ?? place]?.push(what);
    return places;
  });

const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 4 });
const retry = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant(false as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      retries: rarely(count(0, 5)),
      baseDelay: rarely(each(0, 1, 7, 400)),
      maxDelay: rarely(each(0, 300, 1000)),
      maxRetryAfter: rarely(each(0, 2000, 90_000_000)),
      budget: rarely(each(0, 5, 14, 30, Infinity)),
    }),
  },
);

const troubleCases: fc.Arbitrary<TroubleCase> = fc.record({
  troubles,
  retry,
  timeoutMs: each(100, 30_000),
  seed: fc.nat(),
});

/** Of the same consumers; those that leave at a time leave within a request or a wait as well. */
const troubledConsumers = fc.oneof(
  ...Object.values(consumers),
  fc.record({
    how: each('leave at' as const, 'abort at' as const),
    ticks: fc.oneof(count(0, 400), count(0, 15_000)),
  }),
);

/** Walks in virtual time on which things go wrong. */
export const troubledWalks: fc.Arbitrary<WalkCase> = shapes
  .chain((shape) =>
    fc.record({
      ...plainCase(shape, troubledConsumers),
      arrival: fc.constant('in virtual time' as const),
      trouble: troubleCases,
    }),
  )
  .filter(
    (walk) =>
      walk.consumer.how !== 'next in parallel' || modelOfCase(walk).failingCode === undefined,
  );
