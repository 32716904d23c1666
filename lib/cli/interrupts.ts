import { EXIT } from './exit-codes';
import type { Output } from './output';

/** After a stop, in milliseconds, until an output that nobody reads, a disk that hangs or a page that does not end is given up. */
const GRACE = 4000;

const GIVEN_UP =
  'paged-observable: interrupted; given up with an output that was not read to its end, or work that did not stop';

/** What Ctrl-C and `kill` ask for. */
export interface Interrupts {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** The exit code of the signal that came, if one did. */
  readonly exitCode: number | undefined;
  /** Stops the work as a signal would, for another reason. */
  stop(): void;
}

const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/**
 * Listens to SIGINT and SIGTERM: the first asks for an orderly end and ends the process where none comes in time, the second ends
 * it at once.
 */
export function listenToInterrupts(messages: Output): Interrupts {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const stop = (): void => {
    if (controller.signal.aborted) return;
    // Whatever a command waits for by then. What is safe of an export its checkpoint tells.
    setTimeout(() => {
      if (exitCode !== undefined) messages.line(GIVEN_UP);
      messages.flush();
      process.exit(exitCode ?? EXIT.readerGone);
    }, GRACE).unref();
    controller.abort();
  };
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      if (exitCode !== undefined) process.exit(code);
      exitCode = code;
      stop();
    });
  }
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    stop,
  };
}
