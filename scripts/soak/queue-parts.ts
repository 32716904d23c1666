import {
  isPostgresThere,
  noPostgres,
  type PostgresEngine,
} from '../../spec/support/postgres-server';

import type { SoakPart } from './part';
import type { TortureKind } from './torture-list';
import { TORTURE, tortureQueue } from './torture-queue';

/** Exports by many worker processes that are killed again and again, on both engines. */
export const queueParts: readonly SoakPart[] = [
  queuePart('system', 'number'),
  queuePart('embedded', 'offset'),
];

function queuePart(engine: PostgresEngine, by: TortureKind): SoakPart {
  const { workers, every, cuts } = TORTURE;
  const database = engine === 'system' ? "the system's PostgreSQL" : 'the embedded PostgreSQL';
  return {
    name: `queue-${engine}`,
    title: `an export of ranges by ${by === 'number' ? 'page number' : by}, with ${String(workers)} workers on ${database}, one of them killed every ${String(every / 1000)} s, all connections cut ${String(cuts)} times, the database killed once: every row once and in order, a part goes on within its lease + 5 s`,
    unit: 'parts',
    runs: TORTURE.parts,
    play: async ({ runs, tell }) => {
      // The embedded one comes with the development dependencies; the system's is not everywhere.
      if (engine === 'system' && !isPostgresThere(engine))
        return { done: 0, counts: {}, skipped: noPostgres(engine) };
      const report = await tortureQueue({ ...TORTURE, engine, by, parts: runs, tell });
      const counts = {
        kills: report.kills,
        'parts in mid-work by them': report.waits,
        'ms until the last went on at most': report.slowestMs,
        'pages again': report.pagesAgain,
        disturbances: report.disturbances.length,
      };
      const failure = report.wrong.length === 0 ? undefined : { report: report.wrong.join('\n') };
      return { done: runs, counts, failure };
    },
  };
}
