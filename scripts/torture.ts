import { parseArgs } from 'node:util';

import { exportParts } from './soak/export-parts';
import { playPart } from './soak/play-part';
import { runSoak } from './soak/run-soak';

/*
 * The parts of the soak that are about exports, each as often as you like: kills of exports into NDJSON, CSV and PostgreSQL,
 * and rows into a slow sink, a second for every thousand. A figure of 0 leaves its part out.
 * `npm run torture -- --ndjson 500 --csv 200 --postgres 200 --rows 1000000 --seed 1`
 */
const { values } = parseArgs({
  options: {
    ndjson: { type: 'string' },
    csv: { type: 'string' },
    postgres: { type: 'string' },
    rows: { type: 'string' },
    seed: { type: 'string' },
  },
});

async function main(): Promise<void> {
  const { ndjson, csv, postgres, rows } = values;
  const given = new Map([
    ['kills-ndjson', ndjson],
    ['kills-csv', csv],
    ['kills-postgres', postgres],
    ['slow-sink', rows],
  ]);
  const parts = exportParts
    .map((part) => ({ ...part, runs: Number(given.get(part.name) ?? part.runs) }))
    .filter(({ runs }) => runs !== 0);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const failed = await runSoak(parts, { only: [], seed }, playPart, (line) => {
    console.log(line);
  });
  process.exitCode = failed > 0 ? 1 : 0;
}

void main();
