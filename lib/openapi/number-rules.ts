import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { NO_SIZE } from '../strategy/size-slot';
import { readSlot, withSlot, type SlotPlace } from '../strategy/slot';

/** The strategy, for servers whose last page is the one with fewer items than its limit. */
export function endingShort<T>(
  strategy: PaginationStrategy<T>,
  serverLimit: number | undefined,
): PaginationStrategy<T> {
  return {
    ...strategy,
    ...NO_SIZE, // a server that lowers the size would seem to end
    id: `${strategy.id} short`,
    read: (request, reply) => {
      const reading = strategy.read(request, reply);
      const limit = reading.limit ?? serverLimit;
      const isShort = limit !== undefined && reading.items.length < limit;
      // `hasMore` false, or it would be an end where the reply promised more.
      return isShort && reading.apiError === undefined
        ? { ...reading, hasMore: false, next: () => undefined }
        : reading;
    },
  };
}

/** The strategy, with the position of the first page sent where the request has none: the server would take another. */
export function startingAt<T>(
  strategy: PaginationStrategy<T>,
  slot: { readonly in: SlotPlace; readonly param: string },
  first: number,
): PaginationStrategy<T> {
  const start = (request: PageRequest): PageRequest =>
    strategy.start(
      readSlot(request, slot.in, slot.param) === undefined
        ? withSlot(request, slot.in, slot.param, first)
        : request,
    );
  return { ...strategy, start };
}
