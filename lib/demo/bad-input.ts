const LONGEST_SHOWN = 60;

/** Input of a request that a route refuses; the message names the parameter, what was expected and what came. */
export class BadInput extends Error {
  override readonly name = 'BadInput';

  constructor(
    readonly parameter: string,
    expected: string,
    received?: unknown,
  ) {
    super(`${parameter}: expected ${expected}, got ${shown(received)}`);
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return typeof value;
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
