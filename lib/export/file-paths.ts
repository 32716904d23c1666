import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { isMissing } from './durable-file';

/** The files of one export, side by side. */
export interface FilePaths {
  /** Appears when the export is whole. */
  readonly output: string;
  /** Takes the rows until then. */
  readonly part: string;
  readonly checkpoint: string;
  readonly lock: string;
}

/** Follows links, so that two names of one file are one output, and a link is not replaced by a file. */
export async function filePaths(path: string): Promise<FilePaths> {
  const output = await realPath(resolve(path));
  return {
    output,
    part: `${output}.part`,
    checkpoint: `${output}.checkpoint`,
    lock: `${output}.lock`,
  };
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
    if (await isLink(path)) throw new Error(`${path} is a link that leads nowhere`);
    return join(await realpath(dirname(path)), basename(path));
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The bytes of a file, or nothing where there is none. Whatever else has that name is no output. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error(`${path} is no regular file`);
    return found.size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
