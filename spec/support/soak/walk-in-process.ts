import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { startFaultServer } from '../fault-server';
import { loadTypescript } from '../load-typescript';
import type { ChurnReport } from './churn-process';
import { crowdList } from './crowd-list';
import type { CrowdReport } from './crowd-process';

export type CrowdClientName = 'axios' | 'fetch';

/** What is to be seen from outside of the process. */
export interface SeenOutside {
  readonly requests: number;
  /** Connections open once it had reported and some seconds had passed. */
  readonly open: number;
  /** Its exit code, once nothing but its work held it; undefined where it stayed. */
  readonly code: number | null | undefined;
}

/** So long a client may keep connections that are not in use; undici keeps them for four seconds. */
const KEPT_ALIVE = 30_000;
const EXIT = 20_000;

export interface CrowdSettings {
  readonly walks: number;
  readonly seed: number;
  readonly stalls: boolean;
  /** Of one attempt, in milliseconds; a client that queues a thousand requests takes some. */
  readonly timeout: number;
}

/** Many walks at once by one client, one in a hundred pages of which goes wrong. */
export async function crowdInProcess(
  client: CrowdClientName,
  { walks, seed, stalls, timeout }: CrowdSettings,
  tell?: (done: number) => void,
): Promise<CrowdReport & SeenOutside & { readonly faults: number }> {
  const script = crowdList({ walks, share: 0.01, stalls, seed });
  const args = [String(walks), String(timeout)];
  const seen = await runAgainst<CrowdReport>('crowd-process.ts', client, script, args, tell);
  return { ...seen, faults: Object.keys(script.faults ?? {}).length };
}

/** Many walks that are left at random moments, some while they wait for a retry or for a body that stalls. */
export async function churnInProcess(
  client: CrowdClientName,
  { walks, seed }: { readonly walks: number; readonly seed: number },
  tell?: (done: number) => void,
): Promise<ChurnReport & SeenOutside> {
  const script = crowdList({ walks: walks + 2000, share: 0.1, stalls: true, seed });
  const args = [String(walks), String(seed)];
  return runAgainst<ChurnReport>('churn-process.ts', client, script, args, tell);
}

async function runAgainst<R extends object>(
  file: string,
  client: CrowdClientName,
  script: ReturnType<typeof crowdList>,
  args: readonly string[],
  tell?: (done: number) => void,
): Promise<R & SeenOutside> {
  const server = await startFaultServer(script);
  const loader = ['--expose-gc', ...loadTypescript, join(__dirname, file)];
  const child = spawn(process.execPath, [...loader, client, server.origin, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  try {
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
    const line = await Promise.race([reportOf(child.stdout, tell), exited]);
    if (typeof line !== 'string')
      throw new Error(`The process ended with ${String(line)}: ${errors}`);
    const patience = performance.now() + KEPT_ALIVE;
    while (server.open() > 0 && performance.now() < patience) await sleep(50);
    const open = server.open();
    child.stdin.end();
    const code = await Promise.race([exited, sleep(EXIT, undefined, { ref: false })]);
    return { ...(JSON.parse(line) as R), requests: server.requests.length, open, code };
  } finally {
    child.kill('SIGKILL');
    await server.close();
  }
}

/** The first line that does not only tell how many walks are over. */
function reportOf(
  stream: NodeJS.ReadableStream,
  tell: (done: number) => void = () => undefined,
): Promise<string> {
  return new Promise((resolve) => {
    createInterface({ input: stream }).on('line', (line) => {
      const done = /^\{"done":(\d+)\}$/.exec(line)?.[1];
      if (done === undefined) resolve(line);
      else tell(Number(done));
    });
  });
}
