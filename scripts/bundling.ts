import type { BuildOptions, Metafile } from 'esbuild';

import manifest from '../package.json';
import { entries, root } from './entries';

/** The public entries, by their names in dist/. */
export const entryPoints = Object.fromEntries(entries.map(({ name, source }) => [name, source]));

// Code shared by entries goes into chunks, so that an error of one entry is `instanceof` the class of another.
export const bundling = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  chunkNames: 'chunk-[hash]',
  target: 'es2022',
  // What Node has itself is used by the entries for Node only.
  external: [...Object.keys(manifest.peerDependencies), 'node:*'],
  metafile: true,
  write: false,
} satisfies BuildOptions;

/** A class that refers to itself comes out as `X = class _X`; consoles and stacks should say X. */
export function plainClassNames(code: string): string {
  const renamed = [...code.matchAll(/^var (\w+) = class _\1\b/gm)];
  return renamed.reduce(
    (text, [, name = '']) => text.replace(new RegExp(`\\b_${name}\\b`, 'g'), name),
    code,
  );
}

/** The folders of the packages that a bundle holds code of. */
export function bundledPackages({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}
