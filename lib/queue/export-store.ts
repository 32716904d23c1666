import { randomUUID } from 'node:crypto';

import { PaginationError } from '../core/pagination-error';
import { compareSettings } from '../export/admit';
import { canonicalJson } from '../protocol/canonical-json';
import { hashText } from '../protocol/hash';

import type { ExportDescription, TableSinkDescription } from './export-description';
import type { ExportPlan } from './export-plan';
import { exportStatusOf, partStatusOf } from './export-rows';
import type { ExportStatus, PartStatus } from './export-status';
import type { JobQueue, PartJob } from './job-queue';
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

const STATUS = `
  select e.*, sums.* from ${EXPORTS} e, lateral (
    select coalesce(sum(p.rows), 0) as rows, coalesce(sum(p.pages), 0) as pages, sum(p.bytes) as bytes,
      count(*) filter (where p.state = 'waiting') as waiting, count(*) filter (where p.state = 'running') as running,
      count(*) filter (where p.state = 'done') as done, count(*) filter (where p.state = 'failed') as failed,
      count(*) filter (where p.state = 'cancelled') as cancelled
    from ${PARTS} p where p.export = e.id
  ) sums`;

export async function readStatus(sql: Sql, id: string): Promise<ExportStatus | undefined> {
  const { rows } = await sql.query(`${STATUS} where e.id = $1`, [id]);
  return rows[0] === undefined ? undefined : exportStatusOf(rows[0]);
}

export async function readAll(sql: Sql): Promise<readonly ExportStatus[]> {
  const { rows } = await sql.query(`${STATUS} order by e.created_at desc, e.id`);
  return rows.map(exportStatusOf);
}

export async function readParts(sql: Sql, id: string): Promise<readonly PartStatus[]> {
  const { rows } = await sql.query(`select * from ${PARTS} where export = $1 order by index`, [id]);
  return rows.map(partStatusOf);
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

/** Stops an export that has not ended; its parts under way are given back by their workers. */
export async function cancelExport(pool: SqlPool, jobs: JobQueue, id: string): Promise<void> {
  // By itself, for who finishes a part locks the part first and its export then.
  const { rows } = await pool.query(
    `update ${EXPORTS} set state = 'cancelled', finished_at = now() where id = $1 and state = 'running' returning 1`,
    [id],
  );
  if (rows.length === 0) return;
  await pool.transaction(async (sql) => {
    const { rows: waiting } = await sql.query(
      `with waiting as (select index, job, queue from ${PARTS} where export = $1 and state = 'waiting' for update)
       update ${PARTS} p set state = 'cancelled', job = null, changed_at = now() from waiting w
       where p.export = $1 and p.index = w.index returning w.job, w.queue`,
      [id],
    );
    for (const [queue, names] of byQueue(waiting)) await jobs.remove(sql, queue, names);
  });
}

/** Puts parts that were set aside or cancelled into the queue again; how many. */
export async function retryParts(
  pool: SqlPool,
  jobs: JobQueue,
  id: string,
  indexes: readonly number[] | undefined,
): Promise<number> {
  return pool.transaction(async (sql) => {
    await sql.query(`select 1 from ${EXPORTS} where id = $1 for update`, [id]);
    const { rows } = await sql.query(
      `select index, queue from ${PARTS} where export = $1 and state in ('failed', 'cancelled')
         and ($2::int[] is null or index = any($2)) order by index for update`,
      [id, indexes ?? null],
    );
    if (rows.length === 0) return 0;
    const names = jobs.names(rows.length);
    await sql.query(
      `update ${PARTS} p set state = 'waiting', tries = 0, job = again.job, finished_at = null, changed_at = now()
       from unnest($2::int[], $3::uuid[]) as again (index, job) where p.export = $1 and p.index = again.index`,
      [id, rows.map((row) => Number(row['index'])), names],
    );
    await sql.query(
      `update ${EXPORTS} e set state = 'running', finished_at = null,
         parts_failed = (select count(*) from ${PARTS} p where p.export = e.id and p.state = 'failed') where id = $1`,
      [id],
    );
    const waiting = rows.map((row, at) => ({
      job: names[at] ?? '',
      export: id,
      part: Number(row['index']),
    }));
    const queues = rows.map((row) => String(row['queue']));
    for (const queue of new Set(queues)) await jobs.ensure(queue);
    await putAll(sql, jobs, waiting, queues);
    return rows.length;
  });
}

/** Forgets an export that has ended and on which nobody works. */
export async function removeExport(pool: SqlPool, id: string): Promise<boolean> {
  const { rows } = await pool.query(
    `delete from ${EXPORTS} e where id = $1 and state in ('done', 'failed', 'cancelled')
       and not exists (select 1 from ${PARTS} p where p.export = e.id and p.state = 'running') returning 1`,
    [id],
  );
  return rows.length > 0;
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

async function putAll(
  sql: Sql,
  jobs: JobQueue,
  waiting: readonly PartJob[],
  queues: readonly string[],
): Promise<void> {
  for (const queue of new Set(queues)) {
    await jobs.put(
      sql,
      queue,
      waiting.filter((_, at) => queues[at] === queue),
    );
  }
}

function byQueue(
  rows: readonly Readonly<Record<string, unknown>>[],
): ReadonlyMap<string, readonly string[]> {
  const queues = new Map<string, string[]>();
  for (const row of rows) {
    const queue = String(row['queue']);
    const names = queues.get(queue) ?? [];
    names.push(String(row['job']));
    queues.set(queue, names);
  }
  return queues;
}
