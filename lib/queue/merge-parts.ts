import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import { PaginationError } from '../core/pagination-error';
import { syncFolder } from '../export/durable-file';

import { readManifest, type Manifest, type ManifestPart } from './manifest';

/** What the parts of an export have been joined to. */
export interface MergedParts {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Joins the files of a finished export to one, in the order of the plan, with one header. Each part is compared with its
 * checksum; the file takes its name when it is whole.
 *
 * Rejects with `CHECKPOINT_MISMATCH` where there is no manifest or a file is not what it says, and then leaves no output.
 *
 * @param folder the folder of the export, with its `manifest.json`
 * @param output the file to be written, replaced where there is one
 * @param committed what is joined in place of what `manifest.json` lists, as `ExportQueue.files` gives it, also of an export that
 *   is not finished: what stands in a file behind its committed bytes is left out
 */
export async function mergeParts(
  folder: string,
  output: string,
  committed?: Manifest,
): Promise<MergedParts> {
  const { parts } = committed ?? (await readManifest(folder));
  const part = `${output}.part`;
  const file = await open(part, 'w');
  let [rows, bytes] = [0, 0];
  try {
    for (const one of parts) {
      const end = committed === undefined ? Infinity : one.bytes;
      bytes += await appendPart(file, folder, one, { end, withoutHeader: bytes > 0 });
      rows += one.rows;
    }
    await file.datasync();
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
  await file.close();
  await rename(part, output);
  await syncFolder(output);
  return { rows, bytes };
}

async function appendPart(
  output: FileHandle,
  folder: string,
  { file, bytes, sha256, headerBytes }: ManifestPart,
  { end, withoutHeader }: { readonly end: number; readonly withoutHeader: boolean },
): Promise<number> {
  const hash = createHash('sha256');
  const skipped = withoutHeader ? headerBytes : 0;
  let read = 0;
  try {
    for await (const piece of end > 0
      ? createReadStream(join(folder, file), { end: end - 1 })
      : []) {
      const data = piece as Buffer;
      hash.update(data);
      const rest = data.subarray(Math.min(data.length, Math.max(0, skipped - read)));
      read += data.length;
      await output.appendFile(rest);
    }
  } catch (error) {
    throw new PaginationError(
      'CHECKPOINT_MISMATCH',
      `The part ${file} cannot be read: ${String(error)}`,
    );
  }
  if (read !== bytes || hash.digest('hex') !== sha256) {
    throw new PaginationError(
      'CHECKPOINT_MISMATCH',
      `The part ${file} is not what its manifest says`,
    );
  }
  return read - skipped;
}
