import type { WalkOptions } from '../core/walk-options';

import type { DocumentFlags } from './document-flags';
import type { RequestFlags } from './request-of';
import type { StrategyFlags } from './strategy-flags';

/** Options of `items` and `pages`. */
export interface WalkFlags extends RequestFlags, StrategyFlags, DocumentFlags {
  readonly strategy?: string | undefined;
  readonly dialect?: string | undefined;
  readonly resume?: string | undefined;
  readonly maxItems?: number | undefined;
  readonly maxPages?: number | undefined;
  readonly prefetch?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly pageSize?: WalkOptions['pageSize'];
  readonly timeout?: number | undefined;
  readonly retries?: number | undefined;
  readonly emptyCursor?: WalkOptions['emptyCursor'];
  readonly quiet?: boolean | undefined;
  /** `items` only: a pointer into each item. */
  readonly select?: string | undefined;
  /** `pages` only. */
  readonly json?: boolean | undefined;
}
