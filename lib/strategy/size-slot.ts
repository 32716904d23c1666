import type { PaginationStrategy } from '../core/pagination-strategy';
import { readWhole } from './read-values';
import { readSlot, withSlot } from './slot';
import type { SlotPlace } from './slot';

/** What a strategy knows of page sizes where they stand in a slot of the request, at most `most`. */
export function sizeSlot(
  place: SlotPlace,
  param: string,
  most = Infinity,
): Pick<PaginationStrategy, 'sized' | 'sizeOf'> {
  return {
    sized: (request, size) => withSlot(request, place, param, Math.min(size, most)),
    sizeOf: (request) => readWhole(readSlot(request, place, param)),
  };
}

/** For lists of which nobody knows how to ask for a page size, or whose end could be missed or seen too early where it changes. */
export const NO_SIZE = { sized: undefined, sizeOf: undefined };
