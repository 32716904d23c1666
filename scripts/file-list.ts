import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './entries';

const file = join(root, 'etc', 'files.txt');

/**
 * Kinds of files that count as one: those with names that bundlers make of their contents, and the modules of a folder of lib/, which
 * come and go.
 */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^dist\/chunk-[\w-]{8}\.js$/, 'dist/chunk-*.js'],
  [/^dist\/[a-z-]+-[\w-]{8}(\.d\.m?ts)$/, 'dist/*-*$1'],
  [/^(dist\/esm\/(?:[a-z-]+\/)+)[a-z0-9-]+(\.mjs)$/, '$1*$2'],
];

/** The files of the package, one a line, in order. */
export function fileList(files: readonly string[]): string {
  const names = files.map((name) =>
    KINDS.reduce((kind, [pattern, replacement]) => kind.replace(pattern, replacement), name),
  );
  return `${[...new Set(names)].sort().join('\n')}\n`;
}

/** Writes the committed list, or throws what is in the package and not in the list, or the other way round. */
export function checkFileList(files: readonly string[], update: boolean): void {
  const listed = fileList(files);
  if (update) writeFileSync(file, listed);
  const committed = readFileSync(file, 'utf8');
  if (listed === committed) return;
  const surplus = without(listed, committed);
  const missing = without(committed, listed);
  throw new Error(
    `In the package and not in etc/files.txt: ${surplus}; in the list only: ${missing}.\n` +
      '`npm run pack:check -- --files` writes the list anew.',
  );
}

function without(one: string, other: string): string {
  const names = new Set(other.split('\n'));
  const rest = one.split('\n').filter((name) => !names.has(name));
  return rest.length === 0 ? 'none' : rest.join(', ');
}
