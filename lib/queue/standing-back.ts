import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';

/** Milliseconds for which a queue is left to others at most. */
const LONGEST = 30_000;

/**
 * Which queues a worker leaves to others for a while. One that fails wherever it begins, without its credentials or with a full
 * disk, is done with each part sooner than the others: it would take all there is and use up the tries of all parts.
 */
export class StandingBack {
  readonly #sql: Sql;
  readonly #worker: string;
  readonly #delay: number;
  readonly #failures = new Map<string, number>();
  readonly #until = new Map<string, number>();

  /** @param delay milliseconds after the first failure, doubled for each further one */
  constructor(sql: Sql, worker: string, delay: number) {
    this.#sql = sql;
    this.#worker = worker;
    this.#delay = delay;
  }

  isFrom(queue: string): boolean {
    return performance.now() < (this.#until.get(queue) ?? 0);
  }

  /** A part of the queue got a page further. */
  forget(queue: string): void {
    this.#failures.delete(queue);
    this.#until.delete(queue);
  }

  /** A part of the queue failed where it was begun. */
  async count(queue: string): Promise<void> {
    const failures = (this.#failures.get(queue) ?? 0) + 1;
    this.#failures.set(queue, failures);
    const wait = Math.min(LONGEST, this.#delay * 2 ** (failures - 1));
    if (await this.#hasOthers(queue)) this.#until.set(queue, performance.now() + wait);
  }

  /** Others who have a part of the queue, or have done one lately. */
  async #hasOthers(queue: string): Promise<boolean> {
    const { rows } = await this.#sql.query(
      `select 1 from ${SCHEMA}.parts where queue = $1 and worker <> $2
         and (state = 'running' or state = 'done' and changed_at > now() - $3 * interval '1 ms') limit 1`,
      [queue, this.#worker, LONGEST],
    );
    return rows.length > 0;
  }
}
