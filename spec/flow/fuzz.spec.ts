import fc from 'fast-check';
import { of } from 'rxjs';

import {
  arcnmPagination,
  choosePagination,
  cursorPagination,
  dropshotPagination,
  isPaginationError,
  kneoPagination,
  linkPagination,
  numberPagination,
  offsetPagination,
  openaiPagination,
  paginate,
  requestUrl,
  singlePage,
  type PageReply,
  type PaginationStrategy,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

import { FUZZ_RUNS } from '../support/fuzz-runs';
import { ManualClock } from '../support/manual-clock';
import { pollution } from '../support/polluted';
import { record } from '../support/recorder';

const ORIGIN = 'http://api.test';
const FIRST = `${ORIGIN}/v1/items?size=2`;
/** A walk that makes more requests than this hangs. */
const MOST = 300;

/** Where a request goes, as the URL standard reads it; the transports read it so. */
function originOf(url: string): string {
  try {
    return new URL(url, ORIGIN).origin;
  } catch {
    return 'none';
  }
}

/**
 * Walks a server that says anything. Whatever it is: an end in time, no error but the toolkit's own, and no request to
 * another origin.
 */
function survive(
  reply: (nth: number) => Partial<PageReply>,
  pagination: PaginationStrategy,
  options: WalkOptions = {},
): { requests: string[]; items: number; code: string | undefined } {
  const clock = new ManualClock();
  const requests: string[] = [];
  const transport: Transport = (request) => {
    const url = requestUrl(request);
    requests.push(url);
    if (requests.length > MOST) throw new Error('It does not come to an end');
    return of({ status: 200, headers: {}, url, body: null, ...reply(requests.length - 1) });
  };
  const list = paginate(
    transport,
    { url: FIRST, headers: { 'x-api-key': 'k' } },
    {
      ...{ pagination, clock, maxPages: 100, limits: { emptyPages: 20 } },
      ...options,
    },
  );
  const seen = record(list.pages());
  clock.advance(10_000_000);
  expect(seen.errors.length + seen.completions).toBe(1);
  const [error] = seen.errors;
  expect(error === undefined || isPaginationError(error) ? undefined : error).toBeUndefined();
  for (const page of seen.values) expect(() => JSON.stringify(page)).not.toThrow();
  expect(requests.length).toBeLessThanOrEqual(MOST);
  expect(requests.map(originOf).filter((origin) => origin !== ORIGIN)).toEqual([]);
  expect(clock.actions).toHaveLength(0);
  return {
    requests,
    items: seen.values.reduce((sum, { items }) => sum + items.length, 0),
    code: isPaginationError(error) ? error.code : undefined,
  };
}

const link = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ...['http:', 'https:', 'HTTP:', 'file:', 'data:', 'javascript:', '//', '/', '\\', '\\\\'],
        ...['@', ':', '?', '#', '..', '.', '%2f', '%00', '\0', '\t', '\n', ' ', '{', '}', '{page}'],
        ...[
          'api.test',
          'evil.test',
          '127.0.0.1',
          '[::1]',
          'api.test.evil.test',
          '80',
          'a',
          'page=2',
        ],
        ...['ａｐｉ.test', '。', 'ｅvil.test', '\u00ad', '\ud800'],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

afterEach(() => {
  expect(pollution()).toEqual([]);
});

it('goes to no other origin, whatever Location says', () => {
  const followed = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(link, { minLength: 1, maxLength: 7 }),
      fc.constantFrom(301, 302, 303, 307, 308),
      (locations, status) => {
        const { requests } = survive(
          (nth) => {
            const location = locations[nth];
            return location === undefined
              ? { body: { items: [nth], next: null } }
              : { status, headers: { location } };
          },
          cursorPagination({ items: '/items', next: '/next' }),
        );
        if (requests.length > 1) followed.add(requests[1]!);
      },
    ),
    { numRuns: FUZZ_RUNS },
  );
  expect(followed.size).toBeGreaterThan(FUZZ_RUNS / 20);
});

describe.each([
  ['in the body', linkPagination({ items: '/items', next: '/next' })],
  ['in the body, merged', linkPagination({ items: '/items', next: '/next', follow: 'merge' })],
])('links %s', (_, pagination) => {
  it('lead to no other origin, whatever they say', () => {
    const followed = new Set<string>();
    fc.assert(
      fc.property(fc.array(link, { minLength: 1, maxLength: 7 }), (links) => {
        const { requests } = survive(
          (nth) => ({ body: { items: [nth], next: links[nth] ?? null } }),
          pagination,
        );
        if (requests.length > 1) followed.add(requests[1]!);
      }),
      { numRuns: FUZZ_RUNS },
    );
    expect(followed.size).toBeGreaterThan(FUZZ_RUNS / 20);
  });
});

it('links in the header lead to no other origin, whatever they say', () => {
  const header = fc.oneof(
    link.map((target) => `<${target}>; rel="next"`),
    fc.string({ unit: fc.constantFrom(...Array.from('<>;,="\\ relnxt:/?a')), maxLength: 60 }),
  );
  fc.assert(
    fc.property(fc.array(header, { minLength: 1, maxLength: 7 }), (headers) => {
      survive((nth) => {
        const given = headers[nth];
        return { headers: given === undefined ? {} : { link: given }, body: [nth] };
      }, linkPagination());
    }),
    { numRuns: FUZZ_RUNS },
  );
});

