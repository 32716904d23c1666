// The same list by page: where each page came from, where the next one is, and how far the walk has come.
import { kneoPagination, paginate } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 25 });
  const users = paginate<User>(fetchTransport({ baseUrl: server.url }), '/kneo/users', {
    pagination: kneoPagination({ limit: 10 }),
  });

  users.pages().subscribe({
    next: (page) => {
      const { index, offset, nextOffset, items, totalCount, progress } = page;
      console.log(`page ${String(index)}: ${String(items.length)} of ${String(totalCount)} items`);
      console.log(`  offset ${String(offset)}, next ${String(nextOffset)}`);
      console.log(`  ${String(Math.round((progress.fraction ?? 0) * 100))} % of the list`);
    },
    error: console.error,
    complete: () => {
      void server.close();
    },
  });
}

void main();
