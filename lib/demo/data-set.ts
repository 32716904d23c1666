/** One record of the demo data. */
export interface User {
  /** Sorts as text in server order. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly team: Team;
  readonly active: boolean;
  /** ISO 8601, UTC; in no order. */
  readonly createdAt: string;
  /** From -10.0 to 99.9, one decimal. */
  readonly score: number;
}

export const TEAMS = ['amber', 'cobalt', 'jade', 'ruby', 'slate'] as const;
export type Team = (typeof TEAMS)[number];

// Letters outside ASCII, a quote and a comma, because exports of real names meet them.
const FIRST = ['Ada', 'Björn', 'Chloé', 'Dmitri', 'Emeka', 'Łucja', 'Mei', 'Noor', 'Zoë', '山'];
const LAST = [
  'Adeyemi',
  'Berg',
  'Castro',
  "O'Brien",
  'Kim, Jr.',
  'Nguyen',
  'Şahin',
  'Weiß',
  '田中',
];

const EARLIEST = Date.UTC(2024, 0, 1);
const TWO_YEARS_IN_SECONDS = 2 * 365 * 86_400;

/**
 * The demo data: the same seed gives the same users, byte for byte, and a larger set begins with a smaller one.
 * @throws TypeError if `count` or `seed` is no whole number of at least 0.
 */
export function demoUsers(count: number, seed = 1): readonly User[] {
  for (const [name, value] of Object.entries({ users: count, seed })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new TypeError(
        `Expected ${name} to be a whole number of at least 0, got ${String(value)}`,
      );
    }
  }
  const below = generator(seed);
  return Array.from({ length: count }, (_, index) => {
    // Seven digits hold ten million users; fewer would end the agreement of text order and server order.
    const id = `u${String(index + 1).padStart(7, '0')}`;
    return {
      id,
      name: `${pick(FIRST, below)} ${pick(LAST, below)}`,
      email: `${id}@users.example`,
      team: pick(TEAMS, below),
      active: below(10) < 7,
      createdAt: new Date(EARLIEST + below(TWO_YEARS_IN_SECONDS) * 1000).toISOString(),
      score: (below(1100) - 100) / 10,
    };
  });
}

export function pick<T>(values: readonly T[], below: (bound: number) => number): T {
  const value = values[below(values.length)];
  if (value === undefined) throw new RangeError('Nothing to pick from');
  return value;
}

/** Whole numbers below a bound by mulberry32, which needs 32-bit integers only and so is the same on every machine. */
export function generator(seed: number): (bound: number) => number {
  let state = seed | 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}
