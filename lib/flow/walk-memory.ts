import type { Page } from '../core/page';
import type { WalkOptions } from '../core/walk-options';
import type { Step } from '../core/step';

import { KeyWindow } from './key-window';
import { PageSize } from './page-size';
import { LoopGuard } from './loop-guard';
import { RowMemory } from './row-memory';

const WINDOW_KEYS = 10_000;
const RESTART_KEYS = 1_000_000;

/** What a walk remembers from page to page; made in subscribe. An iterator that goes on after an error keeps it. */
export class WalkMemory {
  guard = new LoopGuard();
  /** Keys of what was handed on. */
  readonly keys: KeyWindow;
  /** Not all keys of what was handed on are known, for it was before a resume. */
  isPartial = false;
  /** For walks that overlap. */
  readonly rows = new RowMemory();
  /** Items dropped because they came again. */
  duplicates = 0;
  /** Items handed on when the list was last walked anew. */
  restartedAt: number | undefined;
  /** Pages in a row with nothing new; below 0 while as many may come again, of a list that is walked anew. */
  emptyPages = 0;
  /** When the server allows the next request, in milliseconds of the clock. */
  notBefore = 0;
  /** A page came again, and that was to end the walk. */
  repeated = false;
  /** The last page with items. */
  lastWithItems: Page | undefined;
  /** Where the items were found on the first page, when nobody said where they are. */
  itemsName: string | undefined;
  /** The page size to be asked for, where it adapts. */
  readonly pageSize: PageSize | undefined;
  #fraction: number | undefined;
  /** The keys of the last pages, any of which may not have been handed on. */
  #recent: { readonly index: number; readonly keys: readonly string[] }[] = [];

  constructor(
    /** Where the first request goes; known at the first reply at the latest, where the reply says so. */
    public origin: string | undefined,
    { onExpired, pageSize }: WalkOptions,
  ) {
    if (pageSize !== undefined) this.pageSize = new PageSize(pageSize);
    this.keys = new KeyWindow(onExpired === 'restart' ? RESTART_KEYS : WINDOW_KEYS);
  }

  /** The walk goes on after an error. */
  goOn(): void {
    this.restartedAt = undefined;
    this.repeated = false;
  }

  /** Takes over what a step knows of the pages before it. */
  recall({ items, rows, size }: Step): void {
    this.pageSize?.recall(size);
    this.isPartial = items > 0;
    for (const hash of rows?.keys ?? []) this.keys.addHash(hash);
  }

  /** @param ahead pages that may have been read and not yet handed on */
  addKeys(index: number, keys: readonly string[], ahead: number): void {
    if (keys.length === 0) return;
    for (const key of keys) this.keys.add(key);
    this.#recent = [...this.#recent, { index, keys }].slice(-ahead);
  }

  /** Pages from this place on were read and will come again. */
  forgetFrom(place: number): void {
    for (const { index, keys } of this.#recent) {
      if (index >= place) for (const key of keys) this.keys.delete(key);
    }
    this.#recent = this.#recent.filter(({ index }) => index < place);
  }

  /** The part of the list that has come; it never goes back, even where the total does. */
  progress(items: number, totalCount: number | undefined): number | undefined {
    if (totalCount === undefined) return this.#fraction;
    const now = totalCount === 0 ? 1 : Math.min(1, items / totalCount);
    this.#fraction = Math.max(this.#fraction ?? 0, now);
    return this.#fraction;
  }
}
