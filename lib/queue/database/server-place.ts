import type { ServerFolder } from './server-state';
import type { ServerUser } from './server-user';

/** How the programs of the server are run. */
export interface ServerPlace {
  readonly folder: ServerFolder;
  /** With `bin` in it. */
  readonly programs: string;
  /** Nothing where they run as this process does. */
  readonly user: ServerUser | undefined;
}

/** It outlives this process and serves others: what is in this one's environment is none of its business. */
export function environment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'TZ', 'SystemRoot', 'TEMP'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/**
 * Another user may not come in through folders that only root may enter, but stays where it is put: the server finds its data
 * as the folder it stands in (proc(5)).
 */
export function placeOf(data: string, user: ServerUser | undefined): { data: string; cwd: string } {
  const isOther = user !== undefined && process.platform === 'linux';
  return { data: isOther ? '/proc/self/cwd' : data, cwd: data };
}
