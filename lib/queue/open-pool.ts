import { connectPostgres } from '../export/postgres-client';

import { isConnectionLoss } from './connection-loss';
import { KeptStatements, type PoolClient } from './kept-statements';
import type { Sql, SqlPool } from './sql-pool';

/** What a pool is made of. */
export interface PoolParts {
  /** The connection string, asked for every connection: an embedded server may come back elsewhere. */
  readonly url: () => string;
  /** Connections at most. */
  readonly size: number;
  /** Milliseconds after which the server ends a transaction whose process does nothing, so that it holds no locks. */
  readonly idleTransaction: number;
  readonly connect?: ((url: string) => Promise<PoolClient>) | undefined;
}

/** One of a pool. */
interface Connection {
  readonly client: PoolClient;
  readonly kept: KeptStatements;
}

/** Connections that are made when they are needed, and kept. One that broke is left out; whoever was using it meets the error. */
export class Pool implements SqlPool {
  readonly #parts: PoolParts;
  readonly #free: Connection[] = [];
  readonly #waiting: (() => void)[] = [];
  #count = 0;
  #isEnded = false;

  constructor(parts: PoolParts) {
    this.#parts = parts;
  }

  query: Sql['query'] = (text, values) => this.#with(({ client }) => client.query(text, values));

  repeated: SqlPool['repeated'] = (text, values) =>
    this.#with(({ kept }) => kept.run(text, values));

  async transaction<R>(work: (sql: Sql) => Promise<R>): Promise<R> {
    return this.#with(async ({ client }) => {
      const idle = String(Math.ceil(this.#parts.idleTransaction));
      await client.query(`begin; set local idle_in_transaction_session_timeout = ${idle}`);
      try {
        const result = await work(client);
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
    });
  }

  /** Ends when all that is under way has ended. */
  async end(): Promise<void> {
    this.#isEnded = true;
    while (this.#count > this.#free.length) await this.#turn();
    await Promise.all(
      this.#free.splice(0).map(({ client }) => client.end().catch(() => undefined)),
    );
  }

  async #with<R>(use: (connection: Connection) => Promise<R>): Promise<R> {
    const connection = await this.#take();
    let isBroken = false;
    try {
      return await use(connection);
    } catch (error) {
      isBroken = isConnectionLoss(error);
      throw error;
    } finally {
      if (isBroken) {
        this.#count--;
        void connection.client.end().catch(() => undefined);
      } else {
        this.#free.push(connection);
      }
      this.#next();
    }
  }

  async #take(): Promise<Connection> {
    for (;;) {
      if (this.#isEnded) throw new Error('the connections to the database are closed');
      const free = this.#free.pop();
      if (free !== undefined) return free;
      if (this.#count < this.#parts.size) return this.#make();
      await this.#turn();
    }
  }

  async #make(): Promise<Connection> {
    const { url, connect = connectPostgres } = this.#parts;
    this.#count++;
    try {
      const client = await connect(url());
      return { client, kept: new KeptStatements(client) };
    } catch (error) {
      this.#count--;
      this.#next();
      throw error;
    }
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #next(): void {
    this.#waiting.shift()?.();
    // Who waits for the end waits behind the others, and is woken by the last of them.
    if (this.#isEnded) for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
