import { parseArgs } from 'node:util';

import { soakTable } from './guide/soak-table';
import { soakParts } from './soak/parts';
import { playPart } from './soak/play-part';
import { runSoak } from './soak/run-soak';

/*
 * Puts the promises of survival to the test at length: random walks with and without faults, fuzzed inputs, many walks at once
 * and many that are left. A line for each part; where one fails, what broke and the command that shows it again.
 *
 * --only PART   beginnings of names of parts; may be repeated
 * --runs N      in place of the numbers of the parts
 * --seed N      of everything random; another one each time by default
 * --path P      with one part: the one input that a failure named
 * --list        the parts as a Markdown table
 *
 * A part that cannot be played for want of something is skipped, and fails with CI=true.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const seed = whole('--seed', values.seed) ?? Math.floor(Math.random() * 2 ** 31);
  const order = {
    ...{ only: values.only, runs: whole('--runs', values.runs), seed, path: values.path },
    needsAll: process.env['CI'] === 'true',
  };
  const failed = await runSoak(soakParts, order, playPart, (line) => {
    console.log(line);
  });
  process.exitCode = failed > 0 ? 1 : 0;
}

function whole(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new TypeError(`${option}: expected a whole number, got ${JSON.stringify(text)}`);
}

if (values.list) console.log(soakTable());
else void main();
