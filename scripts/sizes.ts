import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Metafile } from 'esbuild';

import manifest from '../package.json';

/** Bytes of what a bundler makes of some code, minified. */
export interface Size {
  readonly minified: number;
  readonly gzipped: number;
  /** Gzipped, of what is loaded only when it is needed. */
  readonly lazy: number;
}

/** Bundles a line of code for browsers, peers left out. */
export function bundleOf(code: string, folder: string) {
  return build({
    stdin: { contents: code, resolveDir: folder },
    absWorkingDir: folder,
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: [...Object.keys(manifest.peerDependencies), 'node:*'],
    metafile: true,
    write: false,
  });
}

/** What a line of code comes to when it is bundled for browsers. `folder` must have the package installed. */
export async function bundleSize(code: string, folder: string): Promise<Size> {
  const { outputFiles, metafile } = await bundleOf(code, folder);
  const first = loadedAtOnce(metafile);
  const total = { minified: 0, gzipped: 0, lazy: 0 };
  for (const { path, contents } of outputFiles) {
    const gzipped = gzipSync(contents).length;
    if ([...first].some((output) => join(folder, output) === path)) {
      total.minified += contents.length;
      total.gzipped += gzipped;
    } else {
      total.lazy += gzipped;
    }
  }
  return total;
}

/** The names of what an entry exports. */
export async function exportsOf(specifier: string, folder: string): Promise<readonly string[]> {
  const { metafile } = await bundleOf(`export * from '${specifier}'`, folder);
  return Object.values(metafile.outputs).find(isEntry)?.exports ?? [];
}

function isEntry({ entryPoint }: Metafile['outputs'][string]): boolean {
  return entryPoint === '<stdin>';
}

/** The outputs that the entry reaches without a dynamic import. */
export function loadedAtOnce({ outputs }: Metafile): Set<string> {
  const reached = new Set(
    Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === '<stdin>'),
  );
  for (const path of reached) {
    for (const imported of outputs[path]?.imports ?? []) {
      if (imported.kind === 'import-statement' && !imported.external) reached.add(imported.path);
    }
  }
  return reached;
}

/** The files in what a bundler makes of some code, as the metafile names them: those loaded with it, and those loaded when they are needed. */
export async function bundledFiles(
  code: string,
  folder: string,
): Promise<Record<'atOnce' | 'later', readonly string[]>> {
  const { metafile } = await bundleOf(code, folder);
  const first = loadedAtOnce(metafile);
  const files = { atOnce: [] as string[], later: [] as string[] };
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    const kept = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    files[first.has(output) ? 'atOnce' : 'later'].push(...kept.map(([input]) => input));
  }
  return files;
}

/** Whether a module is one that finds out by itself how a list is paged: loaded only when it is needed. */
export function isDetection(file: string): boolean {
  return /(?:^|\/)detect\/(?!detect-(?:pagination|options)\.)/.test(file);
}

/** Whether a module is of the known APIs, or only needed for what is made of descriptions. */
export function isCatalogue(file: string): boolean {
  return /(?:^|\/)(?:dialect\/catalogue\/|dialect\/dialect\.|strategy\/(?:strategy-of|code-of)\.)/.test(
    file,
  );
}
