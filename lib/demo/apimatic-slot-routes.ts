import { matching, pageSize } from './apimatic-routes';
import { BadInput } from './bad-input';
import type { User } from './data-set';
import type { DemoContext, DemoHandler, DemoRoute } from './demo-route';
import { decodePosition, encodePosition } from './position-token';
import { bodyNumber, member, queryText } from './query-input';

const SCOPE = 'apimatic';

interface Batch {
  readonly users: readonly User[];
  /** Null where nothing follows. */
  readonly next: string | null;
}

function batch(
  query: URLSearchParams,
  context: DemoContext,
  cursor: string | undefined,
  slot: string,
): Batch {
  const start = decodePosition(SCOPE, cursor, slot);
  const found = matching(query, context);
  const users = found.slice(start, start + pageSize(query, 'limit'));
  const end = start + users.length;
  return { users, next: end < found.length ? encodePosition(SCOPE, end) : null };
}

const inQuery: DemoHandler = (query, _body, context) => {
  const { users, next } = batch(query, context, queryText(query, 'cursor'), 'cursor');
  return { status: 200, body: { users, paging: { next } } };
};

const inRequestHeader: DemoHandler = (query, _body, context) => {
  const header = context.headers['x-cursor'];
  const cursor = Array.isArray(header) ? header.join(', ') : header;
  const { users, next } = batch(query, context, cursor, 'x-cursor');
  return { status: 200, body: { users, paging: { next } } };
};

const inResponseHeader: DemoHandler = (query, _body, context) => {
  const { users, next } = batch(query, context, queryText(query, 'cursor'), 'cursor');
  return {
    status: 200,
    ...(next === null ? {} : { headers: { 'x-next': next } }),
    body: { users },
  };
};

const inPath: DemoHandler = (query, _body, context) => {
  const segment = context.pathValues['cursor'];
  const cursor = segment === 'start' ? undefined : segment;
  const { users, next } = batch(query, context, cursor, 'cursor');
  return { status: 200, body: { users, paging: { next } } };
};

/** `q` is looked for in names and addresses; `from` is the offset. */
const search: DemoHandler = (_query, body, { users }) => {
  const from = bodyNumber(body, 'from', 0, { min: 0 });
  const size = bodyNumber(body, 'size', 20, { min: 1, lowerTo: 100 });
  const q = member(body, 'q') ?? '';
  if (typeof q !== 'string') throw new BadInput('q', 'a text', q);
  const found = users.filter(({ name, email }) => `${name} ${email}`.includes(q));
  return { status: 200, body: { rows: found.slice(from, from + size) } };
};

export const apimaticSlotRoutes: readonly DemoRoute[] = [
  {
    path: '/apimatic/cursor/users',
    about: 'APIMatic cursor: paging.next goes into the query as cursor; limit 20',
    example: '/apimatic/cursor/users?limit=50',
    handle: inQuery,
  },
  {
    path: '/apimatic/header-cursor/users',
    about: 'APIMatic cursor in a request header: paging.next goes into X-Cursor',
    example: '/apimatic/header-cursor/users?limit=50',
    handle: inRequestHeader,
  },
  {
    path: '/apimatic/response-header/users',
    about: 'APIMatic cursor from a response header: X-Next goes into the query as cursor',
    example: '/apimatic/response-header/users?limit=50',
    handle: inResponseHeader,
  },
  {
    path: '/apimatic/path-cursor/{cursor}/users',
    about: 'APIMatic cursor in the path, which begins with "start"',
    example: '/apimatic/path-cursor/start/users?limit=50',
    handle: inPath,
  },
  {
    method: 'POST',
    path: '/apimatic/search',
    about:
      'APIMatic offset in a body: POST {"q":"Berg","from":0,"size":20}; items in rows; ends with an empty page',
    example: '/apimatic/search',
    handle: search,
  },
];
