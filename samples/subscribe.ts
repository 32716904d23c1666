// Every item of a list as it comes. Nothing is requested before subscribe.
import { dropshotPagination, paginate } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 7 });
  const users = paginate<User>(
    fetchTransport({ baseUrl: server.url }),
    { url: '/dropshot/users', params: { limit: 3 } },
    { pagination: dropshotPagination() },
  );
  console.log(`${String(server.requestCount())} requests before subscribe`);

  users.subscribe({
    next: ({ id, name }) => {
      console.log(id, name);
    },
    error: console.error,
    complete: () => {
      // Dropshot's lists end with an empty page.
      console.log(`complete after ${String(server.requestCount())} requests`);
      void server.close();
    },
  });
}

void main();
