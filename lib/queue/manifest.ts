import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { PaginationError } from '../core/pagination-error';
import { readIfThere, replaceFileOnce } from '../export/durable-file';

import type { FilesSinkDescription } from './export-description';
import { PART_FILE, partFileState } from './file-output';
import type { PlannedPart } from './export-plan';
import { removeQuietly } from './part-file';
import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';

export const MANIFEST_FILE = 'manifest.json';

/** The file of one part. */
export interface ManifestPart {
  /** Place in the order of the plan, from 0. */
  readonly index: number;
  readonly name: string;
  /** In the folder of the manifest. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of the whole file, as hexadecimal digits. */
  readonly sha256: string;
  /** Bytes before the first row: the header of CSV. */
  readonly headerBytes: number;
}

/** What an export into files has come to: its parts in the order of the plan. */
export interface Manifest {
  readonly version: 1;
  readonly export: string;
  readonly format: 'ndjson' | 'csv';
  readonly gzip: boolean;
  readonly rows: number;
  readonly bytes: number;
  readonly parts: readonly ManifestPart[];
}

/** What is committed of the files of an export so far. */
export async function committedFiles(
  sql: Sql,
  id: string,
  { format = 'ndjson', gzip = false }: FilesSinkDescription,
  { isDone }: { readonly isDone: boolean },
): Promise<Manifest> {
  const { rows } = await sql.query(
    `select index, plan, rows, bytes, own from ${SCHEMA}.parts where export = $1 order by index`,
    [id],
  );
  // A part that has not committed anything has no file that could be told of.
  const found = isDone ? rows : rows.filter((row) => row['own'] !== null);
  const parts = found.map(manifestPart);
  const sum = (of: (part: ManifestPart) => number) =>
    parts.reduce((all, part) => all + of(part), 0);
  return {
    ...{ version: 1, export: id, format, gzip },
    ...{ rows: sum((part) => part.rows), bytes: sum((part) => part.bytes), parts },
  };
}

/** Writes the manifest of a finished export, the same whoever does it, and removes what crashed workers left. */
export async function writeManifest(
  sql: Sql,
  id: string,
  sink: FilesSinkDescription,
  folder: string,
): Promise<void> {
  const manifest = await committedFiles(sql, id, sink, { isDone: true });
  const path = join(folder, MANIFEST_FILE);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  // Several workers may find at once that the last part is done.
  await replaceFileOnce(path, text, `${path}.${randomUUID()}.tmp`);
  const kept = new Set(manifest.parts.map(({ file }) => file));
  for (const file of await readdir(folder)) {
    if (PART_FILE.test(file) && !kept.has(file)) await removeQuietly(folder, file);
  }
}

function manifestPart(row: Readonly<Record<string, unknown>>): ManifestPart {
  const { name } = row['plan'] as PlannedPart;
  const { file, sha256, headerBytes } = partFileState(row['own'] as never);
  return {
    ...{ index: Number(row['index']), name, file },
    ...{ rows: Number(row['rows']), bytes: Number(row['bytes']), sha256, headerBytes },
  };
}

/** @throws PaginationError `CHECKPOINT_MISMATCH` where there is none, `CHECKPOINT_CORRUPT` where it cannot be read */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readIfThere(path);
  if (text === undefined) {
    throw new PaginationError(
      'CHECKPOINT_MISMATCH',
      `There is no ${path}: the export is not finished`,
    );
  }
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    manifest = undefined;
  }
  if (isManifest(manifest)) return manifest;
  throw new PaginationError('CHECKPOINT_CORRUPT', `The manifest ${path} cannot be read`);
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { version, parts } = value as Partial<Record<string, unknown>>;
  return version === 1 && Array.isArray(parts) && parts.every(isPart);
}

function isPart(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { file, rows, bytes, headerBytes, sha256 } = value as Partial<Record<string, unknown>>;
  return (
    [rows, bytes, headerBytes].every(
      (count) => Number.isSafeInteger(count) && Number(count) >= 0,
    ) &&
    typeof sha256 === 'string' &&
    // The folder may be anybody's: a manifest must not lead out of it.
    typeof file === 'string' &&
    PART_FILE.test(file)
  );
}
