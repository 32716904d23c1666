import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { readIfThere, replaceFileOnce } from '../../export/durable-file';

/** What is known of the embedded server of a folder, beside its data. */
export interface ServerState {
  /** Of the user `postgres`. */
  readonly password: string;
  /** Where it listened last, and does again if it can. */
  readonly port: number | undefined;
  /** A copy of its programs in a folder for temporary files. */
  readonly programs: string | undefined;
}

/** The files of an embedded server. */
export interface ServerFolder {
  readonly path: string;
  /** The data of PostgreSQL. */
  readonly data: string;
  /** Data that is being made. */
  readonly newData: string;
  readonly log: string;
  /** Held by the process that starts or stops the server. */
  readonly lock: string;
}

export async function serverFolder(path: string): Promise<ServerFolder> {
  // A password lies in it.
  await mkdir(path, { recursive: true, mode: 0o700 });
  const data = join(path, 'postgres');
  return {
    path,
    data,
    newData: `${data}.new`,
    log: `${data}.log`,
    lock: `${data}.lock`,
  };
}

/** @throws Error where the file is there and says nothing usable: its password opens the data */
export async function readState({ path }: ServerFolder): Promise<ServerState> {
  const file = join(path, 'server.json');
  const text = await readIfThere(file);
  if (text === undefined) return newState();
  const state = stateOf(text);
  if (state !== undefined) return state;
  throw new Error(`${file} is damaged, and holds the password of the data beside it`);
}

export async function storeState({ path }: ServerFolder, state: ServerState): Promise<void> {
  await replaceFileOnce(join(path, 'server.json'), `${JSON.stringify(state)}\n`);
}

function newState(): ServerState {
  return { password: randomBytes(24).toString('base64url'), port: undefined, programs: undefined };
}

function stateOf(text: string): ServerState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const [password, port, programs] = ['password', 'port', 'programs'].map(
    (name): unknown => Object.getOwnPropertyDescriptor(value, name)?.value,
  );
  if (typeof password !== 'string' || password === '') return undefined;
  return {
    password,
    port: typeof port === 'number' && Number.isSafeInteger(port) ? port : undefined,
    programs: typeof programs === 'string' ? programs : undefined,
  };
}
