// RxJS operators decide how much is fetched: take(5) leaves the walk, and no further page is requested.
import { kneoPagination, paginate } from 'paged-observable';
import { axiosTransport } from 'paged-observable/axios';
import axios from 'axios';
import { filter, map, take } from 'rxjs';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 250 });
  const transport = axiosTransport(axios.create({ baseURL: server.url }));

  paginate<User>(transport, '/kneo/users', { pagination: kneoPagination({ limit: 10 }) })
    .pipe(
      filter((user) => user.active && user.team === 'jade'),
      take(5),
      map(({ id, name, team }) => `${id} ${name} (${team})`),
    )
    .subscribe({
      next: console.log,
      error: console.error,
      complete: () => {
        console.log(`${String(server.requestCount())} of 25 pages requested`);
        void server.close();
      },
    });
}

void main();
