import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { fetchTransport } from 'paged-observable/fetch';
import { openQueue, type ExportQueue } from 'paged-observable/queue';

import { buildExportProcess } from '../../spec/support/kill-export';
import {
  startPostgres,
  type PostgresEngine,
  type PostgresServer,
} from '../../spec/support/postgres-server';
import { killWorkers, type KillReport } from '../../spec/support/queue-kills';
import { startWorkerProcess } from '../../spec/support/queue-workers';

import { startTortureList, type TortureKind, type TortureList } from './torture-list';

/** How an export is tortured. */
export interface TortureOrder {
  readonly engine?: PostgresEngine | undefined;
  readonly by: TortureKind;
  readonly workers: number;
  readonly parts: number;
  /** Of each part. */
  readonly pages: number;
  /** Milliseconds between two kills, of a reply, and of a lease. */
  readonly every: number;
  readonly latency: number;
  readonly lease: number;
  /** How often connections are cut. */
  readonly cuts: number;
  /** To be told how many parts are done. */
  readonly tell: (done: number) => void;
}

/** What it came to; what is wrong is said, and nothing where all is right. */
export interface TortureReport {
  readonly wrong: readonly string[];
  readonly rows: number;
  readonly seconds: number;
  readonly kills: number;
  /** Parts in mid-work whose worker was killed while the database could be used, and how long one waited at most. */
  readonly waits: number;
  readonly slowestMs: number;
  readonly pagesAgain: number;
  readonly disturbances: readonly string[];
}

const ID = 'torture';
/** A part goes on within its lease and so many milliseconds more. */
const GRACE = 5000;

export const TORTURE: Omit<TortureOrder, 'tell'> = {
  by: 'number',
  ...{ workers: 8, parts: 1000, pages: 10, every: 2000, latency: 20, lease: 5000, cuts: 3 },
};

/**
 * An export on many worker processes, one of which is killed by SIGKILL again and again; now and then all connections to the
 * database are cut, and once it dies.
 */
export async function tortureQueue(order: TortureOrder): Promise<TortureReport> {
  const folder = mkdtempSync(join(tmpdir(), 'paged-observable-torture-'));
  const list = await startTortureList(order.by, order);
  const { server, close } = await startPostgres(order.engine);
  const queue = await openQueue(server.url);
  try {
    return await torture(order, { file: join(folder, 'queue-process.js'), list, server, queue });
  } finally {
    await queue.close();
    await close();
    await list.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Scene {
  /** The program of a worker. */
  readonly file: string;
  readonly list: TortureList;
  readonly server: PostgresServer;
  readonly queue: ExportQueue;
}

async function torture(order: TortureOrder, scene: Scene): Promise<TortureReport> {
  const { file, list, server, queue } = scene;
  await buildExportProcess(file, 'queue-process');
  await queue.start(
    {
      ...list.description,
      sink: { kind: 'table', table: 'rows', create: true },
      walk: { retry: { budget: 1e9 } },
    },
    { id: ID, partitions: list.partitions, transports: { api: fetchTransport() } },
  );
  const started = performance.now();
  const over = new AbortController();
  const disturbed = disturb(order, server, over.signal);
  const report = await killWorkers({
    start: (name) =>
      startWorkerProcess(file, {
        ...{ database: server.url, name, url: 'http://127.0.0.1', concurrency: 4 },
        ...{ lease: order.lease, interval: 500, untilDone: true },
      }),
    ...{ workers: order.workers, kills: Infinity, everyMs: order.every, pages: 1 },
    isOver: async () => {
      const status = await again(() => queue.status(ID));
      order.tell(status?.parts.done ?? 0);
      return status?.state !== 'running';
    },
  });
  const seconds = (performance.now() - started) / 1000;
  over.abort();
  return judge(order, scene, report, await disturbed, seconds);
}

/** When the database could not be used, by the clock of `performance`: then nobody can take a part. */
interface Outage {
  readonly what: string;
  readonly begin: number;
  readonly end: number;
}

async function disturb(
  { cuts, every }: TortureOrder,
  { query, restart }: PostgresServer,
  over: AbortSignal,
): Promise<readonly Outage[]> {
  const outages: Outage[] = [];
  const pause = () => sleep(5 * every, undefined, { signal: over }).catch(() => undefined);
  const during = async (what: string, act: () => Promise<unknown>) => {
    await pause();
    if (over.aborted) return;
    const begin = performance.now();
    await act();
    outages.push({ what, begin, end: performance.now() });
  };
  for (let cut = 0; cut < cuts; cut++) {
    await during('connections cut', () =>
      again(() =>
        query(
          "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
        ),
      ),
    );
  }
  if (restart !== undefined) await during('database died', restart);
  return outages;
}

async function judge(
  { parts, pages, lease }: TortureOrder,
  { list, server, queue }: Scene,
  { kills, waits }: KillReport,
  outages: readonly Outage[],
  seconds: number,
): Promise<TortureReport> {
  const wrong: string[] = [];
  const rows = await again(() => server.query('select id from rows order by _part, _row'));
  if (rows.length !== list.rows || !rows.every(({ id }, at) => Number(id) === at))
    wrong.push(`${String(rows.length)} rows of ${String(list.rows)}, not each once and in order`);
  const all = await again(() => queue.parts(ID));
  if (all.length !== parts) wrong.push(`${String(all.length)} parts of ${String(parts)}`);
  for (const { index, state, error } of all) {
    if (state !== 'done')
      wrong.push(`part ${String(index)} is ${state}: ${error?.message ?? 'no error'}`);
  }
  const undisturbed = waits.filter(
    ({ from, ms }) => !outages.some(({ begin, end }) => begin < from + ms && end > from),
  );
  const slowestMs = Math.round(Math.max(0, ...undisturbed.map(({ ms }) => ms)));
  if (slowestMs >= lease + GRACE)
    wrong.push(`a part waited ${String(slowestMs)} ms, with a lease of ${String(lease)} ms`);
  if (undisturbed.length === 0) wrong.push('no worker was killed in the middle of a part');
  return {
    ...{ wrong, seconds, kills, slowestMs, rows: rows.length, waits: undisturbed.length },
    pagesAgain: list.requests() - list.planRequests - parts * pages,
    disturbances: outages.map(({ what }) => what),
  };
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
