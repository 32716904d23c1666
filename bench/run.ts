import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { version } from '../package.json';
import { root } from '../scripts/entries';
import { run } from '../scripts/run';

import { keep, writeClaims } from './claims';
import { versionsSeen } from './contestant';
import { ContestantProcess } from './contestant-process';
import type { Findings, Results, Scale } from './figures';
import { goalsOf, sourceOf, tablesOf } from './markdown';
import { exportTable } from './tables/export';
import { httpTable } from './tables/http';
import { itemTables } from './tables/items';
import { memoryTables } from './tables/memory';
import { operatorTable } from './tables/operators';
import { overlapTable } from './tables/overlap';
import { parallelTable } from './tables/parallel';

/*
 * Measures this library beside what people use, and prints Markdown tables.
 *
 * `--only items,http`  these parts only        `--rounds 9`  how often (7)
 * `--quick`  once and small: only whether everything runs and every item comes
 * `--keep`   writes the figures to bench/results.json, README.md and docs/
 * `--write`  measures nothing; writes the kept figures into the documents again
 * `--built`  takes dist/ as it is
 */
const parts: Readonly<Record<string, (scale: Scale) => Promise<Findings>>> = {
  items: itemTables,
  operators: operatorTable,
  http: httpTable,
  overlap: overlapTable,
  parallel: parallelTable,
  memory: memoryTables,
  export: exportTable,
};

const { values: given } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    quick: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
  },
});

async function measure(): Promise<Results> {
  const { quick } = given;
  const scale = { quick, rounds: quick ? 1 : Number(given.rounds) };
  const names = given.only?.split(',') ?? Object.keys(parts);
  const chosen = names.map((name) => {
    const part = parts[name];
    if (part !== undefined) return part;
    throw new Error(`No part '${name}'; there are ${Object.keys(parts).join(', ')}`);
  });
  const findings: Findings[] = [];
  // Only where nothing is measured may they disturb one another.
  if (quick) findings.push(...(await Promise.all(chosen.map((part) => part(scale)))));
  else for (const part of chosen) findings.push(await part(scale));
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    rounds: scale.rounds,
    versions: [`paged-observable ${version}`, ...versionsSeen()],
    tables: findings.flatMap(({ tables }) => tables),
    goals: findings.flatMap(({ goals }) => goals),
  };
}

async function main(): Promise<void> {
  if (given.write) {
    writeClaims();
    return;
  }
  if (!existsSync(join(root, 'bench', 'peers', 'node_modules'))) {
    console.log('Nothing was run. Install the others first: npm ci --prefix bench/peers');
    process.exitCode = given.quick ? 0 : 1;
    return;
  }
  if (!given.built) run('npm', ['run', 'build']);
  try {
    const results = await measure();
    if (given.quick) {
      console.log(`${String(results.tables.length)} tables: everything runs, every item came`);
      return;
    }
    console.log([tablesOf(results), goalsOf(results), sourceOf(results)].join('\n\n'));
    if (given.keep) keep(results);
  } finally {
    ContestantProcess.stopAll();
  }
}

void main();
