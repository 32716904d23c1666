import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../entries';

import { filesOf } from './files';
import { strykerOptions } from './options';
import { scoresOf, type MutationReport } from './score';
import { survivorLines } from './survivors';
import { scoreTable, writeTable } from './table';

/*
 * `npm run mutation -- strategy core/page flow/drift`: changes the files and folders of lib/ that are named (without names: what is not
 * measured yet) in one place at a time, and prints which changes no spec notices. Results are kept in temp/mutation, so a second run asks
 * only about changes that nothing had noticed and that new specs run. `--write` puts all that are kept into docs/mutation.md, `--survivors`
 * prints the survivors of the names without a run. `npm ci --prefix scripts/mutation` installs what it needs. Not part of `npm test`.
 */
const folder = join(root, 'temp', 'mutation');
const resultsFile = join(folder, 'results.json');

function play(files: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const optionsFile = join(folder, 'options.json');
  writeFileSync(optionsFile, JSON.stringify(strykerOptions(files, resultsFile), null, 2));
  rmSync(join(folder, 'sandbox'), { recursive: true, force: true });
  const stryker = join(__dirname, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  // A long run that leaves the machine to others.
  const { status } = spawnSync(
    'nice',
    ['-n', '15', process.execPath, stryker, 'run', optionsFile],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        MUTATION_TIMES: join(folder, 'times.json'),
        MUTATION_FILES: files.join(','),
        FUZZ_RUNS: '30',
      },
    },
  );
  if (status !== 0) throw new Error(`Stryker ended with ${String(status)}`);
}

function results(): MutationReport {
  if (!existsSync(resultsFile)) return { files: {} };
  return JSON.parse(readFileSync(resultsFile, 'utf8')) as MutationReport;
}

function main(): void {
  const words = process.argv.slice(2);
  const flags = words.filter((word) => word.startsWith('--'));
  const names = words.filter((word) => !word.startsWith('--'));
  const measured = new Set(Object.keys(results().files));
  const files =
    names.length > 0 ? filesOf(names) : filesOf([]).filter((file) => !measured.has(file));
  if (flags.includes('--survivors')) {
    for (const line of survivorLines(results(), filesOf(names))) console.log(line);
    return;
  }
  if (!flags.includes('--write') || names.length > 0) play(files);
  const scores = scoresOf(results());
  for (const line of scoreTable(scores.filter(({ file }) => files.includes(file))))
    console.log(line);
  if (flags.includes('--write')) writeTable(scores);
}

main();
