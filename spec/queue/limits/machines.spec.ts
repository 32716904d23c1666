import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Pool } from '../../../lib/queue/open-pool';
import { migrate } from '../../../lib/queue/schema';
import { buildExportProcess } from '../../support/kill-export';
import type { LimitJob } from '../../support/limit-process';
import { describePostgres, postgresServer } from '../../support/postgres';

const MACHINES = 4;
/** How long each reply takes, in milliseconds. */
const REPLY = 40;

describePostgres('a limit of four machines', () => {
  const postgres = postgresServer();
  const folder = mkdtempSync(join(tmpdir(), 'paged-observable-limit-'));
  const program = join(folder, 'limit-process.js');
  let server: Server;
  let arrived: number[] = [];
  let inFlight: number[] = [];

  beforeAll(async () => {
    await buildExportProcess(program, 'limit-process');
    const pool = new Pool({ url: () => postgres().url, size: 1, idleTransaction: 10_000 });
    await migrate(pool);
    await pool.end();
    let now = 0;
    server = createServer((_, response) => {
      arrived.push(performance.now());
      inFlight.push(++now);
      setTimeout(() => {
        now--;
        response.end('[]');
      }, REPLY);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  }, 60_000);
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(limit: LimitJob['limit'], requests: number): Promise<void> {
    [arrived, inFlight] = [[], []];
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(port)}/`;
    const job: LimitJob = { url, database: postgres().url, limit, requests, eager: 12 };
    const machines = Array.from({ length: MACHINES }, async () => {
      const child = spawn(process.execPath, [program, JSON.stringify(job)], { stdio: 'inherit' });
      return (await once(child, 'close'))[0] as unknown;
    });
    expect(await Promise.all(machines)).toEqual(machines.map(() => 0));
    expect(arrived).toHaveLength(MACHINES * requests);
  }

  it('lets no second see more than the rate and its burst, and wastes little of it', async () => {
    const [perSecond, burst] = [40, 12];
    await run({ name: 'rate', perSecond, burst }, 40);
    const inSecondFrom = arrived.map(
      (start, at) => arrived.slice(at).filter((time) => time < start + 1000).length,
    );
    expect(Math.max(...inSecondFrom)).toBeLessThanOrEqual(perSecond + burst);
    // Above half of the rate on a machine that does other things too.
    const seconds = ((arrived.at(-1) ?? 0) - (arrived[0] ?? 0)) / 1000;
    expect(arrived.length / seconds).toBeGreaterThan(perSecond / 2);
  }, 60_000);

  it('never lets more requests be in flight than it says, and as many where they are wanted', async () => {
    await run({ name: 'flight', concurrency: 6 }, 20);
    expect(Math.max(...inFlight)).toBe(6);
  }, 60_000);
});
