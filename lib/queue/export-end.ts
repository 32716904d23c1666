import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';

/** An export all of whose parts have ended. */
export interface EndedExport {
  readonly export: string;
  /** `finishing`: what stands beside its files is to be written. */
  readonly state: 'finishing' | 'done' | 'failed';
}

/**
 * Counts a part that has ended. Parts that end at once wait here for one another, so that one of them is the last.
 */
export async function endIfComplete(
  sql: Sql,
  id: string,
  became: 'done' | 'failed',
): Promise<EndedExport | undefined> {
  const column = `parts_${became}`;
  const { rows } = await sql.query(
    `update ${SCHEMA}.exports set ${column} = ${column} + 1 where id = $1
     returning parts_done + parts_failed = parts as is_complete, parts_failed, has_files`,
    [id],
  );
  const [row] = rows;
  if (row?.['is_complete'] !== true) return undefined;
  const whole = row['has_files'] === true ? 'finishing' : 'done';
  const state = Number(row['parts_failed']) > 0 ? 'failed' : whole;
  await sql.query(
    `update ${SCHEMA}.exports set state = $2, finished_at = case when $2 = 'finishing' then null else now() end
     where id = $1 and state = 'running'`,
    [id, state],
  );
  return { export: id, state };
}
