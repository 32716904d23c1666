import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../entries';

import { scoreLines, type MutationReport } from './score';

/*
 * `npm run mutation -- strategy/cursor-pagination flow`: changes the files named, or all of a folder of lib/, in one place at a time, and
 * prints which changes no spec notices. `npm ci --prefix scripts/mutation` installs what it needs. Not part of `npm test`.
 */
const here = __dirname;

/** Take minutes, or measure time, memory and the files themselves, which are all changed. */
const tooSlow = ['million-pages', 'growth', 'fuzz', 'bundle', 'every-protocol'];

function play(name: string, mutate: string, specs: string): MutationReport {
  const output = join(root, 'temp', 'mutation', `${name}.json`);
  rmSync(output, { force: true });
  const config = {
    plugins: [join(here, 'node_modules/@stryker-mutator/jest-runner/dist/src/index.js')],
    testRunner: 'jest',
    coverageAnalysis: 'perTest',
    mutate: [`lib/${mutate}`],
    jest: {
      projectType: 'custom',
      configFile: 'jest.config.js',
      config: {
        testMatch: [`<rootDir>/spec/${specs}`],
        testPathIgnorePatterns: tooSlow.map((name) => `/${name}\\.spec\\.ts$`),
        maxWorkers: 1,
      },
      enableFindRelatedTests: false,
    },
    ignorePatterns: [
      '*',
      '!lib/**',
      '!spec/**',
      '!scripts/*',
      '!bench/*',
      '!*.json',
      '!jest.config.js',
      'dist',
      'temp',
    ],
    reporters: ['json', 'clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: false },
    jsonReporter: { fileName: output },
    tempDirName: join('temp', 'mutation', `sandbox-${name}`),
    concurrency: Number(process.env['MUTATION_CONCURRENCY'] ?? 2),
    timeoutMS: 10_000,
    // What runs once, when a file is loaded, would be tested by every spec, in a process of its own each.
    ignoreStatic: true,
  };
  const configFile = join(root, 'temp', 'mutation', `${name}.config.json`);
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  const stryker = join(here, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const { status } = spawnSync(process.execPath, [stryker, 'run', configFile], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`Stryker ended with ${String(status)}`);
  return JSON.parse(readFileSync(output, 'utf8')) as MutationReport;
}

/**
 * A file that has a spec of its own is tested by those that begin with the same word, which is quick, others by all of their folder, as a
 * whole folder is.
 */
function main(): void {
  mkdirSync(join(root, 'temp', 'mutation'), { recursive: true });
  const asked = process.argv.slice(2);
  if (asked.length === 0) asked.push('strategy', 'core', 'flow');
  for (const name of asked) {
    const [folder = '', file] = name.split('/');
    const hasOwn = file !== undefined && existsSync(join(root, 'spec', `${name}.spec.ts`));
    const specs = hasOwn ? `${file.split('-')[0] ?? ''}*` : '**/*';
    const mutate = file === undefined ? `${folder}/**/*` : name;
    const report = play(name.replaceAll('/', '-'), `${mutate}.ts`, `${folder}/${specs}.spec.ts`);
    for (const line of scoreLines(report)) console.log(line);
  }
}

main();
