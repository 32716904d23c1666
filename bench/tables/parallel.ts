import { Contestant, interleave } from '../contestant';
import type { Findings, Scale } from '../figures';
import { figureOf } from '../statistics';

const PAGES = 80;
const QUICK_PAGES = 12;
const ITEMS = 100;

/** Pages that take equally long, or each its own time; milliseconds. */
const CASES = [
  { k: 4, prefetch: 0, least: 20, most: 20, bound: 1.05 },
  { k: 8, prefetch: 0, least: 20, most: 20, bound: 1.1 },
  { k: 4, prefetch: 4, least: 5, most: 40, bound: 1.1 },
  { k: 8, prefetch: 8, least: 5, most: 40, bound: 1.2 },
] as const;
type Case = (typeof CASES)[number];

interface Walked {
  readonly wallMs: number;
  readonly items: number;
  readonly inOrder: boolean;
  readonly requests: number;
  /** The most at once. */
  readonly together: number;
}

const WALKS = ['batches', 'ours'] as const;

/** Many requests at once, their items in order. */
export async function parallelTable(scale: Scale): Promise<Findings> {
  const bare = await Contestant.start('loop', scale);
  const contestants = await Contestant.startAll(WALKS, scale);
  const found = CASES.map(() => WALKS.map((): number[] => []));
  for (const [at, one] of CASES.entries()) {
    let seed = 0;
    const rounds = await interleave([bare], scale, () => {
      seed++;
      return ratiosOf(bare, contestants, one, seed, scale.quick);
    });
    for (const round of rounds.get(bare.file) ?? []) {
      for (const [place, ratio] of round.entries()) found[at]?.[place]?.push(ratio);
    }
  }
  for (const contestant of [bare, ...contestants]) contestant.stop();
  return {
    tables: [
      {
        id: 'parallel',
        title: 'Many requests at once, in order',
        text: `${String(PAGES)} pages by number in memory, each of which is given after some milliseconds, the same for all in a round; every reply tells the number of pages. Time to the end, to the ideal: the time of a loop that awaits one page after another, divided by _k_, as if _k_ requests were under way from the first moment to the last. Nobody who learns the number of pages from the first reply gets there: with equal times ${String(PAGES)} pages take 1.05 × that with _k_ 4, and 1.10 × with _k_ 8. No walk makes a request too many.`,
        columns: CASES.map((one) => ({
          name: `${latencyOf(one)}, _k_ ${String(one.k)}`,
          unit: '×',
        })),
        rows: contestants.map(({ file, name }, place) => ({
          name:
            file === 'ours' ? `${name}, \`concurrency: k\`; unequal: and \`prefetch: k\`` : name,
          cells: found.map((one) => figureOf(one[place] ?? [])),
        })),
      },
    ],
    goals: CASES.map((one, at) => {
      const { k, prefetch, bound } = one;
      const options = `\`concurrency: ${String(k)}\`${prefetch > 0 ? `, \`prefetch: ${String(prefetch)}\`` : ''}`;
      const reached = figureOf(found[at]?.[WALKS.indexOf('ours')] ?? []);
      return {
        measure: `in-order parallel, ${String(PAGES)} pages, latency ${latencyOf(one)}, ${options}`,
        goal: `at most ${bound.toFixed(2)} × ideal, no surplus request`,
        unit: '×',
        reached,
        isMet: reached.median <= bound,
      };
    }),
  };
}

function latencyOf({ least, most }: Case): string {
  return least === most ? `${String(least)} ms` : `${String(least)} to ${String(most)} ms`;
}

/** The time of each walk in one round, to the ideal. */
async function ratiosOf(
  bare: Contestant,
  contestants: readonly Contestant[],
  { k, prefetch, least, most }: Case,
  seed: number,
  quick: boolean,
): Promise<number[]> {
  const pages = quick ? QUICK_PAGES : PAGES;
  const latency = { pages, seed, least: quick ? 1 : least, most: quick ? 2 : most };
  const job = { kind: 'parallel', latency, k, prefetch };
  const alone = await bare.run<Walked>(job, pages * ITEMS);
  const ratios = [];
  for (const contestant of contestants) {
    const walked = await contestant.run<Walked>(job, pages * ITEMS);
    check(contestant.file, walked, pages, k);
    ratios.push(walked.wallMs / (alone.wallMs / k));
  }
  return ratios;
}

function check(file: string, { inOrder, requests, together }: Walked, pages: number, k: number) {
  if (!inOrder) throw new Error(`${file}: the items did not come in order`);
  if (requests !== pages || together !== k) {
    const [made, wanted] = [String(requests), String(pages)];
    throw new Error(
      `${file}: ${wanted} requests were to be made, ${String(k)} at once; ${made} were, ${String(together)} at once`,
    );
  }
}
