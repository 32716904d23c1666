import { open, rename, rm, type FileHandle } from 'node:fs/promises';

import { isPaginationError, PaginationError } from '../core/pagination-error';

import { writeCheckpoint, type StoredCheckpoint } from './checkpoint-text';
import { openFolder, replaceFile } from './durable-file';
import type { Release } from './file-lock';
import { sizeOf, type FilePaths } from './file-paths';
import { fileStateOf, readTail, Tail, type FileState } from './file-state';
import type { OnFileStep } from './file-step';
import type { RowFormat, RowWriter } from './row-format';
import type { Checkpoint, SinkSession, SinkStart } from './sink';
import { TextOutput } from './text-output';
import { writeRows } from './write-rows';

/** What a session of a file is made of. */
export interface FileSessionParts {
  readonly paths: FilePaths;
  readonly format: RowFormat;
  readonly gzip: boolean;
  readonly release: Release;
  readonly stored: StoredCheckpoint | PaginationError | undefined;
  readonly occupied: string | undefined;
  readonly step: OnFileStep;
}

/**
 * Writes rows into a file beside its output, which takes the output's name when it is whole. Order of what becomes durable:
 * the data, then the checkpoint that speaks of it, and at the end the name.
 */
export class FileSession implements SinkSession {
  readonly stored: Checkpoint | undefined;
  readonly damage: PaginationError | undefined;
  readonly occupied: string | undefined;
  readonly #found: StoredCheckpoint | undefined;
  readonly #parts: FileSessionParts;
  readonly #output: TextOutput;
  #file: FileHandle | undefined;
  #folder: FileHandle | undefined;
  #writer: RowWriter;
  #length = 0;
  #tail = new Tail();
  #keepsCheckpoints = false;

  constructor(parts: FileSessionParts) {
    this.#parts = parts;
    this.damage = isPaginationError(parts.stored) ? parts.stored : undefined;
    this.#found = isPaginationError(parts.stored) ? undefined : parts.stored;
    this.stored = this.#found?.checkpoint;
    this.occupied = parts.occupied;
    this.#writer = parts.format.writer();
    this.#output = new TextOutput((bytes) => this.#append(bytes), {
      gzip: parts.gzip,
      kept: false,
    });
  }

  get bytes(): number {
    return this.#length;
  }

  async begin({ mode, checkpoint, checkpoints }: SinkStart): Promise<void> {
    const { paths } = this.#parts;
    this.#keepsCheckpoints = checkpoints;
    this.#folder = await openFolder(paths.output);
    if (mode === 'resume' && this.#found !== undefined) {
      await this.#resume(checkpoint, fileStateOf(this.#found.own, paths.checkpoint));
      return;
    }
    // The checkpoint of nothing comes first: what is in the file belongs to no export until one says so.
    if (checkpoints) await this.#record(checkpoint);
    else await rm(paths.checkpoint, { force: true });
    this.#file = await open(paths.part, 'w');
  }

  async write(rows: readonly unknown[]): Promise<void> {
    await writeRows(rows, this.#writer, this.#output);
  }

  async commit(checkpoint: Checkpoint): Promise<void> {
    await this.#output.flush();
    await this.#parts.step('data written');
    await this.#file?.datasync();
    await this.#parts.step('data synced');
    if (this.#keepsCheckpoints) await this.#record(checkpoint);
  }

  async finish(checkpoint: Checkpoint): Promise<void> {
    await this.#output.add(this.#writer.end());
    await this.#output.finish({ isEmpty: this.#length === 0 });
    await this.commit(checkpoint);
    await this.#closeFile();
    await this.#rename();
  }

  async close(): Promise<void> {
    const folder = this.#folder;
    this.#folder = undefined;
    try {
      await this.#closeFile();
    } finally {
      await folder?.close();
      await this.#parts.release();
    }
  }

  /** Changes nothing unless the file is what the checkpoint says, up to the length it says. */
  async #resume(checkpoint: Checkpoint, state: FileState): Promise<void> {
    const { output, part } = this.#parts.paths;
    const finished = checkpoint.endReason !== undefined;
    this.#length = state.length;
    // Finished and not renamed: the crash came in between.
    const size = await sizeOf(part);
    if (size === undefined && finished) {
      await this.#check(output, await sizeOf(output), state, true);
      return;
    }
    await this.#check(part, size, state, finished);
    if (finished) {
      await this.#rename();
      return;
    }
    this.#file = await open(part, size === undefined ? 'w' : 'r+');
    await this.#file.truncate(state.length);
    this.#tail = await readTail(this.#file, state.length);
    this.#writer = this.#parts.format.writer(state.format);
  }

  async #check(
    path: string,
    size: number | undefined,
    state: FileState,
    isWhole: boolean,
  ): Promise<void> {
    const { length } = state;
    const committed = `${String(length)} bytes are committed`;
    if (size === undefined) {
      if (length > 0 || isWhole) throw mismatch(`${path} is missing, of which ${committed}`);
      return;
    }
    if (size < length || (isWhole && size > length)) {
      throw mismatch(`${path} has ${String(size)} bytes, and ${committed}`);
    }
    const file = await open(path, 'r');
    try {
      const { digest } = await readTail(file, length);
      if (digest !== state.tail) {
        throw mismatch(`${path} has other bytes before byte ${String(length)} than were written`);
      }
    } finally {
      await file.close();
    }
  }

  async #record(checkpoint: Checkpoint): Promise<void> {
    const { paths, step } = this.#parts;
    const own = {
      length: this.#length,
      tail: this.#tail.digest,
      format: this.#writer.state(),
    };
    const text = writeCheckpoint({ checkpoint, own });
    await replaceFile(paths.checkpoint, text, this.#folder, step);
  }

  async #append(bytes: Buffer): Promise<void> {
    if (this.#file === undefined) return;
    let written = 0;
    while (written < bytes.length) {
      const left = bytes.length - written;
      const { bytesWritten } = await this.#file.write(bytes, written, left, this.#length + written);
      written += bytesWritten;
    }
    this.#length += written;
    this.#tail.add(bytes);
  }

  async #rename(): Promise<void> {
    const { paths, step } = this.#parts;
    await rename(paths.part, paths.output);
    await step('output renamed');
    await this.#folder?.sync();
    await step('output folder synced');
  }

  async #closeFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}

function mismatch(what: string): PaginationError {
  return new PaginationError(
    'CHECKPOINT_MISMATCH',
    `Output and checkpoint disagree: ${what}. Overwrite the output to begin anew`,
  );
}
