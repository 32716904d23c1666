import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { PaginationError } from '../../core/pagination-error';
import type { LimitDescription } from '../export-description';

import type { LimitStore } from './limit-store';
import { SlotLeases } from './slot-leases';

/** How much later than planned a request may be sent, in milliseconds; the rest of what `JITTER` allows is for the network. */
const LATE = 100;
/** How often a request that missed its moment is planned anew; a machine too busy for that sends it late. */
const PLANS = 5;
/** A wait in which others may hear from the server that it wants no more requests, in milliseconds. */
const LONG = 50;
/** Between two looks for a free slot, in milliseconds: at first, and at most. */
const [SOON, LATER] = [20, 400];

/** Gives back what a request held. */
export type Release = () => void;

/** Lets the requests of a process go when the limits that all machines share allow it. */
export class Permits {
  readonly #store: LimitStore;
  readonly #leases: SlotLeases;
  readonly #patienceMs: number;
  /** The shortest way to the database and back so far, in milliseconds; what is longer was held up. */
  #shortest = Infinity;
  readonly #said = new Map<string, string>();

  constructor(store: LimitStore, patienceMs: number) {
    this.#store = store;
    this.#leases = new SlotLeases(store);
    this.#patienceMs = patienceMs;
  }

  /**
   * Resolves when a request may be sent.
   * @throws PaginationError `RATE_LIMITED` where the server wants none for longer than the patience
   */
  async take(limit: LimitDescription, signal: AbortSignal): Promise<Release> {
    await this.#say(limit, signal);
    const slot = randomUUID();
    const hasSlot = limit.concurrency !== undefined;
    try {
      await this.#wait(limit, slot, signal);
    } catch (error) {
      // It may hold one although the answer never came.
      if (hasSlot) this.#leases.free(slot);
      throw error;
    }
    if (!hasSlot) return () => undefined;
    this.#leases.hold(slot);
    return () => {
      this.#leases.free(slot);
    };
  }

  /** The server wants no requests for so long. */
  close(limit: LimitDescription, ms: number): void {
    // Whatever this process plans next goes the same way, after it.
    this.#store.close(limit, ms, AbortSignal.timeout(LATER * 100)).catch(() => undefined);
  }

  /** Only once for each value: the worker that began last says what holds. */
  async #say(limit: LimitDescription, signal: AbortSignal): Promise<void> {
    const { name, perSecond, burst, concurrency } = limit;
    const said = JSON.stringify([perSecond, burst, concurrency]);
    if (this.#said.get(name) === said) return;
    await this.#store.set(limit, signal);
    this.#said.set(name, said);
  }

  async #wait(limit: LimitDescription, slot: string, signal: AbortSignal): Promise<void> {
    let pause = SOON;
    for (let plans = 1; ;) {
      const asked = performance.now();
      const options = { leaseMs: this.#leases.leaseMs, patienceMs: this.#patienceMs };
      const planned = await this.#store.plan(limit, slot, options, signal);
      if (planned.answer === 'full') {
        await sleep(pause * (0.5 + Math.random()), undefined, { signal });
        pause = Math.min(pause * 2, LATER);
        continue;
      }
      if (planned.answer === 'closed') throw closed(planned.waitMs);
      const answered = performance.now();
      this.#shortest = Math.min(this.#shortest, answered - asked);
      const due = answered + planned.waitMs;
      await until(due, signal);
      if (planned.waitMs > LONG && (await this.#store.isClosed(limit, signal))) continue;
      const late = performance.now() - due + (answered - asked - this.#shortest);
      if (late <= LATE || plans >= PLANS) return;
      plans++;
    }
  }
}

/** Timers may go off a moment early. */
async function until(due: number, signal: AbortSignal): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) {
    await sleep(Math.min(Math.ceil(left), 2 ** 31 - 1), undefined, { signal });
  }
}

function closed(waitMs: number): PaginationError {
  const retryAfterMs = Math.ceil(waitMs);
  return new PaginationError(
    'RATE_LIMITED',
    `The server wants no requests for ${String(retryAfterMs)} ms, as another request was told, which is more than maxRetryAfter allows`,
    { retryAfterMs },
  );
}
