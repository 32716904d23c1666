import type { PaginationDescription } from '../strategy/pagination-description';
import type { List } from './body-view';
import type { Evidence } from './detection';
import type { Sight } from './sight';
import type { Signals } from './signals';

/** What leads to the next page, as one finder sees it: a description that still lacks the items and the signs of the end. */
export interface Lead {
  readonly description: PaginationDescription;
  /** Between 0 and 1. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  /** Whether the request or a link itself names what changes: then no name had to be concluded. */
  readonly isFirm: boolean;
  /** What speaks against it, so that it is not taken. */
  readonly doubt?: string | undefined;
}

/** Looks for one kind of evidence. */
export type Finder = (sight: Sight, list: List, signals: Signals) => readonly Lead[];
