import { readFileSync } from 'node:fs';

import { UsageMistake } from './usage-mistake';

/** The value of an argument `JSON` or `@file`. Its text is never shown: it may hold a secret. */
export function jsonArgument(flag: string, argument: string): unknown {
  const fromFile = argument.startsWith('@');
  const text = fromFile ? fileArgument(flag, argument.slice(1)) : argument;
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    const where = fromFile ? `the file ${argument.slice(1)}` : 'its argument';
    throw new UsageMistake(`${flag}: expected JSON, and ${where} is none`);
  }
}

/** The text of a file named in an argument. */
export function fileArgument(flag: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new UsageMistake(`${flag}: the file ${path} cannot be read (${code})`);
  }
}
