import type { Observer } from 'rxjs';

import type { Transport } from '../core/transport';

import type { WorkerEvent } from './worker-event';

/** Where a kind of output goes on this machine. */
export interface FolderSink {
  /** An existing folder, on storage that all workers of the export reach. */
  readonly folder: string;
}

/** How a worker works. */
export interface WorkerOptions {
  /** A connection string. @defaultValue what `DATABASE_URL` says, else an embedded PostgreSQL */
  readonly database?: string | undefined;
  /** By the names that descriptions give. Parts that need another are left to other workers. */
  readonly transports: Readonly<Record<string, Transport>>;
  /** Folders, by the names that descriptions give; tables need none. */
  readonly sinks?: Readonly<Record<string, FolderSink>> | undefined;
  /** Parts at once; up to as many more where workers die and nobody has a free hand. @defaultValue 4 */
  readonly concurrency?: number | undefined;
  /** Milliseconds without a sign of life after which a part is taken from a worker; at least 1,000. @defaultValue 30_000 */
  readonly lease?: number | undefined;
  /** Milliseconds between looks into an empty queue; also between looks for parts to free. @defaultValue 1_000 */
  readonly interval?: number | undefined;
  /** Milliseconds before the second try of a part that failed, doubled for each further one. @defaultValue 1_000 */
  readonly retryDelay?: number | undefined;
  /**
   * Stops when no part is left that it has all for, neither waiting nor with another worker; what waits for other workers is told before
   * (`parts-unserved`). @defaultValue false: it waits for the next
   */
  readonly untilDone?: boolean | undefined;
  /** Names the worker where people look at it. @defaultValue host and process */
  readonly name?: string | undefined;
  /** Told what happens; only `next` is called, and what it throws does not reach the worker. */
  readonly events?: Partial<Observer<WorkerEvent>> | undefined;
  /** Aborting it stops the worker as `stop` does. */
  readonly signal?: AbortSignal | undefined;
}

/** A worker under way. It does not listen to signals of the system: whoever started it calls `stop` on SIGTERM. */
export interface Worker {
  /** Finishes or drops the pages in hand, hands its parts back and lets go of the database. */
  stop(): Promise<void>;
  /** Resolves when it has stopped, rejects where it cannot go on. */
  readonly done: Promise<void>;
}
