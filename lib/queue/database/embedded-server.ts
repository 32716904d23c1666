import { once } from 'node:events';
import { rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isPaginationError } from '../../core/pagination-error';
import { field } from '../../core/field';
import { lockFile } from '../../export/file-lock';
import { connectPostgres, loadPostgres, type PostgresClient } from '../../export/postgres-client';
import { loadBoss } from '../job-queue';

import { makeData } from './make-data';
import { clearReusedPid, launch, runOf, shutDown, type ServerRun } from './server-process';
import { copyPrograms, isOpenToAll, serverPrograms } from './server-programs';
import { readState, storeState, type ServerFolder, type ServerState } from './server-state';
import { serverUser } from './server-user';

/** How long others may start or stop the server, and how long sessions of a dead one may hold its place, in milliseconds. */
const PATIENCE = 60_000;
/** How long sessions that have just ended may still be counted, in milliseconds. */
const LINGER = 300;
const CONNECT_TIMEOUT = 10_000;

/**
 * Connects with the server of the folder, and starts it where it does not run. As long as the client is connected nobody stops
 * the server.
 */
export async function enter(
  folder: ServerFolder,
): Promise<{ readonly url: string; readonly client: PostgresClient }> {
  return alone(folder, async () => {
    const state = await readState(folder);
    const run = (await running(folder)) ?? (await start(folder, state));
    const url = urlOf(run, state);
    return { url, client: await connectPostgres(url, CONNECT_TIMEOUT) };
  });
}

/** Stops the server where nobody is connected with it. */
export async function leave(folder: ServerFolder): Promise<void> {
  await alone(folder, async () => {
    const state = await readState(folder);
    const run = await running(folder);
    if (run !== undefined) {
      if (await isUsed(urlOf(run, state))) return;
      await shutDown(folder, run);
    }
    const { programs } = state;
    if (programs === undefined) return;
    await storeState(folder, { ...state, programs: undefined });
    await removeCopy(programs);
  });
}

/** The server that runs, once it is ready. */
async function running(folder: ServerFolder): Promise<ServerRun | undefined> {
  for (;;) {
    const run = await runOf(folder);
    if (run === undefined || run.isReady) return run;
    await sleep(10);
  }
}

async function start(folder: ServerFolder, before: ServerState): Promise<ServerRun> {
  const native = await serverPrograms();
  const user = serverUser();
  const isReachable = user === undefined || (await isOpenToAll(native));
  const copy = isReachable ? undefined : await copyOf(native, before.programs);
  const port = await freePort(before.port);
  // Before there is data: without its password that would be of no use.
  await storeState(folder, { ...before, port, programs: copy });
  const place = { folder, programs: copy ?? native, user };
  if (!(await isThere(join(folder.data, 'PG_VERSION')))) {
    // What is needed next is loaded meanwhile; what is missing is said by who needs it.
    const loaded = Promise.allSettled([loadPostgres(), loadBoss()]);
    await makeData(place, before.password);
    await loaded;
  }
  await clearReusedPid(folder);
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await launch(place, port);
    } catch (error) {
      // Sessions of a server that was killed end by themselves.
      const isHeld = /shared memory block/.test(String(field(error, 'message')));
      if (!isHeld || performance.now() > end) throw error;
      await sleep(100);
    }
  }
}

/** A copy from the time before may have been tidied away since, and its name taken by somebody else. */
async function copyOf(native: string, before: string | undefined): Promise<string> {
  if (before !== undefined && (await isOwn(join(before, 'bin', 'postgres')))) {
    if (await isOwn(before)) return before;
  }
  return copyPrograms(native);
}

async function isOwn(path: string): Promise<boolean> {
  try {
    return (await stat(path)).uid === process.getuid?.();
  } catch {
    return false;
  }
}

async function removeCopy(programs: string): Promise<void> {
  if (!basename(programs).startsWith('paged-observable-postgres-')) return;
  if (await isOwn(programs)) await rm(programs, { recursive: true, force: true });
}

async function isUsed(url: string): Promise<boolean> {
  const client = await connectPostgres(url, CONNECT_TIMEOUT);
  try {
    const end = performance.now() + LINGER;
    for (;;) {
      const { rows } = await client.query(
        "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1",
      );
      if (rows.length === 0) return false;
      if (performance.now() > end) return true;
      await sleep(20);
    }
  } finally {
    await client.end();
  }
}

/** Of all processes of the machine one at a time starts or stops the server; the lock of one that died is taken over. */
async function alone<T>(folder: ServerFolder, act: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      const release = await lockFile(folder.lock);
      try {
        return await act();
      } finally {
        await release();
      }
    } catch (error) {
      const isLocked = isPaginationError(error) && error.code === 'LOCKED';
      if (!isLocked) throw error;
      if (performance.now() > end) {
        throw new Error(`Somebody holds ${folder.lock} for too long`, { cause: error });
      }
      await sleep(30);
    }
  }
}

function urlOf({ port }: ServerRun, { password }: ServerState): string {
  return `postgres://postgres:${password}@127.0.0.1:${String(port)}/postgres`;
}

/** The same port as before if nobody has it: who is connected looks for the server there. */
async function freePort(before: number | undefined): Promise<number> {
  for (const port of before === undefined ? [0] : [before, 0]) {
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    } catch {
      continue;
    }
    const address = server.address();
    server.close();
    await once(server, 'close');
    if (typeof address === 'object' && address !== null) return address.port;
  }
  throw new Error('There is no free port on 127.0.0.1');
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
