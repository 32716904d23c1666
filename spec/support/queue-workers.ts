import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { WorkerEvent } from 'paged-observable/queue';

import type { QueueJob } from './queue-process';

const root = join(__dirname, '..', '..');

/** What a worker process wrote, and when it came, in milliseconds of this process. */
export type SeenEvent = (WorkerEvent | { readonly type: 'ready' }) & { readonly at: number };

/** A worker as a process of its own. */
export interface WorkerProcess {
  readonly name: string;
  readonly child: ChildProcess;
  readonly events: SeenEvent[];
  readonly stderr: () => string;
  /** Resolves at the first event that fits, also one that is past. */
  readonly seen: (fits: (event: SeenEvent) => boolean) => Promise<SeenEvent>;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

export function startWorkerProcess(file: string, job: QueueJob): WorkerProcess {
  const child = spawn(process.execPath, [file, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: root,
  });
  const events: SeenEvent[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    const at = performance.now();
    for (const line of lines) events.push({ ...(JSON.parse(line) as WorkerEvent), at });
    for (const look of waiting) look();
  });
  const ended = once(child, 'close').then(
    ([code, signal]: (number | NodeJS.Signals | null)[]) => code ?? signal ?? null,
  );
  return {
    name: job.name,
    child,
    events,
    stderr: () => stderr,
    seen: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(() => {
          reject(new Error(`${job.name} ended before: ${stderr}`));
        });
      }),
    ended,
  };
}
