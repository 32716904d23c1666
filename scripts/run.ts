import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

import { root } from './entries';

/** Runs a command with the tools of this project on its path; gives what it printed, or throws it. */
export function run(command: string, args: readonly string[], cwd = root): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
      NO_COLOR: '1',
    },
  });
  if (error) throw error;
  if (status !== 0) {
    throw new Error(
      `${[command, ...args].join(' ')} ended with ${String(status)}\n${stdout}${stderr}`,
    );
  }
  return stdout;
}
