import type { ExtraFields } from './columns';
import type { PostgresClient } from './postgres-client';

/** How rows go into a table of PostgreSQL. */
export interface PostgresOptions {
  /**
   * A connection string, or a function that gives a connected client of the package `pg`, which the sink then ends.
   * @defaultValue what the environment says (`PGHOST`, `PGUSER` ...), as of `pg`
   */
  readonly connection?: string | (() => Promise<PostgresClient>) | undefined;
  /** @defaultValue the first of the connection's search path */
  readonly schema?: string | undefined;
  /**
   * Names of fields, or JSON pointers into the row, whose last part names the column; or these with their types as SQL.
   * @defaultValue the fields of the first page that has rows
   */
  readonly columns?: readonly string[] | Readonly<Record<string, string>> | undefined;
  /** What becomes of fields without a column: `BAD_SHAPE`, nothing, or JSON in the column `_extra`. @defaultValue 'error', with `columns` 'ignore' */
  readonly extra?: ExtraFields | undefined;
  /** Makes the table where there is none, with types found in the first page that has rows. @defaultValue false */
  readonly create?: boolean | undefined;
  /** Columns with a unique index (with `create` the primary key): a row that is there is changed. @defaultValue none: rows are added */
  readonly key?: string | readonly string[] | undefined;
  /** Adds to a table that has rows of others. @defaultValue false, with `key` true */
  readonly append?: boolean | undefined;
  /** Names the export in the table of checkpoints, and locks it. @defaultValue the table, with its schema if that is given */
  readonly job?: string | undefined;
  /** Holds the checkpoints, in the same schema; made where there is none. @defaultValue 'paged_observable_checkpoints' */
  readonly checkpointTable?: string | undefined;
}

/** What has just been done, in the order in which a crash can come between. */
export type PostgresStep = 'rows inserted' | 'checkpoint stored' | 'committed';
