import { createHash } from 'node:crypto';

import type { Json } from '../core/json';
import { PaginationError } from '../core/pagination-error';
import { isRecord } from '../protocol/is-record';

import type { Checkpoint } from './sink';

const HEAD = 'paged-observable checkpoint';
const VERSION = '1';

/** What a sink stores: how far the export is durable, and what the sink itself must know to go on. */
export interface StoredCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly own: Json;
}

/** A line with version and checksum, and one of JSON. It holds no header and no credential of the request. */
export function writeCheckpoint(stored: StoredCheckpoint): string {
  const json = JSON.stringify(stored);
  return `${HEAD} ${VERSION} ${digest(json)}\n${json}\n`;
}

/** What a text says, or `CHECKPOINT_CORRUPT` where it is not one, whole and unchanged. */
export function readCheckpoint(text: string, name: string): StoredCheckpoint | PaginationError {
  const match = /^paged-observable checkpoint (\S+) (\S+)\n([^\n]*)\n$/.exec(text);
  if (match === null) {
    return corrupt(name, text === '' ? 'it is empty' : 'it is not whole, or none');
  }
  const [, version = '', checksum, json = ''] = match;
  if (version !== VERSION) return corrupt(name, `it is of version ${version}, not ${VERSION}`);
  if (digest(json) !== checksum) return corrupt(name, 'its checksum is wrong');
  const stored: unknown = JSON.parse(json);
  if (!isStored(stored)) return corrupt(name, 'its fields are wrong');
  return stored;
}

function corrupt(name: string, why: string): PaginationError {
  return new PaginationError(
    'CHECKPOINT_CORRUPT',
    `The checkpoint ${name} cannot be read: ${why}. Overwrite the output to begin anew`,
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isStored(value: unknown): value is StoredCheckpoint {
  if (!isRecord(value) || !isRecord(value['checkpoint'])) return false;
  const { resumeToken, rows, pages, settings, endReason } = value['checkpoint'];
  return (
    typeof resumeToken === 'string' &&
    [rows, pages].every((count) => Number.isSafeInteger(count)) &&
    isRecord(settings) &&
    Object.values(settings).every((setting) => typeof setting === 'string') &&
    (endReason === undefined || typeof endReason === 'string') &&
    Object.hasOwn(value, 'own')
  );
}
