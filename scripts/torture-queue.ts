import { parseArgs } from 'node:util';

import { isPostgresEngine } from '../spec/support/postgres-server';

import { showProgress } from './soak/progress';
import { isTortureKind, TORTURE_KINDS } from './soak/torture-list';
import { TORTURE, tortureQueue } from './soak/torture-queue';

/*
 * The parts of the soak that are about the queue, with figures of your own:
 * `npm run torture:queue -- --engine embedded --by offset --workers 8 --parts 1000 --pages 10 --every 2000 --cuts 3`.
 * Without `--engine` on whichever PostgreSQL there is, the system's first. Exit code 1 where a row is lost or comes twice, or a
 * part waited longer than its lease and 5 s.
 */
const { values } = parseArgs({
  options: {
    /** `system` or `embedded`. */
    engine: { type: 'string' },
    /** `number` or `offset` (ranges of one list), `tenants` (filters of a list by cursor) or `lists` (ten ranges of each). */
    by: { type: 'string', default: TORTURE.by },
    workers: { type: 'string' },
    parts: { type: 'string' },
    /** Of each part. */
    pages: { type: 'string' },
    /** Milliseconds between two kills, of a reply, and of a lease. */
    every: { type: 'string' },
    latency: { type: 'string' },
    lease: { type: 'string' },
    /** How often connections are cut. */
    cuts: { type: 'string' },
  },
});

async function main(): Promise<void> {
  const { engine, by, ...given } = values;
  if (engine !== undefined && !isPostgresEngine(engine))
    throw new TypeError(`--engine: expected system or embedded, got ${JSON.stringify(engine)}`);
  if (!isTortureKind(by))
    throw new TypeError(`--by: expected ${TORTURE_KINDS.join(', ')}, got ${JSON.stringify(by)}`);
  const figures = Object.entries(given).map(([name, text]) => [name, Number(text)] as const);
  const order = { ...TORTURE, ...Object.fromEntries(figures), engine, by };
  const progress = showProgress('queue', 'parts', order.parts);
  const report = await tortureQueue({ ...order, tell: progress.tell });
  progress.end();
  const { rows, seconds, kills, waits, slowestMs, pagesAgain, disturbances, wrong } = report;
  const said = [
    `${String(rows)} rows in ${seconds.toFixed(1)} s; ${String(pagesAgain)} pages asked for again`,
    `${String(kills)} kills; ${String(waits)} parts in mid-work went on after at most ${String(slowestMs)} ms`,
    `besides: ${disturbances.join(', ') || 'nothing'}`,
    ...wrong.map((one) => `FAIL  ${one}`),
  ];
  console.log(said.join('\n'));
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
