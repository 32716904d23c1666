import type { DemoHandler, DemoRoute } from './demo-route';
import { queryNumber } from './query-input';
import { filterUsers, queryFilter } from './select-users';

/** The pages a page points to, by rel. */
type Rels = Readonly<Partial<Record<'prev' | 'next' | 'last' | 'first', number>>>;
type LinkWriter = (rels: Rels, hrefOf: (page: number) => string) => string | readonly string[];

/** A bare array whose neighbours are in the `Link` header (RFC 8288), with the caller's other parameters kept. */
function linkedList(
  base: (origin: string, path: string) => string,
  write: LinkWriter,
): DemoHandler {
  return (query, _body, { users, origin, path }) => {
    const perPage = queryNumber(query, 'per_page', 30, { min: 1, lowerTo: 100 });
    const page = queryNumber(query, 'page', 1, { min: 1 });
    const found = filterUsers(users, queryFilter(query));
    const lastPage = Math.max(1, Math.ceil(found.length / perPage));
    const rels: Rels = {
      ...(page > 1 ? { prev: Math.min(page - 1, lastPage) } : {}),
      ...(page < lastPage ? { next: page + 1, last: lastPage } : {}),
      ...(page > 1 ? { first: 1 } : {}),
    };
    const hrefOf = (to: number): string => {
      const params = new URLSearchParams(query);
      params.set('per_page', String(perPage));
      params.set('page', String(to));
      return `${base(origin, path)}?${params.toString()}`;
    };
    const link = write(rels, hrefOf);
    return {
      status: 200,
      ...(link.length === 0 ? {} : { headers: { link } }),
      body: found.slice((page - 1) * perPage, page * perPage),
    };
  };
}

const plainly: LinkWriter = (rels, hrefOf) =>
  Object.entries(rels)
    .map(([rel, page]) => `<${hrefOf(page)}>; rel="${rel}"`)
    .join(', ');

/** All that RFC 8288 allows and careless parsers get wrong; what counts is the same as in the plain form. */
const oddly: LinkWriter = ({ prev, next, last, first }, hrefOf) => [
  // About another resource, as its anchor says.
  `<${hrefOf(1)}>; rel="next"; anchor="/elsewhere"`,
  // Of several rel parameters only the first counts.
  ...(last === undefined ? [] : [`<${hrefOf(last)}>; rel="last"; rel="next"`]),
  ...(next === undefined
    ? []
    : [`<${hrefOf(next)}> ; title="to the <next>, page; \\"on\\"" ; REL = Next`]),
  ...(prev === undefined ? [] : [`<${hrefOf(prev)}>;rel="${prev === 1 ? 'first prev' : 'prev'}"`]),
  ...(first === undefined || prev === 1 ? [] : [`<${hrefOf(first)}>;rel=first`]),
];

export const linkRoutes: readonly DemoRoute[] = [
  {
    path: '/link/users',
    about:
      'Link header with absolute next, prev, first, last; page, per_page 30, lowered to 100; team, active',
    example: '/link/users?per_page=50&team=jade',
    handle: linkedList((origin, path) => `${origin}${path}`, plainly),
  },
  {
    path: '/link/relative/users',
    about: 'Link header with relative targets',
    example: '/link/relative/users?per_page=50',
    handle: linkedList((_origin, path) => path, plainly),
  },
  {
    path: '/link/odd/users',
    about:
      'Link header in several lines, unquoted, in upper case, with query-only targets, commas in titles, a foreign anchor and a second rel',
    example: '/link/odd/users?per_page=50',
    handle: linkedList(() => '', oddly),
  },
];
