import { exportStatusOf, partStatusOf } from './export-rows';
import type { ExportStatus, PartStatus } from './export-status';
import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';

const PARTS = `${SCHEMA}.parts`;
const EXPORTS = `${SCHEMA}.exports`;

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
