// A list into a table of PostgreSQL: `npm install pg`, and DATABASE_URL or PGHOST and the like say where it is.
import { mergeMap, of } from 'rxjs';
import { isPaginationError, kneoPagination, paginate } from 'paged-observable';
import { exportTo, postgresTable } from 'paged-observable/export';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 250 });
  const users = paginate<User>(fetchTransport({ baseUrl: server.url }), '/kneo/users', {
    pagination: kneoPagination({ limit: 100 }),
  });
  // Each page and the checkpoint that speaks of it are one transaction; rows that are there are changed.
  const table = postgresTable('users', {
    connection: process.env['DATABASE_URL'] ?? 'postgres://127.0.0.1:1/nowhere',
    columns: { id: 'text', name: 'text', email: 'text', createdAt: 'timestamptz' },
    create: true,
    key: 'id',
  });

  await exportTo(users, table, { resume: true })
    .pipe(mergeMap((event) => (event.type === 'summary' ? of(event) : [])))
    .forEach(({ rows }) => {
      console.log(`${String(rows)} rows`);
    })
    .catch((error: unknown) => {
      if (!isPaginationError(error)) throw error;
      console.log(`${error.code}: no database here, and ${String(server.requestCount())} requests`);
    });
  await server.close();
}

void main();
