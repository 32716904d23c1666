import { setTimeout as sleep } from 'node:timers/promises';

import { isConnectionLoss } from '../connection-loss';
import type { LimitDescription } from '../export-description';
import { SCHEMA } from '../schema';
import type { Sql } from '../sql-pool';

import { pacingOf } from './pacing';

/** Between two attempts to reach the database, in milliseconds. */
const RETRY_EVERY = 250;
/** What a server may close a limit for at most, in milliseconds: 30 days. */
const LONGEST = 30 * 24 * 3600 * 1000;

/** When a request may be sent. */
export type PlannedRequest =
  | { readonly answer: 'go'; readonly waitMs: number }
  /** Ask again: all slots are taken. */
  | { readonly answer: 'full' }
  /** The server wants no requests for longer than was asked for. */
  | { readonly answer: 'closed'; readonly waitMs: number };

/** Limits in the database. Each method waits as long as that cannot be reached, until `signal` aborts. */
export class LimitStore {
  readonly #sql: Sql;
  /** Of the plans of a process one is made at a time, so that they take no more than one connection. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Says what the limit is from now on, for all. */
  async set(limit: LimitDescription, signal: AbortSignal): Promise<void> {
    const { name, perSecond, burst = 1, concurrency } = limit;
    const { pace, depth } =
      perSecond === undefined ? { pace: null, depth: 1 } : pacingOf(perSecond, burst);
    await this.#run(
      `insert into ${SCHEMA}.limits (name, pace, depth, concurrency) values ($1, $2, $3, $4)
       on conflict (name) do update set pace = excluded.pace, depth = excluded.depth, concurrency = excluded.concurrency`,
      [name, pace, depth, concurrency ?? null],
      signal,
    );
  }

  async plan(
    limit: LimitDescription,
    slot: string,
    { leaseMs, patienceMs }: { readonly leaseMs: number; readonly patienceMs: number },
    signal: AbortSignal,
  ): Promise<PlannedRequest> {
    const plan = async (): Promise<PlannedRequest> => {
      for (;;) {
        const [row] = await this.#run(
          `select answer, wait_ms from ${SCHEMA}.plan_request($1, $2, $3, $4)`,
          [limit.name, slot, leaseMs, patienceMs],
          signal,
        );
        const [answer, waitMs] = [row?.['answer'], Number(row?.['wait_ms'])];
        if (answer === 'go' || answer === 'closed') return { answer, waitMs };
        if (answer === 'full') return { answer };
        await this.set(limit, signal);
      }
    };
    const planned = this.#last.then(plan);
    this.#last = planned.catch(() => undefined);
    return planned;
  }

  /** Whether the server has closed the limit meanwhile. */
  async isClosed({ name }: LimitDescription, signal: AbortSignal): Promise<boolean> {
    const [row] = await this.#run(
      `select closed_until > clock_timestamp() as closed from ${SCHEMA}.limits where name = $1`,
      [name],
      signal,
    );
    return row?.['closed'] === true;
  }

  /** The server wants no requests for so long. */
  async close({ name }: LimitDescription, ms: number, signal: AbortSignal): Promise<void> {
    const values = [name, Math.min(ms, LONGEST)];
    await this.#run(`select ${SCHEMA}.close_limit($1, $2)`, values, signal);
  }

  async free(slot: string, signal: AbortSignal): Promise<void> {
    await this.#run(`select ${SCHEMA}.free_slot($1)`, [slot], signal);
  }

  /** Their requests are still under way. */
  async renew(slots: readonly string[], leaseMs: number, signal: AbortSignal): Promise<void> {
    await this.#run(
      `update ${SCHEMA}.limit_slots set leased_until = clock_timestamp() + make_interval(secs => $2)
       where slot = any ($1::uuid[]) and leased_until < clock_timestamp() + make_interval(secs => $2)`,
      [slots, leaseMs / 1000],
      signal,
    );
  }

  async #run(
    text: string,
    values: readonly unknown[],
    signal: AbortSignal,
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    for (;;) {
      signal.throwIfAborted();
      try {
        return (await this.#sql.query(text, values)).rows;
      } catch (error) {
        if (!isConnectionLoss(error)) throw error;
        await sleep(RETRY_EVERY, undefined, { signal });
      }
    }
  }
}
