// A client of an OpenAPI document at run time: which lists are paged, and how, is what the document says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchTransport } from 'paged-observable/fetch';
import { createClient, describeOperations, parseDocument } from 'paged-observable/openapi';

import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 25 });
  const file = join('samples', 'users-api', 'users.yaml');
  const document = parseDocument(readFileSync(file, 'utf8'));

  for (const { operationId = '', pagination } of describeOperations(document).operations) {
    console.log(`${operationId}: ${pagination?.kind ?? 'plain'}, ${pagination?.extension ?? ''}`);
  }
  const client = createClient(document, fetchTransport({ baseUrl: server.url }));
  const ids: string[] = [];
  for await (const { id } of client.list<{ id: string }>('list_users', { limit: 10 })) ids.push(id);
  console.log(`${String(ids.length)} users, ${String(server.requestCount())} requests`);
  try {
    client.list('list_users', { limits: 10 });
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
  await server.close();
}

void main();
