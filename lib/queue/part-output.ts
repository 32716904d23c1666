import type { Json } from '../core/json';

import type { Sql } from './sql-pool';

/** A statement that writes rows, to stand in a larger one. */
export interface RowStatement {
  /** @param first the number of its first value; @param only the condition under which it may write */
  readonly text: (first: number, only: string) => string;
  readonly values: readonly unknown[];
}

/** Where the rows of one part go, under its lease. Its methods are called one after another. */
export interface PartOutput {
  /** Makes rows durable that do not go into the database. */
  stage(rows: readonly unknown[]): Promise<void>;
  /** Writes rows in the transaction that stores the checkpoint; called again with the same where that failed. Absent of files. */
  write?(sql: Sql, rows: readonly unknown[], before: number): Promise<void>;
  /** The same as one statement, where it can be; then `write` is not called. */
  statement?(rows: readonly unknown[], before: number): RowStatement | undefined;
  /** Makes durable what belongs behind the last row. */
  finish(): Promise<void>;
  /** Bytes staged, of files. */
  readonly bytes?: number | undefined;
  /** What must be known to go on after what was staged; stored with the checkpoint. */
  readonly own?: Json | undefined;
  /** A checkpoint of this lease is stored, so that what was left by the one before is no longer needed. */
  committed(): Promise<void>;
  close(): Promise<void>;
}
