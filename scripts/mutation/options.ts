import { join, relative } from 'node:path';

import jestConfig from '../../jest.config';
import { root } from '../entries';

const here = __dirname;

/** Whose specs are asked about the files of a folder. */
const specFolders: Readonly<Record<string, readonly string[]>> = {
  strategy: ['strategy'],
  core: ['core', 'flow', 'laws'],
  flow: ['flow', 'laws', 'core'],
};

/** Take long, or measure time and memory, which a changed file alters anyhow, or need a server of their own. */
const leftOut = [
  ...['million-pages', 'growth', 'fuzz', 'troubled-walks', 'loops', 'cursor-bytes', 'signal'],
  ...['resume', 'many-keys'],
];

/** What Stryker is told (https://stryker-mutator.io/docs/stryker-js/configuration). */
export function strykerOptions(files: readonly string[], resultsFile: string) {
  return {
    plugins: [join(here, 'node_modules/@stryker-mutator/jest-runner/dist/src/index.js')],
    testRunner: 'jest',
    coverageAnalysis: 'perTest',
    mutate: files,
    // Keeps the results of other files, and of changes that the specs of an earlier run noticed.
    incremental: true,
    incrementalFile: relative(root, resultsFile),
    jest: { projectType: 'custom', config: jestOptions(files), enableFindRelatedTests: false },
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
    reporters: ['progress-append-only'],
    tempDirName: join('temp', 'mutation', 'sandbox'),
    concurrency: Number(process.env['MUTATION_CONCURRENCY'] ?? 2),
    // The factor is small because of all the tests that run a place only the quickest are asked.
    // On a machine that has other things to do.
    dryRunTimeoutMinutes: 20,
    timeoutMS: 8_000,
    timeoutFactor: 0.2,
    // What runs once, when a file is loaded, would be tested by every spec, in a process of its own each.
    ignoreStatic: true,
  };
}

function jestOptions(files: readonly string[]) {
  const folders = new Set(files.flatMap((file) => specFolders[file.split('/')[1] ?? ''] ?? []));
  return {
    ...jestConfig,
    testMatch: [...folders].map((folder) => `<rootDir>/spec/${folder}/*.spec.ts`),
    testPathIgnorePatterns: leftOut.map((name) => `/${name}\\.spec\\.ts$`),
    moduleNameMapper: {
      ...jestConfig.moduleNameMapper,
      '^fast-check$': join(here, 'fewer-runs.ts'),
    },
    testSequencer: join(here, 'nearest-specs.js'),
    runner: join(here, 'stop-at-failure.js'),
    testEnvironment: join(here, 'skip-after-failure.js'),
    // Looked for anew before every run.
    watchman: false,
    // A change may make a walk wait for ever.
    testTimeout: 5_000,
    maxWorkers: 1,
  };
}
