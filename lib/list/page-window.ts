import type { PagedResponse } from '../core/paged-response';

/** Where a page let go is to be found again. */
export interface Place {
  /** Place in the list, from 0. */
  readonly index: number;
  /** The resume token that leads to it; none for the first page of the list. */
  readonly from: string | undefined;
}

/** A page as the window keeps it: its items without those shown already, and where to go on around it. */
interface ShownPage<T> {
  readonly place: Place;
  readonly items: readonly T[];
  readonly keys: readonly string[];
  /** The resume token that leads to the page after it. */
  readonly after: string;
}

/** The pages shown: neighbours in server order, at most `maxPages` of them, no key twice. */
export class PageWindow<T> {
  #pages: ShownPage<T>[] = [];
  /** Pages let go at the front: the last of them is the one before the first shown. */
  readonly #gone: Place[] = [];
  #items: readonly T[] = Object.freeze([]);
  readonly #keys = new Set<string>();

  constructor(
    private readonly keyOf: ((item: T, place: number) => string) | undefined,
    private readonly maxPages: number,
  ) {}

  get items(): readonly T[] {
    return this.#items;
  }

  get size(): number {
    return this.#pages.length;
  }

  /** The page before the first one shown; none where that is the first one loaded. */
  get previous(): Place | undefined {
    return this.#gone.at(-1);
  }

  /** Where the page after the last one shown begins. */
  get next(): string | undefined {
    return this.#pages.at(-1)?.after;
  }

  /** Shows a page behind the others; those that are too many at the front are let go. Says whether it has anything new. */
  append(page: PagedResponse<T>): boolean {
    const shown = this.#shown(page, this.next);
    this.#pages.push(shown);
    const surplus = Math.max(0, this.#pages.length - this.maxPages);
    for (const gone of this.#pages.splice(0, surplus)) {
      this.#forget(gone);
      this.#gone.push(gone.place);
    }
    this.#renew();
    return shown.items.length > 0;
  }

  /** Shows a page before the others. Says whether pages at the end had to be let go. */
  prepend(page: PagedResponse<T>): boolean {
    this.#pages.unshift(this.#shown(page, this.previous?.from));
    this.#gone.pop();
    const gone = this.#pages.splice(this.maxPages);
    for (const one of gone) this.#forget(one);
    this.#renew();
    return gone.length > 0;
  }

  clear(): void {
    this.#pages = [];
    this.#gone.length = 0;
    this.#keys.clear();
    this.#renew();
  }

  #shown(page: PagedResponse<T>, from: string | undefined): ShownPage<T> {
    const { items, index, resumeToken: after } = page;
    const place = { index, from };
    const { keyOf } = this;
    if (keyOf === undefined) return { place, items, keys: [], after };
    const all = items.map(keyOf); // before anything is noted, as one without a key throws
    const keys: string[] = [];
    const fresh = items.filter((_, number) => {
      const key = all[number] ?? '';
      if (this.#keys.has(key)) return false;
      this.#keys.add(key);
      keys.push(key);
      return true;
    });
    return { place, items: fresh, keys, after };
  }

  #forget({ keys }: ShownPage<T>): void {
    for (const key of keys) this.#keys.delete(key);
  }

  #renew(): void {
    this.#items = Object.freeze(this.#pages.flatMap(({ items }) => items));
  }
}
