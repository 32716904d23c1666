import { randomUUID } from 'node:crypto';
import { link, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { field } from '../core/field';
import { PaginationError } from '../core/pagination-error';
import { isErrorOf, readIfThere, syncFolder } from '../export/durable-file';

import type { Claim } from './claim';
import { PART_FILE } from './file-output';
import { MANIFEST_FILE } from './manifest';
import { makeFolder } from './part-file';

/** Says whose files the folder of an export holds; stays when the export is forgotten. */
const RUN_FILE = 'run.json';

/** What file systems say that have no hard links. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/**
 * Makes the folder of an export, and sees to it that it is this run's: whichever worker comes first writes down durably, before
 * there is any part file, which run the folder belongs to. It is that of later workers of the run too, whatever became of the first.
 *
 * @throws PaginationError `SINK` where it has files of another run, or of nobody knows whom
 */
export async function takeFolder(
  folder: string,
  { export: id, run, checkpoint }: Pick<Claim, 'export' | 'run' | 'checkpoint'>,
): Promise<void> {
  await makeFolder(folder);
  // Before the look at whose they are: who takes the folder in between makes files only afterwards.
  const names = await readdir(folder);
  const owner = await ownerOf(folder);
  if (owner === run) return;
  const isStrange = names.some((name) => PART_FILE.test(name) || name === MANIFEST_FILE);
  // What a part is gone on with is compared with its checksum.
  if (owner !== undefined || (isStrange && checkpoint.own === undefined)) throw refusal(folder);
  await claim(folder, `${JSON.stringify({ version: 1, export: id, run })}\n`);
  // Of several who came at once one was first.
  if ((await ownerOf(folder)) !== run) throw refusal(folder);
}

/** The run a folder belongs to; nothing where it is nobody's, and '' where that cannot be read. */
async function ownerOf(folder: string): Promise<string | undefined> {
  const text = await readIfThere(join(folder, RUN_FILE));
  if (text === undefined) return undefined;
  try {
    const run = field(JSON.parse(text), 'run');
    return typeof run === 'string' ? run : '';
  } catch {
    return '';
  }
}

/** The file appears whole, and in nobody's place. */
async function claim(folder: string, text: string): Promise<void> {
  const path = join(folder, RUN_FILE);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await put(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(path);
}

async function put(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (isErrorOf(error, 'EEXIST')) return;
    if (!NO_LINKS.some((code) => isErrorOf(error, code))) throw error;
    await rename(temporary, path);
  }
}

function refusal(folder: string): PaginationError {
  return new PaginationError(
    'SINK',
    `The folder ${folder} holds files of another export of that name; move or delete the folder, or begin the export under another name`,
  );
}
