import type { PagedResponse } from '../core/paged-response';
import type { EndEvent } from '../core/walk-event';

import type { Reached } from './progress-line';

/** What of a walk has been printed so far, to the item. */
export class WalkPosition implements Reached {
  rows = 0;
  pages = 0;
  totalCount: number | undefined;
  #page: PagedResponse | undefined;
  #count = 0;

  enter(page: PagedResponse): void {
    this.#page = page;
    this.#count = 0;
    this.pages++;
    this.totalCount = page.totalCount ?? this.totalCount;
  }

  /** That many more items of the page are printed. */
  moveBy(count: number): void {
    this.#count += count;
    this.rows += count;
  }

  get items(): number {
    if (this.#page === undefined) return 0;
    return this.#page.progress.items - this.#page.items.length + this.#count;
  }

  /** Goes on exactly after what was printed. */
  resumeToken(end: EndEvent): string {
    return this.#page === undefined ? end.resumeToken : this.#page.resumeTokenAfter(this.#count);
  }
}
