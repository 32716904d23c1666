import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ExportJob } from '../../spec/support/export-process';
import { buildExportProcess, runExport } from '../../spec/support/kill-export';
import { killJob } from '../../spec/support/kill-round';
import { exportSlowly } from '../../spec/support/memory-run';
import { startPostgres } from '../../spec/support/postgres-server';
import { startRowsServer } from '../../spec/support/rows-server';

import type { PartResult, SoakPart } from './part';

const PAGES = 60;
const PAGE_SIZE = 50;
/** Kills of one job; then the next one begins, with another of these settings. */
const KILLS = 10;
const SETTINGS = [
  { prefetch: 0, concurrency: 1 },
  { prefetch: 1, concurrency: 1 },
  { prefetch: 2, concurrency: 1 },
  { prefetch: 2, concurrency: 4 },
] as const;
/** The slow sink takes a row of 1 kB a millisecond. */
const BYTES_PER_SECOND = 1_000_000;
const MOST_RISE_MB = 50;

/** What exports into one kind of sink are judged by. */
interface Judge {
  readonly connection?: string | undefined;
  /** Where job number `round` writes. */
  readonly output: (round: number) => string;
  readonly isExact: (output: string) => Promise<boolean>;
}

/** Real processes, killed by SIGKILL at random moments in mid-work and resumed until they are done; and one that is held back. */
export const exportParts: readonly SoakPart[] = [
  killPart('ndjson', 500, 'the bytes of a run that was not disturbed', fileJudge),
  killPart('csv', 200, 'the bytes of a run that was not disturbed', fileJudge),
  killPart('postgres', 200, 'every row once', tableJudge),
  {
    name: 'slow-sink',
    title: `rows of 1 kB into a sink that takes 1 MB a second: memory rises by less than ${String(MOST_RISE_MB)} MB`,
    unit: 'rows',
    runs: 1_000_000,
    play: async ({ runs, tell }) => {
      const { rows, risen, ahead } = await exportSlowly(runs, BYTES_PER_SECOND, tell);
      const counts = { 'MB of memory': risen.toFixed(1), 'bytes ahead of the sink': ahead };
      const isGood = rows === runs && risen < MOST_RISE_MB;
      const report = `${String(rows)} rows came, and the memory rose by ${risen.toFixed(1)} MB`;
      return { done: rows, counts, failure: isGood ? undefined : { report } };
    },
  },
];

type SinkKind = 'ndjson' | 'csv' | 'postgres';

function killPart(
  sink: SinkKind,
  runs: number,
  promise: string,
  judged: <R>(
    sink: SinkKind,
    file: string,
    url: string,
    use: (judge: Judge) => Promise<R>,
  ) => Promise<R>,
): SoakPart {
  return {
    name: `kills-${sink}`,
    title: `exports killed in mid-work and resumed: ${promise}, at most 1 + prefetch + concurrency - 1 pages again for each kill`,
    unit: 'kills',
    runs,
    play: async ({ runs: kills, seed, tell }) => {
      const server = await startRowsServer(PAGES, PAGE_SIZE, 1);
      const folder = mkdtempSync(join(tmpdir(), 'paged-observable-kills-'));
      const file = join(folder, 'export-process.js');
      try {
        await buildExportProcess(file);
        return await judged(sink, file, server.url, async (judge) => {
          const sums = { counted: 0, empty: 0, refetched: 0, allowed: 0 };
          const wrong: string[] = [];
          for (let round = 0; sums.counted < kills; round++) {
            const { prefetch = 0, concurrency = 1 } = SETTINGS[round % SETTINGS.length] ?? {};
            const output = judge.output(round);
            const { connection } = judge;
            const own = { sink, output, prefetch, concurrency, connection };
            const job: ExportJob = { url: server.url, checkpoint: 'page', ...own };
            const times = Math.min(KILLS, kills - sums.counted);
            const done = await killJob(file, job, server, times, seed + round, (count) => {
              tell(sums.counted + count);
            });
            const allowed = (done.counted + done.empty) * (prefetch + concurrency);
            sums.counted += done.counted;
            sums.empty += done.empty;
            sums.refetched += done.refetched;
            sums.allowed += allowed;
            if (!(await judge.isExact(output))) wrong.push(`${output} is not exact`);
            if (server.asked.size !== PAGES) wrong.push(`${output}: not every page was asked for`);
            if (done.refetched > allowed) {
              const found = `${String(done.refetched)} pages again of ${String(allowed)} allowed`;
              wrong.push(`${output}: ${found}`);
            }
          }
          return resultOf(sums, wrong);
        });
      } finally {
        rmSync(folder, { recursive: true, force: true });
        await server.close();
      }
    },
  };
}

function resultOf(
  sums: Readonly<Record<'counted' | 'empty' | 'refetched' | 'allowed', number>>,
  wrong: readonly string[],
): PartResult {
  const counts = {
    'in mid-work': sums.counted,
    'others, not counted': sums.empty,
    'pages again': sums.refetched,
    'of them allowed at most': sums.allowed,
  };
  const failure = wrong.length === 0 ? undefined : { report: wrong.join('\n') };
  return { done: sums.counted, counts, failure };
}

async function fileJudge<R>(
  sink: SinkKind,
  file: string,
  url: string,
  use: (judge: Judge) => Promise<R>,
): Promise<R> {
  const folder = mkdtempSync(join(tmpdir(), 'paged-observable-outputs-'));
  try {
    const undisturbed = join(folder, 'undisturbed');
    await runExport(file, { url, output: undisturbed, sink, prefetch: 0, checkpoint: 'page' });
    const wanted = readFileSync(undisturbed);
    return await use({
      output: (round) => join(folder, String(round)),
      isExact: (output) => Promise.resolve(readFileSync(output).equals(wanted)),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tableJudge<R>(
  _sink: SinkKind,
  _file: string,
  _url: string,
  use: (judge: Judge) => Promise<R>,
): Promise<R> {
  const { server, close } = await startPostgres();
  try {
    return await use({
      connection: server.url,
      output: (round) => `job_${String(round)}`,
      isExact: async (table) => {
        const rows = await server.query(`select id from ${table} order by id`);
        return rows.length === PAGES * PAGE_SIZE && rows.every(({ id }, at) => Number(id) === at);
      },
    });
  } finally {
    await close();
  }
}
