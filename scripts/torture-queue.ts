import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { fetchTransport } from 'paged-observable/fetch';
import { openQueue, type ExportQueue } from 'paged-observable/queue';

import { buildExportProcess } from '../spec/support/kill-export';
import { startPostgres, type PostgresServer } from '../spec/support/postgres-server';
import { killWorkers } from '../spec/support/queue-kills';
import { startWorkerProcess } from '../spec/support/queue-workers';

/*
 * An export on many worker processes, one of which is killed by SIGKILL every two seconds; now and then all connections to the
 * database are cut, and once it dies. `npm run torture:queue -- --workers 8 --parts 1000 --pages 10 --every 2000 --cuts 3`.
 * Exit code 1 where a row is lost or comes twice, or a part waited longer than its lease and 5 s.
 */
const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '8' },
    parts: { type: 'string', default: '1000' },
    /** Of each part. */
    pages: { type: 'string', default: '10' },
    /** Milliseconds between two kills, of a reply, and of a lease. */
    every: { type: 'string', default: '2000' },
    latency: { type: 'string', default: '20' },
    lease: { type: 'string', default: '5000' },
    /** How often connections are cut. */
    cuts: { type: 'string', default: '3' },
  },
});

const SIZE = 10;
const [workers, parts, pages, every] = [
  values.workers,
  values.parts,
  values.pages,
  values.every,
].map(Number) as [number, number, number, number];
const [latency, lease, cuts] = [values.latency, values.lease, values.cuts].map(Number) as [
  number,
  number,
  number,
];
const total = parts * pages * SIZE;
const folder = mkdtempSync(join('/tmp', 'paged-observable-torture-'));

function startList(): Promise<{ url: string; asked: () => number; close: () => void }> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    const offset = Number(new URL(request.url ?? '', 'http://x').searchParams.get('offset') ?? 0);
    const rows = Math.max(0, Math.min(SIZE, total - offset));
    const data = Array.from({ length: rows }, (_, at) => ({ id: offset + at }));
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data, total }));
    }, latency);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        url: `http://127.0.0.1:${String(port)}`,
        asked: () => asked,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}

/** Asked anew where the connection was cut. */
async function again<R>(ask: () => Promise<R>): Promise<R> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await sleep(500);
    }
  }
}

/** When the database could not be used, by the clock of `performance`: then nobody can take a part. */
const outages: (readonly [begin: number, end: number])[] = [];

async function disturb(server: PostgresServer, isOver: () => boolean): Promise<void> {
  for (let cut = 0; cut < cuts; cut++) {
    await sleep(5 * every);
    if (isOver()) return;
    const begin = performance.now();
    await again(() =>
      server.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
      ),
    );
    outages.push([begin, performance.now()]);
    console.log('all connections cut');
  }
  await sleep(5 * every);
  if (isOver() || server.restart === undefined) return;
  const begin = performance.now();
  await server.restart();
  outages.push([begin, performance.now()]);
  console.log('the database died, and is back');
}

async function run(server: PostgresServer, queue: ExportQueue): Promise<boolean> {
  const list = await startList();
  const file = join(folder, 'queue-process.js');
  await buildExportProcess(file, 'queue-process');
  await queue.start(
    {
      transport: 'api',
      request: `/items?limit=${String(SIZE)}`,
      pagination: { strategy: { kind: 'offset', items: '/data', totalCount: '/total' } },
      sink: { kind: 'table', table: 'rows', create: true },
      walk: { retry: { budget: 1e9 } },
    },
    {
      id: 'torture',
      partitions: parts,
      transports: { api: fetchTransport({ baseUrl: list.url }) },
    },
  );
  const started = performance.now();
  let over = false;
  const disturbed = disturb(server, () => over);
  const report = await killWorkers({
    start: (name) =>
      startWorkerProcess(file, {
        ...{ database: server.url, name, url: list.url, concurrency: 4 },
        ...{ lease, interval: 500, untilDone: true },
      }),
    ...{ workers, kills: Infinity, everyMs: every, pages: 1 },
    isOver: async () => {
      const status = await again(() => queue.status('torture'));
      return status?.state !== 'running';
    },
  });
  over = true;
  const seconds = (performance.now() - started) / 1000;
  await disturbed;
  list.close();
  const rows = await again(() => server.query('select id from rows order by _part, _row'));
  const isExact = rows.length === total && rows.every(({ id }, at) => Number(id) === at);
  const undisturbed = report.waits.filter(
    ({ from, ms }) => !outages.some(([begin, end]) => begin < from + ms && end > from),
  );
  const slowest = Math.max(0, ...undisturbed.map(({ ms }) => ms));
  const isSoon = slowest < lease + 5000;
  const setAside = (await again(() => queue.parts('torture'))).filter(
    ({ state }) => state === 'failed',
  );
  for (const { index, error } of setAside)
    console.log(`part ${String(index)} was set aside: ${error?.message ?? ''}`);
  const refetched = list.asked() - 1 - parts * pages;
  console.log(
    `${isExact ? 'ok  ' : 'FAIL'}  ${String(rows.length)} rows of ${String(total)}, ${isExact ? 'each once and in order' : 'not exact'}, in ${seconds.toFixed(1)} s; ${String(refetched)} pages asked for again`,
  );
  console.log(
    `${isSoon ? 'ok  ' : 'FAIL'}  ${String(report.kills)} kills; ${String(undisturbed.length)} parts in mid-work waited at most ${slowest.toFixed(0)} ms, with a lease of ${String(lease)} ms (${String(report.waits.length - undisturbed.length)} more while the database was away)`,
  );
  return isExact && isSoon && undisturbed.length > 0;
}

async function main(): Promise<boolean> {
  const { server, close } = await startPostgres();
  const queue = await openQueue(server.url);
  try {
    return await run(server, queue);
  } finally {
    await queue.close();
    await close();
  }
}

void main()
  .then(
    (isGood) => {
      process.exitCode = isGood ? 0 : 1;
    },
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  )
  .finally(() => {
    rmSync(folder, { recursive: true, force: true });
  });
