import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

import type { Json } from '../core/json';
import { PaginationError } from '../core/pagination-error';

/** Bytes at the end of what is committed that are compared on resume. */
const TAIL = 4096;

/** What a checkpoint says of its file. */
export interface FileState {
  /** Bytes that are durable. */
  readonly length: number;
  /** A hash of the last of them, so that another file is not gone on with. */
  readonly tail: string;
  /** What the format must know to go on. */
  readonly format: Json;
}

/** Keeps the last bytes written. */
export class Tail {
  #bytes = Buffer.alloc(0);

  add(bytes: Buffer): void {
    const last = bytes.subarray(-TAIL);
    this.#bytes =
      last.length === TAIL ? Buffer.from(last) : Buffer.concat([this.#bytes, last]).subarray(-TAIL);
  }

  get digest(): string {
    return digest(this.#bytes);
  }
}

/** The last bytes of the first `length` of a file. */
export async function readTail(file: FileHandle, length: number): Promise<Tail> {
  const tail = new Tail();
  const bytes = Buffer.alloc(Math.min(TAIL, length));
  let read = 0;
  while (read < bytes.length) {
    const at = length - bytes.length + read;
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, at);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  tail.add(bytes.subarray(0, read));
  return tail;
}

/** @throws PaginationError `CHECKPOINT_CORRUPT` where it is none */
export function fileStateOf(own: Json, name: string): FileState {
  if (isState(own)) return own;
  throw new PaginationError(
    'CHECKPOINT_CORRUPT',
    `The checkpoint ${name} cannot be read: its fields are wrong`,
  );
}

function isState(own: unknown): own is FileState {
  if (typeof own !== 'object' || own === null) return false;
  const length: unknown = Reflect.get(own, 'length');
  return (
    Number.isSafeInteger(length) &&
    Number(length) >= 0 &&
    typeof Reflect.get(own, 'tail') === 'string' &&
    Object.hasOwn(own, 'format')
  );
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
