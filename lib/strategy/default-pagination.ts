import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { UsageError } from '../core/usage-error';
import { parseLinkHeader } from '../protocol/link-header';
import { linkPagination } from './link-pagination';

/** On a request that followed a link. A symbol, so that it goes along with copies and into no JSON. */
const FOLLOWED = Symbol('followed a link');

interface FollowingRequest extends PageRequest {
  readonly [FOLLOWED]: true;
}

const PAGING_RELS = ['next', 'prev', 'previous', 'first', 'last', 'self'];

/**
 * What a walk without a strategy does: it follows the `Link` header's `rel=next` (RFC 8288). Where the first reply has no `Link`
 * header about paging, nothing says that the list is complete, and `read` throws a TypeError that asks for a strategy.
 */
export function defaultPagination<T = unknown>(): PaginationStrategy<T, 'link'> {
  const links = linkPagination<T>({ id: 'default' });
  return {
    ...links,
    at: (request, position): FollowingRequest => ({
      ...links.at(request, position),
      [FOLLOWED]: true,
    }),
    read: (request, reply) => {
      if (!(FOLLOWED in request) && !hasPagingLinks(reply)) throw new UsageError(ADVICE);
      return links.read(request, reply);
    },
  };
}

const ADVICE =
  'Expected a Link header in the first reply, got none: say how this list is paged with the option ' +
  "'pagination', one of cursorPagination, linkPagination, numberPagination, offsetPagination, singlePage, " +
  "e.g. pagination: cursorPagination({ items: '/data', param: 'cursor', next: '/next_cursor' })";

function hasPagingLinks({ headers }: PageReply): boolean {
  if (!Object.hasOwn(headers, 'link')) return false;
  const links = parseLinkHeader(headers['link'] ?? '');
  return links.some(({ rels }) => rels.some((rel) => PAGING_RELS.includes(rel)));
}
