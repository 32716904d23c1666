import * as fc from 'fast-check';

import { demoUsers } from '../../lib/demo/data-set';
import { type DemoServer, startDemoServer } from '../../lib/demo/start-demo-server';
import { at, get, type Got, listAt, post, textAt } from './demo-client';

type Items = (body: unknown) => readonly unknown[];

interface Walk {
  /** The first request for a page size. */
  readonly start: (base: string, size: number) => Promise<Got>;
  readonly items: Items;
  /** The request after a page; `undefined` at the end. `taken` counts the items, `pages` the pages so far. */
  readonly next: (
    page: Got,
    base: string,
    size: number,
    taken: number,
    pages: number,
  ) => Promise<Got> | undefined;
}

const under =
  (...names: string[]): Items =>
  (body) =>
    listAt(body, ...names);

/** Walks by putting a value of each page behind the first URL. */
function byValue(path: string, list: string, from: (page: Got) => unknown, param: string): Walk {
  return {
    start: (base, size) => get(`${base}${path}?limit=${String(size)}`),
    items: under(list),
    next: (page, base, size) => {
      const value = from(page);
      return typeof value === 'string'
        ? get(`${base}${path}?limit=${String(size)}&${param}=${value}`)
        : undefined;
    },
  };
}

/** Walks by counting until a page is empty. */
function byCount(path: string, items: Items, size: string, param: string, first?: number): Walk {
  const url = (base: string, limit: number, value: number): string =>
    `${base}${path}?${size}=${String(limit)}&${param}=${String(value)}`;
  return {
    start: (base, limit) => get(url(base, limit, first ?? 0)),
    items,
    next: (page, base, limit, taken, pages) =>
      items(page.body).length === 0
        ? undefined
        : get(url(base, limit, first === undefined ? taken : first + pages)),
  };
}

/** Walks by links as they are, relative ones against the URL of the list. */
function byLink(path: string, size: string, items: Items, from: (page: Got) => unknown): Walk {
  return {
    start: (base, limit) =>
      get(`${base}${path}?${size}=${String(limit)}`, { prefer: `maxpagesize=${String(limit)}` }),
    items,
    next: (page, base) => {
      const link = from(page);
      return typeof link === 'string' ? get(new URL(link, `${base}${path}`).href) : undefined;
    },
  };
}

const nextRel = ({ headers }: Got): unknown =>
  /<([^>]*)>; rel="next"(?!; anchor)/.exec(headers.get('link') ?? '')?.[1];
const oddNextRel = ({ headers }: Got): unknown =>
  /<([^>]*)> ; title="[^,]*, page; [^;]* ; REL = Next/.exec(headers.get('link') ?? '')?.[1];
const bareArray: Items = (body) => listAt(body);

const lastId = ({ body }: Got): unknown =>
  at(body, 'has_more') === true ? at(body, 'last_id') : null;

