// "Load more": the first page comes at once, each further one when the notifier emits.
import { numberPagination, paginate } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';
import { Subject } from 'rxjs';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 250 });
  const loadMore = new Subject<void>(); // a button's clicks, a scroll position ...
  const users = paginate<User>(
    fetchTransport({ baseUrl: server.url }),
    { url: '/apimatic/page/users', params: { size: 4 } },
    { pagination: numberPagination({ items: '/data' }), pacedBy: loadMore },
  );

  users.pages().subscribe({
    next: ({ pageNumber, items }) => {
      console.log(`page ${String(pageNumber)}: ${items.map(({ id }) => id).join(' ')}`);
      // Here in place of a user: two clicks, then the screen is left.
      if (pageNumber < 3)
        setImmediate(() => {
          loadMore.next();
        });
      else loadMore.complete();
    },
    error: console.error,
    complete: () => {
      console.log(`complete after ${String(server.requestCount())} requests`);
      void server.close();
    },
  });
}

void main();
