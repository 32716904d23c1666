import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';

import { root } from './entries';

/** With the tools of this project on its path. */
const env = () => ({
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
  NO_COLOR: '1',
});

/** Runs a command with the tools of this project on its path; gives what it printed, or throws it. */
export function run(command: string, args: readonly string[], cwd = root): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: env(),
  });
  if (error) throw error;
  return printed([command, ...args], status, stdout, stderr);
}

/** The same while others run. */
export async function runBeside(
  command: string,
  args: readonly string[],
  cwd = root,
): Promise<string> {
  const child = spawn(command, args, { cwd, env: env(), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [status, stdout, stderr] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  return printed([command, ...args], status, stdout, stderr);
}

function printed(
  words: readonly string[],
  status: number | null,
  stdout: string,
  stderr: string,
): string {
  if (status !== 0)
    throw new Error(`${words.join(' ')} ended with ${String(status)}\n${stdout}${stderr}`);
  return stdout;
}
