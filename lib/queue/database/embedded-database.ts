import type { PostgresClient } from '../../export/postgres-client';

import type { DatabasePlace } from '../sql-pool';

import { enter, leave } from './embedded-server';
import type { ServerFolder } from './server-state';

/** How often a process looks whether the server still lives, in milliseconds. */
const LOOK_EVERY = 500;

/** An embedded server as one of its processes has it: the connection it holds keeps others from stopping it. */
export class EmbeddedDatabase implements DatabasePlace {
  readonly #folder: ServerFolder;
  readonly #timer: NodeJS.Timeout;
  #url: string;
  #client: PostgresClient;
  /** A look that is under way. */
  #look: Promise<void> | undefined;

  static async open(folder: ServerFolder): Promise<EmbeddedDatabase> {
    const { url, client } = await enter(folder);
    return new EmbeddedDatabase(folder, url, client);
  }

  private constructor(folder: ServerFolder, url: string, client: PostgresClient) {
    this.#folder = folder;
    this.#url = url;
    this.#client = client;
    this.#timer = setInterval(() => {
      this.#look ??= this.#revive().finally(() => (this.#look = undefined));
    }, LOOK_EVERY).unref();
  }

  /** The same for as long as nobody takes its port while it is down. */
  get url(): string {
    return this.#url;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#look;
    await this.#client.end().catch(() => undefined);
    await leave(this.#folder);
  }

  /** Where it cannot be started now, the next look tries again; whoever needs it meets the error there. */
  async #revive(): Promise<void> {
    try {
      await this.#client.query('select 1');
    } catch {
      await this.#client.end().catch(() => undefined);
      await enter(this.#folder).then(
        ({ url, client }) => {
          this.#url = url;
          this.#client = client;
        },
        () => undefined,
      );
    }
  }
}
