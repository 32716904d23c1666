import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import type { BuildOptions, Metafile, OutputFile, Plugin } from 'esbuild';
import { build as buildTypes } from 'tsup';

import manifest from '../package.json';
import { entries, root } from './entries';

const dist = join(root, 'dist');
/** Packages that an entry may contain; who does not import what needs them, does not ship them. */
const inLibrary = ['node_modules/json-p3', 'node_modules/yaml'];

/**
 * Modules that get a chunk of their own, as if they were entries: with their packages in it, bundlers leave the whole chunk out for
 * who does not import them. (They cannot take such a package apart: its own modules say nothing of side effects.)
 */
const apart = {
  'apart-overlay': 'lib/openapi/apply-overlay.ts',
  'apart-parser': 'lib/openapi/parse-document.ts',
  // What these share with the two above must not land in their chunks.
  'apart-client': 'lib/openapi/create-client.ts',
  'apart-caller': 'lib/openapi/api-caller.ts',
};
const isApart = ({ path }: OutputFile) => /[\\/]apart-\w+\.m?js$/.test(path);

const entryPoints = Object.fromEntries(entries.map(({ name, source }) => [name, source]));

// Code shared by entries goes into chunks, so that an error of one entry is `instanceof` the class of another.
const options = {
  absWorkingDir: root,
  outdir: dist,
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

async function main(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, 'node'), { recursive: true });
  await Promise.all([buildEsm(), buildCommonJs(), buildDeclarations()]);
}

async function buildEsm(): Promise<void> {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: { ...entryPoints, ...apart },
    outExtension: { '.js': '.mjs' },
    platform: 'neutral',
    mainFields: ['module', 'main'],
  });
  const bundled = bundledPackages(metafile).find((folder) => !inLibrary.includes(folder));
  if (bundled !== undefined) throw new Error(`${bundled} must not be bundled into the library`);
  for (const { path, text } of outputFiles.filter((file) => !isApart(file))) {
    writeFileSync(path, plainClassNames(text));
  }
}

/**
 * esbuild splits ES modules only, so they are split first and then translated one by one. (tsup's own splitting
 * for CommonJS lowers `?.`, `??` and class fields, and takes the names off the classes.)
 */
async function buildCommonJs(): Promise<void> {
  const { outputFiles, metafile } = await build({
    ...options,
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
  writeNotices(bundledPackages(metafile));
}

/** A class that refers to itself comes out as `X = class _X`; consoles and stacks should say X. */
function plainClassNames(code: string): string {
  const renamed = [...code.matchAll(/^var (\w+) = class _\1\b/gm)];
  return renamed.reduce(
    (text, [, name = '']) => text.replace(new RegExp(`\\b_${name}\\b`, 'g'), name),
    code,
  );
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

function bundledPackages({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
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
