import { PaginationError } from '../core/pagination-error';
import type { PageReading } from '../core/pagination-strategy';

/**
 * The reading of an offset page that does not take a page without items for the end while the declared total says that
 * rows are missing: there is nothing to step by, and ending there would lose them.
 */
export function untilTotal<T>(reading: PageReading<T, 'offset'>): PageReading<T, 'offset'> {
  return {
    ...reading,
    next: () => {
      const { items, totalCount = 0 } = reading;
      const offset = Number(reading.position ?? 0);
      if (items.length === 0 && offset < totalCount) {
        throw new PaginationError(
          'PROTOCOL',
          `The page at offset ${String(offset)} has no items, but the total says ${String(totalCount)}`,
        );
      }
      return reading.next();
    },
  };
}
