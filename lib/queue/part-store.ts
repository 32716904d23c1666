import type { Claim, PartCheckpoint } from './claim';
import { claimOf } from './claim-row';
import type { PartError } from './export-status';
import { endIfComplete, type EndedExport } from './export-end';
import type { JobQueue } from './job-queue';
import type { Verdict } from './part-error';
import type { RowStatement } from './part-output';
import { refuseWrite } from './refuse-write';
import { SCHEMA } from './schema';
import type { Sql, SqlPool } from './sql-pool';

const PARTS = `${SCHEMA}.parts`;
const EXPORTS = `${SCHEMA}.exports`;

/** Who may still write: the holder of this very lease, within its time. Of the clock and not of the transaction's begin. */
const FENCE =
  "p.export = $1 and p.index = $2 and p.lease = $3 and p.state = 'running' and p.leased_until > clock_timestamp()";

/** Its checkpoint, under its lease, which begins anew. */
const CHECKPOINT = `update ${PARTS} p set rows = $4, pages = $5, bytes = $6, resume_token = $7, own = $8, tries = 1, deaths = 0,
   leased_until = clock_timestamp() + $9 * interval '1 ms', changed_at = now()
 from ${EXPORTS} e
 where ${FENCE} and p.pages = $5 - 1 and e.id = p.export and e.state = 'running' returning 1`;

/** Under a new lease; its values are the lease in milliseconds and the worker. */
const TAKEN = `state = 'running', lease = nextval('${SCHEMA}.leases'), leased_until = clock_timestamp() + $2 * interval '1 ms',
   worker = $3, tries = p.tries + 1, orphaned_at = null, started_at = coalesce(p.started_at, now()), changed_at = now()`;

/** Milliseconds that a part whose worker died waits for a worker with a free hand. */
const ORPHANED = 1000;

/** Deaths of workers weigh less than errors of the part: most are not its fault. */
const DEATHS = 4;

/** Claims, as statements take them. */
const HELD = 'unnest($1::text[], $2::int[], $3::bigint[]) as held (export, index, lease)';
const IS_HELD =
  "p.export = held.export and p.index = held.index and p.lease = held.lease and p.state = 'running'";

/** What is written about parts; each method is one transaction, refused where the lease is lost. */
export class PartStore {
  readonly #pool: SqlPool;
  readonly #jobs: JobQueue;
  readonly #lease: number;
  readonly #worker: string;

  /** @param lease milliseconds */
  constructor(pool: SqlPool, jobs: JobQueue, lease: number, worker: string) {
    this.#pool = pool;
    this.#jobs = jobs;
    this.#lease = lease;
    this.#worker = worker;
  }

