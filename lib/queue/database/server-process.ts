import { spawn } from 'node:child_process';
import { open, readlink, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { readIfThere } from '../../export/durable-file';

import { environment, placeOf, type ServerPlace } from './server-place';
import type { ServerFolder } from './server-state';
import { oneLine, withAdvice } from './server-trouble';

/** Past this a log begins anew, in bytes. */
const LOG_SIZE = 1024 * 1024;

/** What the server itself says of its run. */
export interface ServerRun {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/**
 * Starts the server, which goes on when this process ends; resolves when it listens. It answers on this machine only, and only
 * to who knows the password.
 */
export async function launch(place: ServerPlace, port: number): Promise<ServerRun> {
  const { folder, user } = place;
  const here = placeOf(folder.data, user);
  const isLong = await stat(folder.log).then(
    ({ size }) => size > LOG_SIZE,
    () => false,
  );
  const log = await open(folder.log, isLong ? 'w' : 'a', 0o600);
  try {
    const before = (await log.stat()).size;
    const settings = ['unix_socket_directories=', 'listen_addresses=127.0.0.1'];
    const child = spawn(
      join(place.programs, 'bin', 'postgres'),
      ['-D', here.data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      {
        ...user,
        cwd: here.cwd,
        env: environment(),
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    child.unref();
    const failures: string[] = [];
    child.once('error', ({ message }) => failures.push(message));
    child.once('exit', () => failures.push('it ended'));
    for (;;) {
      const run = await runOf(folder);
      if (run?.isReady === true && run.pid === child.pid) return run;
      const [failure] = failures;
      if (failure !== undefined) {
        const said = await lastWords(folder, before, failure);
        throw new Error(`PostgreSQL does not start: ${withAdvice(said, await versionOf(folder))}`);
      }
      await sleep(10);
    }
  } finally {
    await log.close();
  }
}

/** The server of this data that is running, if there is one. */
export async function runOf({ data }: ServerFolder): Promise<ServerRun | undefined> {
  // Lines: process, folder, start, port, socket, address, shared memory, state.
  const lines = (await readIfThere(join(data, 'postmaster.pid')))?.split('\n') ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isSafeInteger(pid) || pid <= 0 || !(await isServerOf(data, pid))) return undefined;
  return { pid, port, isReady: lines[7]?.trim() === 'ready' };
}

/**
 * A server refuses to begin where the file of an earlier one names a process that lives, though it may be anyone's by now. Whoever
 * starts the server may stand there; the rest of the file stays, for by it the server finds out whether sessions of the
 * earlier one are still at work.
 */
export async function clearReusedPid({ data }: ServerFolder): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const text = await readIfThere(file);
  if (text !== undefined) await writeFile(file, text.replace(/^\d+/, String(process.pid)));
}

/** Asks the server to end its sessions and itself; resolves when it is gone. */
export async function shutDown(folder: ServerFolder, { pid }: ServerRun): Promise<void> {
  process.kill(pid, 'SIGINT');
  const end = performance.now() + 15_000;
  while ((await runOf(folder))?.pid === pid) {
    if (performance.now() > end)
      throw new Error(`PostgreSQL (process ${String(pid)}) does not stop`);
    await sleep(10);
  }
}

/** Ids of processes are used again; where the system tells, a server is known by the folder it stands in. */
async function isServerOf(data: string, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return (await readlink(`/proc/${String(pid)}/cwd`)) === (await realpath(data));
  } catch {
    return false; // it has just ended, or belongs to somebody else
  }
}

async function lastWords(folder: ServerFolder, from: number, why: string): Promise<string> {
  const text = (await readIfThere(folder.log)) ?? '';
  const lines = Buffer.from(text).subarray(from).toString().trim().split('\n');
  const said = oneLine(lines.slice(-5).join('\n'));
  return said === '' ? why : said;
}

/** The major version that made the data. */
async function versionOf({ data }: ServerFolder): Promise<string> {
  return ((await readIfThere(join(data, 'PG_VERSION'))) ?? '').trim();
}
