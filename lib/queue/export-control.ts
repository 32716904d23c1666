import type { JobQueue } from './job-queue';
import { putAll } from './put-all';
import { SCHEMA } from './schema';
import type { SqlPool } from './sql-pool';

const PARTS = `${SCHEMA}.parts`;
const EXPORTS = `${SCHEMA}.exports`;

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
  const { rows: known } = await pool.query(
    `select distinct queue from ${PARTS} where export = $1 and state in ('failed', 'cancelled')`,
    [id],
  );
  for (const { queue } of known) await jobs.ensure(String(queue));
  return pool.transaction(async (sql) => {
    const { rows: found } = await sql.query(
      `select state from ${EXPORTS} where id = $1 for update`,
      [id],
    );
    if (found[0]?.['state'] === 'cancelled') {
      // Put back by their workers when it had just been cancelled; whoever was handed their jobs has thrown them away.
      await sql.query(
        `update ${PARTS} set state = 'cancelled', job = null, changed_at = now() where export = $1 and state = 'waiting'`,
        [id],
      );
    }
    const { rows } = await sql.query(
      `select index, queue from ${PARTS} where export = $1 and state in ('failed', 'cancelled')
         and ($2::int[] is null or index = any($2)) order by index for update`,
      [id, indexes ?? null],
    );
    if (rows.length === 0) return 0;
    const names = jobs.names(rows.length);
    await sql.query(
      `update ${PARTS} p set state = 'waiting', tries = 0, deaths = 0, job = again.job, finished_at = null, changed_at = now()
       from unnest($2::int[], $3::uuid[]) as again (index, job) where p.export = $1 and p.index = again.index`,
      [id, rows.map((row) => Number(row['index'])), names],
    );
    await sql.query(
      `update ${EXPORTS} e set state = 'running', finished_at = null,
         (parts_failed, parts_cancelled) = (
           select count(*) filter (where p.state = 'failed'), count(*) filter (where p.state = 'cancelled')
           from ${PARTS} p where p.export = e.id)
       where id = $1`,
      [id],
    );
    const waiting = rows.map((row, at) => ({
      job: names[at] ?? '',
      export: id,
      part: Number(row['index']),
    }));
    const queues = rows.map((row) => String(row['queue']));
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
