import type { Claim, PartCheckpoint } from './claim';
import type { PartError } from './export-status';
import { endIfComplete, type EndedExport } from './export-end';
import type { JobQueue } from './job-queue';
import type { Verdict } from './part-error';
import type { RowStatement } from './part-output';
import { EXPORTS, PARTS, putBack, setState, uncount } from './part-row';
import { refuseWrite } from './refuse-write';
import type { Sql, SqlPool } from './sql-pool';

/** Who may still write: the holder of this very lease, within its time. Of the clock and not of the transaction's begin. */
const FENCE =
  "p.export = $1 and p.index = $2 and p.lease = $3 and p.state = 'running' and p.leased_until > clock_timestamp()";

/** Its checkpoint, under its lease, which begins anew. */
const CHECKPOINT = `update ${PARTS} p set rows = $4, pages = $5, bytes = $6, resume_token = $7, own = $8, tries = 1, deaths = 0,
   leased_until = clock_timestamp() + $9 * interval '1 ms', changed_at = now()
 from ${EXPORTS} e
 where ${FENCE} and p.pages = $5 - 1 and e.id = p.export and e.state = 'running' returning 1`;

/** What is written about a part by who holds it; each method is one transaction, refused where the lease is lost. */
export class PartStore {
  readonly #pool: SqlPool;
  readonly #jobs: JobQueue;
  readonly #lease: number;

  /** @param lease milliseconds */
  constructor(pool: SqlPool, jobs: JobQueue, lease: number) {
    this.#pool = pool;
    this.#jobs = jobs;
    this.#lease = lease;
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
        if (!counts) await uncount(sql, claim);
        await putBack(sql, this.#jobs, claim, wait);
        return undefined;
      }
      await setState(sql, this.#jobs, claim, 'failed');
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
        await setState(sql, this.#jobs, claim, 'cancelled');
        // It may be going on again with others of its parts.
        await endIfComplete(sql, claim.export, 'cancelled');
        return 'cancelled';
      }
      await uncount(sql, claim);
      await putBack(sql, this.#jobs, claim, 0);
      return 'given back';
    });
  }

  async #extend(sql: Sql, { export: id, part }: Claim): Promise<void> {
    await sql.query(
      `update ${PARTS} set leased_until = clock_timestamp() + $3 * interval '1 ms' where export = $1 and index = $2`,
      [id, part, this.#lease],
    );
  }
}
