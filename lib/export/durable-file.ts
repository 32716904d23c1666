import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import { field } from '../core/field';

import type { OnFileStep } from './file-step';

/**
 * Puts a file in place of an older one so that after a crash there is either the one or the other, whole.
 * @param temporary the file in the making; of those who may replace the same one at once each needs its own
 */
export async function replaceFile(
  path: string,
  text: string,
  step: OnFileStep,
  temporary = `${path}.tmp`,
): Promise<void> {
  // It holds links of the server, which may be signed: not for everyone to read.
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await step('checkpoint written');
    await file.sync();
    await step('checkpoint synced');
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await step('checkpoint renamed');
  await syncFolder(path);
  await step('folder synced');
}

/** Makes the names of a file's folder durable, where the system knows such a thing (Windows does not). */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
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
