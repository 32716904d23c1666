import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';

import manifest from '../package.json';
import * as consumers from './consumers';
import { entries } from './entries';
import { checkFileList } from './file-list';
import { firstMinutes } from './first-minutes/first-minutes';
import { run, runBeside } from './run';
import { checkSizes } from './size-table';
import { bundledFiles, bundleSize, isCatalogue, isDetection } from './sizes';

/*
 * Packs the library as it would be published, and uses it the ways users do.
 * `--built` takes dist/ as it is; without it npm builds first (prepack). `--sizes` and `--files` write the committed tables.
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
  checkFileList(files, process.argv.includes('--files'));
  const { scripts = {} } = JSON.parse(
    run('tar', ['-xzOf', archive, 'package/package.json']),
  ) as Partial<typeof manifest>;
  const ran = Object.keys(scripts).filter((name) => /^(?:pre|post)?(?:un)?install$/.test(name));
  if (ran.length > 0) throw new Error(`the package runs ${ran.join(', ')} where it is installed`);
}

/** Types resolve as the code does, in each of the ways the entries are offered. */
async function checkTypes(archive: string): Promise<void> {
  const names = entries.filter(({ esmOnly }) => esmOnly).map(({ name }) => name);
  await runBeside('attw', [archive, '--profile', 'node16', '--exclude-entrypoints', ...names]);
  await runBeside('attw', [archive, '--profile', 'esm-only', '--entrypoints', ...names]);
}

function project(): string {
  const folder = join(work, 'project');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(consumers.files)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function install(folder: string, ...packages: string[]): Promise<void> {
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund'];
  await runBeside('npm', ['install', ...quietly, ...packages], folder);
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
  await runBeside('node', ['browser.mjs'], folder);
}

/** Who names a strategy must not ship detection, who imports one class no strategies, and an unused import must vanish. */
async function checkTreeShaking(folder: string): Promise<void> {
  const named = `export { paginate, cursorPagination } from '${manifest.name}'`;
  const { atOnce } = await bundledFiles(named, folder);
  const surplus = atOnce.filter(
    (file) => isCatalogue(file) || isDetection(file) || isOtherStrategy(file),
  );
  if (surplus.length > 0) throw new Error(`cursorPagination brings ${surplus.join(', ')}`);
  if (!atOnce.some((file) => file.endsWith('/strategy/cursor-pagination.mjs'))) {
    throw new Error(`tree shaking is not tested by ${atOnce.join(', ')}`);
  }
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

/** Another strategy than those of cursors and of choices, which `paginate` makes of several. */
function isOtherStrategy(file: string): boolean {
  return /\/strategy\/(?!cursor-|choose-)[\w-]+-pagination\./.test(file);
}

const angular = ['@angular/common', '@angular/compiler', '@angular/core'] as const;
/** One of each major version that the peer range allows; the one that the specs run with is the last to be installed. */
const ANGULAR = ['20.3.35', '22.2.6', manifest.devDependencies['@angular/core']] as const;

/** The oldest that the types are for, and a native one; neither may keep the package from being installed. */
const TYPESCRIPT = ['5.6.3', '7.0.2'] as const;

/** The project in which each way to use the package is tried. */
async function checkProject(archive: string): Promise<void> {
  const { rxjs, axios } = manifest.devDependencies;
  const folder = project();
  const node = (file: string) => runBeside('node', [file], folder);
  await install(folder, archive, `rxjs@${rxjs}`);
  await node('without-axios.cjs');
  await node('one-class.mjs');
  await node('export.mjs');
  await runBeside('npx', ['--no-install', 'paged-observable', '--version'], folder);
  await install(folder, `axios@${axios}`);
  await node('with-axios.mjs');
  for (const version of ANGULAR) {
    await install(folder, ...angular.map((name) => `${name}@${version}`));
    await node('esm-only.mjs');
    await node('angular-app.mjs');
    await runBeside('tsc', ['--project', 'tsconfig.json'], folder);
    console.log(`${`Angular ${version}`.padEnd(40)}ok`);
  }
  for (const version of TYPESCRIPT) {
    await install(folder, `typescript@${version}`);
    await runBeside(
      join(folder, 'node_modules', '.bin', 'tsc'),
      ['--project', 'tsconfig.json'],
      folder,
    );
    console.log(`${`TypeScript ${version}`.padEnd(40)}ok`);
  }
  await runAsInBrowser(folder);
  await checkTreeShaking(folder);
  await checkSizes(folder, process.argv.includes('--sizes'));
}

/** The archive itself, and what a newcomer does with it. */
async function checkArchive(archive: string): Promise<void> {
  await runBeside('publint', ['run', archive, '--strict']);
  await checkTypes(archive);
  for (const way of await firstMinutes(archive, join(work, 'first-minutes'))) console.log(way);
}

async function main(): Promise<void> {
  checkExports();
  const archive = pack();
  checkFiles(archive);
  // Both, and nothing is cleared away, until the slower one is over.
  const both = await Promise.allSettled([checkProject(archive), checkArchive(archive)]);
  const failed = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  for (const error of failed) console.error(error instanceof Error ? error.message : error);
  if (failed.length > 0) process.exitCode = 1;
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  })
  .finally(() => {
    rmSync(work, { recursive: true, force: true });
  });
