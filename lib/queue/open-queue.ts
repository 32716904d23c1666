import { checkOptions, describe, isCount, isWhole, type Check } from '../core/check-options';
import { field } from '../core/field';
import { PaginationError } from '../core/pagination-error';
import { outputIn } from '../export/output-in';

import { checkDescription } from './check-description';
import { openDatabase } from './database/open-database';
import type { ExportQueue, StartOptions } from './export-queue';
import type { ExportDescription } from './export-description';
import type { ExportStatus } from './export-status';
import { cancelExport, removeExport, retryParts } from './export-control';
import { isStored, settingsOf, storeExport } from './export-store';
import { JobQueue } from './job-queue';
import { committedFiles } from './manifest';
import { Pool } from './open-pool';
import { planExport } from './plan-export';
import { readAll, readParts, readStatus } from './read-exports';
import { migrate } from './schema';
import type { SqlPool } from './sql-pool';

/** Connections at most; what is done here is done one after another. */
const SIZE = 3;
/** Of a transaction in which nothing is done, in milliseconds. */
const IDLE = 30_000;

/**
 * The exports of a database: begins them, tells how far they are, cancels them. Makes its schema there where that is missing;
 * of many processes that open it at once one does. Needs the packages `pg` and `pg-boss`.
 *
 * @param database a connection string; else what `DATABASE_URL` says, else an embedded PostgreSQL
 */
export async function openQueue(database?: string): Promise<ExportQueue> {
  const place = await openDatabase({ url: database });
  const pool = new Pool({ url: () => place.url, size: SIZE, idleTransaction: IDLE });
  let opened: Promise<JobQueue> | undefined;
  const jobs = () => (opened ??= JobQueue.open(pool, () => undefined));
  const close = async () => {
    await (await opened?.catch(() => undefined))?.close();
    await pool.end();
    await place.close();
  };
  try {
    await migrate(pool);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    start: (description, options) => {
      checkDescription(description);
      checkOptions('start', options, START);
      const id = field(options, 'id');
      if (isOutputName(id) !== undefined) {
        throw new TypeError(`start: it needs an 'id', a plain file name, got ${describe(id)}`);
      }
      return startExport(pool, jobs, description, options);
    },
    status: (id) => readStatus(pool, id),
    list: () => readAll(pool),
    parts: (id) => readParts(pool, id),
    files: async (id) => {
      const status = await readStatus(pool, id);
      const sink = status?.description.sink;
      if (sink?.kind !== 'files') return undefined;
      return committedFiles(pool, id, sink, { isDone: status?.state === 'done' });
    },
    cancel: async (id) => {
      await cancelExport(pool, await jobs(), id);
      return readStatus(pool, id);
    },
    retry: async (id, parts) => {
      checkParts(parts);
      await checkPlaces(pool, id, parts);
      return retryParts(pool, await jobs(), id, parts);
    },
    remove: (id) => removeExport(pool, id),
    close,
  };
}

const START: Readonly<Record<string, Check>> = {
  id: isOutputName,
  partitions: isCount,
  transports: () => undefined,
};

/** The files of an export stand in a folder of its name. */
function isOutputName(id: unknown): string | undefined {
  try {
    outputIn('.', String(id));
    return typeof id === 'string' ? undefined : 'text';
  } catch {
    return 'a plain file name';
  }
}

/** Of a part; of more there are none. */
const LARGEST = 2 ** 31 - 1;

/** @throws TypeError for what are no places in a plan */
function checkParts(parts: unknown): void {
  if (parts === undefined) return;
  const list: readonly unknown[] | undefined = Array.isArray(parts) ? parts : undefined;
  const at = list?.findIndex((part) => isWhole(part) !== undefined || Number(part) > LARGEST);
  if (at === -1) return;
  const got = list === undefined || at === undefined ? parts : list[at];
  throw new TypeError(
    `retry: expected an array of numbers of parts, whole and from 0 to ${String(LARGEST)}, got ${describe(got)}`,
  );
}

/** @throws TypeError for parts beyond the end of the plan */
async function checkPlaces(
  pool: SqlPool,
  id: string,
  parts: readonly number[] | undefined,
): Promise<void> {
  if (parts === undefined || parts.length === 0) return;
  const status = await readStatus(pool, id);
  if (status === undefined) return;
  const total = Object.values(status.parts).reduce((sum, count) => sum + count, 0);
  const stray = parts.find((part) => part >= total);
  if (stray === undefined) return;
  throw new TypeError(`retry: ${id} has the parts 0 to ${String(total - 1)}, got ${String(stray)}`);
}

/** What is there already is left as it is, and asks no server anything. */
async function startExport(
  pool: SqlPool,
  jobs: () => Promise<JobQueue>,
  description: ExportDescription,
  { id, partitions = 1, transports }: StartOptions,
): Promise<ExportStatus> {
  const settings = settingsOf(description, partitions);
  if (!(await isStored(pool, id, settings))) {
    const plan = await planExport(description, { partitions, transports });
    await storeExport(pool, await jobs(), id, plan, settings);
  }
  const status = await readStatus(pool, id);
  if (status !== undefined) return status;
  throw new PaginationError('ABORTED', `The export ${id} was removed while it was begun`);
}
