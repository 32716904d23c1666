import { randomUUID } from 'node:crypto';
import { link, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { PaginationError } from '../core/pagination-error';

import { isErrorOf, readIfThere } from './durable-file';
import { isDead, readOwner, thisProcess, type LockOwner } from './lock-owner';

/** Attempts; each but the last met a lock that changed meanwhile. */
const ATTEMPTS = 20;

/** Gives a lock back. */
export type Release = () => Promise<void>;

/**
 * Takes a lock that is a file naming its owner. It appears whole (a link to a finished file), and the lock of an owner that
 * has ended is taken over.
 *
 * @throws PaginationError `LOCKED` where its owner lives, or may live
 */
export async function lockFile(path: string): Promise<Release> {
  const nonce = randomUUID();
  const own = `${path}.${nonce}`;
  try {
    await writeFile(own, JSON.stringify(thisProcess(nonce)), { flag: 'wx', mode: 0o600 });
    await take(path, own, nonce, 0);
  } finally {
    await rm(own, { force: true });
  }
  await tidy(path);
  return () => giveBack(path, nonce);
}

/** Takes away what processes that ended while they took this lock have left; who holds the lock may. */
async function tidy(path: string): Promise<void> {
  const [folder, prefix] = [dirname(path), `${basename(path)}.`];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue;
    const owner = readOwner((await readIfThere(join(folder, name))) ?? '');
    if (owner !== undefined && isDead(owner)) await rm(join(folder, name), { force: true });
  }
}

async function take(path: string, own: string, nonce: string, depth: number): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await linked(own, path)) return;
    const text = await readIfThere(path);
    if (text === undefined) continue;
    const owner = readOwner(text);
    if (owner === undefined || !isDead(owner)) throw locked(path, owner);
    if (depth < 3) await takeOver(path, own, owner, depth);
    const holder = readOwner((await readIfThere(path)) ?? '');
    if (holder?.nonce === nonce) return;
  }
  throw locked(path, undefined);
}

/**
 * Of all who find the same dead owner only one at a time may replace his lock, or a second one would replace the lock of the
 * first: who holds a lock named after the dead one's nonce, and finds him still there.
 */
async function takeOver(path: string, own: string, dead: LockOwner, depth: number): Promise<void> {
  const right = `${path}.${dead.nonce}.next`;
  const nonce = randomUUID();
  const claim = `${right}.${nonce}`;
  try {
    await writeFile(claim, JSON.stringify(thisProcess(nonce)), { flag: 'wx', mode: 0o600 });
    await take(right, claim, nonce, depth + 1);
  } finally {
    await rm(claim, { force: true });
  }
  try {
    const there = readOwner((await readIfThere(path)) ?? '');
    if (there?.nonce !== dead.nonce) return;
    const copy = `${own}.copy`;
    await link(own, copy);
    await rename(copy, path);
  } finally {
    await giveBack(right, nonce);
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isErrorOf(error, 'EEXIST')) return false;
    throw error;
  }
}

async function giveBack(path: string, nonce: string): Promise<void> {
  const holder = readOwner((await readIfThere(path)) ?? '');
  if (holder?.nonce === nonce) await rm(path, { force: true });
}

function locked(path: string, owner: LockOwner | undefined): PaginationError {
  const who =
    owner === undefined
      ? 'another process'
      : `process ${String(owner.pid)} on ${owner.host}, which lives or may live`;
  return new PaginationError('LOCKED', `The output is locked by ${who} (${path})`);
}
