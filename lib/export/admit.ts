import { PaginationError } from '../core/pagination-error';
import type { WalkOptions } from '../core/walk-options';

import type { Checkpoint, SinkSession, SinkStart } from './sink';

/** What the caller wants done with what he finds. */
export interface Wishes {
  readonly resume: boolean;
  readonly overwrite: boolean;
}

/**
 * Whether an export goes on from what is there or begins anew.
 * @throws PaginationError where neither was asked for: nothing is written over, and no export starts over, by surprise
 */
export function admit(
  session: SinkSession<never>,
  name: string,
  { resume, overwrite }: Wishes,
): SinkStart['mode'] {
  const { stored, damage, occupied } = session;
  if (damage !== undefined && (resume || !overwrite)) throw damage;
  if (stored !== undefined && isUnused(stored) && occupied === undefined) return 'new';
  if (resume && stored !== undefined) return 'resume';
  if (overwrite) return 'overwrite';
  if (stored !== undefined && stored.endReason === undefined) {
    throw new PaginationError(
      'CHECKPOINT_MISMATCH',
      `There is an unfinished export in ${name} with ${String(stored.rows)} rows; resume it, or overwrite it`,
    );
  }
  if (occupied === undefined) return 'new';
  if (resume) {
    throw new PaginationError(
      'CHECKPOINT_MISMATCH',
      `There is ${occupied} without a checkpoint, so nothing says where to go on; overwrite it, or choose another output`,
    );
  }
  throw new PaginationError(
    'SINK',
    `There is ${occupied} already; overwrite it, or choose another output`,
  );
}

/**
 * A finished output cannot be gone on with: its text may have an end, and its file has its name.
 * @throws PaginationError `CHECKPOINT_MISMATCH` where an export ended at a limit and would now go further
 */
export function refuseHigherLimit(
  { endReason, rows, pages }: Checkpoint,
  name: string,
  { maxItems = Infinity, maxPages = Infinity, pacedBy }: WalkOptions,
): void {
  // Whoever paces a walk may have ended it himself.
  if (endReason !== 'limit' || pacedBy !== undefined) return;
  if (maxItems <= rows || maxPages <= pages) return;
  throw new PaginationError(
    'CHECKPOINT_MISMATCH',
    `The export in ${name} ended at a limit after ${String(rows)} ${rows === 1 ? 'row' : 'rows'} and is whole as such; overwrite it to have more`,
  );
}

/** Begun, and stopped before its first row: nothing of it can be lost, and its options may have been what was wrong. */
export function isUnused({ rows, endReason }: Checkpoint): boolean {
  return rows === 0 && endReason === undefined;
}

/** @throws PaginationError `CHECKPOINT_MISMATCH` naming the first setting that differs */
export function compareSettings(
  now: Readonly<Record<string, string>>,
  then: Readonly<Record<string, string>>,
): void {
  for (const name of new Set([...Object.keys(now), ...Object.keys(then)])) {
    const [is, was] = [settingOf(now, name), settingOf(then, name)];
    if (is === was) continue;
    throw new PaginationError(
      'CHECKPOINT_MISMATCH',
      `The checkpoint is of another export: ${name} is ${is}, and was ${was}`,
    );
  }
}

function settingOf(settings: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(settings, name) ? (settings[name] ?? '') : 'not set';
}