  /** Takes parts off a queue, each under a new lease. */
  async claim(queue: string, count: number): Promise<readonly Claim[]> {
    return this.#pool.transaction(async (sql) => {
      const jobs = await this.#jobs.take(sql, queue, count);
      if (jobs.length === 0) return [];
      const names = jobs.map(({ job }) => job);
      const { rows } = await sql.query(
        `update ${PARTS} p set ${TAKEN}
         from ${EXPORTS} e
         where p.job = any($1::uuid[]) and p.state = 'waiting' and e.id = p.export and e.state = 'running'
         returning p.*, e.run, e.max_tries`,
        [names, this.#lease, this.#worker],
      );
      const claims = rows.map(claimOf).sort((a, b) => names.indexOf(a.job) - names.indexOf(b.job));
      // Of parts that were cancelled, or of an export that is no more.
      const stale = names.filter((name) => !claims.some(({ job }) => job === name));
      await this.#jobs.remove(sql, queue, stale);
      return claims;
    });
  }

  /**
   * Takes parts whose workers died and that nobody with a free hand has taken since. Their jobs stay in the queue, where whoever
   * is handed one finds nothing to take.
   */
  async adopt(queues: readonly string[], count: number): Promise<readonly Claim[]> {
    const { rows } = await this.#pool.query(
      `update ${PARTS} p set ${TAKEN}
       from ${EXPORTS} e
       where (p.export, p.index) in (
         select o.export, o.index from ${PARTS} o
         where o.state = 'waiting' and o.orphaned_at < clock_timestamp() - ${String(ORPHANED)} * interval '1 ms' and o.queue = any($1)
         order by o.orphaned_at limit $4 for update skip locked)
       and e.id = p.export and e.state = 'running'
       returning p.*, e.run, e.max_tries`,
      [queues, this.#lease, this.#worker, count],
    );
    return rows.map(claimOf);
  }

  /**
   * Stores a checkpoint, and with it whatever `write` writes: both or neither.
   * Called again after a connection broke it does nothing where the first call went through.
   *
   * @param write the rows, in a transaction or as one statement: that goes to the database and back once and not four times;
   *   nothing where they do not go into the database
   * @throws PaginationError `LEASE_LOST`, or `ABORTED` where the export was cancelled
   */
  async commit(
    claim: Claim,
    checkpoint: PartCheckpoint,
    write: ((sql: Sql) => Promise<void>) | RowStatement | undefined,
  ): Promise<void> {
    const { rows, pages, bytes, resumeToken, own } = checkpoint;
    const values = [
      ...[claim.export, claim.part, claim.lease, rows, pages, bytes ?? null],
      ...[resumeToken ?? null, own === undefined ? null : JSON.stringify(own), this.#lease],
    ];
    const refuse = (sql: Sql) =>
      refuseWrite(
        sql,
        claim,
        (found) => found['state'] === 'running' && Number(found['pages']) === pages,
      );
    if (typeof write !== 'function') {
      const insert = write?.text(values.length + 1, 'exists (select from held)');
      const { rows: written } = await this.#pool.repeated(
        insert === undefined
          ? CHECKPOINT
          : `with held as (${CHECKPOINT}), put as (${insert}) select 1 from held`,
        [...values, ...(write?.values ?? [])],
      );
      if (written.length === 0) await refuse(this.#pool);
      return;
    }
    await this.#pool.transaction(async (sql) => {
      const { rows: written } = await sql.query(CHECKPOINT, values);
      const started = performance.now();
      if (written.length > 0) await write(sql);
      else await refuse(sql);
      // Signs of life pass a part over while it is locked here.
      if (performance.now() - started > this.#lease / 3) await this.#extend(sql, claim);
    });
  }

  /** The part is whole. */
  async finish(claim: Claim, { bytes, own }: PartCheckpoint): Promise<EndedExport | undefined> {
    return this.#pool.transaction(async (sql) => {
      const { rows: written } = await sql.query(
        `update ${PARTS} p set state = 'done', bytes = $4, own = $5, job = null, leased_until = null,
           changed_at = now(), finished_at = now()
         from ${EXPORTS} e where ${FENCE} and e.id = p.export and e.state = 'running' returning 1`,
        [
          ...[claim.export, claim.part, claim.lease, bytes ?? null],
          own === undefined ? null : JSON.stringify(own),
        ],
      );
      if (written.length === 0) {
        await refuseWrite(sql, claim, (found) => found['state'] === 'done');
        return undefined;
      }
      await this.#jobs.complete(sql, claim.queue, [claim.job]);
      return endIfComplete(sql, claim.export, 'done');
    });
  }

  /** Notes what was found out about a part that goes on. */
  async note(claim: Claim, error: PartError): Promise<void> {
    await this.#pool.query(`update ${PARTS} p set error = $4 where ${FENCE}`, [
      claim.export,
      claim.part,
      claim.lease,
      JSON.stringify(error),
    ]);
  }

  /** The part failed: it waits for its next try, or is set aside. */
  async fail(
    claim: Claim,
    { error, setAside, wait, counts }: Verdict,
  ): Promise<EndedExport | undefined> {
    return this.#pool.transaction(async (sql) => {
      const { rows } = await sql.query(
        `update ${PARTS} p set error = $4, changed_at = now() where ${FENCE} returning 1`,
        [claim.export, claim.part, claim.lease, JSON.stringify(error)],
      );
      if (rows.length === 0) {
        await refuseWrite(sql, claim, () => false);
        return undefined;
      }
      if (!setAside) {
        if (!counts) await this.#uncount(sql, claim);
        await this.#putBack(sql, claim, wait);
        return undefined;
      }
      await this.#setState(sql, claim, 'failed');
      return endIfComplete(sql, claim.export, 'failed');
    });
  }

  /** Gives a part back that was left in mid-work, which is no try; where its lease is lost there is nothing to give. */
  async release(claim: Claim): Promise<'given back' | 'cancelled' | 'lost'> {
    return this.#pool.transaction(async (sql) => {
      const { rows } = await sql.query(
        `select e.state from ${PARTS} p join ${EXPORTS} e on e.id = p.export where ${FENCE} for update of p`,
        [claim.export, claim.part, claim.lease],
      );
      if (rows.length === 0) return 'lost';
      if (rows[0]?.['state'] !== 'running') {
        await this.#setState(sql, claim, 'cancelled');
        return 'cancelled';
      }
      await this.#uncount(sql, claim);
      await this.#putBack(sql, claim, 0);
      return 'given back';
    });
  }

  /**
   * Signs of life; those that are no longer the worker's are returned. A part that is being committed is passed over, for its
   * commit is one, and who waited for it would let the others run out.
   */
  async renew(claims: readonly Claim[]): Promise<readonly Claim[]> {
    if (claims.length === 0) return [];
    const held = [
      ...[claims.map((claim) => claim.export), claims.map(({ part }) => part)],
      claims.map(({ lease }) => lease),
    ];
    await this.#pool.query(
      `update ${PARTS} set leased_until = clock_timestamp() + $4 * interval '1 ms'
       where (export, index) in (
         select p.export, p.index from ${PARTS} p join ${HELD} on ${IS_HELD}
         where p.leased_until > clock_timestamp() for update of p skip locked)`,
      [...held, this.#lease],
    );
    const { rows } = await this.#pool.query(
      `select p.export, p.index from ${PARTS} p join ${HELD} on ${IS_HELD} join ${EXPORTS} e on e.id = p.export
       where e.state = 'running'`,
      held,
    );
    const kept = new Set(rows.map((row) => `${String(row['index'])} ${String(row['export'])}`));
    return claims.filter((claim) => !kept.has(`${String(claim.part)} ${claim.export}`));
  }

  /** Puts parts back whose worker was not heard of within its lease; sets those aside that were begun too often. */
  async free(): Promise<{
    readonly freed: readonly Claim[];
    readonly ended: readonly EndedExport[];
  }> {
    return this.#pool.transaction(async (sql) => {
      const { rows } = await sql.query(
        `select p.*, e.run, e.max_tries, e.state as export_state from ${PARTS} p join ${EXPORTS} e on e.id = p.export
         where p.state = 'running' and p.leased_until < clock_timestamp()
         order by p.leased_until limit 100 for update of p skip locked`,
      );
      const freed: Claim[] = [];
      const ended: EndedExport[] = [];
      for (const row of rows) {
        const claim = claimOf(row);
        if (row['export_state'] !== 'running') {
          await this.#setState(sql, claim, 'cancelled');
        } else if (claim.deaths + 1 >= DEATHS * claim.maxTries) {
          await sql.query(`update ${PARTS} set error = $3 where export = $1 and index = $2`, [
            ...[claim.export, claim.part],
            JSON.stringify(gone(claim)),
          ]);
          await this.#setState(sql, claim, 'failed');
          const end = await endIfComplete(sql, claim.export, 'failed');
          if (end !== undefined) ended.push(end);
        } else {
          await this.#uncount(sql, claim);
          await sql.query(
            `update ${PARTS} set deaths = deaths + 1, orphaned_at = clock_timestamp() where export = $1 and index = $2`,
            [claim.export, claim.part],
          );
          await this.#putBack(sql, claim, 0);
          freed.push(claim);
        }
      }
      return { freed, ended };
    });
  }

  async #extend(sql: Sql, { export: id, part }: Claim): Promise<void> {
    await sql.query(
      `update ${PARTS} set leased_until = clock_timestamp() + $3 * interval '1 ms' where export = $1 and index = $2`,
      [id, part, this.#lease],
    );
  }

  async #uncount(sql: Sql, { export: id, part }: Claim): Promise<void> {
    await sql.query(
      `update ${PARTS} set tries = greatest(tries - 1, 0) where export = $1 and index = $2`,
      [id, part],
    );
  }

  async #putBack(sql: Sql, { export: id, part, queue, job }: Claim, wait: number): Promise<void> {
    const [name = ''] = this.#jobs.names(1);
    await sql.query(
      `update ${PARTS} set state = 'waiting', job = $3, leased_until = null, changed_at = now() where export = $1 and index = $2`,
      [id, part, name],
    );
    await this.#jobs.remove(sql, queue, [job]);
    // What was begun is gone on with before anything else is begun.
    const jobs = [{ job: name, export: id, part }];
    await this.#jobs.put(sql, queue, jobs, { wait, isFirst: wait === 0 });
  }

  async #setState(sql: Sql, claim: Claim, state: 'failed' | 'cancelled'): Promise<void> {
    await sql.query(
      `update ${PARTS} set state = $3, job = null, leased_until = null, changed_at = now(), finished_at = now()
       where export = $1 and index = $2`,
      [claim.export, claim.part, state],
    );
    await this.#jobs.complete(sql, claim.queue, [claim.job]);
  }
}

function gone({ deaths }: Claim): PartError {
  return {
    code: 'LEASE_LOST',
    message: `Its worker was not heard of within its lease, ${String(deaths + 1)} times without a page`,
  };
}
