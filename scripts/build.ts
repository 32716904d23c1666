import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import type { Plugin } from 'esbuild';
import { build as buildTypes } from 'tsup';

import { buildEsm } from './build-esm';
import { bundledPackages, bundling, entryPoints, plainClassNames } from './bundling';
import { entries, root } from './entries';
import { writeSbom } from './write-sbom';

const dist = join(root, 'dist');

async function main(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, 'node'), { recursive: true });
  await Promise.all([buildEsm(dist), buildCommonJs(), buildDeclarations()]);
}

/**
 * esbuild splits ES modules only, so they are split first and then translated one by one. (tsup's own splitting
 * for CommonJS lowers `?.`, `??` and class fields, and takes the names off the classes.)
 */
async function buildCommonJs(): Promise<void> {
  const { outputFiles, metafile } = await build({
    ...bundling,
    outdir: dist,
    entryPoints: { ...entryPoints, cli: 'lib/cli/main.ts' },
    platform: 'node',
    plugins: [mainIsAModule],
  });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(requireOwnChunks(text), { format: 'cjs', platform: 'node' });
    writeFileSync(path, plainClassNames(code));
  }
  // In Node, `import` gets the CommonJS build, so that both module systems share one class.
  for (const { name } of entries) {
    writeFileSync(join(dist, 'node', `${name}.mjs`), `export * from '../${name}.js';\n`);
  }
  chmodSync(join(dist, 'cli.js'), 0o755);
  const bundled = bundledPackages(metafile);
  writeNotices(bundled);
  writeSbom(dist, bundled);
}

// A file without exports counts as CommonJS, and esbuild wraps all that such a file imports in lazy functions.
const mainIsAModule: Plugin = {
  name: 'main-is-a-module',
  setup(bundler) {
    bundler.onLoad({ filter: /cli[\\/]main\.ts$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\nexport {};\n`,
      loader: 'ts',
    }));
  },
};

/** A native import() does not work in every host of CommonJS: under jest it needs a flag. */
function requireOwnChunks(code: string): string {
  return code.replace(/\bimport\(("\.\/[^"]+")\)/g, 'Promise.resolve().then(() => require($1))');
}

async function buildDeclarations(): Promise<void> {
  await buildTypes({
    config: false,
    entry: entryPoints,
    format: ['cjs', 'esm'],
    dts: { only: true },
    silent: true,
  });
}

/** The licence of every bundled package travels with it. */
function writeNotices(folders: readonly string[]): void {
  const notices = folders.map((folder) => notice(join(root, folder)));
  writeFileSync(
    join(dist, 'THIRD-PARTY-NOTICES.txt'),
    [
      'The command `paged-observable` and the entry `/openapi` contain these packages.\n',
      ...notices,
    ].join('\n'),
  );
}

function notice(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (licence === undefined) throw new Error(`${name} is bundled but has no licence file`);
  return `${name} ${version}\n\n${readFileSync(join(folder, licence), 'utf8').trim()}\n`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
