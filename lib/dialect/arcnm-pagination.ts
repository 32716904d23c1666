import { checkOptions, isCount } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import { PaginationError } from '../core/pagination-error';
import type { PageReading, PaginationStrategy } from '../core/pagination-strategy';
import { offsetPagination } from '../strategy/offset-pagination';
import { singlePage } from '../strategy/single-page';
import { untilTotal } from './until-total';

/** What `arcnmPagination` can be told besides the protocol. */
export interface ArcnmOptions {
  /** The page size asked for where the request does not say. @defaultValue the server's own, 100 for most lists */
  readonly limit?: number | undefined;
}

/**
 * Lists of the ARCNM API, told apart by the form of the reply:
 * - `{ count, data }` (parts, grades, revisions): pages by `limit` and `offset`; `count` is the total, and the walk ends when that many
 *   items were received;
 * - `{ count, items }` (calculations): one page, as these lists take no offset. Where `count` is above the items, the page is
 *   followed by a `PROTOCOL` error that says how many of how many came; a larger `limit` may get them. A list whose `count` is only
 *   the number of items shown cannot say that it was cut off at `limit`;
 * - an array (environments, uploads): everything at once.
 *
 * Where this differs from ARCNM's samples: the offset advances by the items received, not by the limit asked for, which skips rows where
 * the server lowers the limit; an empty page before `count` is a `PROTOCOL` error; a `count` that is missing or exceeded is ignored,
 * and the walk goes on to an empty page.
 *
 * @throws TypeError for an unknown or wrong option.
 */
export function arcnmPagination<T = unknown>(
  options: ArcnmOptions = {},
): PaginationStrategy<T, 'offset' | 'single'> {
  checkOptions('arcnmPagination', options, { limit: isCount });
  const offsets = offsetPagination<T>({
    first: 0,
    id: 'arcnm',
    items: '/data',
    totalCount: '/count',
    limit: options.limit,
  });
  const capped = singlePage<T>({ items: '/items', totalCount: '/count' });
  const whole = singlePage<T>({ items: '' });
  return {
    ...offsets,
    read: (request, reply) => {
      switch (formOf(reply)) {
        case 'array':
          return whole.read(request, reply);
        case 'items':
          return complete(capped.read(request, reply));
        case 'data':
          return untilTotal(offsets.read(request, reply));
      }
    },
  };
}

function formOf({ body }: PageReply): 'array' | 'items' | 'data' {
  if (Array.isArray(body)) return 'array';
  const isObject = typeof body === 'object' && body !== null;
  return isObject && Object.hasOwn(body, 'items') && !Object.hasOwn(body, 'data')
    ? 'items'
    : 'data';
}

/** What such a list holds back cannot be asked for, and is not left out in silence. */
function complete<T>(reading: PageReading<T, 'single'>): PageReading<T, 'single'> {
  return {
    ...reading,
    next: () => {
      const { items, totalCount = 0 } = reading;
      if (totalCount <= items.length) return undefined;
      throw new PaginationError(
        'PROTOCOL',
        `The reply holds ${String(items.length)} of ${String(totalCount)} items, and the list takes no offset; ask for more with 'limit'`,
      );
    },
  };
}
