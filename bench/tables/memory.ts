import { Contestant } from '../contestant';
import type { Figure, Findings, Scale } from '../figures';
import { figureOf, ratios } from '../statistics';

const SLOW = ['ours', 'generator', 'expand'];

interface Slow {
  readonly items: number;
  readonly ahead: number;
  readonly peakMb: number;
}

interface Million {
  readonly items: number;
  readonly marks: readonly { readonly heap: number; readonly cpuUs: number }[];
}

/** Memory behind a slow consumer, and along a walk of a million pages. Every walk has a process of its own. */
export async function memoryTables(scale: Scale): Promise<Findings> {
  const slow = await slowWalks(scale);
  const long = await longWalks(scale);
  const peak = ratios(slow.peak('ours'), slow.peak('generator'));
  const ahead = figureOf(slow.ahead('ours'));
  return {
    tables: [
      {
        id: 'memory',
        title: 'Memory behind a slow consumer',
        text: '1,000,000 items of 1 kB in pages of 100 that are made when asked for; the consumer, `forEach` and its like, gives way to the event loop after each page. Peak of the process, and the most pages that were requested beyond the one at hand.',
        columns: [
          { name: 'peak', unit: 'MB' },
          { name: 'to an async generator', unit: '×' },
          { name: 'pages ahead', unit: '' },
        ],
        rows: SLOW.map((file) => ({
          name: slow.names.get(file) ?? file,
          cells: [
            figureOf(slow.peak(file)),
            ratios(slow.peak(file), slow.peak('generator')),
            figureOf(slow.ahead(file)),
          ],
        })),
      },
      {
        id: 'million',
        title: 'A walk of a million pages',
        text: 'Pages of one item that are answered synchronously; the heap after a garbage collection, beyond that at the start, and the CPU a page of each quarter of the walk. What grows is the memory that tells repeats apart.',
        columns: [
          { name: 'heap', unit: 'MB' },
          { name: 'a page', unit: 'µs' },
        ],
        rows: long.rows,
      },
    ],
    goals: [
      {
        measure: 'slow consumer, 1,000,000 items of 1 kB: peak memory',
        goal: "at most 1.3 × an async generator's",
        unit: '×',
        reached: peak,
        isMet: peak.median <= 1.3,
      },
      {
        measure: 'slow consumer: pages ahead',
        goal: 'at most 1 + `prefetch`',
        unit: '',
        reached: ahead,
        isMet: ahead.high <= 1,
      },
      {
        measure: 'one walk of 1,000,000 pages: growth of the heap',
        goal: 'flat but for repeats: at most 100 bytes a page',
        unit: 'B',
        reached: long.bytes,
        isMet: long.bytes.median <= 100,
      },
      {
        measure: 'one walk of 1,000,000 pages: time of a page, last quarter',
        goal: 'no growth over the second quarter (at most 1.15 ×)',
        unit: '×',
        reached: long.growth,
        isMet: long.growth.median <= 1.15,
      },
    ],
  };
}

async function slowWalks(scale: Scale) {
  const { rounds, quick } = scale;
  const found = new Map<string, Slow[]>(SLOW.map((file) => [file, []]));
  const names = new Map<string, string>();
  const total = quick ? 2_000 : 1_000_000;
  for (let round = 1; round <= rounds; round++) {
    for (const file of SLOW) {
      const contestant = await Contestant.start(file, scale);
      names.set(file, contestant.name);
      const job = { kind: 'slow', size: 100, total, bytes: 1_000 };
      found.get(file)?.push(await contestant.run<Slow>(job, total));
      contestant.stop();
    }
  }
  return {
    names,
    peak: (file: string) => (found.get(file) ?? []).map(({ peakMb }) => peakMb),
    ahead: (file: string) => (found.get(file) ?? []).map(({ ahead }) => ahead),
  };
}

async function longWalks(scale: Scale) {
  const { rounds, quick } = scale;
  const walks: Million[] = [];
  const pages = quick ? 1_000 : 1_000_000;
  for (let round = 1; round <= rounds; round++) {
    const contestant = await Contestant.start('ours', scale);
    const job = { kind: 'million', pages, step: pages / 4 };
    walks.push(await contestant.run<Million>(job, pages));
    contestant.stop();
  }
  const mark = (place: number, field: 'heap' | 'cpuUs') =>
    walks.map(({ marks }) => marks[place]?.[field] ?? NaN);
  const inMb = (values: readonly number[]): Figure => figureOf(values.map((value) => value / 1e6));
  return {
    rows: [0, 1, 2, 3].map((place) => ({
      name: `after ${((place + 1) * 250_000).toLocaleString('en')} pages`,
      cells: [inMb(mark(place, 'heap')), figureOf(mark(place, 'cpuUs'))],
    })),
    bytes: figureOf(mark(3, 'heap').map((heap) => heap / pages)),
    growth: ratios(mark(3, 'cpuUs'), mark(1, 'cpuUs')),
  };
}
