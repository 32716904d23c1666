// Run by play-part.ts, so that a part that hangs can be stopped:
// node -r ./scripts/register.js part-process.ts <name> <runs> <seed> [path]
import { inspect } from 'node:util';

import type { PartResult } from './part';
import { soakParts } from './parts';

/** What the process tells. */
export type PartMessage = { readonly done: number } | { readonly result: PartResult };

/** Milliseconds between two tellings. */
const INTERVAL = 250;

const [name, runs, seed, path] = process.argv.slice(2);

function send(message: PartMessage): void {
  process.send?.(message);
}

async function main(): Promise<void> {
  const part = soakParts.find((one) => one.name === name);
  if (part === undefined) process.exit(2);
  let last = -Infinity;
  const tell = (done: number) => {
    const now = performance.now();
    if (now - last < INTERVAL) return;
    last = now;
    send({ done });
  };
  const result = await part
    .play({ runs: Number(runs), seed: Number(seed), path, tell })
    .catch((error: unknown): PartResult => ({
      done: 0,
      counts: {},
      failure: { report: inspect(error) },
    }));
  send({ result });
  process.disconnect();
}

void main();
