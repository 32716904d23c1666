import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { syncFolder } from '../../export/durable-file';

import { environment, placeOf, type ServerPlace } from './server-place';
import { oneLine, withAdvice } from './server-trouble';

/** Of initdb; PostgreSQL 17 and later know it. */
const SYNC_AT_ONCE = '--sync-method=syncfs';

/** Makes the data; a crash before its end leaves nothing that could be taken for data. */
export async function makeData(place: ServerPlace, password: string): Promise<void> {
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
  ];
  // One call in place of one for each of a thousand files: half a second and more.
  const quick = process.platform === 'linux' ? [SYNC_AT_ONCE] : [];
  let failure = await initdb(place, here.cwd, [...flags, ...quick]);
  if (failure?.includes(SYNC_AT_ONCE) === true) failure = await initdb(place, here.cwd, flags);
  if (failure !== undefined)
    throw new Error(`PostgreSQL cannot make its data in ${data}: ${withAdvice(failure)}`);
  await rename(inner, data);
  await syncFolder(data);
  await rm(newData, { recursive: true, force: true });
}

/** What it said where it failed. */
async function initdb(
  { programs, user }: ServerPlace,
  cwd: string,
  flags: readonly string[],
): Promise<string | undefined> {
  const child = spawn(join(programs, 'bin', 'initdb'), flags, {
    ...user,
    cwd,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (said = (said + text).slice(-2000)));
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0 ? undefined : oneLine(said);
}
