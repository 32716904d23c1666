import type { Transport } from '../core/transport';

const RETRY_COST = 14;
const THROTTLED_COST = 5;
const SUCCESS = 1;

/**
 * Tokens that all walks of one transport pay their retries from, so that a server in trouble is not asked four times as
 * much as one that is well: against a dead server 500 tokens are 35 retries.
 */
export class RetryBudget {
  #tokens: number;
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#tokens = capacity;
  }

  /** What a retry after this status costs. */
  static costOf(status: number | undefined): number {
    return status === 429 ? THROTTLED_COST : RETRY_COST;
  }

  /** Takes the cost; says no where too little is left. */
  take(cost: number): boolean {
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  /** @param paid what the retry that led to this success had cost, 0 for a first attempt */
  succeed(paid: number): void {
    this.#tokens = Math.min(this.#capacity, this.#tokens + (paid === 0 ? SUCCESS : paid));
  }
}

const budgets = new WeakMap<Transport, Map<number, RetryBudget>>();

/** The budget of a transport; one for each capacity asked for, so that walks with other settings do not mix. */
export function budgetOf(transport: Transport, capacity: number): RetryBudget {
  const known = budgets.get(transport) ?? new Map<number, RetryBudget>();
  budgets.set(transport, known);
  const budget = known.get(capacity) ?? new RetryBudget(capacity);
  known.set(capacity, budget);
  return budget;
}
