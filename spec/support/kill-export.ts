import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { bundle } from './bundle';
import type { ExportJob } from './export-process';

const root = join(__dirname, '..', '..');

/** Bundles a process of this folder, which is started many times. */
export async function buildExportProcess(file: string, source = 'export-process'): Promise<void> {
  await bundle({
    absWorkingDir: root,
    entryPoints: [`spec/support/${source}.ts`],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['pg-native'],
  });
}

/** How one run of the process ended. */
export interface ExportRun {
  /** The steps it wrote down. */
  readonly steps: readonly string[];
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/**
 * Runs the process to its end, or kills it.
 * @param kill told every step; says when to kill, in milliseconds from then
 */
export async function runExport(
  file: string,
  job: ExportJob,
  kill: (steps: readonly string[]) => number | undefined = () => undefined,
): Promise<ExportRun> {
  const child = spawn(process.execPath, [file, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: root,
  });
  const steps: string[] = [];
  let rest = '';
  let stderr = '';
  let isDoomed = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      steps.push(line);
      const after = isDoomed ? undefined : kill(steps);
      if (after === undefined) continue;
      isDoomed = true;
      if (after === 0) child.kill('SIGKILL');
      else setTimeout(() => child.kill('SIGKILL'), after);
    }
  });
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { steps, exitCode, signal, stderr };
}
