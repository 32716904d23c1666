import type { PageRequest } from '../core/page-request';
import type { PaginationDescription } from '../strategy/pagination-description';

/** Something seen that speaks for or against a way of paging. */
export interface Evidence {
  /** In a sentence. */
  readonly found: string;
  /** A pointer into the body, a header, or a slot of the request. */
  readonly at: string;
  /** Between 0 and 1. */
  readonly weight: number;
}

/** A way of paging that was weighed. */
export interface Candidate {
  readonly description: PaginationDescription;
  /** Between 0 and 1. */
  readonly confidence: number;
}

/** What detection makes of the first request of a list and its reply. */
export interface Detection {
  /** `'single'`: the reply is the whole list, or its end; `'unknown'`: it cannot be told how the list goes on. */
  readonly verdict: 'paged' | 'single' | 'unknown';
  /** Between 0 and 1. */
  readonly confidence: number;
  readonly description?: PaginationDescription | undefined;
  /** JSON pointer to the items. */
  readonly itemsPointer?: string | undefined;
  readonly itemCount?: number | undefined;
  readonly totalCount?: number | undefined;
  readonly totalPages?: number | undefined;
  /** The request of the second page; absent where there is none. */
  readonly next?: PageRequest | undefined;
  readonly evidence: readonly Evidence[];
  /** All ways weighed, the likeliest first. */
  readonly candidates: readonly Candidate[];
  /** Why the verdict is `'unknown'`. */
  readonly problem?: string | undefined;
  /** Whether the reply holds no list at all. */
  readonly isNoList?: true | undefined;
}
