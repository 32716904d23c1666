// samples/users-api was written by `paged-observable generate samples/users-api/users.yaml --out samples/users-api --docs`.
import { fetchTransport } from 'paged-observable/fetch';

import { startDemoServer } from '../lib/demo/start-demo-server';
import { Api } from './users-api';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 25 });
  const api = new Api(fetchTransport({ baseUrl: server.url }));

  // The items are typed: `user.nickname` would not compile.
  for await (const user of api.users.listUsers({ team: 'jade', limit: 2 })) {
    console.log(user.id, user.team);
  }
  await api.users
    .listNumberedUsers({ size: 10 })
    .pages()
    .forEach((page) => {
      console.log(`page ${String(page.pageNumber)}: ${String(page.body.data.length)} users`);
    });
  await api.feeds
    .listLinkedUsers({ $top: 20 })
    .pages()
    .forEach((page) => {
      console.log(
        `${page.hasNextPage ? 'a page' : 'the last page'} of ${String(page.items.length)}`,
      );
    });
  await server.close();
}

void main();
