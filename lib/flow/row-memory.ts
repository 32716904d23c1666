import type { PageReading } from '../core/pagination-strategy';
import { digestItems } from '../core/resume-token';
import type { KnownRows } from '../core/step';

import { RowOrder } from './row-order';

/** What a walk that overlaps remembers of where its rows were. */
export class RowMemory {
  readonly order = new RowOrder();
  /** Offset after the last row that was read. */
  end = 0;
  /** Rows of the fullest page so far. */
  size = 0;
  /** Where a search for known rows began, and how often it has looked. */
  search: { readonly from: number; tries: number } | undefined;
  /** Searches since anything new came. */
  searches = 0;
  #again = 0;
  #digest = '';

  /** A page came, whatever is made of it. */
  see({ items }: PageReading): void {
    this.size = Math.max(this.size, items.length);
  }

  /** A page was accepted. */
  accept(reading: PageReading, isNew: boolean): void {
    this.end = offsetOf(reading) + reading.items.length;
    this.search = undefined;
    if (!isNew) return;
    this.searches = 0;
    this.#again = 0;
  }

  /** Whether a page without anything new is the very page that came before, and that for the third time. */
  isStuck({ items }: PageReading): boolean {
    const digest = digestItems(items);
    this.#again = digest === this.#digest ? this.#again + 1 : 1;
    this.#digest = digest;
    return this.#again >= 3;
  }

  /** The list is walked from its start. */
  restart(): void {
    this.end = 0;
    this.search = undefined;
    this.searches = 0;
    this.#again = 0;
  }

  /** Where a walk goes on that stopped there. */
  recall(rows: KnownRows | undefined): void {
    this.restart();
    this.end = rows?.end ?? 0;
    this.size = rows?.size ?? 0;
    this.order.recall(rows?.keys ?? []);
  }
}

export function offsetOf({ position }: PageReading): number {
  return Number(position ?? 0);
}
