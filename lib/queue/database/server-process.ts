import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chown,
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { readIfThere, syncFolder } from '../../export/durable-file';

import type { ServerFolder } from './server-state';
import type { ServerUser } from './server-user';

/** Past this a log begins anew, in bytes. */
const LOG_SIZE = 1024 * 1024;

/** How the programs of the server are run. */
export interface ServerPlace {
  readonly folder: ServerFolder;
  /** With `bin` in it. */
  readonly programs: string;
  /** Nothing where they run as this process does. */
  readonly user: ServerUser | undefined;
}

/** What the server itself says of its run. */
export interface ServerRun {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** Makes the data; a crash before its end leaves nothing that could be taken for data. */
export async function initData(place: ServerPlace, password: string): Promise<void> {
  const { folder, user } = place;
  const { data, newData } = folder;
  const passwordFile = join(newData, 'password');
  await rm(newData, { recursive: true, force: true });
  // Initdb wants an empty folder, and takes the password from a file.
  const inner = join(newData, 'data');
  await mkdir(inner, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const own = [newData, inner, passwordFile];
  if (user !== undefined) for (const path of own) await chown(path, user.uid, user.gid);
  const here = placeOf(inner, user);
  const flags = [
    ...['-D', here.data, '-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8', '--no-locale'],
    ...['--pwfile', user === undefined ? passwordFile : `${here.data}/../password`],
    // One call in place of one for each of a thousand files: half a second and more.
    ...(process.platform === 'linux' ? ['--sync-method=syncfs'] : []),
  ];
  const child = spawn(join(place.programs, 'bin', 'initdb'), flags, {
    ...user,
    cwd: here.cwd,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (said = (said + text).slice(-2000)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`PostgreSQL cannot make its data in ${data}: ${said.trim()}`);
  await rename(inner, data);
  await syncFolder(data);
  await rm(newData, { recursive: true, force: true });
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
        throw new Error(`PostgreSQL does not start: ${await lastWords(folder, before, failure)}`);
      }
      await sleep(10);
    }
  } finally {
    await log.close();
  }
}

/** It outlives this process and serves others: what is in this one's environment is none of its business. */
function environment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'TZ', 'SystemRoot', 'TEMP'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
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

/**
 * Another user may not come in through folders that only root may enter, but stays where it is put: the server finds its data
 * as the folder it stands in (proc(5)).
 */
function placeOf(data: string, user: ServerUser | undefined): { data: string; cwd: string } {
  const isOther = user !== undefined && process.platform === 'linux';
  return { data: isOther ? '/proc/self/cwd' : data, cwd: data };
}

async function lastWords(folder: ServerFolder, from: number, why: string): Promise<string> {
  const text = (await readIfThere(folder.log)) ?? '';
  const said = Buffer.from(text).subarray(from).toString().trim().split('\n').slice(-5).join('\n');
  return said === '' ? why : said;
}
