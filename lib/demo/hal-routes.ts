import type { DemoHandler, DemoRoute } from './demo-route';
import { queryNumber } from './query-input';
import { filterUsers, queryFilter } from './select-users';

/** HAL as Spring Data writes it: pages count from 0. */
const halPage: DemoHandler = (query, _body, { users, origin, path }) => {
  const size = queryNumber(query, 'size', 20, { min: 1, lowerTo: 100 });
  const number = queryNumber(query, 'page', 0, { min: 0 });
  const found = filterUsers(users, queryFilter(query));
  const totalPages = Math.ceil(found.length / size);
  const lastPage = Math.max(0, totalPages - 1);
  const to = (page: number): { href: string } => {
    const params = new URLSearchParams(query);
    params.set('page', String(page));
    params.set('size', String(size));
    return { href: `${origin}${path}?${params.toString()}` };
  };
  return {
    status: 200,
    headers: { 'content-type': 'application/hal+json' },
    body: {
      _embedded: { users: found.slice(number * size, (number + 1) * size) },
      _links: {
        first: to(0),
        ...(number > 0 ? { prev: to(Math.min(number - 1, lastPage)) } : {}),
        self: to(number),
        ...(number < lastPage ? { next: to(number + 1) } : {}),
        last: to(lastPage),
      },
      page: { size, totalElements: found.length, totalPages, number },
    },
  };
};

export const halRoutes: readonly DemoRoute[] = [
  {
    path: '/hal/users',
    about:
      'HAL: _embedded.users, _links.next.href; page from 0, size 20, lowered to 100; team, active',
    example: '/hal/users?size=50',
    handle: halPage,
  },
];
