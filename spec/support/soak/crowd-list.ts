import type { Fault } from '../fault';
import { cursorList, jsonReply, paramOf } from '../fault-lists';
import { seeded, type FaultScript } from '../fault-server';

/** Every walk has a list of its own: ten pages of ten items. */
const CROWD_PAGES = 10;
const SIZE = 10;

/** What goes wrong, all of it for one attempt. */
const FAULTS: readonly Fault[] = [
  { kind: 'reset', at: 'start' },
  { kind: 'reset', at: 'body', chunked: true },
  { kind: 'hang-up', at: 'head' },
  { kind: 'hang-up', at: 'body' },
  { kind: 'cut' },
  { kind: 'reply', status: 503 },
  { kind: 'reply', status: 429, headers: { 'retry-after-ms': '50' } },
];

const STALL: Fault = { kind: 'stall', at: 'body' };

export interface Crowd {
  readonly walks: number;
  /** Of the pages on which something goes wrong. */
  readonly share: number;
  /** Whether some bodies stall, which takes as long as the time limit. */
  readonly stalls: boolean;
  readonly seed: number;
}

/** One list for each of many walks, told apart by the parameter `walk`. */
export function crowdList({ walks, share, stalls, seed }: Crowd): FaultScript {
  const random = seeded(seed);
  const kinds = stalls ? [...FAULTS, STALL] : FAULTS;
  const faults: Record<number, readonly Fault[]> = {};
  for (let page = 0; page < walks * CROWD_PAGES; page++) {
    const fault = kinds[Math.floor(random() * kinds.length)];
    if (random() < share && fault !== undefined) faults[page] = [fault];
  }
  return cursorList({
    pageOf: ({ target }) =>
      Number(paramOf(target, 'walk') ?? 0) * CROWD_PAGES + Number(paramOf(target, 'cursor') ?? 0),
    reply: (place) => {
      const page = place % CROWD_PAGES;
      const items = crowdItems(Math.floor(place / CROWD_PAGES)).slice(
        page * SIZE,
        (page + 1) * SIZE,
      );
      return jsonReply({ items, next_cursor: page + 1 < CROWD_PAGES ? page + 1 : null });
    },
    faults,
    seed,
  });
}

/** The items of a walk's list. */
export function crowdItems(walk: number): readonly number[] {
  return Array.from({ length: CROWD_PAGES * SIZE }, (_, index) => walk * 1000 + index);
}
