import type { Command } from 'commander';

import { isPaginationError } from '../core/pagination-error';

import { errorLine } from './error-line';
import { EXIT, exitCodeOf } from './exit-codes';
import { goOnCommand } from './go-on-command';
import type { Interrupts } from './interrupts';
import type { WalkFlags } from './walk-flags';
import type { Walked } from './walk-list';

/** What is said at the end of a walk, line by line, and the exit code. */
export interface Ending {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

const BAD_TOKEN = ['CHECKPOINT_MISMATCH', 'CHECKPOINT_CORRUPT'];
const READER_GONE = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'];

export function endingOf(
  walked: Walked,
  command: Command,
  url: string,
  flags: WalkFlags,
  interrupts: Interrupts,
): Ending {
  const { request, end, error, reply, outputFailure } = walked;
  if (outputFailure !== undefined) return outputEnding(outputFailure);
  const goOn = (why: string): readonly string[] => goOnLines(why, walked, command, url);
  if (interrupts.exitCode !== undefined && error !== undefined) {
    return { lines: goOn('interrupted'), exitCode: interrupts.exitCode };
  }
  if (error !== undefined) {
    const failed = { strategy: flags.strategy, flags, reply };
    const line = `paged-observable: ${errorLine(error, request, failed)}`;
    // Where nothing was printed there is nothing to go on from.
    const isStart = walked.position.pages === 0 && flags.resume === undefined;
    if (!isPaginationError(error)) return { lines: [line], exitCode: EXIT.failed };
    return {
      lines: isStart || BAD_TOKEN.includes(error.code) ? [line] : [line, ...goOn('stopped')],
      exitCode: exitCodeOf(error.code),
    };
  }
  return {
    lines: end?.endReason === 'limit' ? goOn('reached the limit') : [],
    exitCode: interrupts.exitCode ?? EXIT.done,
  };
}

/** How the command ends when standard output fails. */
export function outputEnding({ code = '', syscall = 'write' }: NodeJS.ErrnoException): Ending {
  if (READER_GONE.includes(code)) return { lines: [], exitCode: EXIT.readerGone };
  const line = `paged-observable: SINK: the output failed (${syscall} ${code}), and its end may be missing; start anew`;
  return { lines: [line], exitCode: EXIT.output };
}

function goOnLines(
  why: string,
  { position, end }: Walked,
  command: Command,
  url: string,
): readonly string[] {
  if (end === undefined) return [];
  const token = position.resumeToken(end);
  const { rows } = position;
  const next = goOnCommand(command, url, token, { atLimit: end.endReason === 'limit' });
  const blanks = next.includes('***') ? ' (with your own values for ***)' : '';
  const reached = `${String(rows)} ${rows === 1 ? 'item' : 'items'}`;
  return [`paged-observable: ${why} after ${reached}; to go on${blanks}:`, `  ${next}`];
}
