import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import { PaginationError } from '../core/pagination-error';
import { isErrorOf, syncFolder } from '../export/durable-file';
import { sizeOf } from '../export/file-paths';

/**
 * A file that only one lease writes to: who lost its lease, and may not know it yet, has another one open. A part that is
 * gone on with begins with a copy of what is committed of the file before.
 */
export class PartFile {
  readonly path: string;
  #file: FileHandle | undefined;
  #bytes = 0;
  readonly #hash: Hash = createHash('sha256');

  constructor(path: string) {
    this.path = path;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Of all bytes so far, as hexadecimal digits. */
  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  /** Makes the file, in a folder that is made with it. */
  async create(folder: string): Promise<void> {
    await makeFolder(folder);
    this.#file = await open(this.path, 'w', 0o644);
    await syncFolder(this.path);
  }

  /** @throws PaginationError `CHECKPOINT_MISMATCH` where the file before is not what was committed */
  async copy(from: string, bytes: number, sha256: string): Promise<void> {
    const size = await sizeOf(from);
    if (size === undefined || size < bytes) {
      const found = size === undefined ? 'missing' : `of ${String(size)} bytes`;
      throw mismatch(`${from} is ${found}, and ${String(bytes)} bytes are committed`);
    }
    if (bytes > 0) {
      for await (const piece of createReadStream(from, { end: bytes - 1 })) {
        await this.append(piece as Buffer);
      }
    }
    if (this.sha256 !== sha256) throw mismatch(`${from} has other bytes than were written`);
    await this.sync();
  }

  async append(bytes: Buffer): Promise<void> {
    const file = this.#opened();
    let written = 0;
    while (written < bytes.length) {
      const left = bytes.length - written;
      written += (await file.write(bytes, written, left, this.#bytes + written)).bytesWritten;
    }
    this.#bytes += bytes.length;
    this.#hash.update(bytes);
  }

  async sync(): Promise<void> {
    await this.#opened().datasync();
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  /** What is not written must not count as written. */
  #opened(): FileHandle {
    if (this.#file === undefined) throw new Error(`${this.path} is not open`);
    return this.#file;
  }
}

/** The folder of an export. Only this one: where the folder of all exports is missing, the storage is not there. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if (!isErrorOf(error, 'EEXIST')) throw error;
  });
}

/** A file that nobody needs any more; that it stays where it cannot be removed does no harm. */
export async function removeQuietly(folder: string, file: string): Promise<void> {
  await rm(join(folder, file), { force: true }).catch(() => undefined);
}

function mismatch(what: string): PaginationError {
  return new PaginationError('CHECKPOINT_MISMATCH', `Part file and checkpoint disagree: ${what}`);
}
