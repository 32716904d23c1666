import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { ConstructorOptions, PgBoss } from 'pg-boss';

import { importPeer } from '../export/import-peer';

import type { Sql, SqlPool } from './sql-pool';

/** Of pg-boss, apart from everybody else's. */
const JOB_SCHEMA = 'paged_observable_jobs';
/** Of the advisory lock under which that is made. */
const LOCK = [0x706167, 0x65642f] as const;
/** Jobs in one statement. */
const BATCH = 5000;
/** A job that waits is kept for as long as its part does: 50 years, in seconds. */
const FOR_EVER = 1_577_000_000;
/** A job that is done, for who looks at it with the tools of pg-boss: a day, in seconds. */
const DAY = 86_400;

/** Loads the package `pg-boss`; this is the one file that imports it. */
export function loadBoss() {
  return importPeer('pg-boss', () => import('pg-boss'));
}

/** One part, as the queue hands it out. */
export interface PartJob {
  readonly job: string;
  readonly export: string;
  readonly part: number;
}

interface PutOptions {
  /** Milliseconds until they may be taken. */
  readonly wait?: number | undefined;
  /** Before those that wait already. */
  readonly isFirst?: boolean | undefined;
}

/**
 * Parts that wait for a worker, in pg-boss. Whatever is done with a job is done in the caller's transaction, together with
 * what is written about its part, so that the two never say different things. Leases are not its business: a job that was
 * taken stays taken until it is put back.
 */
export class JobQueue {
  readonly #boss: PgBoss;
  readonly #within: AsyncLocalStorage<Sql>;
  readonly #known = new Set<string>();

  private constructor(boss: PgBoss, within: AsyncLocalStorage<Sql>) {
    this.#boss = boss;
    this.#within = within;
  }

  /** @param watch told what pg-boss meets in the background */
  static async open(pool: SqlPool, watch: (error: unknown) => void): Promise<JobQueue> {
    const { PgBoss } = await loadBoss();
    // What pg-boss looks up for itself in the middle of a transaction goes through the connection of that one: if it took a second
    // one of the pool, as many transactions as there are connections would wait for each other without end.
    const within = new AsyncLocalStorage<Sql>();
    const db = dbOf({ query: (text, values) => (within.getStore() ?? pool).query(text, values) });
    const options: ConstructorOptions = { db, schema: JOB_SCHEMA, schedule: false };
    const boss = new PgBoss(options);
    boss.on('error', watch);
    if (await isMade(pool)) await boss.start();
    else {
      // pg-boss makes its schema in the way of others who do so; this transaction only holds the lock.
      await pool.transaction(async (sql) => {
        await sql.query('select pg_advisory_xact_lock($1, $2)', LOCK);
        await sql.query('set local idle_in_transaction_session_timeout = 0');
        await boss.start();
      });
    }
    return new JobQueue(boss, within);
  }

  /** Where parts wait for a worker that has all these; made where there is none. Not for the middle of a transaction. */
  async ensure(queue: string): Promise<void> {
    if (this.#known.has(queue)) return;
    await this.#boss.createQueue(queue, {
      retryLimit: 0,
      retentionSeconds: FOR_EVER,
      expireInSeconds: DAY,
      deleteAfterSeconds: DAY,
    });
    this.#known.add(queue);
  }

  /** Names for the jobs of parts that are about to be put; pg-boss hands out those of one moment in the order of their names. */
  names(count: number): readonly string[] {
    const stem = randomUUID().slice(0, -12);
    return Array.from({ length: count }, (_, at) => stem + at.toString(16).padStart(12, '0'));
  }

  async put(
    sql: Sql,
    queue: string,
    jobs: readonly PartJob[],
    { wait = 0, isFirst = false }: PutOptions = {},
  ): Promise<void> {
    for (let at = 0; at < jobs.length; at += BATCH) {
      const batch = jobs.slice(at, at + BATCH).map(({ job: id, ...data }) => ({
        id,
        data,
        ...(isFirst && { priority: 1 }),
        // Seconds by the clock of the database.
        ...(wait > 0 && { startAfter: wait / 1000 }),
      }));
      await this.#within.run(sql, () => this.#boss.insert(queue, batch, { db: dbOf(sql) }));
    }
  }

  /** Takes jobs in the order in which they were put, those first that were put so. */
  async take(sql: Sql, queue: string, count: number): Promise<readonly PartJob[]> {
    const options = { batchSize: count, db: dbOf(sql) };
    const jobs = await this.#within.run(sql, () =>
      this.#boss.fetch<Omit<PartJob, 'job'>>(queue, options),
    );
    return jobs.map(({ id, data }) => ({ job: id, export: data.export, part: data.part }));
  }

  async complete(sql: Sql, queue: string, jobs: readonly string[]): Promise<void> {
    if (jobs.length === 0) return;
    const options = { db: dbOf(sql), includeQueued: true };
    await this.#within.run(sql, () => this.#boss.complete(queue, [...jobs], null, options));
  }

  async remove(sql: Sql, queue: string, jobs: readonly string[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.#within.run(sql, () => this.#boss.deleteJob(queue, [...jobs], { db: dbOf(sql) }));
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

async function isMade(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query(
    "select 1 from pg_catalog.pg_tables where schemaname = $1 and tablename = 'version'",
    [JOB_SCHEMA],
  );
  return rows.length > 0;
}

function dbOf(sql: Sql) {
  return {
    executeSql: async (text: string, values?: unknown[]) => {
      const { rows } = await sql.query(text, values);
      return { rows: [...rows] };
    },
  };
}
