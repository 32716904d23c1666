import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

import { field } from '../core/field';

import type { OnFileStep } from './file-step';

/**
 * Puts a file in place of an older one so that after a crash there is either the one or the other, whole.
 * @param folder the one it is in, kept open where it is synced each time
 * @param temporary the file in the making; of those who may replace the same one at once each needs its own
 */
export async function replaceFile(
  path: string,
  text: string,
  folder: FileHandle | undefined,
  step: OnFileStep = () => undefined,
  temporary = `${path}.tmp`,
): Promise<void> {
  try {
    await writeDurably(temporary, text, step);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await rename(temporary, path);
  await step('checkpoint renamed');
  await folder?.sync();
  await step('folder synced');
}

/** Puts a file in place, as `replaceFile`, and closes its folder again. */
export async function replaceFileOnce(
  path: string,
  text: string,
  temporary?: string,
): Promise<void> {
  const folder = await openFolder(path);
  try {
    await replaceFile(path, text, folder, undefined, temporary);
  } finally {
    await folder?.close();
  }
}

/** Makes names in the folder of a file that have changed survive a crash. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await openFolder(path);
  try {
    await folder?.sync();
  } finally {
    await folder?.close();
  }
}

async function writeDurably(path: string, text: string, step: OnFileStep): Promise<void> {
  // It holds links of the server, which may be signed: not for everyone to read.
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await step('checkpoint written');
    await file.sync();
    await step('checkpoint synced');
  } finally {
    await file.close();
  }
}

/** The folder of a file, to be synced when names in it have changed; none where the system knows no such thing (Windows). */
export async function openFolder(path: string): Promise<FileHandle | undefined> {
  return process.platform === 'win32' ? undefined : open(dirname(path), 'r');
}

/** The text of a file, or nothing where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return isErrorOf(error, 'ENOENT');
}

export function isErrorOf(error: unknown, code: string): boolean {
  return field(error, 'code') === code;
}
