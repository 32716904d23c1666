'use strict';

const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const { default: Sequencer } = require('@jest/test-sequencer');

const { namedBy } = require('./named-tests');

/**
 * The tests of each spec file and how long each took, in milliseconds.
 *
 * @typedef {Record<string, Record<string, number>>} Times
 * @typedef {Parameters<Sequencer['sort']>[0][number]} Spec
 */

/** What loading a spec file takes, in milliseconds. */
const LOADING = 150;

/** How long specs that are not the file's own may take for one change, in milliseconds, by the times of the first run. */
const BUDGET = Number(process.env['MUTATION_BUDGET'] ?? 1_500);

const timesFile = process.env['MUTATION_TIMES'] ?? path.join('temp', 'mutation', 'times.json');
const changedFiles = process.env['MUTATION_FILES']?.split(',') ?? [];

const change = () => process.env['__STRYKER_ACTIVE_MUTANT__'];

/**
 * Stryker knows which tests run a changed place, and gives jest their names, for which jest would load every spec file there is. The run
 * before all changes writes down which file holds which test; of these a file's own specs are run first, and then the quickest.
 */
class NearestSpecs extends Sequencer {
  /** @param {ConstructorParameters<typeof Sequencer>[0]} options */
  constructor(options) {
    super(options);
    this.isNamed = namedBy(options.globalConfig.testNamePattern);
  }

  /**
   * @param {Spec[]} specs
   * @override
   */
  sort(specs) {
    const changed = fileOf(change(), specs[0]);
    if (changed === undefined) return [...specs];
    const times = readTimes();
    const covering = specs.flatMap((spec) => {
      const tests = Object.entries(times[nameOf(spec)] ?? {});
      const named = tests.filter(([name]) => this.isNamed(name));
      const time = named.reduce((sum, [, one]) => sum + one, LOADING);
      return named.length === 0 ? [] : [{ spec, time, isOwn: isOwn(spec, changed) }];
    });
    covering.sort((one, other) => Number(other.isOwn) - Number(one.isOwn) || one.time - other.time);
    let spent = 0;
    const chosen = covering.filter(({ time, isOwn }, at) => {
      if (!isOwn) spent += time;
      return isOwn || at === 0 || spent <= BUDGET;
    });
    return chosen.map(({ spec }) => spec);
  }

  /**
   * @param {Spec[]} specs
   * @param {Parameters<Sequencer['cacheResults']>[1]} results
   * @override
   */
  cacheResults(specs, results) {
    if (change() !== undefined) return;
    const byPath = new Map(results.testResults.map((result) => [result.testFilePath, result]));
    const times = specs.map((spec) => {
      const tests = byPath.get(spec.path)?.testResults ?? [];
      return [
        nameOf(spec),
        Object.fromEntries(tests.map(({ fullName, duration }) => [fullName, duration ?? 0])),
      ];
    });
    mkdirSync(path.dirname(timesFile), { recursive: true });
    writeFileSync(timesFile, JSON.stringify(Object.fromEntries(times)));
  }
}

/** @returns {Times} */
function readTimes() {
  /** @type {unknown} */
  const times = JSON.parse(readFileSync(timesFile, 'utf8'));
  return isTimes(times) ? times : {};
}

/**
 * Written by the same run.
 *
 * @param {unknown} value
 * @returns {value is Times}
 */
function isTimes(value) {
  return typeof value === 'object' && value !== null;
}

/** @param {Spec} spec */
function nameOf(spec) {
  return path.relative(spec.context.config.rootDir, spec.path);
}

/**
 * Specs that tell of a file under another name.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const TOLD_BY = {
  anchored: ['page-size-resume', 'signed-links'],
  continuation: ['overlap', 'several-strategies'],
  'fresh-items': ['keys'],
  page: ['drift', 'keys', 'page-face', 'page-steps'],
  'page-attempt': ['concurrency', 'exchange', 'keys', 'loaded-strategy', 'page-fetch', 'redirects'],
  'page-fetch': ['concurrency', 'page-size-trouble', 'rate-limit-wait', 'retry'],
  'page-flow': ['caps', 'concurrency', 'demand', 'early-exit', 'endings', 'paced-by'],
  'page-kinds': ['page-face'],
  'page-reader': ['drift', 'found-items', 'on-repeat', 'overlap'],
  'page-ring': ['concurrency'],
  'page-walk': ['caps', 'deadline', 'early-exit', 'keys', 'step-fetches', 'walk-log'],
  'pick-items': ['keys', 'overlap'],
  redirect: ['redirects'],
  'repeat-policy': ['on-repeat'],
  'step-fetches': ['keys', 'loaded-strategy'],
  'step-passing': ['page-size-resume'],
  'step-requests': ['allowed-origins', 'limits', 'on-repeat'],
  walk: ['consume', 'deadline', 'demand-iterator', 'early-exit', 'walk-log'],
};

/**
 * `spec/core/demand-iterator.spec.ts` and `spec/core/demand.spec.ts` are both of `lib/core/demand-iterator.ts`, and
 * `spec/laws/resume-token.spec.ts` is of `lib/core/resume-token.ts`.
 *
 * @param {Spec} spec
 * @param {string} file
 */
function isOwn(spec, file) {
  const name = path.basename(spec.path, '.spec.ts');
  const own = path.basename(file, '.ts');
  // `page-size` is no part of `page`.
  const isPart = own.includes('-') && name.startsWith(`${own}-`);
  const isNamed = name === own || isPart || name === own.split('-')[0];
  return isNamed || TOLD_BY[own]?.includes(name) === true;
}

/** @type {Map<string, string>} */
const files = new Map();

/**
 * The file that holds a change: Stryker asks for each by its number, in the file itself.
 *
 * @param {string | undefined} number
 * @param {Spec | undefined} spec
 */
function fileOf(number, spec) {
  if (number === undefined || spec === undefined) return undefined;
  if (files.size === 0) {
    for (const file of changedFiles) {
      const text = readFileSync(path.join(spec.context.config.rootDir, file), 'utf8');
      for (const [, one = ''] of text.matchAll(/stryMutAct_\w+\("(\d+)"\)/g)) files.set(one, file);
    }
  }
  return files.get(number);
}

module.exports = NearestSpecs;
