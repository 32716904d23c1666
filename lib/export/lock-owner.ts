import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

import { field } from '../core/field';

/** Who holds a lock. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Of the machine's present run; ids of processes begin anew with each. Empty where the system does not tell. */
  readonly boot: string;
  /** When the process began, in the system's own count: ids of processes are used again. Empty where it does not tell. */
  readonly started: string;
  /** Tells this lock from every other. */
  readonly nonce: string;
}

export function thisProcess(nonce: string): LockOwner {
  const { pid } = process;
  return { pid, host: hostname(), boot: bootId(), started: startOf(pid) ?? '', nonce };
}

/** Whether the owner is known to have ended; of another machine that is not known. */
export function isDead(owner: LockOwner): boolean {
  if (owner.host !== hostname()) return false;
  if (owner.boot !== bootId()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // Anything else than "no such process" says that there is one.
    return field(error, 'code') === 'ESRCH';
  }
  const started = startOf(owner.pid);
  return started !== undefined && owner.started !== '' && started !== owner.started;
}

/** The owner that a lock's text names; nothing where it names none. */
export function readOwner(text: string): LockOwner | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isOwner(value) ? value : undefined;
}

function isOwner(value: unknown): value is LockOwner {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['host', 'boot', 'started', 'nonce'];
  return (
    Number.isSafeInteger(Reflect.get(value, 'pid')) &&
    texts.every((name) => typeof Reflect.get(value, name) === 'string')
  );
}

function bootId(): string {
  return readSystem('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

/** Of a process that has ended and is not yet reaped it is `ended`; nothing where the system does not tell. */
function startOf(pid: number): string | undefined {
  const stat = readSystem(`/proc/${String(pid)}/stat`);
  if (stat === undefined) return undefined;
  // The name of the program, in parentheses, may hold anything; state is the third field, start time the 22nd (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = ''] = fields;
  return /^[ZXx]$/.test(state) ? 'ended' : fields[19];
}

function readSystem(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
