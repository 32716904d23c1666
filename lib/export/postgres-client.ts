import { importPeer } from './import-peer';

/** What is needed of a connection: a `Client` of the package `pg`, or anything like it. */
export interface PostgresClient {
  /** Runs one statement, or several where there are no values. */
  query(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
  /** Closes the connection. */
  end(): Promise<void>;
}

/** A connection of the package `pg`. */
export interface PostgresConnection extends PostgresClient {
  /** Runs a statement that the server keeps under a name of this connection, so that it reads and plans the text only once. */
  named(
    name: string,
    text: string,
    values: readonly unknown[],
  ): ReturnType<PostgresClient['query']>;
}

type Rows = { readonly rows: Readonly<Record<string, unknown>>[] };
type Results = Rows | Rows[];

/** Loads the package `pg`; this is the one file that imports it. */
export async function loadPostgres() {
  return (await importPeer('pg', () => import('pg'))).default;
}

/**
 * Connects with the package `pg`.
 * @param timeout until it is connected, in milliseconds
 */
export async function connectPostgres(
  connection: string | undefined,
  timeout?: number,
): Promise<PostgresConnection> {
  const { Client } = await loadPostgres();
  const client = new Client({
    ...(connection !== undefined && { connectionString: connection }),
    ...(timeout !== undefined && { connectionTimeoutMillis: timeout }),
    application_name: 'paged-observable',
    keepAlive: true,
  });
  // A connection that breaks is met by the next query; an error nobody listens to would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return {
    query: async (text, values) => {
      // Without values several statements may stand in one text: then there is a result of each.
      const result: Results = await client.query<Record<string, unknown>>(
        text,
        values === undefined ? undefined : [...values],
      );
      const results = 'rows' in result ? [result] : result;
      return { rows: results.flatMap(({ rows }) => rows) };
    },
    named: async (name, text, values) => {
      const { rows } = await client.query<Record<string, unknown>>({
        name,
        text,
        values: [...values],
      });
      return { rows };
    },
    end: () => client.end(),
  };
}
