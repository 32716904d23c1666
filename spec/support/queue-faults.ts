import { openQueue, type ExportDescription, type ExportQueue } from 'paged-observable/queue';
import { fetchTransport } from 'paged-observable/fetch';
import { setTimeout as sleep } from 'node:timers/promises';

import { canRun } from './can-run';
import { startHttpServer, type HttpServer } from './http-server';
import { buildExportProcess } from './kill-export';
import { OFFSET_LIST } from './part-list';
import { describeEngine, postgresServer } from './postgres';
import type { PostgresEngine, PostgresServer } from './postgres-server';
import { killWorkers } from './queue-kills';
import { startWorkerProcess, type SeenEvent, type WorkerProcess } from './queue-workers';
import { tempFolder } from './temp-folder';

const LEASE = 1000;

const pagesOf = ({ events }: WorkerProcess) => events.filter(({ type }) => type === 'part-page');
const isPage = ({ type }: SeenEvent) => type === 'part-page';

/** Whether its database can die with its workers. */
function isRestarted(
  restart: PostgresServer['restart'],
): restart is NonNullable<PostgresServer['restart']> {
  const lack =
    restart === undefined
      ? 'the PostgreSQL of PAGED_OBSERVABLE_POSTGRES cannot be restarted'
      : undefined;
  return canRun({ of: 'workers whose database dies', lack, inCi: false });
}

