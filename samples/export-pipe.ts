// An export piped to another program: rows are fetched no faster than it reads them.
import { spawn } from 'node:child_process';
import { lastValueFrom } from 'rxjs';
import { dropshotPagination, paginate } from 'paged-observable';
import { exportTo, writable } from 'paged-observable/export';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 120 });
  const users = paginate<User>(fetchTransport({ baseUrl: server.url }), '/dropshot/users', {
    pagination: dropshotPagination({ limit: 50 }),
  });

  const sort = spawn('sort', ['-r'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let sorted = '';
  sort.stdout.setEncoding('utf8').on('data', (text: string) => (sorted += text));
  const rows = exportTo(users, writable(sort.stdin, { format: 'csv', columns: ['id', 'email'] }));
  const summary = await lastValueFrom(rows);
  await new Promise((resolve) => sort.once('close', resolve));

  console.log(`${summary.type}: ${String(summary.rows)} rows`);
  console.log(sorted.split('\r\n').slice(0, 2).join('\n').trim());
  await server.close();
}

void main();
