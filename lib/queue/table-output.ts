import { PostgresRows } from '../export/postgres-rows';
import { createTableSql, insertSql, PLACE } from '../export/postgres-sql';

import type { TableSinkDescription } from './export-description';
import type { PartOutput } from './part-output';
import type { Sql } from './sql-pool';
import { LOCK, tableOf } from './table-name';

/** Characters of JSON that go with the checkpoint: what takes longer is written bit by bit, and its lease extended. */
const MOST = 256 * 1024;

const nothing = () => Promise.resolve();

/** Rows into a table, in the transaction that stores the checkpoint. */
export function tableOutput(sink: TableSinkDescription, part: number): PartOutput {
  const { numbered = sink.create ?? false } = sink;
  const key = typeof sink.key === 'string' ? [sink.key] : (sink.key ?? []);
  const table = tableOf(sink);
  let known: PostgresRows | undefined;
  let found: PostgresRows | undefined;
  return {
    stage: nothing,
    write: async (sql, rows, before) => {
      if (rows.length === 0) return;
      const reader = known ?? (await readerOf(sql, sink, key, numbered, rows));
      found = reader;
      const insert = insertSql(table, reader.names, key, numbered);
      let row = before;
      for (const batch of reader.batches(rows)) {
        await sql.query(insert, [batch.json, ...(numbered ? [part, row] : [])]);
        row += batch.rows;
      }
    },
    statement: (rows, before) => {
      const reader = known;
      if (reader === undefined || rows.length === 0) return undefined;
      const [batch, ...others] = reader.batches(rows);
      if (batch === undefined || others.length > 0 || batch.json.length > MOST) return undefined;
      return {
        text: (first, only) => insertSql(table, reader.names, key, numbered, { first, only }),
        values: [batch.json, ...(numbered ? [part, before] : [])],
      };
    },
    finish: nothing,
    // Before, the transaction that made the table could have been rolled back.
    committed: () => {
      known ??= found;
      return nothing();
    },
    close: nothing,
  };
}

async function readerOf(
  sql: Sql,
  sink: TableSinkDescription,
  key: readonly string[],
  numbered: boolean,
  rows: readonly unknown[],
): Promise<PostgresRows> {
  const { columns, create = false } = sink;
  const extra = sink.extra ?? (columns === undefined ? 'error' : 'ignore');
  const table = tableOf(sink);
  if (create) {
    // Two who make one table at once would be in each other's way.
    await sql.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK, table]);
    const made = new PostgresRows(rows, columns, extra, key, columns !== undefined);
    const place = numbered ? PLACE.map((name) => ({ name, type: 'bigint' })) : [];
    await sql.query(createTableSql(table, [...made.columns, ...place], key));
  }
  if (columns !== undefined) return new PostgresRows(rows, columns, extra, key, true);
  // Whichever part came first has made the table: the fields of its first page are the columns of all.
  const own = new Set<string>([
    ...(numbered ? PLACE : []),
    ...(extra === 'collect' ? ['_extra'] : []),
  ]);
  const fields = (await columnsOf(sql, table)).filter((name) => !own.has(name));
  return new PostgresRows(rows, fields, extra, key, false);
}

async function columnsOf(sql: Sql, table: string): Promise<readonly string[]> {
  const { rows } = await sql.query(
    `select attname from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
       and attgenerated = '' order by attnum`,
    [table],
  );
  return rows.map((row) => String(row['attname']));
}
