import { checkOptions, isCount, isText } from '../core/check-options';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { linkPagination } from '../strategy/link-pagination';
import { isSelector } from '../strategy/selector';
import type { Selector } from '../strategy/selector';
import { readSlot, withSlot } from '../strategy/slot';

/** What `jsonApiPagination` can be told besides the protocol. */
export interface JsonApiOptions {
  /** The page size asked for where the request does not say. @defaultValue the server's own */
  readonly size?: number | undefined;
  /** The parameter of the page size, which JSON:API leaves to the server. @defaultValue 'page[size]' */
  readonly sizeParam?: string | undefined;
  /** Where the number of items is, which JSON:API leaves to the server. @defaultValue '/meta/total' */
  readonly totalCount?: Selector | undefined;
}

/**
 * Lists in JSON:API: the items are the resources in `data`, and `links.next`, text or an object with `href`, leads to the next
 * page. Resources in `included` are no items; they are in the `body` of the pages.
 *
 * The walk ends where `links.next` is missing or `null`; an empty page does not end it. Errors: `API_ERROR` for `errors` in a reply of
 * status 200, `BAD_SHAPE` where `data` is a single resource.
 *
 * @throws TypeError for an unknown or wrong option.
 * @see https://jsonapi.org/format/#fetching-pagination
 */
export function jsonApiPagination<T = unknown>(
  options: JsonApiOptions = {},
): PaginationStrategy<T, 'link'> {
  checkOptions('jsonApiPagination', options, {
    size: isCount,
    sizeParam: isText,
    totalCount: isSelector,
  });
  const { size, sizeParam = 'page[size]', totalCount = '/meta/total' } = options;
  const links = linkPagination<T>({
    id: 'jsonapi',
    items: '/data',
    next: '/links/next',
    prev: '/links/prev',
    first: '/links/first',
    last: '/links/last',
    totalCount,
    apiError: '/errors',
  });
  return {
    ...links,
    start: (request) => {
      const isSet = size === undefined || readSlot(request, 'params', sizeParam) !== undefined;
      return isSet ? request : withSlot(request, 'params', sizeParam, size);
    },
  };
}
