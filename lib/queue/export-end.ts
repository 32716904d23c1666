import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';

/** An export all of whose parts have ended. */
export interface EndedExport {
  readonly export: string;
  /** `finishing`: what stands beside its files is to be written. */
  readonly state: 'finishing' | 'done' | 'failed' | 'cancelled';
}

/**
 * Counts a part that has ended. Parts that end at once wait here for one another, so that one of them is the last.
 * @returns the export where that has ended by it; one that was cancelled has ended before
 */
export async function endIfComplete(
  sql: Sql,
  id: string,
  became: 'done' | 'failed' | 'cancelled',
): Promise<EndedExport | undefined> {
  const column = `parts_${became}`;
  const { rows } = await sql.query(
    `update ${SCHEMA}.exports set ${column} = ${column} + 1 where id = $1
     returning parts_done + parts_failed + parts_cancelled = parts as is_complete, parts_failed, parts_cancelled, has_files`,
    [id],
  );
  const [row] = rows;
  if (row?.['is_complete'] !== true) return undefined;
  const whole = row['has_files'] === true ? 'finishing' : 'done';
  const unfinished = Number(row['parts_cancelled']) > 0 ? 'cancelled' : whole;
  const state = Number(row['parts_failed']) > 0 ? 'failed' : unfinished;
  const { rows: ended } = await sql.query(
    `update ${SCHEMA}.exports set state = $2, finished_at = case when $2 = 'finishing' then null else now() end
     where id = $1 and state = 'running' returning 1`,
    [id, state],
  );
  return ended.length === 0 ? undefined : { export: id, state };
}
