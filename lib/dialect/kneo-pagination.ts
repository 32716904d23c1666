import { checkOptions, isCount } from '../core/check-options';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { offsetPagination } from '../strategy/offset-pagination';
import { isSelector } from '../strategy/selector';
import type { Selector } from '../strategy/selector';
import { untilTotal } from './until-total';

/** The largest page a kneo server gives. */
const MAX_LIMIT = 1000;

/** What `kneoPagination` can be told besides the protocol. */
export interface KneoOptions<T = unknown> {
  /** Where the items are, e.g. `'/runs'`. @defaultValue the one array of records in the reply, whatever its name */
  readonly items?: Selector<readonly T[]> | undefined;
  /** The page size asked for where the request does not say; above 1000 it is lowered to that. @defaultValue the server's own, 100 */
  readonly limit?: number | undefined;
}

/**
 * Lists of kneo servers: `limit` and `offset` in the query; the items under the resource's name, with `count` (on the page)
 * and `total` (on all pages) beside them.
 *
 * Filters, `sort_by` and `sort_order` of the request go along unchanged; a `limit` above 1000 is lowered, as kneo's client does.
 * The offset advances by the items received, from the request's own `offset`; a short page is not the end. The walk ends when
 * `total` items were received.
 *
 * Where this differs from kneo's client: a reply without `total` is not taken for the whole list, the walk goes on to an empty
 * page; so it does where `total` is exceeded. An empty page while the offset is below `total`, at which the client would ask for
 * the same page for ever, is a `PROTOCOL` error.
 *
 * @throws TypeError for an unknown or wrong option.
 */
export function kneoPagination<T = unknown>(
  options: KneoOptions<T> = {},
): PaginationStrategy<T, 'offset'> {
  checkOptions('kneoPagination', options, { items: isSelector, limit: isCount });
  const { items, limit } = options;
  const offsets = offsetPagination<T>({
    first: 0,
    id: 'kneo',
    items,
    limit,
    maxLimit: MAX_LIMIT,
    totalCount: '/total',
  });
  return { ...offsets, read: (request, reply) => untilTotal(offsets.read(request, reply)) };
}
