import { Contestant } from '../contestant';
import type { Findings, Goal, Scale, Table } from '../figures';
import { figureOf, ratios } from '../statistics';

const PAGE_SIZE = 1_000;
/** Fewer where the disk is waited for after each page. */
const PAGES = {
  wide: { ndjson: 1_000, csv: 1_000, synced: 100 },
  long: { ndjson: 250, csv: 250, synced: 100 },
};
const WARM_UP_PAGES = 100;
const SHAPES = ['wide', 'long'] as const;

const WALKS = [
  { file: 'file-loop', how: 'ndjson', note: 'NDJSON' },
  { file: 'file-export', how: 'ndjson', note: 'NDJSON' },
  { file: 'file-loop', how: 'csv', note: 'CSV' },
  { file: 'file-export', how: 'csv', note: 'CSV' },
  { file: 'file-loop', how: 'synced', note: 'NDJSON, synced as a checkpoint is' },
  { file: 'file-export', how: 'synced', note: 'NDJSON, a checkpoint a page' },
] as const;
type How = (typeof WALKS)[number]['how'];

/** CPU of exports into a file, beside loops by hand that do the same. */
export async function exportTable(scale: Scale): Promise<Findings> {
  const contestants = await Contestant.startAll(
    WALKS.map(({ file }) => file),
    scale,
  );
  const shapes = scale.quick ? SHAPES.slice(0, 1) : SHAPES;
  const costs = new Map<string, number[]>();
  for (let round = scale.quick ? 1 : 0; round <= scale.rounds; round++) {
    for (const shape of shapes) {
      for (const [place, { file, how }] of WALKS.entries()) {
        // Round 0 warms up.
        const pages = scale.quick ? 2 : round === 0 ? WARM_UP_PAGES : PAGES[shape][how];
        const lines = pages * PAGE_SIZE + (how === 'csv' ? 1 : 0);
        const job = { kind: 'export', shape, pages, how };
        const measured = await contestants[place]?.run<{ cpuMs: number; items: number }>(
          job,
          lines,
        );
        const key = `${file} ${how} ${shape}`;
        const found = costs.get(key) ?? [];
        costs.set(key, found);
        if (round > 0) found.push(((measured?.cpuMs ?? NaN) * 1e3) / (pages * PAGE_SIZE));
      }
    }
  }
  for (const contestant of contestants) contestant.stop();
  const of = (file: string, how: How, shape: string) => costs.get(`${file} ${how} ${shape}`) ?? [];
  const ratio = (file: string, how: How, shape: string) =>
    ratios(of(file, how, shape), of('file-loop', how, shape));
  const table: Table = {
    id: 'export',
    title: 'Exports',
    text: 'Rows in parsed pages of 1,000 in memory into a file: 1,000,000 of 16 fields and 0.5 kB, 250,000 with a long text of 1 kB, 100,000 where the disk is waited for after each page. CPU of the process. The loop makes one string of a page, writes it, and waits for `drain`.',
    columns: [
      { name: 'a row of 16 fields', unit: 'µs' },
      { name: 'to the loop', unit: '×' },
      { name: 'a row with a long text', unit: 'µs' },
      { name: 'to the loop', unit: '×' },
    ],
    rows: WALKS.map(({ file, how, note }, place) => ({
      name: `${contestants[place]?.name ?? ''}, ${note}`,
      cells: SHAPES.flatMap((shape) => [figureOf(of(file, how, shape)), ratio(file, how, shape)]),
    })),
  };
  const goals = [
    { how: 'ndjson', format: 'NDJSON', bound: 1.1 },
    { how: 'csv', format: 'CSV', bound: 1.3 },
  ] as const;
  return {
    tables: [table],
    goals: goals.map(({ how, format, bound }): Goal => {
      const reached = ratio('file-export', how, 'wide');
      return {
        measure: `${format} export of 1,000,000 items, CPU`,
        goal: `at most ${bound.toFixed(1)} × the tightest loop by hand`,
        unit: '×',
        reached,
        isMet: reached.median <= bound,
      };
    }),
  };
}
