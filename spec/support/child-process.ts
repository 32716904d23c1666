import { spawn } from 'node:child_process';
import { join } from 'node:path';

import type { FaultServer } from './fault-server';
import { loadTypescript } from './load-typescript';

/** Runs bomb-process.ts: a walk of that server's list, and how many megabytes its seventh page took. */
export async function bombInProcess(
  transport: string,
  { origin }: FaultServer,
): Promise<{ readonly code: string; readonly items: number; readonly riseMb: number }> {
  const program = [...loadTypescript, join(__dirname, 'bomb-process.ts')];
  const { out, errors } = await run([...program, transport, origin]);
  if (out === '') throw new Error(`The process said nothing: ${errors}`);
  return JSON.parse(out) as Awaited<ReturnType<typeof bombInProcess>>;
}

/**
 * Runs leave-process.ts, a walk that is left at that moment, and tells when that was and how long the process lived on.
 * @param program where it was bundled to, for it is run many times
 */
export async function leaveInProcess(
  program: string,
  transport: string,
  { origin }: FaultServer,
  moment: string,
) {
  const { out, errors, code, exitedAt } = await run([program, transport, origin, moment]);
  const leftAt = Number(/left (\d+)/.exec(out)?.[1]);
  if (Number.isNaN(leftAt)) throw new Error(`The process did not leave: ${out}${errors}`);
  const said = out
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  return { code, leftAt, exitAfter: exitedAt - leftAt, said };
}

async function run(args: readonly string[]) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  let exitedAt = Infinity;
  child.on('exit', () => (exitedAt = Date.now()));
  // Its last words may come after its end.
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, errors, exitedAt };
}
