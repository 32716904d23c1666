import type { DemoContext, DemoHandler, DemoReply, DemoRoute } from './demo-route';
import { decodePosition, encodePosition } from './position-token';
import { queryNumber, queryText } from './query-input';

const SIZE = 10;
const BAD_PAGE = 3;
const SCOPE = 'loop';

function numbered(query: URLSearchParams, { users }: DemoContext): DemoReply & { body: unknown } {
  const page = queryNumber(query, 'page', 1, { min: 1 });
  const size = queryNumber(query, 'size', SIZE, { min: 1, lowerTo: 100 });
  const totalPages = Math.ceil(users.length / size);
  const data = users.slice((page - 1) * size, page * size);
  return { status: 200, body: { page, total_pages: totalPages, data } };
}

/** A good list of numbered pages but for page 3. */
function brokenAt3(
  bad: (query: URLSearchParams, good: { body: unknown }) => DemoReply,
): DemoHandler {
  return (query, _body, context) => {
    const good = numbered(query, context);
    return queryNumber(query, 'page', 1, { min: 1 }) === BAD_PAGE ? bad(query, good) : good;
  };
}

const loginPage = brokenAt3(() => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  text: '<!doctype html>\n<title>Sign in</title>\n<h1>Your session has ended</h1>\n',
}));

const failing = brokenAt3((query) => {
  const status = queryNumber(query, 'status', 503, { min: 400, max: 599 });
  return { status, body: { message: `Page ${String(BAD_PAGE)} always answers ${String(status)}` } };
});

// The length is true, so that the cut is seen only by who parses.
const cut = brokenAt3((_query, { body }) => {
  const json = JSON.stringify(body);
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    text: json.slice(0, Math.floor(json.length / 2)),
  };
});

/** From page 3 on, or from a page that nothing follows, a page names the cursor that fetched it. */
const loop: DemoHandler = (query, _body, { users }) => {
  const start = decodePosition(SCOPE, queryText(query, 'cursor'), 'cursor');
  const end = start + SIZE;
  const last = start >= (BAD_PAGE - 1) * SIZE || end >= users.length;
  const next = encodePosition(SCOPE, last ? start : end);
  return { status: 200, body: { items: users.slice(start, end), next_cursor: next } };
};

const slow: DemoHandler = (query, _body, context) => ({
  ...numbered(query, context),
  delayMs: queryNumber(query, 'delay', 1000, { min: 0, max: 60_000 }),
});

export const brokenRoutes: readonly DemoRoute[] = [
  {
    path: '/broken/users',
    about: 'Numbered pages; page 3 is an HTML login page with status 200',
    example: '/broken/users?page=3',
    handle: loginPage,
  },
  {
    path: '/broken/loop',
    about: 'Cursor pages; page 3 names its own cursor',
    example: '/broken/loop',
    handle: loop,
  },
  {
    path: '/broken/status',
    about: 'Numbered pages; page 3 always answers 503, or what status says',
    example: '/broken/status?page=3&status=500',
    handle: failing,
  },
  {
    path: '/broken/cut',
    about: 'Numbered pages; the JSON of page 3 is cut short',
    example: '/broken/cut?page=3',
    handle: cut,
  },
  {
    path: '/slow/users',
    about: 'Numbered pages, each after delay milliseconds (1000)',
    example: '/slow/users?page=1&delay=500',
    handle: slow,
  },
];
