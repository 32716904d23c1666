// The list method of an SDK as a stream. It may take and give positions of any type.
import { fromPages } from 'paged-observable';
import { toArray } from 'rxjs';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

/** Stands for a client that some vendor ships. */
class VendorClient {
  constructor(private readonly origin: string) {}

  async listUsers(options: { marker?: string | undefined; pageSize: number; signal: AbortSignal }) {
    const { marker, pageSize, signal } = options;
    const url = new URL('/openai/next/users', this.origin);
    url.searchParams.set('limit', String(pageSize));
    if (marker !== undefined) url.searchParams.set('after', marker);
    const body = (await (await fetch(url, { signal })).json()) as { data: User[]; next?: string };
    return { users: body.data, nextMarker: body.next };
  }
}

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 10 });
  const client = new VendorClient(server.url);

  const users = fromPages(async (marker: string | undefined, signal) => {
    const page = await client.listUsers({ marker, pageSize: 4, signal });
    return { items: page.users, next: page.nextMarker };
  });

  users.pipe(toArray()).subscribe((all) => {
    console.log(`${String(all.length)} users in ${String(server.requestCount())} calls`);
    console.log(all.map(({ id }) => id).join(' '));
    void server.close();
  });
}

void main();
