// Pull instead of push: a page is requested when the loop asks beyond the last item of the one before.
import { linkPagination, paginate } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 250 });
  const users = paginate<User>(
    fetchTransport({ baseUrl: server.url }),
    { url: '/link/users', params: { per_page: 3 } },
    { pagination: linkPagination() },
  );

  let count = 0;
  for await (const { id } of users) {
    console.log(`${id}, ${String(server.requestCount())} requested`);
    if (++count === 7) break; // leaves the walk
  }
  console.log(`left after ${String(server.requestCount())} requests`);
  await server.close();
}

void main();
