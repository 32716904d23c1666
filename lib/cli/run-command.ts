import type { Command } from 'commander';

import { cleanedCause } from '../core/cleaned-cause';
import { isPaginationError } from '../core/pagination-error';

import { detectList, type DetectFlags } from './detect-list';
import { EXIT, exitCodeOf } from './exit-codes';
import type { ExportFlags } from './export-flags';
import { exportList } from './export-list';
import type { GenerateFlags } from './generate';
import { listenToInterrupts, type Interrupts } from './interrupts';
import { Output } from './output';
import { jobsActions } from './jobs-actions';
import { runProgram } from './program';
import { serveDemo, type ServeFlags } from './serve-demo';
import { messageText, visibleText } from './visible-text';
import { endingOf, outputEnding } from './walk-ending';
import type { WalkFlags } from './walk-flags';
import { walkList } from './walk-list';

/** Runs the command; resolves with its exit code when all it said has left the process. */
export async function runCommand(args: readonly string[]): Promise<number> {
  let interrupts: Interrupts | undefined;
  const output = new Output(process.stdout, () => interrupts?.stop());
  const messages = new Output(process.stderr);
  // The progress line of a walk is on the terminal of both.
  messages.beforeWrite = () => output.beforeWrite?.();
  const listen = (): Interrupts => (interrupts = listenToInterrupts(messages));

  const actions = {
    walk: async (
      face: 'items' | 'pages',
      url: string,
      flags: WalkFlags,
      command: Command,
    ): Promise<number> => {
      const own = listen();
      const walked = await walkList(face, url, flags, output, own);
      const { lines, exitCode } = endingOf(walked, command, url, flags, own);
      for (const line of lines) messages.line(line);
      return exitCode;
    },
    detect: async (url: string, flags: DetectFlags): Promise<number> => {
      const own = listen();
      const { lines, exitCode } = await detectList(url, flags, output, own);
      for (const line of lines) messages.line(line);
      return own.exitCode ?? exitCode;
    },
    export: async (url: string, flags: ExportFlags, command: Command): Promise<number> => {
      return exportList(url, flags, command, { output, messages, interrupts: listen() });
    },
    generate: async (document: string, flags: GenerateFlags): Promise<number> => {
      // With its parsers, which the other commands need not wait for.
      const { generate } = await import('./generate');
      return generate(document, flags, output, messages);
    },
    jobs: jobsActions(() => ({ output, messages, interrupts: listen() })),
    serveDemo: async (flags: ServeFlags): Promise<number> => {
      const served = await serveDemo(flags, output, listen());
      if (typeof served === 'number') return served;
      messages.line(`paged-observable: ${visibleText(served)}`);
      return EXIT.failed;
    },
  };
  const writers = {
    writeOut: (text: string) => {
      output.text(text);
    },
    writeErr: (text: string) => {
      messages.text(text);
    },
  };
  const exitCode = await runProgram(args, actions, writers).catch((error: unknown) => {
    if (isPaginationError(error)) {
      // Of no page: a document that is refused.
      messages.line(`paged-observable: ${error.code}: ${messageText(error.message)}`);
      return exitCodeOf(error.code);
    }
    // A defect of the command itself. Its stack could hold what was sent.
    messages.line(`paged-observable: FAILED: ${messageText(cleanedCause(error).message)}`);
    return EXIT.failed;
  });
  await output.end();
  // The last bytes may fail after all else went well.
  const late = output.failure === undefined ? undefined : outputEnding(output.failure);
  if (exitCode === EXIT.done) for (const line of late?.lines ?? []) messages.line(line);
  await messages.end();
  if (late === undefined) return exitCode;
  return exitCode === EXIT.done || late.exitCode === EXIT.readerGone ? late.exitCode : exitCode;
}
