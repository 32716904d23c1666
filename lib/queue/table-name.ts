import { quoteName } from '../export/postgres-sql';

import type { TableSinkDescription } from './export-description';

/** Of the advisory locks of tables: its first number; the second is a hash of the table's name. */
export const LOCK = 0x706f;

/** As SQL. */
export function tableOf({ table, schema }: TableSinkDescription): string {
  return schema === undefined ? quoteName(table) : `${quoteName(schema)}.${quoteName(table)}`;
}
