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

type Rows = { readonly rows: Readonly<Record<string, unknown>>[] };
type Results = Rows | Rows[];

/**
 * Connects with the package `pg`, the one file that imports it.
 * @param timeout until it is connected, in milliseconds
 */
export async function connectPostgres(
  connection: string | undefined,
  timeout?: number,
): Promise<PostgresClient> {
  const { Client } = (await importPeer('pg', () => import('pg'))).default;
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
    end: () => client.end(),
  };
}
