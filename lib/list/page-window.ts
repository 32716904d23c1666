import type { PagedResponse, PageStream } from '../core/paged-response';

/** Where a page is to be found again: by the resume token that leads to it (none for the first one), or from the page behind it. */
export type Place<T> =
  | { readonly from: string | undefined; readonly index: number }
  | { readonly pages: PageStream<PagedResponse<T>> };

/** What came for a place: pages of the list that follow one another, shown and let go as one. */
export type Piece<T> = readonly [PagedResponse<T>, ...PagedResponse<T>[]];

/** A page as the window keeps it, with those beside it that have nothing to be seen: items not shown already, and where to go on. */
interface ShownPage<T> {
  readonly pages: number;
  readonly place: Place<T>;
  readonly items: readonly T[];
  readonly keys: readonly string[];
  /** The resume token that leads to the page after it. */
  readonly after: string;
}

/** The pages shown: neighbours in server order, at most `maxPages` of them that have something to be seen, no key twice. */
export class PageWindow<T> {
  #pages: ShownPage<T>[] = [];
  /** Pages let go at the front: the last of them is the one before the first shown. */
  readonly #gone: Place<T>[] = [];
  /** The page before all of these; none at the beginning of the list, or where that cannot be told. */
  #before: Place<T> | undefined;
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
    const all = this.#pages.reduce((sum, { pages }) => sum + pages, 0);
    return Math.min(all, this.maxPages);
  }

  /** The page before the first one shown. */
  get previous(): Place<T> | undefined {
    return this.#gone.at(-1) ?? this.#before;
  }

  /** Where the page after the last one shown begins. */
  get next(): string | undefined {
    return this.#pages.at(-1)?.after;
  }

  /** Shows a page behind the others; those that are too many at the front are let go. Says whether it has anything new. */
  append(page: PagedResponse<T>): boolean {
    const shown = this.#shown([page], { from: this.next, index: page.index });
    const last = this.#pages.at(-1);
    if (last === undefined) this.#before = before(page);
    else if (shown.items.length === 0) {
      // Nothing to be seen, so nothing is let go for it.
      this.#pages.splice(-1, 1, { ...last, pages: last.pages + 1, after: shown.after });
      return false;
    }
    this.#pages.push(shown);
    const surplus = Math.max(0, this.#pages.length - this.maxPages);
    for (const gone of this.#pages.splice(0, surplus)) {
      this.#forget(gone);
      this.#gone.push(gone.place);
    }
    this.#renew();
    return shown.items.length > 0;
  }

  /** Shows what came for `previous` before the others. Says whether it has anything new, and lets pages at the end go. */
  prepend(
    piece: Piece<T>,
    place: Place<T>,
  ): { readonly isNew: boolean; readonly hasLeft: boolean } {
    const shown = this.#shown(piece, place);
    if (this.#gone.pop() === undefined) this.#before = before(piece[0]);
    const isNew = shown.items.length > 0;
    const [next] = this.#pages;
    if (!isNew && next !== undefined) {
      this.#pages.splice(0, 1, { ...next, pages: next.pages + 1, place });
      return { isNew, hasLeft: false };
    }
    this.#pages.unshift(shown);
    const gone = this.#pages.splice(this.maxPages);
    for (const one of gone) this.#forget(one);
    this.#renew();
    return { isNew, hasLeft: gone.length > 0 };
  }

  /** Nothing came for `previous`: there is nothing before. */
  begin(): void {
    if (this.#gone.pop() === undefined) this.#before = undefined;
  }

  #shown(piece: Piece<T>, place: Place<T>): ShownPage<T> {
    const items = piece.flatMap((page) => page.items);
    const after = (piece.at(-1) ?? piece[0]).resumeToken;
    const { keyOf } = this;
    if (keyOf === undefined) return { pages: 1, place, items, keys: [], after };
    const all = items.map(keyOf); // before anything is noted, as one without a key throws
    const keys: string[] = [];
    const fresh = items.filter((_, number) => {
      const key = all[number] ?? '';
      if (this.#keys.has(key)) return false;
      this.#keys.add(key);
      keys.push(key);
      return true;
    });
    return { pages: 1, place, items: fresh, keys, after };
  }

  #forget({ keys }: ShownPage<T>): void {
    for (const key of keys) this.#keys.delete(key);
  }

  #renew(): void {
    this.#items = Object.freeze(this.#pages.flatMap(({ items }) => items));
  }
}

/** As a stream, which holds the way there and not the page. */
function before<T>(page: PagedResponse<T>): Place<T> | undefined {
  return page.hasPreviousPage ? { pages: page.previousPage() } : undefined;
}
