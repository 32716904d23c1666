import type { Claim } from './claim';
import type { JobQueue } from './job-queue';
import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';

export const PARTS = `${SCHEMA}.parts`;
export const EXPORTS = `${SCHEMA}.exports`;

/** What was begun was no try. */
export async function uncount(sql: Sql, { export: id, part }: Claim): Promise<void> {
  await sql.query(
    `update ${PARTS} set tries = greatest(tries - 1, 0) where export = $1 and index = $2`,
    [id, part],
  );
}

/** A part waits again, under another job, to be taken in `wait` milliseconds at the earliest. */
export async function putBack(
  sql: Sql,
  jobs: JobQueue,
  { export: id, part, queue, job }: Claim,
  wait: number,
): Promise<void> {
  const [name = ''] = jobs.names(1);
  await sql.query(
    `update ${PARTS} set state = 'waiting', job = $3, leased_until = null, changed_at = now() where export = $1 and index = $2`,
    [id, part, name],
  );
  await jobs.remove(sql, queue, [job]);
  // What was begun is gone on with before anything else is begun.
  await jobs.put(sql, queue, [{ job: name, export: id, part }], { wait, isFirst: wait === 0 });
}

/** A part that nobody goes on with. */
export async function setState(
  sql: Sql,
  jobs: JobQueue,
  claim: Claim,
  state: 'failed' | 'cancelled',
): Promise<void> {
  await sql.query(
    `update ${PARTS} set state = $3, job = null, leased_until = null, changed_at = now(), finished_at = now()
     where export = $1 and index = $2`,
    [claim.export, claim.part, state],
  );
  await jobs.complete(sql, claim.queue, [claim.job]);
}
