import { randomUUID } from 'node:crypto';

import { PaginationError } from '../core/pagination-error';
import { compareSettings } from '../export/admit';
import { canonicalJson } from '../protocol/canonical-json';
import { hashText } from '../protocol/hash';

import type { ExportDescription, TableSinkDescription } from './export-description';
import type { ExportPlan } from './export-plan';
import type { JobQueue } from './job-queue';
import { putAll } from './put-all';
import { folderOf, queueName } from './queue-name';
import { SCHEMA } from './schema';
import type { Sql, SqlPool } from './sql-pool';
import { LOCK, tableOf } from './table-name';

const PARTS = `${SCHEMA}.parts`;
const EXPORTS = `${SCHEMA}.exports`;
/** Parts in one statement. */
const BATCH = 5000;
/** Longer settings are compared by a hash. */
const LONGEST = 200;
const MAX_TRIES = 5;

type Settings = Readonly<Record<string, string>>;

/** What must be the same for the same name of an export. */
export function settingsOf(description: ExportDescription, partitions: number): Settings {
  const members = Object.entries({ ...description, partitions }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(
    members.map(([name, value]) => {
      const text = canonicalJson(value);
      return [name, text.length > LONGEST ? `#${hashText(text)}` : text];
    }),
  );
}

/**
 * Whether there is an export of that name.
 * @throws PaginationError `CHECKPOINT_MISMATCH` naming the first difference where it is another one
 */
export async function isStored(sql: Sql, id: string, settings: Settings): Promise<boolean> {
  const { rows } = await sql.query(`select settings from ${EXPORTS} where id = $1`, [id]);
  if (rows[0] === undefined) return false;
  compareSettings(settings, rows[0]['settings'] as Settings);
  return true;
}

/** Stores an export with its parts, which wait from then on; of several who do it at once one does, and the others see it. */
export async function storeExport(
  pool: SqlPool,
  jobs: JobQueue,
  id: string,
  plan: ExportPlan,
  settings: Settings,
): Promise<void> {
  const { description, parts, totalCount, notes } = plan;
  const { sink, maxTries = MAX_TRIES } = description;
  const queues = parts.map(({ transport }) => queueName(transport, folderOf(sink)));
  for (const queue of new Set(queues)) await jobs.ensure(queue);
  await pool.transaction(async (sql) => {
    const { rows } = await sql.query(
      `insert into ${EXPORTS} (id, description, settings, run, has_files, output_table, max_tries, total_count, notes, parts)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning 1`,
      [
        ...[id, JSON.stringify(description), JSON.stringify(settings), randomUUID()],
        ...[sink.kind === 'files', sink.kind === 'table' ? tableOf(sink) : null, maxTries],
        ...[totalCount ?? null, JSON.stringify(notes), parts.length],
      ],
    );
    if (rows.length === 0) {
      await isStored(sql, id, settings);
      return;
    }
    if (sink.kind === 'table') await checkTable(sql, id, sink);
    const names = jobs.names(parts.length);
    for (let at = 0; at < parts.length; at += BATCH) {
      const batch = parts.slice(at, at + BATCH);
      await sql.query(
        `insert into ${PARTS} (export, index, plan, queue, job)
         select $1, * from unnest($2::int[], $3::text[]::json[], $4::text[], $5::uuid[])`,
        [
          ...[id, batch.map(({ index }) => index), batch.map((part) => JSON.stringify(part))],
          ...[queues.slice(at, at + BATCH), names.slice(at, at + BATCH)],
        ],
      );
    }
    const waiting = names.map((job, part) => ({ job, export: id, part }));
    await putAll(sql, jobs, waiting, queues);
  });
}

/** @throws PaginationError `SINK` where rows of others are, or will be, in the table */
async function checkTable(sql: Sql, id: string, sink: TableSinkDescription): Promise<void> {
  const { key, append = key !== undefined } = sink;
  if (append) return;
  const table = tableOf(sink);
  // Who begins another export into it at once waits until this one can be seen.
  await sql.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK, table]);
  const { rows: others } = await sql.query(
    `select id from ${EXPORTS} where output_table = $1 and id <> $2 and state in ('running', 'finishing')`,
    [table, id],
  );
  if (others[0] !== undefined) {
    throw new PaginationError(
      'SINK',
      `The export ${String(others[0]['id'])} goes into the table ${sink.table}; use 'key' or 'append', or choose another table`,
    );
  }
  const { rows: found } = await sql.query('select to_regclass($1) is not null as found', [table]);
  if (found[0]?.['found'] !== true) {
    if (sink.create === true) return;
    throw new PaginationError('SINK', `There is no table ${sink.table}; make it, or use 'create'`);
  }
  const { rows } = await sql.query(`select 1 from ${table} limit 1`);
  if (rows.length === 0) return;
  throw new PaginationError(
    'SINK',
    `There is a table ${sink.table} with rows; empty it, use 'key' or 'append', or choose another table`,
  );
}
