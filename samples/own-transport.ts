// A transport is a function from a request to a reply. This one asks a cache before it asks node:http.
import { get } from 'node:http';
import { json } from 'node:stream/consumers';
import { kneoPagination, paginate, requestUrl, type PageReply } from 'paged-observable';
import type { PageRequest } from 'paged-observable';
import { count, lastValueFrom } from 'rxjs';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

function viaHttp(request: PageRequest, signal: AbortSignal): Promise<PageReply> {
  const url = requestUrl(request);
  return new Promise((resolve, reject) => {
    get(url, { headers: request.headers, signal }, (response) => {
      const { statusCode: status = 0 } = response;
      json(response).then((body) => {
        resolve({ status, headers: {}, body, url });
      }, reject);
    }).on('error', reject);
  });
}

const cache = new Map<string, PageReply>();

async function cached(request: PageRequest, signal: AbortSignal): Promise<PageReply> {
  const key = requestUrl(request);
  const reply = cache.get(key) ?? (await viaHttp(request, signal));
  cache.set(key, reply);
  return reply;
}

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 35 });
  const pagination = kneoPagination<User>({ limit: 10 });
  const users = paginate(cached, `${server.url}/kneo/users`, { pagination });
  for (const walk of ['first', 'second']) {
    const items = await lastValueFrom(users.pipe(count()));
    console.log(`${walk} walk: ${String(items)} items, ${String(server.requestCount())} requests`);
  }
  await server.close();
}

void main();