/** Names that strategies look at, and those that harm where they are not own properties. */
const names = [
  ...[
    'items',
    'data',
    'rows',
    'next',
    'next_cursor',
    'next_page',
    'nextPage',
    'next_page_token',
    'cursor',
  ],
  ...[
    'has_more',
    'hasMore',
    'has_next',
    'total',
    'totalCount',
    'total_pages',
    'count',
    'pagination',
  ],
  ...[
    'first_id',
    'last_id',
    'id',
    'page',
    'offset',
    'limit',
    'pageInfo',
    'edges',
    'node',
    'nodes',
    'meta',
  ],
  ...['endCursor', 'hasNextPage', 'links', 'href', 'error', 'errors', 'results', 'list'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'length', 'toJSON', 'then'],
];
const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...names) },
  fc.string({ maxLength: 5 }),
);

/** As a parser makes it: `__proto__` is a property like any other. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      1,
      2,
      1e300,
      2 ** 53,
      '',
      'c1',
      '2',
      '0',
      'null',
      FIRST,
      '/v1/items?page=2',
    ),
    fc.string({ maxLength: 8 }),
    fc.double(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('json')), { maxLength: 5 }).map((members) => {
      const object = {};
      for (const [key, value] of members) {
        Object.defineProperty(object, key, {
          value,
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
      return object;
    }),
  ),
}));

const list = fc.oneof({ weight: 3, arbitrary: fc.array(json, { maxLength: 3 }) }, json);
const position = fc.oneof(
  fc.constantFrom('c1', 'c2', 7, 0, '', null, '?page=2', '/v1/items?a=1'),
  link,
  json,
);
const flag = fc.oneof(fc.constantFrom(true, false, 'true', null), json);
const figure = fc.oneof(fc.constantFrom(0, 1, 3, '4', -1), json);

/** Near enough to a page that strategies read on. */
const page = fc.oneof(
  { weight: 1, arbitrary: json },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        ...{ items: list, data: list, list, results: list },
        ...{ next: position, next_cursor: position, next_page: position, nextPage: position },
        ...{
          has_more: flag,
          hasMore: flag,
          total: figure,
          total_pages: figure,
          totalCount: figure,
        },
        ...{ last_id: position, error: json, pagination: json, pageInfo: json },
      },
      { requiredKeys: ['items'], noNullPrototype: true },
    ),
  },
);

const strategies: readonly (readonly [string, PaginationStrategy])[] = [
  ['cursor', cursorPagination()],
  [
    'cursor of named items',
    cursorPagination({ items: '/items', hasMore: '/has_more', apiError: '/error' }),
  ],
  ['cursor in the path', cursorPagination({ items: '/items', next: '/next', param: 'size' })],
  [
    'cursor in a header',
    cursorPagination({ items: '/items', next: '/next', in: 'headers', param: 'x-cursor' }),
  ],
  ['link', linkPagination({ next: '/next' })],
  ['link merged', linkPagination({ items: '/items', next: '/next', follow: 'merge' })],
  [
    'number',
    numberPagination({
      items: '/items',
      totalPages: '/total_pages',
      totalCount: '/total',
      hasMore: '/has_more',
    }),
  ],
  ['offset', offsetPagination({ items: '/items', totalCount: '/total', hasMore: '/has_more' })],
  ['offset of anything', offsetPagination()],
  ['single', singlePage()],
  [
    'several',
    choosePagination([
      linkPagination({ items: '/items', next: '/next' }),
      cursorPagination({ items: '/items' }),
      offsetPagination({ items: '/items' }),
    ]),
  ],
  ['dropshot', dropshotPagination()],
  ['kneo', kneoPagination()],
  ['arcnm', arcnmPagination()],
  ['openai', openaiPagination.cursor()],
];

describe.each(strategies)('a %s walk', (_, pagination) => {
  it('survives any JSON', () => {
    const codes = new Set<string | undefined>();
    let items = 0;
    fc.assert(
      fc.property(
        fc.array(page, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (bodies, isKeyed) => {
          const outcome = survive(
            (nth) => ({ body: bodies[nth % bodies.length] }),
            pagination,
            isKeyed ? { key: (item) => JSON.stringify(item) } : { emptyCursor: 'continue' },
          );
          codes.add(outcome.code);
          items += outcome.items;
        },
      ),
      { numRuns: FUZZ_RUNS },
    );
    // Not everything was refused at once.
    expect([codes.size > 1, items > 0]).toEqual([true, true]);
  });
});

it('survives any status and headers', () => {
  const headers = fc.dictionary(
    fc.constantFrom(
      'retry-after',
      'retry-after-ms',
      'link',
      'location',
      'ratelimit',
      'content-type',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
      '__proto__',
    ),
    fc.oneof(
      fc.constantFrom('0', '1', '5', '-1', '1e9', 'x', '99999999999'),
      fc.string({ maxLength: 12 }),
    ),
    { noNullPrototype: true },
  );
  const status = fc.oneof(
    fc.constantFrom(200, 204, 206, 301, 304, 400, 404, 410, 416, 429, 500, 503, 0, -1, 999),
    fc.integer({ min: 100, max: 599 }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(status, headers, json), { minLength: 1, maxLength: 5 }),
      (replies) => {
        survive(
          (nth) => {
            const [code, given, body] = replies[nth % replies.length]!;
            return { status: code, headers: given, body };
          },
          numberPagination({ items: '/items' }),
        );
      },
    ),
    { numRuns: FUZZ_RUNS },
  );
});

it('survives a text for a token', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String().map((text) => `po1.${text}.0`),
      ),
      (resumeFrom) => {
        const { code, requests } = survive(() => ({ body: [] }), singlePage(), { resumeFrom });
        expect([code, requests]).toEqual(['CHECKPOINT_CORRUPT', []]);
      },
    ),
    { numRuns: FUZZ_RUNS },
  );
});
