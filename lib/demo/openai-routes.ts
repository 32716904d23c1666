import { BadInput } from './bad-input';
import type { User } from './data-set';
import type { DemoHandler, DemoRoute } from './demo-route';
import { queryChoice, queryFlag, queryNumber, queryText } from './query-input';

interface Window {
  readonly data: readonly User[];
  readonly hasMore: boolean;
}

/** The page after or before an item; `idOf` is how the list names its items to the outside. */
function windowOf(
  query: URLSearchParams,
  users: readonly User[],
  idOf: (user: User) => string,
): Window {
  const limit = queryNumber(query, 'limit', 20, { min: 1, max: 100 });
  const descending = queryChoice(query, 'order', ['asc', 'desc']) === 'desc';
  const list = descending ? [...users].reverse() : users;
  const indexOf = (name: string): number | undefined => {
    const id = queryText(query, name);
    if (id === undefined) return undefined;
    const index = list.findIndex((user) => idOf(user) === id);
    if (index < 0) throw new BadInput(name, 'the id of an item of this list', id);
    return index;
  };
  const after = indexOf('after');
  const before = indexOf('before');
  const start = after === undefined ? 0 : after + 1;
  const end = before ?? list.length;
  // `before` alone walks backwards: the page is the one that ends there.
  const backwards = before !== undefined && after === undefined;
  const from = backwards ? Math.max(start, end - limit) : start;
  const to = backwards ? end : Math.min(end, start + limit);
  return { data: list.slice(from, to), hasMore: backwards ? from > start : to < end };
}

const plainPage: DemoHandler = (_query, _body, { users }) => ({
  status: 200,
  body: { object: 'list', data: users },
});

/** `first_id` and `last_id` are null on an empty page. */
function cursorPage(idOf: (user: User) => string): DemoHandler {
  return (query, _body, { users }) => {
    const { data, hasMore } = windowOf(query, users, idOf);
    const [first, last] = [data.at(0), data.at(-1)];
    return {
      status: 200,
      body: {
        object: 'list',
        data,
        first_id: first === undefined ? null : idOf(first),
        last_id: last === undefined ? null : idOf(last),
        ...(queryFlag(query, 'omit_has_more') === true ? {} : { has_more: hasMore }),
      },
    };
  };
}

const nextCursorPage: DemoHandler = (query, _body, { users }) => {
  const { data, hasMore } = windowOf(query, users, (user) => `next_${user.id}`);
  const last = data.at(-1);
  const next = hasMore && last !== undefined ? `next_${last.id}` : null;
  return { status: 200, body: { object: 'list', data, has_more: hasMore, next } };
};

const refuse: DemoRoute['refuse'] = ({ message, parameter }) => ({
  status: 400,
  body: { error: { message, type: 'invalid_request_error', param: parameter, code: null } },
});

export const openaiRoutes: readonly DemoRoute[] = [
  {
    path: '/openai/models',
    about: 'OpenAI plain page: everything at once',
    example: '/openai/models',
    handle: plainPage,
  },
  {
    path: '/openai/users',
    about:
      'OpenAI cursor page: after and before are item ids; limit 1 to 100 (20), order; omit_has_more=true leaves has_more out',
    example: '/openai/users?limit=20&after=u0000020',
    handle: cursorPage((user) => user.id),
    refuse,
  },
  {
    path: '/openai/conversations/{conversation}/items',
    about: 'OpenAI conversation cursor page: after is last_id, which is not the id of the record',
    example: '/openai/conversations/c1/items?limit=20',
    handle: cursorPage((user) => `item_${user.id}`),
    refuse,
  },
  {
    path: '/openai/next/users',
    about: 'OpenAI next cursor page: after is next',
    example: '/openai/next/users?limit=20',
    handle: nextCursorPage,
    refuse,
  },
];
