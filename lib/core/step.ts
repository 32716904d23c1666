import type { Json } from './json';
import type { PaginationStrategy } from './pagination-strategy';

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
}
