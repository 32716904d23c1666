import type { Claim } from './claim';
import { claimOf } from './claim-row';
import { endIfComplete, type EndedExport } from './export-end';
import type { JobQueue } from './job-queue';
import type { PartError } from './export-status';
import { EXPORTS, PARTS, putBack, setState, uncount } from './part-row';
import { SCHEMA } from './schema';
import type { SqlPool } from './sql-pool';

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

/** Who has which part: a worker takes them, keeps them by signs of life, and takes over those of the dead. */
export class PartLeases {
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
          await setState(sql, this.#jobs, claim, 'cancelled');
          const end = await endIfComplete(sql, claim.export, 'cancelled');
          if (end !== undefined) ended.push(end);
        } else if (claim.deaths + 1 >= DEATHS * claim.maxTries) {
          await sql.query(`update ${PARTS} set error = $3 where export = $1 and index = $2`, [
            ...[claim.export, claim.part],
            JSON.stringify(gone(claim)),
          ]);
          await setState(sql, this.#jobs, claim, 'failed');
          const end = await endIfComplete(sql, claim.export, 'failed');
          if (end !== undefined) ended.push(end);
        } else {
          await uncount(sql, claim);
          await sql.query(
            `update ${PARTS} set deaths = deaths + 1, orphaned_at = clock_timestamp() where export = $1 and index = $2`,
            [claim.export, claim.part],
          );
          await putBack(sql, this.#jobs, claim, 0);
          freed.push(claim);
        }
      }
      return { freed, ended };
    });
  }
}

function gone({ deaths }: Claim): PartError {
  return {
    code: 'LEASE_LOST',
    message: `Its worker was not heard of within its lease, ${String(deaths + 1)} times without a page`,
  };
}
