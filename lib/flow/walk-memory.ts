import type { Page } from '../core/page';

import { LoopGuard } from './loop-guard';

/** What a walk remembers from page to page; made in subscribe. An iterator that goes on after an error keeps it. */
export class WalkMemory {
  readonly guard = new LoopGuard();
  /** Empty pages in a row. */
  emptyPages = 0;
  /** The last page with items. */
  lastWithItems: Page | undefined;
  /** Where the items were found on the first page, when nobody said where they are. */
  itemsName: string | undefined;
  #fraction: number | undefined;

  constructor(
    /** Where the first request goes; known at the first reply at the latest, where the reply says so. */
    public origin: string | undefined,
  ) {}

  /** The part of the list that has come; it never goes back, even where the total does. */
  progress(items: number, totalCount: number | undefined): number | undefined {
    if (totalCount === undefined) return this.#fraction;
    const now = totalCount === 0 ? 1 : Math.min(1, items / totalCount);
    this.#fraction = Math.max(this.#fraction ?? 0, now);
    return this.#fraction;
  }
}