/** What real workers on a real database survive; the same on every engine. */
export function describeQueueFaults(engine: PostgresEngine): void {
  describeEngine(engine)(`workers on the ${engine} PostgreSQL`, () => {
    const server = postgresServer(engine);
    const temp = tempFolder();
    const file = temp('queue-process.js');
    let http: HttpServer;
    let queue: ExportQueue;
    let table = '';
    let count = 0;
    let rows = 0;
    let asked: number[] = [];
    /** What a reply waits for. */
    let hold: (offset: number) => Promise<unknown>;
    let workers: WorkerProcess[] = [];

    beforeAll(async () => {
      await buildExportProcess(file, 'queue-process');
      http = await startHttpServer();
      http.answer(({ url }, response) => {
        const query = new URL(url, 'http://x').searchParams;
        const offset = Number(query.get('offset') ?? 0);
        const size = Math.max(0, Math.min(10, rows - offset));
        const data = Array.from({ length: size }, (_, at) => ({ id: offset + at }));
        asked.push(offset);
        void hold(offset).then(() => {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ data, total: rows }));
        });
      });
      queue = await openQueue(server().url);
    }, 60_000);
    afterAll(async () => {
      await queue.close();
      await http.close();
    });
    beforeEach(() => {
      table = `rows_${String(++count)}`;
      asked = [];
      workers = [];
      hold = () => sleep(60);
    });
    afterEach(async () => {
      for (const { child } of workers) child.kill('SIGKILL');
      await Promise.all(workers.map(({ ended }) => ended));
    });

    async function begin(total: number, partitions: number, sink?: ExportDescription['sink']) {
      rows = total;
      const description: ExportDescription = {
        transport: 'api',
        request: '/items?limit=10',
        pagination: OFFSET_LIST,
        sink: sink ?? { kind: 'table', table, create: true },
        walk: { retry: { budget: 1e9 } },
        maxTries: 20,
      };
      const transports = { api: fetchTransport({ baseUrl: http.origin }) };
      await queue.start(description, { id: table, partitions, transports });
    }

    function worker(name: string, further: object = {}): WorkerProcess {
      const started = startWorkerProcess(file, {
        ...{ database: server().url, name, url: http.origin, concurrency: 2 },
        ...{ lease: LEASE, interval: 100, retryDelay: 10, untilDone: true },
        ...further,
      });
      workers.push(started);
      return started;
    }

    /** Every row once, in plan order. */
    async function isExact(): Promise<void> {
      const found = await server().query(`select id from ${table} order by _part, _row`);
      expect(found.map(({ id }) => Number(id))).toEqual(
        Array.from({ length: rows }, (_, id) => id),
      );
      expect(await queue.status(table)).toMatchObject({ state: 'done', rows });
    }

    async function isDone(): Promise<boolean> {
      return (await queue.status(table))?.state === 'done';
    }

    it('lose and repeat no row while one of them is killed again and again, and their parts go on soon', async () => {
      await begin(1500, 50);
      const killed = await killWorkers({
        start: worker,
        ...{ workers: 3, kills: 3, everyMs: 200, pages: 8 },
        isOver: isDone,
      });
      await isExact();
      expect(killed.kills).toBe(3);
      // Each has two hands, which are in the middle of a part nearly always.
      expect(killed.waits.length).toBeGreaterThanOrEqual(3);
      expect(Math.max(...killed.waits.map(({ ms }) => ms))).toBeLessThan(LEASE + 5000);
    }, 60_000);

    it('commit nothing under a lease that is lost', async () => {
      await begin(60, 1);
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      let isHeld = false;
      hold = async (offset) => {
        if (offset !== 30 || isHeld) return;
        isHeld = true;
        await released;
      };
      const slow = worker('slow');
      await slow.seen((event) => isPage(event) && 'rows' in event && event.rows === 30);
      while (!asked.includes(30)) await sleep(5);
      slow.child.kill('SIGSTOP');
      const heir = worker('heir');
      await heir.seen(({ type }) => type === 'export-ended');
      release();
      slow.child.kill('SIGCONT');
      const left = await slow.seen(({ type }) => type === 'part-left');
      expect(left).toMatchObject({ reason: 'lease lost', code: 'LEASE_LOST' });
      expect(await slow.ended).toBe(0);
      expect(pagesOf(slow)).toHaveLength(3);
      expect(asked).toEqual([0, 10, 20, 30, 30, 40, 50]);
      await isExact();
    }, 30_000);

    it('go on when the connections to their database are cut', async () => {
      await begin(400, 8);
      const own = [worker('one'), worker('two')];
      await Promise.all(own.map((one) => one.seen(isPage)));
      for (let cuts = 0; cuts < 3; cuts++) {
        await server().query(
          "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
        );
        await sleep(150);
      }
      expect(await Promise.all(own.map(({ ended }) => ended))).toEqual([0, 0]);
      expect(own.flatMap(({ events }) => events).map(({ type }) => type)).toContain('database');
      await queue.close();
      queue = await openQueue(server().url);
      await isExact();
    }, 30_000);

    it('are gone on for when all of them and their database die at once', async () => {
      const { restart } = server();
      if (!isRestarted(restart)) return;
      await begin(2000, 6); // long enough for the last of them to come to a page
      const all = [worker('one'), worker('two'), worker('three')];
      await Promise.all(all.map((one) => one.seen(isPage)));
      for (const { child } of all) child.kill('SIGKILL');
      await restart();
      expect(await Promise.all(all.map(({ ended }) => ended))).toEqual(all.map(() => 'SIGKILL'));
      expect(await worker('four').ended).toBe(0);
      await queue.close();
      queue = await openQueue(server().url);
      await isExact();
    }, 30_000);

    it('go on when some of them and their database die at once', async () => {
      const { restart } = server();
      if (!isRestarted(restart)) return;
      await begin(300, 6);
      const before = [worker('one'), worker('two'), worker('three')];
      await Promise.all(before.slice(0, 2).map((one) => one.seen(isPage)));
      const survivor = before[2];
      for (const { child } of before.slice(0, 2)) child.kill('SIGKILL');
      await restart();
      const after = worker('four');
      expect(await after.ended).toBe(0);
      expect(await survivor?.ended).toBe(0);
      await queue.close();
      queue = await openQueue(server().url);
      await isExact();
    }, 30_000);

    it('give their parts back at once when they are told to stop', async () => {
      await begin(200, 2);
      const first = worker('first', { lease: 60_000 });
      await first.seen(isPage);
      first.child.kill('SIGTERM');
      const told = performance.now();
      expect(await first.ended).toBe(0);
      expect(performance.now() - told).toBeLessThan(5000);
      expect((await queue.status(table))?.parts).toMatchObject({ waiting: 2, running: 0 });
      expect(await worker('second').ended).toBe(0);
      await isExact();
    }, 30_000);
  });
}
