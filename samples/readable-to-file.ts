// A list into a file. Readable.from pulls, so the slow file holds the requests back.
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dropshotPagination, paginate } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 300 });
  const users = paginate<User>(fetchTransport({ baseUrl: server.url }), '/dropshot/users', {
    pagination: dropshotPagination({ limit: 50 }),
  });
  let written = 0;
  let mostAhead = 0;
  const toLines = new Transform({
    objectMode: true,
    transform(user: User, _encoding, callback) {
      mostAhead = Math.max(mostAhead, server.requestCount() - Math.ceil(++written / 50));
      setImmediate(callback, null, `${JSON.stringify(user)}\n`); // slower than the list
    },
  });

  const folder = await mkdtemp(join(tmpdir(), 'users-'));
  const file = join(folder, 'users.ndjson');
  await pipeline(Readable.from(users), toLines, createWriteStream(file));
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  console.log(`${String(lines.length)} lines, the last: ${lines.at(-1)?.slice(0, 15) ?? ''}`);
  console.log(
    mostAhead <= 1
      ? 'never more than a page ahead of the file'
      : `${String(mostAhead)} pages ahead`,
  );
  await rm(folder, { recursive: true });
  await server.close();
}

void main();
