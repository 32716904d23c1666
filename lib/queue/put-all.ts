import type { JobQueue, PartJob } from './job-queue';
import type { Sql } from './sql-pool';

/** Puts parts into the queues named at the same places. */
export async function putAll(
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
