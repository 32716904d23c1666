import type { RowPlace } from '../core/step';

/** Rows whose order is remembered. */
const ORDERED = 10_000;
/** New rows read without one of those ahead, after which these are taken for deleted. */
const GONE_AFTER = 256;

/** The rows handed on, in the order of the list, which need not be the one they were handed on in. */
export class RowOrder {
  #rows: string[] = [];
  #ahead = 0;
  #unmet = 0;

  /**
   * Puts the new rows of a page behind its last known one.
   * @returns nothing where that one is too long ago: then rows that are not remembered may come behind
   */
  place(last: string | undefined, fresh: readonly string[], tail: number): RowPlace | undefined {
    const at = last === undefined ? 0 : this.#rows.lastIndexOf(last) + 1;
    if (last !== undefined && at === 0) return undefined;
    const before = this.#rows.slice(Math.max(0, at - tail), at);
    const ahead = this.#rows.slice(at);
    const isMet = ahead.length < this.#ahead;
    this.#unmet = isMet || ahead.length === 0 ? 0 : this.#unmet + fresh.length;
    const isGone = this.#unmet > GONE_AFTER;
    this.#ahead = isGone ? 0 : ahead.length;
    this.#rows.splice(at, isGone ? ahead.length : 0, ...fresh);
    if (this.#rows.length > ORDERED * 2) this.#rows = this.#rows.slice(-ORDERED);
    return { before, fresh, ahead: isGone ? [] : ahead };
  }

  /** The rows a step knows, and no others. */
  recall(rows: readonly string[]): void {
    this.#rows = [...rows];
    this.#ahead = 0;
    this.#unmet = 0;
  }
}
