import fc from 'fast-check';
import { type Transport } from 'paged-observable';
import { planExport, type ExportDescription } from 'paged-observable/queue';

import { OFFSET_LIST, partList } from '../support/part-list';

const sink = { kind: 'table', table: 't' } as const;
const rest: ExportDescription = { transport: 'api', pagination: OFFSET_LIST, sink };
const base: ExportDescription = { ...rest, request: { url: '/items', params: { limit: 10 } } };

/** A list by page number of this size, that tells its total. */
function numbered(total: number, size: number, first: number): Transport {
  return ({ params = {} }) => {
    const page = Number(params['page'] ?? first) - first;
    const rows = Math.max(0, Math.min(size, total - page * size));
    const data = Array.from({ length: rows }, (_, at) => page * size + at);
    return [{ status: 200, headers: {}, url: '', body: { data, total } }];
  };
}

describe('planExport', () => {
  it('splits a list by offset into ranges of whole pages', async () => {
    const list = partList(47);
    const plan = await planExport(base, { partitions: 3, transports: { api: list.transport } });
    expect(list.asked).toEqual([0]);
    expect(plan).toMatchObject({ version: 1, totalCount: 47, notes: [], description: base });
    expect(
      plan.parts.map(({ index, name, request, range }) => [index, name, request.params, range]),
    ).toEqual([
      [0, '/items?limit=10 10 rows from 0', { limit: 10, offset: 0 }, { totalCount: 47, rows: 10 }],
      [
        1,
        '/items?limit=10 20 rows from 10',
        { limit: 10, offset: 10 },
        { totalCount: 47, rows: 20 },
      ],
      [
        2,
        '/items?limit=10 17 rows from 30',
        { limit: 10, offset: 30 },
        { totalCount: 47, rows: 17 },
      ],
    ]);
  });

  it('gives the same plan for the same description and totals', async () => {
    const options = { partitions: 7, transports: { api: partList(1000).transport } };
    expect(JSON.stringify(await planExport(base, options))).toBe(
      JSON.stringify(await planExport(base, options)),
    );
  });

  it.each([0, 1])('splits a list by page number that begins with %d', async (first) => {
    const pagination = {
      strategy: { kind: 'number', first, items: '/data', totalCount: '/total' },
    } as const;
    const description = { ...base, pagination, request: '/items' };
    const options = { partitions: 2, transports: { api: numbered(45, 10, first) } };
    const { parts } = await planExport(description, options);
    expect(parts.map(({ request, range }) => [request.params, range])).toEqual([
      [{ page: first }, { totalCount: 45, pages: 2, rows: 20 }],
      [{ page: first + 2 }, { totalCount: 45, pages: 3, rows: 25 }],
    ]);
  });

  it('splits every list into parts that hold each of its rows once, in order', async () => {
    const cases = fc.record({
      total: fc.integer({ min: 1, max: 200 }),
      size: fc.integer({ min: 1, max: 30 }),
      partitions: fc.integer({ min: 1, max: 20 }),
      from: fc.integer({ min: 0, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ total, size, partitions, from }) => {
        const list = partList(total);
        const params = { limit: size, ...(from > 0 && { offset: from }) };
        const description = { ...base, request: { url: '/items', params } };
        const transports = { api: list.transport };
        const { parts } = await planExport(description, { partitions, transports });
        const ranges = parts.map(({ request, range }) => {
          const start = Number(request.params?.['offset'] ?? 0);
          return { start, end: range?.rows === undefined ? total : start + range.rows };
        });
        expect(parts.map(({ index }) => index)).toEqual(parts.map((_, at) => at));
        expect(ranges[0]?.start).toBe(from);
        ranges.slice(1).forEach(({ start }, at) => {
          expect(start).toBe(ranges[at]?.end);
        });
        expect(ranges.at(-1)?.end).toBe(total);
        expect(parts.length).toBeLessThanOrEqual(partitions);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [{ pagination: { strategy: { kind: 'cursor', items: '/data' } } }, /paged by cursor/],
    [{ pagination: { strategy: { kind: 'offset', items: '/data' } } }, 'the server tells no total'],
  ] as const)('makes one part of a list that cannot be split: %j', async (further, why) => {
    const options = { partitions: 4, transports: { api: partList(40).transport } };
    const plan = await planExport({ ...base, ...further }, options);
    expect(plan.parts).toHaveLength(1);
    expect(plan.parts[0]).not.toHaveProperty('range');
    expect(plan.notes).toEqual([expect.stringMatching(why)]);
    expect(plan).not.toHaveProperty('totalCount');
  });

  describe('of a list that nobody said how it is paged', () => {
    const page = (data: readonly number[], further: object = {}) => ({
      ...{ status: 200, headers: {}, url: 'http://api.test/items', body: { data, ...further } },
    });
    const planned = (request: string, transport: Transport) =>
      planExport(
        { transport: 'api', request, sink },
        { partitions: 3, transports: { api: transport } },
      );

    it('splits it by what its first page tells and its second one proves', async () => {
      const list = partList(45);
      const plan = await planned('/items?offset=0&limit=10', list.transport);
      expect(list.asked).toEqual([0, 10]);
      expect(plan.notes).toEqual([]);
      const found = {
        strategy: { kind: 'offset', items: '/data', param: 'offset', totalCount: '/total' },
      };
      expect(
        plan.parts.map(({ request, range, pagination }) => [request, range, pagination]),
      ).toEqual(
        [
          [0, 10],
          [10, 20],
          [30, 15],
        ].map(([offset, count]) => [
          { url: '/items?limit=10', params: { offset } },
          { totalCount: 45, rows: count },
          found,
        ]),
      );
    });

    it('refuses one whose second page is the first one again', async () => {
      const same: Transport = () => [page([1, 2], { total: 9 })];
      await expect(planned('/items?offset=0&limit=2', same)).rejects.toMatchObject({
        code: 'PROTOCOL',
        message: expect.stringContaining('The server ignored the parameter offset') as string,
      });
    });

    it('refuses one that a walk would refuse, and asks once', async () => {
      const list = partList(45);
      await expect(planned('/items?limit=10', list.transport)).rejects.toMatchObject({
        code: 'PROTOCOL',
        message: expect.stringContaining(
          "Say how it is paged with the option 'pagination'",
        ) as string,
      });
      expect(list.asked).toEqual([0]);
    });

    it.each([
      ['comes whole', page([1, 2], { total: 2 }), 'it comes whole'],
      [
        'goes on by links',
        { ...page([1, 2]), headers: { link: '</items?after=2>; rel="next"' } },
        'it is paged by link, so only its parts in turn lead to one another',
      ],
    ])('makes one part of one that %s', async (_, reply, why) => {
      let asked = 0;
      const transport: Transport = () => [asked++ === 0 ? reply : page([3])];
      const plan = await planned('/items', transport);
      expect(plan.notes).toEqual([`/items is one part: ${why}`]);
      expect(plan.parts).toHaveLength(1);
      expect(plan.parts[0]).not.toHaveProperty('pagination');
    });
  });

  it('asks nobody where nothing is to be split', async () => {
    const plan = await planExport(base);
    expect(plan.parts).toMatchObject([{ index: 0, name: '/items?limit=10', transport: 'api' }]);
  });

  it('changes nothing of a request but what a filter sets', async () => {
    const { parts } = await planExport({
      ...rest,
      request: { url: '/a?z=1', path: { p: 1 }, params: { size: 10, tenant: 'x' } },
      filters: [{ params: { tenant: 'a' } }, { path: { q: 2 } }],
    });
    expect(parts.map(({ request }) => request)).toEqual([
      { url: '/a?z=1', path: { p: 1 }, params: { size: 10, tenant: 'a' } },
      { url: '/a?z=1', path: { p: 1, q: 2 }, params: { size: 10, tenant: 'x' } },
    ]);
  });

  it('sets path, parameters and members of the body from filters', async () => {
    const plan = await planExport({
      ...rest,
      lists: [
        {
          request: {
            url: '/t/{tenant}',
            path: { tenant: 'a' },
            method: 'POST',
            body: { q: 1, day: 0 },
          },
          transport: 'other',
          filters: [{ path: { tenant: 'b' } }, { body: { day: 2 } }, { name: 'whole', body: [1] }],
        },
      ],
    });
    expect(
      plan.parts.map(({ name, transport, request: { path, body } }) => [
        name,
        transport,
        path,
        body,
      ]),
    ).toEqual([
      ['/t/a tenant=b', 'other', { tenant: 'b' }, { q: 1, day: 0 }],
      ['/t/a {"day":2}', 'other', { tenant: 'a' }, { q: 1, day: 2 }],
      ['/t/a whole', 'other', { tenant: 'a' }, [1]],
    ]);
  });
});

describe('a description', () => {
  it.each([
    [{ ...base, transport: undefined }, "description: it needs a 'transport'"],
    [{ ...base, transport: 'a/b' }, /option 'transport' must be a name of up to 60 letters/],
    [rest, "description: expected 'request' or 'lists', got none"],
    [
      { ...base, lists: [{ request: '/x' }] },
      "description: expected 'request' or 'lists', got both",
    ],
    [
      { ...base, select: (item: unknown) => item },
      'description/select: expected data, plain JSON, got a function',
    ],
    [
      { ...base, walk: { retry: { when: () => true } } },
      'description/walk/retry/when: expected data, plain JSON, got a function',
    ],
    [{ ...base, walk: { maxItems: 3 } }, "description: walk: unknown option 'maxItems'"],
    [
      { ...base, walk: { prefetch: -1 } },
      "option 'prefetch' must be a whole number, 0 or more, got -1",
    ],
    [
      { ...base, pagination: { dialect: 'githbu' } },
      /there is none named "githbu"; near to it: 'github'/,
    ],
    [
      { ...base, pagination: {} },
      'expected one of dialect, xPagination or strategy, got an object',
    ],
    [
      { ...base, pagination: { dialect: 'github', strategy: { kind: 'cursor' } } },
      'got dialect and strategy',
    ],
    [{ ...base, sink: { kind: 'table' } }, 'the table must be a name, got undefined'],
    [
      { ...base, sink: { kind: 's3' } },
      `description: sink: expected the kind 'table' or 'files', got "s3"`,
    ],
    [
      { ...base, sink: { kind: 'files', folder: 'a', format: 'csv' } },
      "the format 'csv' needs csv.columns",
    ],
    [{ ...base, limit: { perSecond: 1 } }, "description: limit: it needs a 'name'"],
    [{ ...base, maxTries: 0 }, "option 'maxTries' must be a whole number, 1 or more, got 0"],
  ])('is refused where it is wrong: %j', (description, message) => {
    expect(() => planExport(description as never)).toThrow(TypeError);
    expect(() => planExport(description as never)).toThrow(message);
  });

  const t0 = { params: { tenant: 't0' } };
  it.each([
    [
      { request: '/x', filters: [t0, { params: { tenant: 't1' } }, t0] },
      'filters[0] and filters[2]',
    ],
    [
      { request: '/x?tenant=t0', filters: [{ path: {} }, { name: 'same', body: undefined }] },
      'filters[0] and filters[1]',
    ],
    [
      {
        lists: [
          { request: '/x' },
          { request: '/y' },
          { request: { url: '/x', method: 'GET' }, name: 'again' },
        ],
      },
      'lists[0] and lists[2]',
    ],
    [
      { lists: [{ request: '/y' }, { request: '/x', filters: [t0] }, { request: '/x?tenant=t0' }] },
      'lists[1]: filters[0] and lists[2]',
    ],
    [
      {
        lists: [
          { request: '/x', filters: [t0, { params: { tenant: 'u' } }] },
          { request: '/x', transport: 'api', filters: [t0] },
        ],
      },
      'lists[0]: filters[0] and lists[1]: filters[0]',
    ],
  ])('is refused where a list is in it twice: %j', (lists, places) => {
    const planned = () => planExport({ ...rest, ...lists });
    expect(planned).toThrow(TypeError);
    expect(planned).toThrow(
      `description: ${places} make the same request, whose rows would come twice`,
    );
  });

  it('may ask for one URL by different transports, methods, bodies, headers and ways of paging', async () => {
    const post = { url: '/x', method: 'POST', body: { q: 1 } };
    const { parts } = await planExport({
      ...rest,
      lists: [
        { request: '/x' },
        { request: '/x', transport: 'other' },
        { request: '/x', pagination: { dialect: 'github' } },
        { request: post },
        { request: { ...post, body: { q: '1' } } },
        { request: { url: '/x', headers: { 'x-tenant': 'a' } } },
        { request: { url: '/x', params: { a: [1, 2] } } },
        { request: { url: '/x', params: { a: [2, 1] } } },
      ],
    });
    expect(parts).toHaveLength(8);
  });

  it.each([
    [{ url: 'https://me:pw@api.test/x' }, 'the user info of the URL'],
    [{ url: '/x?api_key=1' }, 'the query parameter api_key'],
    [{ url: '/x', params: { access_token: 1 } }, 'params access_token'],
    [{ url: '/{key}', path: { key: 'k' } }, 'path key'],
    [{ url: '/x', headers: { Authorization: 'x' } }, 'the header Authorization'],
    [{ url: '/x', headers: { 'x-api-key': 'x' } }, 'the header x-api-key'],
    [{ url: '/x', headers: { cookie: 'x' } }, 'the header cookie'],
    [{ url: '/x', headers: { 'x-custom': 'Bearer abc' } }, 'the header x-custom'],
    [{ url: '/x', body: { filter: [{ password: 'x' }] } }, "the body's /filter/0/password"],
  ])('is refused where it holds a credential: %j', (request, place) => {
    const thrown = () => planExport({ ...base, pagination: undefined, request });
    expect(thrown).toThrow(`description: ${place} looks like a credential`);
    const lists = [{ request: '/x', filters: [{ path: {} }] }, { request }];
    expect(() => planExport({ ...rest, pagination: undefined, lists })).toThrow(
      `lists[1]: ${place}`,
    );
  });

  it('may hold what only sounds like one: cursors, page tokens, plain headers', async () => {
    const request = {
      url: '/x?page_token=1',
      params: { cursor: 'a', nextToken: 'b' },
      headers: { accept: 'application/json', 'x-tenant': 'acme' },
    };
    const { parts } = await planExport({ ...base, pagination: undefined, request });
    expect(parts[0]?.request).toEqual(request);
  });
});
