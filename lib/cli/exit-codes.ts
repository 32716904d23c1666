import type { ErrorCode } from '../core/pagination-error';

/** How the command ends: sysexits.h for what a script can act on, 128 + signal where a signal ended it. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  output: 74,
  tryLater: 75,
  interrupted: 130,
  readerGone: 141,
  terminated: 143,
} as const;

/** The exit code of a walk that ended with an error. */
export function exitCodeOf(code: ErrorCode): number {
  if (code === 'RATE_LIMITED' || code === 'LOCKED') return EXIT.tryLater;
  return code === 'SINK' ? EXIT.output : EXIT.failed;
}
