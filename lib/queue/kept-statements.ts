import { randomUUID } from 'node:crypto';

import { field } from '../core/field';
import type { PostgresClient, PostgresConnection } from '../export/postgres-client';

/** A connection keeps so many statements; each takes some ten kilobytes of the server. */
const MOST = 50;

/** A connection of a pool; of another kind than `pg` makes it may keep no statements. */
export type PoolClient = PostgresClient & Partial<Pick<PostgresConnection, 'named'>>;

/** The statements that one connection has told its server to keep. */
export class KeptStatements {
  readonly #client: PoolClient;
  readonly #names = new Map<string, string>();
  // Behind a pooler a server may have been told names by others, of other texts.
  readonly #stem = randomUUID();
  #count = 0;
  #isPooled = false;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  /** Runs a statement that comes again and again, by itself and not within a transaction. */
  async run(text: string, values: readonly unknown[]): ReturnType<PostgresClient['query']> {
    const { named } = this.#client;
    if (named === undefined || this.#isPooled) return this.#client.query(text, values);
    try {
      return await named(await this.#nameOf(text), text, values);
    } catch (error) {
      if (!isForgotten(error)) throw error;
      this.#isPooled = true;
      return this.#client.query(text, values);
    }
  }

  async #nameOf(text: string): Promise<string> {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= MOST) {
      this.#names.clear();
      await this.#client.query('deallocate all');
    }
    const name = `${this.#stem} ${String(++this.#count)}`;
    this.#names.set(text, name);
    return name;
  }
}

/** A pooler has handed the statement to another server session than the one that was told its name; it was not run. */
function isForgotten(error: unknown): boolean {
  return ['26000', '42P05'].includes(String(field(error, 'code')));
}
