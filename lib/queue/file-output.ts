import { basename, join } from 'node:path';

import type { Json } from '../core/json';
import { PaginationError } from '../core/pagination-error';
import { csvRows } from '../export/csv-rows';
import { ndjsonRows } from '../export/json-rows';
import type { RowFormat } from '../export/row-format';
import { TextOutput } from '../export/text-output';
import { writeRows } from '../export/write-rows';

import type { FilesSinkDescription } from './export-description';
import { PartFile, removeQuietly } from './part-file';
import type { PartOutput } from './part-output';

/** What a checkpoint says of the file of a part. */
export interface PartFileState {
  /** Its name in the folder of the export. */
  readonly file: string;
  /** Of the bytes committed. */
  readonly sha256: string;
  /** Bytes of a header before the first row. */
  readonly headerBytes: number;
  /** What the format must know to go on. */
  readonly format: Json;
}

/** Rows into the file of a part; begun anew, or gone on with after what the checkpoint says. */
export async function fileOutput(
  sink: FilesSinkDescription,
  folder: string,
  { part, lease, bytes = 0, own }: FilePlace,
): Promise<PartOutput> {
  const before = own === undefined ? undefined : partFileState(own);
  const name = partFileName(sink, part, lease);
  const file = new PartFile(join(folder, name));
  try {
    await file.create(folder);
    if (before !== undefined) await file.copy(join(folder, before.file), bytes, before.sha256);
  } catch (error) {
    await file.close();
    throw error;
  }
  const writer = formatOf(sink).writer(before?.format);
  const text = new TextOutput((piece) => file.append(piece), {
    gzip: sink.gzip ?? false,
    kept: false,
  });
  let headerBytes = before?.headerBytes ?? 0;
  let isOld = before !== undefined;

  /** Apart from the rows, in a member of its own where it is compressed, so that it can be left out when files are joined. */
  const header = async (head: string) => {
    if (head === '' || file.bytes > 0) return;
    await text.add(head);
    await text.flush();
    headerBytes = file.bytes;
  };

  return {
    get bytes() {
      return file.bytes;
    },
    get own() {
      const state: PartFileState = {
        ...{ file: name, sha256: file.sha256, headerBytes },
        format: writer.state(),
      };
      return { ...state };
    },
    stage: async (rows) => {
      if (rows.length === 0) return;
      await header(writer.before(rows));
      await writeRows(rows, writer, text);
      await text.flush();
      await file.sync();
    },
    finish: async () => {
      await header(writer.end());
      await text.finish({ isEmpty: file.bytes === 0 });
      await file.sync();
    },
    committed: async () => {
      if (!isOld || before === undefined) return;
      isOld = false;
      await removeQuietly(folder, basename(before.file));
    },
    close: () => file.close(),
  };
}

/** Where the file of a part stands. */
interface FilePlace {
  readonly part: number;
  readonly lease: number;
  readonly bytes?: number | undefined;
  readonly own?: Json | undefined;
}

/** Files of parts, whatever their lease. */
export const PART_FILE = /^\d{6,}-\d+\.(?:ndjson|csv)(?:\.gz)?$/;

function partFileName(
  { format = 'ndjson', gzip = false }: FilesSinkDescription,
  part: number,
  lease: number,
): string {
  return `${String(part).padStart(6, '0')}-${String(lease)}.${format}${gzip ? '.gz' : ''}`;
}

function formatOf({ format = 'ndjson', csv = {} }: FilesSinkDescription): RowFormat {
  return format === 'csv' ? csvRows(csv) : ndjsonRows;
}

/** @throws PaginationError `CHECKPOINT_CORRUPT` where it is none */
export function partFileState(own: Json): PartFileState {
  if (isState(own)) return own;
  throw new PaginationError('CHECKPOINT_CORRUPT', 'What is stored of a part file cannot be read');
}

function isState(own: unknown): own is PartFileState {
  if (typeof own !== 'object' || own === null) return false;
  const { file, sha256, headerBytes } = own as Partial<Record<string, unknown>>;
  return (
    typeof file === 'string' &&
    PART_FILE.test(file) &&
    typeof sha256 === 'string' &&
    Number.isSafeInteger(headerBytes) &&
    Object.hasOwn(own, 'format')
  );
}
