import type { ExportCache } from './export-cache';
import type { ExportDescription } from './export-description';
import { writeManifest } from './manifest';
import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';

/**
 * Writes what stands beside the files of exports all of whose parts are done, then says that they are. Of several workers who
 * do it at once each writes the same.
 * @returns the exports that are done by this
 */
export async function finishExports(sql: Sql, cache: ExportCache): Promise<readonly string[]> {
  const { rows } = await sql.query(
    `select id, run, description from ${SCHEMA}.exports where state = 'finishing'`,
  );
  const done: string[] = [];
  for (const row of rows) {
    const id = String(row['id']);
    const description = row['description'] as ExportDescription;
    const folder = cache.folder(id, description);
    if (folder === undefined || description.sink.kind !== 'files') continue;
    await writeManifest(sql, id, description.sink, folder);
    const { rows: ended } = await sql.query(
      `update ${SCHEMA}.exports set state = 'done', finished_at = now()
       where run = $1 and state = 'finishing' returning 1`,
      [row['run']],
    );
    if (ended.length > 0) done.push(id);
  }
  return done;
}
