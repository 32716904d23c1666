import { setTimeout as sleep } from 'node:timers/promises';

import { PaginationError } from '../core/pagination-error';
import { hashText } from '../protocol/hash';

import { extraSetting } from './columns';
import { readCheckpoint, type StoredCheckpoint } from './checkpoint-text';
import { connectPostgres, type PostgresClient } from './postgres-client';
import type { PostgresOptions, PostgresStep } from './postgres-options';
import { PostgresSession } from './postgres-session';
import { quoteName } from './postgres-sql';
import type { Sink } from './sink';

/** How long a lock may take to come free after its owner died, in milliseconds. */
const LOCK_WAIT = 2000;

export function postgresSink(
  table: string,
  options: PostgresOptions,
  step: (step: PostgresStep) => void | Promise<void> = () => undefined,
): Sink {
  const { schema, job = schema === undefined ? table : `${schema}.${table}` } = options;
  const { checkpointTable = 'paged_observable_checkpoints' } = options;
  const inSchema = (name: string) =>
    schema === undefined ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
  const key = typeof options.key === 'string' ? [options.key] : (options.key ?? []);
  const { append = key.length > 0 } = options;
  return {
    name: `table ${table}`,
    settings: settingsOf(table, options, key),
    resumable: true,
    open: async () => {
      const { connection } = options;
      const client =
        typeof connection === 'function' ? await connection() : await connectPostgres(connection);
      try {
        await lock(client, job);
        const stored = await storedIn(client, inSchema(checkpointTable), job);
        const count = append ? undefined : await countOf(client, inSchema(table));
        const occupied =
          count === undefined || count === 0
            ? undefined
            : `a table ${table} with ${String(count)} rows`;
        return new PostgresSession({
          ...{ client, job, options, key, stored, occupied, step },
          table: inSchema(table),
          checkpointTable: inSchema(checkpointTable),
          count: append ? undefined : (count ?? 0),
        });
      } catch (error) {
        await client.end().catch(() => undefined);
        throw error;
      }
    },
  };
}

function settingsOf(
  table: string,
  { schema, columns, extra }: PostgresOptions,
  key: readonly string[],
): Readonly<Record<string, string>> {
  return {
    format: 'postgres',
    table,
    schema: schema ?? 'the first of the search path',
    columns: columns === undefined ? 'those of the first page' : JSON.stringify(columns),
    extra: extraSetting(extra ?? 'error'),
    key: JSON.stringify(key),
  };
}

/** A lock of the session: the server gives it back when the connection is gone, which it may notice a moment later. */
async function lock(client: PostgresClient, job: string): Promise<void> {
  const hash = hashText(`paged-observable ${job}`);
  const keys = [0, 8].map((at) => parseInt(hash.slice(at, at + 8), 16) | 0);
  const end = performance.now() + LOCK_WAIT;
  for (;;) {
    const { rows } = await client.query('select pg_try_advisory_lock($1, $2) as taken', keys);
    if (rows[0]?.['taken'] === true) return;
    if (performance.now() > end) {
      throw new PaginationError('LOCKED', `The export ${job} is under way in another session`);
    }
    await sleep(50);
  }
}

async function storedIn(
  client: PostgresClient,
  table: string,
  job: string,
): Promise<StoredCheckpoint | PaginationError | undefined> {
  if (!(await exists(client, table))) return undefined;
  const { rows } = await client.query(`select state from ${table} where job = $1`, [job]);
  const state = rows[0]?.['state'];
  return typeof state === 'string' ? readCheckpoint(state, `of ${job}`) : undefined;
}

async function countOf(client: PostgresClient, table: string): Promise<number | undefined> {
  if (!(await exists(client, table))) return undefined;
  const { rows } = await client.query(`select count(*) as count from ${table}`);
  return Number(rows[0]?.['count']);
}

async function exists(client: PostgresClient, table: string): Promise<boolean> {
  const { rows } = await client.query('select to_regclass($1) is not null as found', [table]);
  return rows[0]?.['found'] === true;
}
