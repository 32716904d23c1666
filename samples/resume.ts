// A walk that was cut, even in mid-page, goes on exactly after the last item delivered, also in another process.
import { isPaginationError, offsetPagination, paginate } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 40 });
  const users = paginate<User>(fetchTransport({ baseUrl: server.url }), '/kneo/users', {
    pagination: offsetPagination({ items: '/users', totalCount: '/total', limit: 10 }),
  });
  const ids: string[] = [];

  const interrupt = new AbortController();
  let token: string | undefined; // text: keep it in a file, a database, a URL
  try {
    for await (const { id } of users.with({ signal: interrupt.signal })) {
      ids.push(id);
      if (ids.length === 17) interrupt.abort();
    }
  } catch (error) {
    if (!isPaginationError(error)) throw error;
    token = error.resumeToken;
    console.log(`${error.code} after ${String(error.itemsEmitted)} items, ${ids.at(-1) ?? ''}`);
  }

  server.reset();
  for await (const { id } of users.with({ resumeFrom: token })) {
    if (ids.push(id) === 18) console.log(`goes on with ${id}`);
  }
  console.log(server.requests.map(({ path, query }) => `GET ${path}?${query}`).join('\n'));
  console.log(`${String(ids.length)} items, ${String(new Set(ids).size)} different`);
  await server.close();
}

void main();
