import type { PostgresClient } from '../export/postgres-client';

/** Runs statements. */
export type Sql = Pick<PostgresClient, 'query'>;

/** Connections to one database, shared by all that a process does there. */
export interface SqlPool extends Sql {
  /** Runs a statement that comes again and again; the server keeps what it has made of its text. */
  repeated: (text: string, values: readonly unknown[]) => ReturnType<Sql['query']>;
  /**
   * Runs `work` within a transaction, and commits it where it resolves, or rolls it back.
   * Nothing is tried again: whether a commit whose connection broke went through, only the caller can find out.
   */
  transaction<R>(work: (sql: Sql) => Promise<R>): Promise<R>;
  end(): Promise<void>;
}

/** Where a database is, and how to let go of it. */
export interface DatabasePlace {
  /** A connection string. */
  readonly url: string;
  close(): Promise<void>;
}
