/** What tests need that is not everywhere. */
interface Need {
  /** What is not tested without it. */
  readonly of: string;
  /** Why they cannot run; `undefined` where they can. */
  readonly lack: string | undefined;
  /** Whether `.ci/run` installs it: a machine for CI without it is broken. */
  readonly inCi: boolean;
}

/**
 * Whether tests can run here. Where they cannot, a line says what is skipped and why, which `npm test` repeats; in CI it is an error
 * where CI was to install what they need.
 */
export function canRun({ of, lack, inCi }: Need): boolean {
  if (lack === undefined) return true;
  if (inCi && process.env['CI'] !== undefined) throw new Error(`Not to be tested, ${of}: ${lack}`);
  process.stderr.write(`SKIPPED  ${of}: ${lack}\n`);
  return false;
}
