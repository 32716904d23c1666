import { hostname } from 'node:os';

import { checkOptions, describe, isCount, isFlag, isText, type Check } from '../core/check-options';
import { onAbort } from '../core/on-abort';
import { isRecord } from '../protocol/is-record';

import { isQueueName } from './check-description';
import { openDatabase } from './database/open-database';
import { ExportCache } from './export-cache';
import { JobQueue } from './job-queue';
import { sharedLimiter } from './limits/shared-limiter';
import { Pool } from './open-pool';
import { PartLeases } from './part-leases';
import { PartStore } from './part-store';
import { queueName } from './queue-name';
import { Reach } from './reach';
import { migrate } from './schema';
import { StandingBack } from './standing-back';
import type { WorkerEvent } from './worker-event';
import { WorkerLoop } from './worker-loop';
import type { Worker, WorkerOptions } from './worker-options';

/** Connections besides one for each part: signs of life, looks around, limits. */
const FURTHER = 3;

/**
 * Starts a worker: it takes parts of exports off the queue and does them, page by page, rows and checkpoint of a page in one
 * transaction. Resolves when it has begun. Requests are made as parts are there whose transport and folder it has.
 *
 * A part has one worker at a time, under a lease that the worker renews. A worker that is not heard of for that long loses its
 * parts to others, which go on after the last committed page, within the lease and 5 s; whatever it tries to commit then is
 * refused. A part that fails is tried again, and set aside with its error where it does not get on; a worker that fails wherever it
 * begins leaves the parts to the others for a while, if there are any. Errors of parts are not the
 * worker's: `events` tells them, and so does `openQueue(...).parts(id)`. While the database cannot be reached it waits.
 *
 * @throws TypeError for an unknown or wrong option
 */
export function startWorker(options: WorkerOptions): Promise<Worker> {
  checkOptions('startWorker', options, OPTIONS);
  if (!Object.hasOwn(options, 'transports'))
    throw new TypeError("startWorker: it needs 'transports'");
  return start(options);
}

async function start(options: WorkerOptions): Promise<Worker> {
  const { transports, sinks = {}, concurrency = 4, lease = 30_000, interval = 1000 } = options;
  const { retryDelay = 1000, untilDone = false, signal, events } = options;
  const { name = `${hostname()}:${String(process.pid)}` } = options;
  const place = await openDatabase({ url: options.database });
  const url = () => place.url;
  const pool = new Pool({ url, size: concurrency + FURTHER, idleTransaction: lease });
  const emit = (event: WorkerEvent) => {
    try {
      events?.next?.(event);
    } catch {
      // What a listener does wrong must not stop an export.
    }
  };
  const reach = new Reach(emit);
  let jobs: JobQueue | undefined;
  const close = async () => {
    await jobs?.close().catch(() => undefined);
    await pool.end();
    await place.close();
  };
  try {
    await migrate(pool);
    jobs = await JobQueue.open(pool, () => undefined);
    const queues = queuesOf(Object.keys(transports), Object.keys(sinks));
    for (const queue of queues) await jobs.ensure(queue);
    const leases = new PartLeases(pool, jobs, lease, name);
    const store = new PartStore(pool, jobs, lease);
    const cache = new ExportCache(pool, options, sharedLimiter(pool));
    const standingBack = new StandingBack(pool, name, retryDelay);
    const loop = new WorkerLoop({
      ...{ sql: pool, leases, store, cache, reach, standingBack, queues, emit },
      ...{ concurrency, lease, interval, retryDelay, untilDone },
    });
    const stopListening =
      signal &&
      onAbort(signal, () => {
        loop.stop();
      });
    const done = loop.start().finally(async () => {
      stopListening?.();
      await close();
      emit({ type: 'worker-stopped' });
    });
    // Whoever never asks how it ended is told by events.
    done.catch(() => undefined);
    if (signal?.aborted === true) loop.stop();
    const stop = () => {
      loop.stop();
      return done;
    };
    return { stop, done };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Every queue whose parts it has all for. */
function queuesOf(transports: readonly string[], folders: readonly string[]): readonly string[] {
  return transports.flatMap((transport) => [
    queueName(transport),
    ...folders.map((folder) => queueName(transport, folder)),
  ]);
}

const isMilliseconds =
  (least: number): Check =>
  (value) =>
    typeof value === 'number' && value >= least && Number.isFinite(value)
      ? undefined
      : `milliseconds, ${String(least)} or more`;

const OPTIONS: Readonly<Record<string, Check>> = {
  // Its value may hold a password and is never shown.
  database: () => undefined,
  transports: (value) => namedValues(value, (one) => typeof one === 'function', 'transports'),
  sinks: (value) => namedValues(value, isFolderSink, 'folders: { name: { folder: path } }'),
  concurrency: isCount,
  lease: isMilliseconds(1000),
  interval: isMilliseconds(10),
  retryDelay: isMilliseconds(0),
  untilDone: isFlag,
  name: isText,
  events: (value) => (typeof value === 'object' && value !== null ? undefined : 'an observer'),
  signal: (value) => (value instanceof AbortSignal ? undefined : 'an AbortSignal'),
};

function namedValues(
  value: unknown,
  fits: (value: unknown) => boolean,
  what: string,
): string | undefined {
  if (!isRecord(value) || !Object.values(value).every(fits)) return `an object of ${what}`;
  const wrong = Object.keys(value).find((name) => isQueueName(name) !== undefined);
  return wrong === undefined
    ? undefined
    : `an object whose names are ${isQueueName(wrong) ?? ''}, not ${describe(wrong)}`;
}

function isFolderSink(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'folder') === 'string'
  );
}
