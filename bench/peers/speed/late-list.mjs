import { sleep } from './measure.mjs';

const ITEMS = 100;

/**
 * A list by page number in memory whose pages each take a time of their own, drawn from a seed.
 * @param {{ pages: number, least: number, most: number, seed: number }} shape milliseconds of the quickest and of the slowest
 */
export function lateList({ pages, least, most, seed }) {
  const random = randomFrom(seed);
  const latencies = Array.from({ length: pages }, () => least + (most - least) * random());
  const seen = { requests: 0, together: 0 };
  let open = 0;
  const fetch = async (number) => {
    seen.requests++;
    seen.together = Math.max(seen.together, ++open);
    await sleep(latencies[number - 1] ?? most);
    open--;
    return {
      items: Array.from({ length: ITEMS }, (_, place) => ({ id: (number - 1) * ITEMS + place })),
      pages,
    };
  };
  return { fetch, seen };
}

/** Mulberry32: the same numbers from 0 to 1 for the same seed. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
