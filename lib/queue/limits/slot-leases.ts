import type { LimitStore } from './limit-store';

/** A slot of a process that has died is free after this, in milliseconds. */
const LEASE = 15_000;

/** The slots of a process, renewed for as long as their requests are under way. */
export class SlotLeases {
  readonly leaseMs = LEASE;
  readonly #store: LimitStore;
  readonly #held = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: LimitStore) {
    this.#store = store;
  }

  hold(slot: string): void {
    this.#held.add(slot);
    this.#timer ??= setInterval(() => {
      this.#renew();
    }, LEASE / 3).unref();
  }

  free(slot: string): void {
    this.#held.delete(slot);
    if (this.#held.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    // Where the database is away the lease runs out by itself.
    this.#store.free(slot, AbortSignal.timeout(LEASE)).catch(() => undefined);
  }

  #renew(): void {
    const slots = [...this.#held];
    this.#store.renew(slots, LEASE, AbortSignal.timeout(LEASE / 3)).catch(() => undefined);
  }
}
