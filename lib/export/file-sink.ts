import { basename } from 'node:path';

import { isPaginationError, type PaginationError } from '../core/pagination-error';

import { isUnused } from './admit';
import { readCheckpoint, type StoredCheckpoint } from './checkpoint-text';
import { readIfThere } from './durable-file';
import { lockFile } from './file-lock';
import { filePaths, sizeOf, type FilePaths } from './file-paths';
import { FileSession } from './file-session';
import type { OnFileStep } from './file-step';
import type { RowFormat } from './row-format';
import type { Sink, SinkSession } from './sink';

/** Options of every sink that writes a file. */
export interface FileOptions {
  /**
   * Compresses the file. Each checkpoint begins a new member of it, which readers of gzip take as one; so checkpoints far
   * apart (`checkpoint: 100_000`) compress better than one for every small page. @defaultValue false
   */
  readonly gzip?: boolean | undefined;
}

/** A sink that writes rows of some format into a file. */
export function fileSink(
  path: string,
  format: RowFormat,
  { gzip = false }: FileOptions,
  step: OnFileStep = () => undefined,
): Sink {
  return {
    name: basename(path),
    settings: { ...format.settings, gzip: gzip ? 'yes' : 'no' },
    resumable: true,
    open: async (): Promise<SinkSession> => {
      const paths = await filePaths(path);
      await sizeOf(paths.output); // what is no file must not be replaced by one
      const release = await lockFile(paths.lock);
      try {
        const text = await readIfThere(paths.checkpoint);
        const stored = text === undefined ? undefined : readCheckpoint(text, paths.checkpoint);
        const occupied = await occupiedBy(paths, stored);
        return new FileSession({ paths, format, gzip, release, stored, occupied, step });
      } catch (error) {
        await release();
        throw error;
      }
    },
  };
}

async function occupiedBy(
  { output, part }: FilePaths,
  stored: StoredCheckpoint | PaginationError | undefined,
): Promise<string | undefined> {
  // What the part of an export without a row holds, no checkpoint speaks of.
  const isOwn = stored !== undefined && !isPaginationError(stored) && isUnused(stored.checkpoint);
  for (const path of isOwn ? [output] : [output, part]) {
    if ((await sizeOf(path)) !== undefined) return `a file ${path}`;
  }
  return undefined;
}
