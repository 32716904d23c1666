import type { Anchor, Passing } from './anchor';
import type { Json } from './json';
import type { PaginationStrategy } from './pagination-strategy';

/** Where the new rows of a page stand among those handed on; all of them hashes of keys, in the order of the list. */
export interface RowPlace {
  /** The last rows before them. */
  readonly before: readonly string[];
  readonly fresh: readonly string[];
  /** Rows that may come behind them: after a step back, and where rows were put in. */
  readonly ahead: readonly string[];
}

/** What an overlapping walk must know of the rows before a position, to see there whether the list has moved. */
export interface KnownRows {
  /** Offset to look for them at when the walk is resumed. */
  readonly at: number;
  /** Offset after the last of them. */
  readonly end: number;
  /** Rows of the fullest page so far. */
  readonly size: number;
  /** Hashes of the keys of the last rows, and of others handed on that may come behind them, in the order of the list. */
  readonly keys: readonly string[];
}

/** Where a walk stands before a page: what to ask for, and what was handed on so far. */
export interface Step {
  readonly strategy: PaginationStrategy;
  /** `undefined` for the first page of the request. */
  readonly position: Json | undefined;
  /** Items of this very page that were handed on already; they are skipped. */
  readonly taken: number;
  /** Digest of those items: another page in this place is drift. */
  readonly digest: string | undefined;
  /** Pages before this one. */
  readonly pages: number;
  /** Items handed on so far. */
  readonly items: number;
  /** Of walks that overlap, which know the rows handed on by their keys in place of `taken` and `digest`. */
  readonly rows?: KnownRows | undefined;
  /** How to come here where the position holds a secret; over the items that were `taken` too. */
  readonly anchor?: Anchor | undefined;
  /** On the way from an anchor: what comes before the place to go on at. `pages` and `items` speak of that place. */
  readonly passing?: Passing | undefined;
  /** The page size to go on with, of walks whose page size adapts. */
  readonly size?: number | undefined;
}
