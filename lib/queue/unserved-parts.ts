import { namesOf } from './queue-name';
import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';

/** Parts of one transport and folder. */
export interface UnservedParts {
  readonly transport: string;
  /** None where the rows go into a table. */
  readonly folder?: string;
  /** The exports they are of, by name. */
  readonly exports: readonly string[];
  /** How many. */
  readonly parts: number;
}

/** Parts of other queues than these that wait while no worker is at any of their queue. */
export async function unservedParts(
  sql: Sql,
  queues: readonly string[],
): Promise<readonly UnservedParts[]> {
  const { rows } = await sql.query(
    `select p.queue, count(*) as parts, array_agg(distinct p.export order by p.export) as exports
     from ${SCHEMA}.parts p join ${SCHEMA}.exports e on e.id = p.export
     where p.state in ('waiting', 'running') and e.state = 'running' and p.queue <> all($1)
     group by p.queue having bool_and(p.state = 'waiting') order by p.queue`,
    [queues],
  );
  return rows.map(({ queue, parts, exports }) => ({
    ...namesOf(String(queue)),
    exports: Array.isArray(exports) ? exports.map(String) : [],
    parts: Number(parts),
  }));
}
