import { fileArgument } from './json-argument';
import { UsageMistake } from './usage-mistake';

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const FORBIDDEN = /[^\t\x20-\x7e\x80-\xff]/;

/** Headers of `-H 'Name: value'` and of a file with one such line each; what is given by hand, at `where`, wins over the file. */
export function headersOf(
  given: readonly string[] = [],
  file: string | undefined,
  where = '--header',
): Readonly<Record<string, string>> {
  const lines = file === undefined ? [] : linesOf(fileArgument('--header-file', file));
  const headers = new Map<string, string>();
  // The value may be a token and is never shown.
  for (const [line, flag] of [
    ...lines.map((line) => [line, '--header-file'] as const),
    ...given.map((line) => [line, where] as const),
  ]) {
    const [name, value] = parseLine(line, flag);
    for (const known of headers.keys()) {
      if (known.toLowerCase() === name.toLowerCase()) headers.delete(known);
    }
    headers.set(name, value);
  }
  return Object.fromEntries(headers);
}

/** Blank lines and those that begin with `#` say nothing. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

function parseLine(line: string, flag: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0)).trim();
  if (!NAME.test(name)) {
    throw new UsageMistake(`${flag}: expected 'Name: value', got something else (not shown)`);
  }
  const value = line.slice(colon + 1).trim();
  if (FORBIDDEN.test(value)) {
    throw new UsageMistake(`${flag}: the value of ${name} holds a character no header can hold`);
  }
  return [name, value];
}
