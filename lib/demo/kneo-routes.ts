import type { DemoHandler, DemoRoute } from './demo-route';
import { queryChoice, queryNumber } from './query-input';
import { filterUsers, queryFilter, SORT_FIELDS, sortUsers } from './select-users';

/** Limit and offset with the figures repeated in the envelope; the items are under the resource's name. */
function kneoList(resource: string, { withTotal = true } = {}): DemoHandler {
  return (query, _body, { users }) => {
    const limit = queryNumber(query, 'limit', 100, { min: 1, max: 1000 });
    const offset = queryNumber(query, 'offset', 0, { min: 0 });
    const sortBy = queryChoice(query, 'sort_by', SORT_FIELDS);
    const sortOrder = queryChoice(query, 'sort_order', ['asc', 'desc']) ?? 'asc';
    const found = filterUsers(users, queryFilter(query));
    // Server order is the order of ids.
    const sorted =
      sortBy === undefined && sortOrder === 'asc'
        ? found
        : sortUsers(found, sortBy ?? 'id', sortOrder === 'desc');
    const items = sorted.slice(offset, offset + limit);
    return {
      status: 200,
      body: {
        [resource]: items,
        count: items.length,
        ...(withTotal ? { total: found.length } : {}),
        limit,
        offset,
        sort_by: sortBy ?? 'id',
        sort_order: sortOrder,
      },
    };
  };
}

export const kneoRoutes: readonly DemoRoute[] = [
  {
    path: '/kneo/users',
    about:
      'kneo: limit 1 to 1000 (100), offset, sort_by, sort_order, team, active; count is the page, total the list',
    example: '/kneo/users?limit=20&offset=40&sort_by=score&sort_order=desc',
    handle: kneoList('users'),
  },
  {
    path: '/kneo/runs',
    about: 'kneo, the items under another name',
    example: '/kneo/runs?limit=20&offset=0',
    handle: kneoList('runs'),
  },
  {
    path: '/kneo-no-total/users',
    about: 'kneo without the total',
    example: '/kneo-no-total/users?limit=20',
    handle: kneoList('users', { withTotal: false }),
  },
];