const walks: Readonly<Record<string, Walk>> = {
  '/dropshot/users': byValue(
    '/dropshot/users',
    'items',
    ({ body }) => at(body, 'next_page'),
    'page_token',
  ),
  '/kneo/users': byCount('/kneo/users', under('users'), 'limit', 'offset'),
  '/kneo/runs': byCount('/kneo/runs', under('runs'), 'limit', 'offset'),
  '/kneo-no-total/users': byCount('/kneo-no-total/users', under('users'), 'limit', 'offset'),
  '/openai/users': byValue('/openai/users', 'data', lastId, 'after'),
  '/openai/conversations': byValue('/openai/conversations/c1/items', 'data', lastId, 'after'),
  '/openai/next/users': byValue(
    '/openai/next/users',
    'data',
    ({ body }) => at(body, 'next'),
    'after',
  ),
  '/apimatic/offset/users': byCount('/apimatic/offset/users', under('data'), 'limit', 'offset'),
  '/apimatic/page/users': byCount('/apimatic/page/users', under('data'), 'size', 'page', 1),
  '/apimatic/link-then-page/users': byCount(
    '/apimatic/link-then-page/users',
    under('users'),
    'per_page',
    'page',
    1,
  ),
  '/apimatic/cursor/users': byValue(
    '/apimatic/cursor/users',
    'users',
    ({ body }) => at(body, 'paging', 'next'),
    'cursor',
  ),
  '/apimatic/response-header/users': byValue(
    '/apimatic/response-header/users',
    'users',
    ({ headers }) => headers.get('x-next'),
    'cursor',
  ),
  '/apimatic/link/users': byLink('/apimatic/link/users', 'size', under('users'), ({ body }) =>
    at(body, 'links', 'next'),
  ),
  '/apimatic/link-merge/users': byLink(
    '/apimatic/link-merge/users',
    'size',
    under('users'),
    ({ body }) => {
      const link = at(body, 'links', 'next');
      return typeof link === 'string' ? new URL(link).search : undefined;
    },
  ),
  '/apimatic/header-cursor/users': {
    start: (base, size) => get(`${base}/apimatic/header-cursor/users?limit=${String(size)}`),
    items: under('users'),
    next: ({ body }, base, size) => {
      const cursor = at(body, 'paging', 'next');
      const url = `${base}/apimatic/header-cursor/users?limit=${String(size)}`;
      return typeof cursor === 'string' ? get(url, { 'x-cursor': cursor }) : undefined;
    },
  },
  '/apimatic/path-cursor': {
    start: (base, size) => get(`${base}/apimatic/path-cursor/start/users?limit=${String(size)}`),
    items: under('users'),
    next: ({ body }, base, size) => {
      const cursor = at(body, 'paging', 'next');
      return typeof cursor === 'string'
        ? get(`${base}/apimatic/path-cursor/${cursor}/users?limit=${String(size)}`)
        : undefined;
    },
  },
  '/apimatic/search': {
    start: (base, size) => post(`${base}/apimatic/search`, { size }),
    items: under('rows'),
    next: ({ body }, base, size, taken) =>
      listAt(body, 'rows').length === 0
        ? undefined
        : post(`${base}/apimatic/search`, { size, from: taken }),
  },
  '/arcnm/parts': byCount('/arcnm/parts', under('data'), 'limit', 'offset'),
  '/arcnm/lowered/parts': byCount('/arcnm/lowered/parts', under('data'), 'limit', 'offset'),
  '/link/users': byLink('/link/users', 'per_page', bareArray, nextRel),
  '/link/relative/users': byLink('/link/relative/users', 'per_page', bareArray, nextRel),
  '/link/odd/users': byLink('/link/odd/users', 'per_page', bareArray, oddNextRel),
  '/relay': {
    start: (base, first) =>
      post(`${base}/relay`, { query: 'edges pageInfo', variables: { first } }),
    items: (body) => listAt(body, 'data', 'users', 'edges').map((edge) => at(edge, 'node')),
    next: ({ body }, base, first) => {
      const info = at(body, 'data', 'users', 'pageInfo');
      if (at(info, 'hasNextPage') !== true) return undefined;
      const variables = { first, after: textAt(info, 'endCursor') };
      return post(`${base}/relay`, { query: 'edges pageInfo', variables });
    },
  },
  '/odata/users': byLink('/odata/users', 'x', under('value'), ({ body }) =>
    at(body, '@odata.nextLink'),
  ),
  '/odata/relative/users': byLink('/odata/relative/users', 'x', under('value'), ({ body }) =>
    at(body, '@odata.nextLink'),
  ),
  '/hal/users': byLink('/hal/users', 'size', under('_embedded', 'users'), ({ body }) =>
    at(body, '_links', 'next', 'href'),
  ),
};

/** The items of each page of a walk. */
async function pagesOf(
  { start, items, next }: Walk,
  base: string,
  size: number,
): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let taken = 0;
  let asked: Promise<Got> | undefined = start(base, size);
  while (asked !== undefined) {
    const page = await asked;
    pages.push([...items(page.body)]);
    taken += pages.at(-1)?.length ?? 0;
    asked = next(page, base, size, taken, pages.length);
  }
  return pages;
}

describe('every protocol', () => {
  let servers: readonly DemoServer[];
  beforeAll(async () => {
    servers = await Promise.all([0, 1, 40, 41, 83].map((users) => startDemoServer({ users })));
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  it.each(Object.entries(walks))(
    '%s walks the same users in the same order',
    async (_path, walk) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(4), fc.integer({ min: 1, max: 100 }), async (which, size) => {
          const server = servers[which];
          if (server === undefined) throw new Error('No such server');
          const pages = await pagesOf(walk, server.url, size);
          const users = demoUsers([0, 1, 40, 41, 83][which] ?? 0);
          expect(pages.flat()).toEqual(users);
          // All pages but the last are as full as the server lets them be.
          const full = pages.filter((page) => page.length > 0).slice(0, -1);
          expect(full.every((page) => page.length === full[0]?.length)).toBe(true);
        }),
        { numRuns: 12 },
      );
    },
  );
});
