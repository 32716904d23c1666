import type { DemoHandler, DemoRoute } from './demo-route';
import { type NumberRule, queryNumber } from './query-input';
import { filterUsers, queryFilter } from './select-users';

/** `count` is the number of all matching rows, whatever the page. */
function parts(limits: NumberRule): DemoHandler {
  return (query, _body, { users }) => {
    const limit = queryNumber(query, 'limit', Math.min(100, limits.lowerTo ?? 100), limits);
    const offset = queryNumber(query, 'offset', 0, { min: 0 });
    const found = filterUsers(users, queryFilter(query));
    return {
      status: 200,
      body: { count: found.length, data: found.slice(offset, offset + limit) },
    };
  };
}

/** Knows no offset: asked with one it repeats its page. `count` is the number of the items shown. */
const calculations: DemoHandler = (query, _body, { users }) => {
  const items = users.slice(0, queryNumber(query, 'limit', 100, { min: 1, max: 500 }));
  return { status: 200, body: { count: items.length, items } };
};

const environments: DemoHandler = (_query, _body, { users }) => ({ status: 200, body: users });

export const arcnmRoutes: readonly DemoRoute[] = [
  {
    path: '/arcnm/parts',
    about: 'ARCNM: limit 1 to 500 (100), offset; count is the whole list; team, active',
    example: '/arcnm/parts?limit=100&offset=100',
    handle: parts({ min: 1, max: 500 }),
  },
  {
    path: '/arcnm/lowered/parts',
    about:
      'ARCNM, but the server lowers the limit to 40 without a word: stepping by the limit skips rows',
    example: '/arcnm/lowered/parts?limit=100&offset=0',
    handle: parts({ min: 1, lowerTo: 40 }),
  },
  {
    path: '/arcnm/calculations',
    about: 'ARCNM {count, items}: limit only, one page',
    example: '/arcnm/calculations?limit=500',
    handle: calculations,
  },
  {
    path: '/arcnm/environments',
    about: 'ARCNM bare array: everything at once',
    example: '/arcnm/environments',
    handle: environments,
  },
];
