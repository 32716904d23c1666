import { findBodyLinks } from './find-body-links';
import { findContentRange } from './find-content-range';
import { findCounters } from './find-counters';
import { findItemCursors } from './find-item-cursors';
import { findLastItems } from './find-last-items';
import { findLinkArrays } from './find-link-arrays';
import { findLinkHeader } from './find-link-header';
import { findNextNumbers } from './find-next-numbers';
import { findOtherLinks } from './find-other-links';
import { findSpread } from './find-spread';
import { findTokens } from './find-tokens';
import type { Finder } from './lead';

/** Every kind of evidence of a next page. */
export const FINDERS: readonly Finder[] = [
  findLinkHeader,
  findBodyLinks,
  findLinkArrays,
  findContentRange,
  findSpread,
  findTokens,
  findNextNumbers,
  findCounters,
  findItemCursors,
  findLastItems,
  findOtherLinks,
];
