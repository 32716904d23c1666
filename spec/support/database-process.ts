import { createInterface } from 'node:readline';

import { connectPostgres } from '../../lib/export/postgres-client';
import { openDatabase } from '../../lib/queue/database/open-database';

/*
 * A process that uses the embedded server of a folder. It says when it has it, does what a line of its input says, and answers
 * each with a line of JSON.
 */
const folder = process.argv[2] ?? '';

async function main(): Promise<void> {
  const say = (value: unknown) => {
    process.stdout.write(`${JSON.stringify(value)}\n`);
  };
  const database = await openDatabase({ folder });
  const ask = async (text: string) => {
    const client = await connectPostgres(database.url);
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };
  say({ url: database.url });
  for await (const line of createInterface({ input: process.stdin })) {
    say(await ask(line).catch((error: unknown) => ({ error: String(error) })));
  }
  await database.close();
  say('closed');
}

void main();
