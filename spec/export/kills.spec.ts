import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildExportProcess, runExport } from '../support/kill-export';
import type { ExportJob } from '../support/export-process';
import { killJob } from '../support/kill-round';
import { describePostgres, postgresServer } from '../support/postgres';
import { startRowsServer, type RowsServer } from '../support/rows-server';
import { tempFolder } from '../support/temp-folder';

const PAGES = 36;
const folder = tempFolder('memory');
const file = folder('export-process.js');
/** Another one each night; the name of a failing test tells it. */
const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Date.now() / 86_400_000));

let server: RowsServer;
beforeAll(async () => {
  await buildExportProcess(file);
  server = await startRowsServer(PAGES, 20, 2);
}, 60_000);
afterAll(() => server.close());

type FileKind = Exclude<ExportJob['sink'], 'postgres'>;

const job = (
  sink: ExportJob['sink'],
  output: string,
  prefetch = 0,
  concurrency = 1,
): ExportJob => ({
  url: server.url,
  output,
  sink,
  prefetch,
  concurrency,
  checkpoint: 'page',
});

const undisturbed = new Map<FileKind, Buffer>();
async function wanted(sink: FileKind): Promise<Buffer> {
  let bytes = undisturbed.get(sink);
  if (bytes === undefined) {
    const output = join(folder(), 'out');
    const { steps } = await runExport(file, job(sink, output));
    expect(steps.at(-1)).toBe('summary');
    bytes = readFileSync(output);
    undisturbed.set(sink, bytes);
  }
  return bytes;
}

describe('an export that is killed at a step', () => {
  // The first checkpoint is that of nothing; the third is made in mid-work.
  const EACH_PAGE = [
    'data written',
    'data synced',
    'checkpoint written',
    'checkpoint synced',
    'checkpoint renamed',
    'folder synced',
  ];
  const inMidWork = EACH_PAGE.map((step) => [step, 3] as const);
  const atTheBeginning = EACH_PAGE.map((step) => [step, 1] as const);
  const atTheEnd = [['output renamed', 1] as const, ['output folder synced', 1] as const];

  it.each([
    ...[...inMidWork, ...atTheBeginning, ...atTheEnd].map((step) => ['ndjson', ...step] as const),
    ...inMidWork.map((step) => ['csv', ...step] as const),
  ])(
    '%s, %s (%i): the rest comes to the same bytes',
    async (sink, step, count) => {
      const bytes = await wanted(sink);
      const output = join(folder(), 'out');
      server.asked.clear();
      const killed = await runExport(
        file,
        { ...job(sink, output), stopAt: { step, count } },
        (seen) => (seen.at(-1) === 'stopped' ? 0 : undefined),
      );
      expect(killed.signal).toBe('SIGKILL');
      expect(killed.steps.filter((seen) => seen === step)).toHaveLength(count);
      expect(killed.steps).not.toContain('summary');
      const { steps: last } = await runExport(file, job(sink, output));
      expect(last.at(-1)).toBe('summary');
      expect(readFileSync(output).equals(bytes)).toBe(true);
      const asked = [...server.asked.values()];
      expect(asked).toHaveLength(PAGES);
      expect(asked.reduce((sum, times) => sum + times - 1, 0)).toBeLessThanOrEqual(1);
    },
    20_000,
  );
});

describe('an export that is killed at random moments', () => {
  it.each([
    ['ndjson', 8, 0, 1],
    ['ndjson', 5, 2, 1],
    ['ndjson', 5, 2, 4],
    ['csv', 8, 0, 1],
    ['gzip', 4, 1, 1],
    ['json', 4, 0, 1],
  ] as const)(
    `%s, %i times with prefetch %i and concurrency %i: the same bytes, few pages again (seed ${String(SEED)})`,
    async (sink, kills, prefetch, concurrency) => {
      const bytes = await wanted(sink);
      const output = join(folder(), 'out');
      const { counted, refetched } = await killJob(
        file,
        job(sink, output, prefetch, concurrency),
        server,
        kills,
        SEED + prefetch + concurrency,
      );
      expect(counted).toBe(kills);
      expect(refetched).toBeLessThanOrEqual(kills * (1 + prefetch + concurrency - 1));
      expect(readFileSync(output).equals(bytes)).toBe(true);
    },
    60_000,
  );
});

describePostgres('an export into PostgreSQL that is killed', () => {
  const postgres = postgresServer();
  const tableJob = (table: string, prefetch = 0): ExportJob => ({
    ...job('postgres', table, prefetch),
    connection: postgres().url,
  });
  // A table has no order of its own: the room of rows that were rolled back is used again.
  const ids = async (table: string) =>
    (await postgres().query(`select id from ${table} order by id`)).map(({ id }) => Number(id));
  const all = [...Array(PAGES * 20).keys()];

  it.each([
    ['rows inserted', 3],
    ['checkpoint stored', 1],
    ['checkpoint stored', 4],
    ['committed', 1],
    ['committed', 4],
  ])(
    'at the step %s (%i): every row once',
    async (step, count) => {
      const table = `step_${step.replace(' ', '_')}_${String(count)}`;
      server.asked.clear();
      const killed = await runExport(
        file,
        { ...tableJob(table), stopAt: { step, count } },
        (seen) => (seen.at(-1) === 'stopped' ? 0 : undefined),
      );
      expect(killed.signal).toBe('SIGKILL');
      expect(killed.steps.filter((seen) => seen === step)).toHaveLength(count);
      const { steps } = await runExport(file, tableJob(table));
      expect(steps.at(-1)).toBe('summary');
      expect(await ids(table)).toEqual(all);
      const asked = [...server.asked.values()];
      expect(asked.reduce((sum, times) => sum + times - 1, 0)).toBeLessThanOrEqual(1);
    },
    20_000,
  );

  it(`10 times at random moments: every row once (seed ${String(SEED)})`, async () => {
    const { counted, refetched } = await killJob(
      file,
      tableJob('random_kills', 1),
      server,
      10,
      SEED,
    );
    expect(counted).toBe(10);
    expect(refetched).toBeLessThanOrEqual(20);
    expect(await ids('random_kills')).toEqual(all);
  }, 60_000);
});
