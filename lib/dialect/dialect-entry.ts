import type { PaginationDescription } from '../strategy/pagination-description';

/** How one API pages its lists. */
export interface Dialect {
  readonly name: string;
  /** Other names of it. */
  readonly also?: readonly string[] | undefined;
  /** The API, and which of its lists where they differ. */
  readonly api: string;
  /** The vendor's page about it, or the root of his reference; absent where that is not public. */
  readonly docs?: string | undefined;
  /** How the URL must be written, where a part of its path changes from page to page. */
  readonly url?: string | undefined;
  readonly pagination: PaginationDescription;
  /** Whether a first reply shows how the list goes on, so that a walk needs no dialect. @defaultValue true */
  readonly detectable?: boolean | undefined;
  /** Why it does not. */
  readonly why?: string | undefined;
}
