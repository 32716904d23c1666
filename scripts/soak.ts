import { parseArgs } from 'node:util';

import { soakTable } from './guide/soak-table';
import type { PartResult, SoakPart } from './soak/part';
import { soakParts } from './soak/parts';
import { playPart } from './soak/play-part';
import { showProgress, thousands } from './soak/progress';

/*
 * Puts the promises of survival to the test at length: random walks with and without faults, fuzzed inputs, many walks at once
 * and many that are left. A line for each part; where one fails, what broke and the command that shows it again.
 *
 * --only PART   beginnings of names of parts; may be repeated
 * --runs N      in place of the counts of each part
 * --seed N      of everything random; another one each time by default
 * --path P      with one part: the one input that a failure named
 * --list        the parts as a Markdown table
 */
const { values: asked } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});
const seed = whole('--seed', asked.seed) ?? Math.floor(Math.random() * 2 ** 31);
const asManyRuns = whole('--runs', asked.runs);

async function main(): Promise<void> {
  const parts = soakParts.filter(({ name }) => isWanted(name));
  if (parts.length === 0) {
    throw new Error(`No part is called ${asked.only.join(' or ')}; --list shows them`);
  }
  let failed = 0;
  for (const part of parts) {
    const runs = asManyRuns ?? part.runs;
    const progress = showProgress(part.name, part.unit, runs);
    const result = await playPart(part, { runs, seed, path: asked.path }, progress.tell);
    console.log(resultLine(part, result, progress.end()));
    if (result.failure === undefined) continue;
    failed++;
    console.log(`${result.failure.report}\n\n  ${again(part, runs, result.failure.path)}\n`);
  }
  console.log(
    `${String(parts.length - failed)} passed, ${String(failed)} failed, seed ${String(seed)}`,
  );
  process.exitCode = failed > 0 ? 1 : 0;
}

/** A whole name, or the beginning of one up to a hyphen. */
function isWanted(name: string): boolean {
  return asked.only.length === 0 || asked.only.some((one) => `${name}-`.startsWith(`${one}-`));
}

function resultLine({ name, unit }: SoakPart, result: PartResult, elapsedMs: number): string {
  const counts = Object.entries(result.counts).map(
    ([outcome, count]) => `${typeof count === 'number' ? thousands(count) : count} ${outcome}`,
  );
  return [
    (result.failure === undefined ? 'pass' : 'FAIL').padEnd(5),
    name.padEnd(32),
    `${thousands(result.done)} ${unit} in ${(elapsedMs / 1000).toFixed(1)} s, seed ${String(seed)}: `,
    counts.join(', '),
  ].join('');
}

/** The shortest command that shows the failure again. */
function again({ name }: SoakPart, runs: number, path: string | undefined): string {
  const which = path === undefined ? ['--runs', String(runs)] : ['--path', path];
  return ['npm run soak -- --only', name, '--seed', String(seed), ...which].join(' ');
}

function whole(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new TypeError(`${option}: expected a whole number, got ${JSON.stringify(text)}`);
}

if (asked.list) console.log(soakTable());
else void main();
