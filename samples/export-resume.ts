// A nightly export that the machine may be rebooted under: every run goes on where the last one stands.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPaginationError, numberPagination, paginate } from 'paged-observable';
import { exportTo, ndjsonFile } from 'paged-observable/export';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 200 });
  const folder = await mkdtemp(join(tmpdir(), 'export-'));
  const file = join(folder, 'users.ndjson');
  const users = paginate<User>(fetchTransport({ baseUrl: server.url }), '/slow/users?delay=1', {
    pagination: numberPagination({
      items: '/data',
      totalPages: '/total_pages',
      sizeParam: 'size',
      size: 50,
    }),
  });

  const reboot = new AbortController();
  /** What the nightly job calls, whatever happened before. */
  const nightly = (signal?: AbortSignal) =>
    exportTo(users, ndjsonFile(file), { resume: true, signal }).forEach((event) => {
      if (event.type === 'summary') {
        console.log(`whole: ${String(event.rows)} rows, ${String(event.newRows)} of them now`);
        return;
      }
      console.log(`${String(event.pages)} pages, ${String(event.committedRows)} rows are safe`);
      if (event.pages === 2) reboot.abort();
    });

  await nightly(reboot.signal).catch((error: unknown) => {
    if (!isPaginationError(error)) throw error;
    console.log(`${error.code} after ${String(error.itemsEmitted)} rows`);
  });
  await nightly();
  await nightly(); // nothing is left to do, and nothing is asked
  console.log(`${String(server.requestCount())} requests`);

  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const ids = lines.map((line) => (JSON.parse(line) as User).id);
  console.log(`${String(lines.length)} lines, ${String(new Set(ids).size)} different`);
  await rm(folder, { recursive: true });
  await server.close();
}

void main();
