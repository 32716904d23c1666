import type { User } from './data-set';
import type { DemoContext, DemoHandler, DemoRoute } from './demo-route';
import { queryNumber } from './query-input';
import { filterUsers, queryFilter } from './select-users';

/** The number of items a page of an APIMatic route has: 20 unless told, at most 100. */
export function pageSize(query: URLSearchParams, name: string): number {
  return queryNumber(query, name, 20, { min: 1, lowerTo: 100 });
}

export function matching(query: URLSearchParams, { users }: DemoContext): readonly User[] {
  return filterUsers(users, queryFilter(query));
}

const byOffset: DemoHandler = (query, _body, context) => {
  const offset = queryNumber(query, 'offset', 0, { min: 0 });
  const data = matching(query, context).slice(offset, offset + pageSize(query, 'limit'));
  return { status: 200, body: { data } };
};

function numbered(query: URLSearchParams, context: DemoContext, sizeName: string): readonly User[] {
  const size = pageSize(query, sizeName);
  const page = queryNumber(query, 'page', 1, { min: 1 });
  return matching(query, context).slice((page - 1) * size, page * size);
}

const byPage: DemoHandler = (query, _body, context) => ({
  status: 200,
  body: { data: numbered(query, context, 'size') },
});

/**
 * Declared as link, then page. Page 1 gives no link, so `page` is chosen for good; the later links lead nowhere and
 * must not be used.
 */
const byLinkThenPage: DemoHandler = (query, _body, context) => {
  const users = numbered(query, context, 'per_page');
  if (users.length === 0) return { status: 200, body: { users } };
  const links = queryNumber(query, 'page', 1, { min: 1 }) === 1 ? {} : { next: '/m?page=9' };
  return { status: 200, body: { users, links } };
};

/** The link is to be merged: its query counts, its host and path do not exist (`merge`), or do (`follow`). */
function byLink(
  target: (context: DemoContext) => string,
  { repeatFilters = false } = {},
): DemoHandler {
  return (query, _body, context) => {
    const size = pageSize(query, 'size');
    const after = queryNumber(query, 'after', 0, { min: 0 });
    const found = matching(query, context);
    const users = found.slice(after, after + size);
    const params = new URLSearchParams(repeatFilters ? query : []);
    params.set('after', String(after + users.length));
    params.set('size', String(size));
    const links =
      after + users.length < found.length
        ? { next: `${target(context)}?${params.toString()}` }
        : {};
    return { status: 200, body: { users, links } };
  };
}

export const apimaticRoutes: readonly DemoRoute[] = [
  {
    path: '/apimatic/offset/users',
    about: 'APIMatic offset: offset, limit 20; items in data; ends with an empty page',
    example: '/apimatic/offset/users?limit=50&offset=100',
    handle: byOffset,
  },
  {
    path: '/apimatic/page/users',
    about: 'APIMatic page: page from 1, size 20; items in data; ends with an empty page',
    example: '/apimatic/page/users?size=50&page=2',
    handle: byPage,
  },
  {
    path: '/apimatic/link/users',
    about: 'APIMatic link: links.next is absolute and may be followed as it is',
    example: '/apimatic/link/users?size=50',
    handle: byLink(({ origin, path }) => `${origin}${path}`, { repeatFilters: true }),
  },
  {
    path: '/apimatic/link-merge/users',
    about:
      'APIMatic link whose host and path are not real: only its query is to be merged; team and active are not in it',
    example: '/apimatic/link-merge/users?size=50&team=jade',
    handle: byLink(() => 'https://other.example/v2/feed'),
  },
  {
    path: '/apimatic/link-then-page/users',
    about:
      'APIMatic link, then page: page 1 has no link, so the pages are numbered; the links of later pages are wrong',
    example: '/apimatic/link-then-page/users?per_page=50',
    handle: byLinkThenPage,
  },
];
