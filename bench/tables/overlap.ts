import { Contestant, interleave } from '../contestant';
import type { Findings, Scale } from '../figures';
import { ITEMS, startPageServer, type PageServer } from '../page-server';
import { figureOf } from '../statistics';

const PAGES = 40;
const WORK = 10;
const WALKS = [
  { file: 'loop', prefetch: 0 },
  { file: 'expand', prefetch: 0 },
  { file: 'prefetch', prefetch: 1 },
  { file: 'ours', prefetch: 0 },
  { file: 'ours', prefetch: 1 },
] as const;
const CASES = [
  { latency: 5, blocks: false },
  { latency: 10, blocks: false },
  { latency: 20, blocks: false },
  { latency: 10, blocks: true },
] as const;

interface Walked {
  readonly wallMs: number;
  readonly workMs: number;
  readonly pages: number;
  readonly items: number;
}

/** How much of the requests' time passes while the consumer is at work. */
export async function overlapTable(scale: Scale): Promise<Findings> {
  const server = await startPageServer();
  server.pages = scale.quick ? 3 : PAGES;
  const bare = await Contestant.start('loop', scale);
  const contestants = await Contestant.startAll(
    WALKS.map(({ file }) => file),
    scale,
  );
  const columns: number[][][] = [];
  const cases = scale.quick ? CASES.slice(-1) : CASES;
  for (const one of cases) columns.push(await measure(server, bare, contestants, one, scale));
  for (const contestant of [bare, ...contestants]) contestant.stop();
  server.stop();
  const ours = WALKS.findIndex(({ file, prefetch }) => file === 'ours' && prefetch === 1);
  return {
    tables: [
      {
        id: 'overlap',
        title: 'Requests beside the work of the consumer',
        text: `${String(PAGES)} pages over HTTP (\`fetch\`) from a server that answers after some milliseconds; the consumer takes ${String(WORK)} ms a page. Time to the end, to the ideal: the first reply, then for each page the longer of request and work. A request's time is that of a loop that does nothing else.`,
        columns: CASES.map(({ latency, blocks }) => ({
          name: `${String(latency)} ms, consumer ${blocks ? 'blocks the thread' : 'waits'}`,
          unit: '×',
        })),
        rows: WALKS.map(({ file, prefetch }, place) => ({
          name: `${contestants[place]?.name ?? ''}${file === 'ours' ? `, \`prefetch: ${String(prefetch)}\`` : ''}`,
          cells: columns.map((column) => figureOf(column[place] ?? [])),
        })),
      },
    ],
    goals: CASES.map(({ latency, blocks }, at) => {
      const reached = figureOf(columns[at]?.[ours] ?? []);
      return {
        measure: `overlap, ${blocks ? 'consumer that blocks' : 'asynchronous consumer of'} ${String(WORK)} ms a page, latency ${String(latency)} ms, \`prefetch: 1\``,
        goal: 'at most 1.05 × ideal',
        unit: '×',
        reached,
        isMet: reached.median <= 1.05,
      };
    }),
  };
}

/** Ratios to the ideal of each round, by walk. */
async function measure(
  server: PageServer,
  bare: Contestant,
  contestants: readonly Contestant[],
  { latency, blocks }: (typeof CASES)[number],
  scale: Scale,
): Promise<number[][]> {
  server.latency = latency;
  const { url, pages } = server;
  const items = pages * ITEMS;
  const found: number[][] = WALKS.map(() => []);
  const round = await interleave([bare], scale, async () => {
    const job = { kind: 'overlap', url, blocks };
    const alone = await bare.run<Walked>({ ...job, ms: 0, prefetch: 0 }, items);
    const request = alone.wallMs / pages;
    const ideals = [];
    for (const [place, { prefetch }] of WALKS.entries()) {
      const contestant = contestants[place];
      if (contestant === undefined) continue;
      const walked = await contestant.run<Walked>({ ...job, ms: WORK, prefetch }, items);
      const { wallMs, workMs } = walked;
      ideals.push(wallMs / (request + (pages - 1) * Math.max(request, workMs) + workMs));
    }
    return ideals;
  });
  for (const ideals of round.get(bare.file) ?? []) {
    for (const [place, ratio] of ideals.entries()) found[place]?.push(ratio);
  }
  return found;
}
