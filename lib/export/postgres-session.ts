import { isPaginationError, PaginationError } from '../core/pagination-error';

import { writeCheckpoint, type StoredCheckpoint } from './checkpoint-text';
import type { PostgresClient } from './postgres-client';
import { PostgresRows } from './postgres-rows';
import type { PostgresOptions, PostgresStep } from './postgres-options';
import { CHECKPOINT_TABLE_SQL, createTableSql, insertSql, STORE_SQL } from './postgres-sql';
import type { Checkpoint, SinkSession, SinkStart } from './sink';

/** What a session of a table is made of. */
export interface PostgresSessionParts {
  readonly client: PostgresClient;
  /** As SQL. */
  readonly table: string;
  readonly checkpointTable: string;
  readonly job: string;
  readonly options: PostgresOptions;
  readonly key: readonly string[];
  readonly stored: StoredCheckpoint | PaginationError | undefined;
  /** Rows in the table, where that matters. */
  readonly count: number | undefined;
  readonly occupied: string | undefined;
  readonly step: (step: PostgresStep) => void | Promise<void>;
}

/** Rows and the checkpoint that speaks of them are committed by one transaction, so that there are both or neither. */
export class PostgresSession implements SinkSession {
  readonly stored: Checkpoint | undefined;
  readonly damage: PaginationError | undefined;
  readonly occupied: string | undefined;
  readonly #parts: PostgresSessionParts;
  #rows: PostgresRows | undefined;
  #insert = '';
  /** Columns of a table that an earlier run has found in its first page. */
  #columns: readonly string[] | undefined;
  #keepsCheckpoints = false;
  #isOpen = false;
  #isClosed = false;

  constructor(parts: PostgresSessionParts) {
    const { stored } = parts;
    this.#parts = parts;
    this.damage = isPaginationError(stored) ? stored : undefined;
    this.stored = isPaginationError(stored) ? undefined : stored?.checkpoint;
    this.occupied = parts.occupied;
    if (!isPaginationError(stored)) this.#columns = columnsIn(stored);
  }

  async begin({ mode, checkpoint, checkpoints }: SinkStart): Promise<void> {
    const { checkpointTable, count, table } = this.#parts;
    this.#keepsCheckpoints = checkpoints;
    if (mode === 'resume') {
      // Of a table that only this export writes to, the rows are those of its checkpoint.
      if (count !== undefined && count !== checkpoint.rows) throw mismatch(count, checkpoint.rows);
      return;
    }
    this.#columns = undefined;
    await this.#open();
    if (mode === 'overwrite' && (await this.#exists())) await this.#query(`delete from ${table}`);
    if (checkpoints) await this.#query(CHECKPOINT_TABLE_SQL(checkpointTable));
    await this.commit(checkpoint);
  }

  async write(rows: readonly unknown[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#open();
    const { table, key, step } = this.#parts;
    this.#rows ??= await this.#prepare(rows);
    this.#insert ||= insertSql(table, this.#rows.names, key);
    for (const { json } of this.#rows.batches(rows)) await this.#query(this.#insert, [json]);
    await step('rows inserted');
  }

  async commit(checkpoint: Checkpoint): Promise<void> {
    const { checkpointTable, job, step } = this.#parts;
    await this.#open();
    if (this.#keepsCheckpoints) {
      const own = this.#columns === undefined ? null : [...this.#columns];
      const state = writeCheckpoint({ checkpoint, own });
      await this.#query(STORE_SQL(checkpointTable), [job, state]);
      await step('checkpoint stored');
    }
    await this.#query('commit');
    this.#isOpen = false;
    await step('committed');
  }

  async finish(checkpoint: Checkpoint): Promise<void> {
    await this.commit(checkpoint);
  }

  /** The server rolls back what is open and gives the lock back when the connection ends. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#parts.client.end();
  }

  /** Columns are found once, in the first page that has rows; the table is made in the same transaction as its first rows. */
  async #prepare(rows: readonly unknown[]): Promise<PostgresRows> {
    const { options, table, key } = this.#parts;
    const given = options.columns ?? this.#columns;
    const { create = false } = options;
    const extra = options.extra ?? (options.columns === undefined ? 'error' : 'ignore');
    const made = new PostgresRows(rows, given, extra, key, options.columns !== undefined);
    if (create) await this.#query(createTableSql(table, made.columns, key));
    this.#columns ??= made.fields;
    return made;
  }

  async #open(): Promise<void> {
    if (this.#isOpen) return;
    await this.#query('begin');
    this.#isOpen = true;
  }

  async #exists(): Promise<boolean> {
    const found = await this.#query('select to_regclass($1) is not null as found', [
      this.#parts.table,
    ]);
    return found[0]?.['found'] === true;
  }

  async #query(text: string, values?: readonly unknown[]) {
    return (await this.#parts.client.query(text, values)).rows;
  }
}

function columnsIn(stored: StoredCheckpoint | undefined): readonly string[] | undefined {
  const own: unknown = stored?.own;
  if (!Array.isArray(own)) return undefined;
  return own.filter((name) => typeof name === 'string');
}

function mismatch(count: number, rows: number): PaginationError {
  return new PaginationError(
    'CHECKPOINT_MISMATCH',
    `Table and checkpoint disagree: there are ${String(count)} rows, and ${String(rows)} are committed. Overwrite the table to begin anew`,
  );
}
