import { fork } from 'node:child_process';
import { join } from 'node:path';

import { loadTypescript } from '../../spec/support/load-typescript';
import type { PartResult, SoakPart } from './part';
import type { PartMessage } from './part-process';

/** A part that tells nothing for so long hangs, in milliseconds. */
const PATIENCE = 300_000;

/** Plays a part in a process of its own, and stops it where it hangs. */
export function playPart(
  { name }: SoakPart,
  task: { readonly runs: number; readonly seed: number; readonly path?: string | undefined },
  tell: (done: number) => void,
): Promise<PartResult> {
  const args = [name, String(task.runs), String(task.seed)];
  const child = fork(
    join(__dirname, 'part-process.ts'),
    task.path === undefined ? args : [...args, task.path],
    { execArgv: [...loadTypescript] },
  );
  return new Promise((resolve) => {
    let done = 0;
    let result: PartResult | undefined;
    const fail = (report: string) => {
      resolve({ done, counts: {}, failure: { report } });
    };
    const hangs = () => {
      child.kill('SIGKILL');
      fail(`It told nothing for ${String(PATIENCE / 1000)} s after ${String(done)} runs: it hangs`);
    };
    let watch = setTimeout(hangs, PATIENCE);
    child.on('message', (message: PartMessage) => {
      clearTimeout(watch);
      watch = setTimeout(hangs, PATIENCE);
      if ('result' in message) {
        result = message.result;
        return;
      }
      ({ done } = message);
      tell(done);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(watch);
      if (result === undefined)
        fail(`It died with ${String(code ?? signal)} after ${String(done)} runs`);
      else resolve(result);
    });
  });
}
