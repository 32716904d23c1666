import type { Json } from './json';
import type { PaginationStrategy } from './pagination-strategy';

/**
 * How to come to a place whose own position holds a secret and so cannot be written down: from the last position that
 * holds none, over the items read since. A digest stands for those, so that it stays as small however many they are.
 */
export interface Anchor {
  readonly strategy: PaginationStrategy;
  readonly position: Json | undefined;
  /** Pages from there to the page of the place. */
  readonly pages: number;
  /** Items read from there to the place, those that were left out as repeats included. */
  readonly items: number;
  readonly digest: string;
}

/** What is still to be passed over on the way from an anchor. */
export interface Passing {
  readonly items: number;
  readonly pages: number;
  /** What all items passed over come to. */
  readonly digest: string;
  /** What those so far come to. */
  readonly passed: string;
  /** How many of the items stand in the page to go on in; 0 where the walk goes on with a page from its start. */
  readonly taken: number;
}
