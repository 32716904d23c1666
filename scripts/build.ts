import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, transform } from 'esbuild';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { build as buildTypes } from 'tsup';

import manifest from '../package.json';
import { entries, root } from './entries';

const dist = join(root, 'dist');
/** Packages that an entry may contain; who does not import what needs them, does not ship them. */
const inLibrary = ['node_modules/json-p3', 'node_modules/yaml'];

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

/**
 * For bundlers, a file for each module: they leave out whole files that nobody needs, and of a file that is shared with what is
 * loaded later they can leave out nothing.
 */
async function buildEsm(): Promise<void> {
  const { metafile } = await build({ ...options, entryPoints, platform: 'neutral', mainFields });
  const modules = Object.keys(metafile.inputs).filter((input) => input.startsWith('lib/'));
  const { outputFiles, metafile: made } = await build({
    ...options,
    entryPoints: modules,
    outdir: join(dist, 'esm'),
    outbase: 'lib',
    splitting: false,
    outExtension: { '.js': '.mjs' },
    platform: 'neutral',
    mainFields,
    plugins: [ownModulesApart],
  });
  const bundled = bundledPackages(made).find((folder) => !inLibrary.includes(folder));
  if (bundled !== undefined) throw new Error(`${bundled} must not be bundled into the library`);
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, plainClassNames(text));
  }
  for (const { name, source } of entries) {
    const module = source.replace(/^(?:\.\/)?lib\//, './esm/').replace(/\.ts$/, '.mjs');
    writeFileSync(join(dist, `${name}.mjs`), `export * from '${module}';\n`);
  }
}

const mainFields = ['module', 'main'];

/** Keeps imports of our own modules as they are, with the extension that files have in the package. */
const ownModulesApart: Plugin = {
  name: 'own-modules-apart',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) =>
      importer.startsWith(join(root, 'lib')) && !path.endsWith('.json')
        ? { path: `${path}.mjs`, external: true }
        : undefined,
    );
  },
};

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
