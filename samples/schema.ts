// A schema (zod, valibot, arktype ...) checks and types each item; one that does not fit errors the walk.
import { isPaginationError, offsetPagination, paginate } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';
import { lastValueFrom, take } from 'rxjs';
import { z } from 'zod';

import { startDemoServer } from '../lib/demo/start-demo-server';

const user = z.object({
  id: z.string(),
  createdAt: z.iso.datetime().transform((text) => new Date(text)),
});
const withPhone = user.extend({ phone: z.string() });

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 10 });
  const transport = fetchTransport({ baseUrl: server.url });
  const pagination = offsetPagination({ items: '/users', totalCount: '/total', limit: 5 });

  const first = paginate(transport, '/kneo/users', { pagination, schema: user }).pipe(take(1));
  const { id, createdAt } = await lastValueFrom(first); // createdAt is a Date
  console.log(id, createdAt.getUTCFullYear());

  await paginate(transport, '/kneo/users', { pagination, schema: withPhone })
    .forEach(({ phone }) => {
      console.log(phone);
    })
    .catch((error: unknown) => {
      if (isPaginationError(error)) console.log(error.code, error.message.replace(server.url, ''));
    });
  await server.close();
}

void main();
