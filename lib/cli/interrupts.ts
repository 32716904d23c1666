import { EXIT } from './exit-codes';

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

/** Listens to SIGINT and SIGTERM: the first asks for an orderly end, the second ends the process at once. */
export function listenToInterrupts(): Interrupts {
  const controller = new AbortController();
  let exitCode: number | undefined;
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      if (exitCode !== undefined) process.exit(code);
      exitCode = code;
      controller.abort();
    });
  }
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    stop: () => {
      controller.abort();
    },
  };
}
