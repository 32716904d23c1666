// A walk never ends early without an error, and the error says what came and where to go on.
import { isPaginationError, numberPagination, paginate } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 50 });
  // Page 3 of this list is an HTML login page with status 200.
  const users = paginate<User>(
    fetchTransport({ baseUrl: server.url }),
    { url: '/broken/users', headers: { authorization: 'Bearer s3cret' } },
    { pagination: numberPagination({ items: '/data', totalPages: '/total_pages' }) },
  );

  let delivered = 0;
  users.subscribe({
    next: () => {
      delivered++;
    },
    error: (error: unknown) => {
      if (!isPaginationError(error)) throw error;
      const { code, pageIndex, attempts, itemsEmitted, bodyExcerpt, request } = error;
      console.log({ code, pageIndex, attempts, itemsEmitted, bodyExcerpt, delivered });
      console.log(request?.method, request?.url.replace(server.url, ''));
      console.log('names the credential:', JSON.stringify(error).includes('s3cret'));
      console.log('can be resumed:', error.resumeToken !== '');
      void server.close();
    },
  });
}

void main();
