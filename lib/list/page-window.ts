import type { PagedResponse, PageStream } from '../core/paged-response';

/** Where a page is to be found again: by the resume token that leads to it (none for the first one), or from the page behind it. */
export type Place<T> =
  | { readonly from: string | undefined; readonly index: number }
  | { readonly pages: PageStream<PagedResponse<T>> };

/** What came for a place: pages of the list that follow one another, shown and let go as one. */
export type Piece<T> = readonly [PagedResponse<T>, ...PagedResponse<T>[]];

/** A page as the window keeps it: its items without those shown already, and where to go on around it. */
interface ShownPage<T> {
  readonly place: Place<T>;
  readonly items: readonly T[];
  readonly keys: readonly string[];
  /** The resume token that leads to the page after it. */
  readonly after: string;
}

/** The pages shown: neighbours in server order, at most `maxPages` of them, no key twice. */
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
    return this.#pages.length;
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
    if (this.#pages.length === 0) this.#before = before(page);
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

/** As a stream, which holds the way there and not the page. */
function before<T>(page: PagedResponse<T>): Place<T> | undefined {
  return page.hasPreviousPage ? { pages: page.previousPage() } : undefined;
}
