import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';

import manifest from '../package.json';
import * as consumers from './consumers';
import { entries } from './entries';
import { run } from './run';
import { bundleSize } from './sizes';

/*
 * Packs the library as it would be published, and uses it the ways users do.
 * `--built` takes dist/ as it is; without it npm builds first (prepack).
 */
const built = process.argv.includes('--built');
const work = mkdtempSync(join(tmpdir(), 'paged-observable-'));

function pack(): string {
  run('npm', ['pack', '--pack-destination', work, ...(built ? ['--ignore-scripts'] : [])]);
  const [name] = readdirSync(work).filter((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error('npm pack wrote no archive');
  return join(work, name);
}

/** One entry in package.json: ES modules and CommonJS are one class in Node, bundlers get ES modules. */
function entryOf({ name, esmOnly }: (typeof entries)[number]): object {
  const types = `./dist/${name}.d.mts`;
  const required = { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` };
  const require = esmOnly ? {} : { require: required };
  return {
    node: { import: { types, default: `./dist/node/${name}.mjs` }, ...require },
    import: { types, default: `./dist/${name}.mjs` },
    ...require,
  };
}

function checkExports(): void {
  const wanted = {
    ...Object.fromEntries(
      entries.map((entry) => [entry.specifier.replace(manifest.name, '.'), entryOf(entry)]),
    ),
    './package.json': './package.json',
  };
  if (!isDeepStrictEqual(manifest.exports, wanted)) {
    const text = JSON.stringify(wanted, null, 2);
    throw new Error(
      `"exports" of package.json does not match tsconfig.json; it should be\n${text}`,
    );
  }
}

function checkFiles(archive: string): void {
  const files = run('tar', ['-tzf', archive])
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));
  const required = [
    'package.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'dist/cli.js',
    'dist/THIRD-PARTY-NOTICES.txt',
    ...entries.flatMap(({ name }) => [
      ...['js', 'mjs', 'd.ts', 'd.mts'].map((extension) => `dist/${name}.${extension}`),
      `dist/node/${name}.mjs`,
    ]),
  ];
  const chunk =
    /^dist\/(chunk-[A-Z0-9]{8}\.js|esm\/[a-z0-9\/-]+\.mjs|[a-z-]+-[\w-]{8}\.(js|d\.m?ts))$/;
  const missing = required.filter((file) => !files.includes(file));
  const surplus = files.filter((file) => !required.includes(file) && !chunk.test(file));
  if (missing.length + surplus.length > 0) {
    throw new Error(`missing: ${missing.join(', ')}; not allowed: ${surplus.join(', ')}`);
  }
}

/** Types resolve as the code does, in each of the ways the entries are offered. */
function checkTypes(archive: string): void {
  const names = entries.filter(({ esmOnly }) => esmOnly).map(({ name }) => name);
  run('attw', [archive, '--profile', 'node16', '--exclude-entrypoints', ...names]);
  run('attw', [archive, '--profile', 'esm-only', '--entrypoints', ...names]);
}

function project(): string {
  const folder = join(work, 'project');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(consumers.files)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function install(folder: string, ...packages: string[]): void {
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages], folder);
}

async function runAsInBrowser(folder: string): Promise<void> {
  await build({
    stdin: { contents: consumers.browserBundle, resolveDir: folder },
    outfile: join(folder, 'bundle.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  run('node', ['browser.mjs'], folder);
}

async function printSizes(folder: string): Promise<void> {
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(2)} kB`.padStart(11);
  const rows = entries.map(({ specifier }) => [specifier, `export * from '${specifier}'`] as const);
  console.log(`${'browser bundle, without peers'.padEnd(46)}   minified       gzip   + lazy`);
  for (const [title, code] of [...rows, ...consumers.bundles]) {
    const { minified, gzipped, lazy } = await bundleSize(code, folder);
    console.log(`${title.padEnd(46)}${kB(minified)}${kB(gzipped)}${lazy > 0 ? kB(lazy) : ''}`);
  }
}

/** Who imports one class must not ship the strategies, and an unused import must vanish. */
async function checkTreeShaking(folder: string): Promise<void> {
  const size = async (code: string) => (await bundleSize(code, folder)).minified;
  const all = await size(`export * from '${manifest.name}'`);
  const one = await size(`export { PaginationError } from '${manifest.name}'`);
  const none = await size(`import { paginate } from '${manifest.name}'`);
  if (one > all / 2 || none > 100) {
    throw new Error(
      `tree shaking: all ${String(all)} B, one ${String(one)} B, none ${String(none)} B`,
    );
  }
}

const angular = ['@angular/common', '@angular/compiler', '@angular/core'] as const;

async function main(): Promise<void> {
  const { rxjs, axios } = manifest.devDependencies;
  checkExports();
  const archive = pack();
  checkFiles(archive);
  run('publint', ['run', archive, '--strict']);
  checkTypes(archive);

  const folder = project();
  install(folder, archive, `rxjs@${rxjs}`);
  run('node', ['without-axios.cjs'], folder);
  run('node', ['one-class.mjs'], folder);
  run('node', ['export.mjs'], folder);
  run('npx', ['--no-install', 'paged-observable', '--version'], folder);
  install(
    folder,
    `axios@${axios}`,
    ...angular.map((name) => `${name}@${manifest.devDependencies[name]}`),
  );
  run('node', ['esm-only.mjs'], folder);
  run('node', ['with-axios.mjs'], folder);
  run('tsc', ['--project', 'tsconfig.json'], folder);

  await runAsInBrowser(folder);
  await checkTreeShaking(folder);
  await printSizes(folder);
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  })
  .finally(() => {
    rmSync(work, { recursive: true, force: true });
  });
