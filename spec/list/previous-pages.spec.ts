import { of, type Observable } from 'rxjs';

import {
  choosePagination,
  cursorPagination,
  linkPagination,
  numberPagination,
  offsetPagination,
  paginate,
  relayPagination,
  type PagedObservable,
  type PageReply,
  type PageRequest,
  type PaginationStrategy,
} from 'paged-observable';
import { pagedList, type ListState, type PagedListOptions } from 'paged-observable/list';
import { range } from '../support/list-api';
import { settled } from '../support/settled';

const TOTAL = 23;
const ROWS = range(0, TOTAL);
const URL = 'http://api.test/items';

interface Server {
  readonly asked: string[];
  readonly transport: (request: PageRequest) => Observable<PageReply>;
}

/** A list of 23 rows, by pages of 5 where the request does not say; `most` is the largest page it gives. */
function server(most = Infinity, status: () => number = () => 200): Server {
  const asked: string[] = [];
  return {
    asked,
    transport: (request) => {
      const query = new globalThis.URL(request.url, URL).searchParams;
      const given = (name: string) => request.params?.[name] ?? query.get(name) ?? undefined;
      const size = Math.min(most, Number(given('limit') ?? 5));
      const page = given('page');
      const offset = page === undefined ? Number(given('offset') ?? 0) : (Number(page) - 1) * size;
      asked.push(page === undefined ? `@${String(offset)}` : `p${String(page)}`);
      const items = ROWS.slice(offset, offset + size);
      const link = (at: number, rel: string) => `<?offset=${String(at)}>; rel="${rel}"`;
      const next = offset + items.length < TOTAL ? offset + items.length : undefined;
      const links = [
        ...(next === undefined ? [] : [link(next, 'next')]),
        // Like some servers, its first page is its own previous one.
        link(Math.max(0, offset - size), 'prev'),
      ];
      const body = { items, next: next === undefined ? null : String(next) };
      const headers = { link: links.join(', ') };
      return of({ status: status(), headers, url: request.url, body });
    },
  };
}

/** A GraphQL connection over the same rows; it tells `hasNextPage` only on the way forward. */
function connection(asked: string[] = []): Server {
  const transport = ({ body }: PageRequest): Observable<PageReply> => {
    const { variables } = body as { variables: Record<string, unknown> };
    asked.push(JSON.stringify(variables));
    const { after, before, first, last } = variables;
    const begin = after === undefined ? 0 : Number(after) + 1;
    const end = before === undefined ? TOTAL : Number(before);
    const rows = ROWS.slice(begin, end);
    const shown = last === undefined ? rows.slice(0, Number(first)) : rows.slice(-Number(last));
    const [start = 0, finish = 0] = [shown[0], shown.at(-1)];
    const pageInfo = {
      hasNextPage: last === undefined && finish < TOTAL - 1,
      endCursor: String(finish),
      hasPreviousPage: start > 0,
      startCursor: String(start),
    };
    const data = { users: { nodes: shown, pageInfo } };
    return of({ status: 200, headers: {}, url: 'http://api.test/graphql', body: { data } });
  };
  return { asked, transport };
}

/** Loads to the front and then to the end, and gives what was shown whenever the list rested. */
async function toFrontAndEnd(
  list: PagedObservable<number>,
  options: PagedListOptions<number> = {},
) {
  const states: ListState<number>[] = [];
  const shown = pagedList(list, options);
  shown.state.subscribe((state) => states.push(state));
  await settled();
  const rested = [states.at(-1)];
  for (let turns = 0; states.at(-1)?.hasPrevious === true && turns < 50; turns += 1) {
    shown.loadPrevious();
    await settled();
    await settled();
    rested.push(states.at(-1));
  }
  for (let turns = 0; states.at(-1)?.status === 'idle' && turns < 50; turns += 1) {
    shown.loadMore();
    await settled();
    rested.push(states.at(-1));
  }
  return {
    states,
    rested: rested.map((state) => [state?.items.at(0), state?.items.at(-1), state?.status]),
  };
}

const items = '/items';
const query = 'query($first: Int, $after: String, $last: Int, $before: String) { users }';
const graphql = (text: string, variables: object): PageRequest => ({
  url: 'http://api.test/graphql',
  body: { query: text, variables: { ...variables } },
});

const relay = relayPagination<number>({ connection: '/data/users' });

describe('a list that begins in its middle', () => {
  it.each<[string, Server, PageRequest, PaginationStrategy<number>, string[], unknown[][]]>([
    [
      'page numbers',
      server(),
      { url: URL, params: { page: 3 } },
      numberPagination({ items }),
      ['p3', 'p2', 'p1', 'p4', 'p5', 'p6'],
      [
        [10, 14, 'idle'],
        [5, 14, 'idle'],
        [0, 14, 'idle'],
        [0, 19, 'idle'],
        [0, 22, 'idle'],
        [0, 22, 'done'],
      ],
    ],
    [
      'offsets that the page size does not divide',
      server(),
      { url: URL, params: { offset: 12 } },
      offsetPagination({ items, limit: 5 }),
      ['@12', '@7', '@2', '@0', '@17', '@22', '@23'],
      [
        [12, 16, 'idle'],
        [7, 16, 'idle'],
        [2, 16, 'idle'],
        [0, 16, 'idle'],
        [0, 21, 'idle'],
        [0, 22, 'idle'],
        [0, 22, 'done'],
      ],
    ],
    [
      'offsets without a page size',
      server(),
      { url: URL, params: { offset: 8 } },
      offsetPagination({ items }),
      ['@8', '@3', '@0', '@13', '@18', '@23'],
      [
        [8, 12, 'idle'],
        [3, 12, 'idle'],
        [0, 12, 'idle'],
        [0, 17, 'idle'],
        [0, 22, 'idle'],
        [0, 22, 'done'],
      ],
    ],
    [
      'offsets of a server that gives fewer rows than it is asked for',
      server(4),
      { url: URL, params: { offset: 12 } },
      offsetPagination({ items, limit: 10 }),
      ['@12', '@2', '@6', '@10', '@0', '@16', '@20', '@23'],
      [
        [12, 15, 'idle'],
        [2, 15, 'idle'],
        [0, 15, 'idle'],
        [0, 19, 'idle'],
        [0, 22, 'idle'],
        [0, 22, 'done'],
      ],
    ],
    [
      'links',
      server(),
      { url: `${URL}?offset=10` },
      linkPagination({ items }),
      ['@10', '@5', '@0', '@15', '@20'],
      [
        [10, 14, 'idle'],
        [5, 14, 'idle'],
        [0, 14, 'idle'],
        [0, 19, 'idle'],
        [0, 22, 'done'],
      ],
    ],
    [
      'a choice whose second strategy goes on',
      server(),
      { url: `${URL}?offset=10` },
      choosePagination<number>([
        cursorPagination({ items, next: '/none' }),
        linkPagination({ items }),
      ]),
      ['@10', '@5', '@0', '@15', '@20'],
      [
        [10, 14, 'idle'],
        [5, 14, 'idle'],
        [0, 14, 'idle'],
        [0, 19, 'idle'],
        [0, 22, 'done'],
      ],
    ],
    [
      'a connection whose query can be asked both ways',
      connection(),
      graphql(query, { first: 9, after: '9' }),
      relay,
      [
        '{"first":9,"after":"9"}',
        '{"before":"10","last":9}',
        '{"before":"1","last":9}',
        '{"first":9,"after":"18"}',
      ],
      [
        [10, 18, 'idle'],
        [1, 18, 'idle'],
        [0, 18, 'idle'],
        [0, 22, 'done'],
      ],
    ],
  ])(
    'is loaded to its front and its end by %s',
    async (_, api, request, pagination, asked, want) => {
      const list = paginate<number>(api.transport, request, { pagination });
      const { states, rested } = await toFrontAndEnd(list);
      expect(rested).toEqual(want);
      for (const { items: rows } of states) {
        expect(rows).toEqual(range(rows[0] ?? 0, (rows.at(-1) ?? -1) + 1));
      }
      expect(api.asked).toEqual(asked);
      expect(states.at(-1)?.items).toEqual(ROWS);
    },
  );

  it('goes on in a window from a page that was loaded backwards', async () => {
    for (const [pagination, params] of [
      [numberPagination<number>({ items }), { page: 4 }],
      [offsetPagination<number>({ items, limit: 5 }), { offset: 13 }],
    ] as const) {
      const api = server();
      const list = paginate<number>(api.transport, { url: URL, params }, { pagination });
      const { states } = await toFrontAndEnd(list, { maxPages: 2 });
      expect(states.every(({ pages }) => pages <= 2)).toBe(true);
      const fronts = states.filter(({ hasPrevious, status }) => !hasPrevious && status === 'idle');
      expect(fronts[0]?.items[0] ?? fronts[1]?.items[0]).toBe(0);
      expect(states.at(-1)).toMatchObject({ status: 'done', hasPrevious: true });
      expect(states.at(-1)?.items.at(-1)).toBe(22);
      for (const { items: rows } of states) {
        expect(rows).toEqual(range(rows[0] ?? 0, (rows.at(-1) ?? -1) + 1));
      }
    }
  });

  it('brings back in a window what was loaded backwards and let go', async () => {
    const api = server();
    const pagination = offsetPagination<number>({ items, limit: 5 });
    const request = { url: URL, params: { offset: 7 } };
    const list = pagedList(paginate<number>(api.transport, request, { pagination }), {
      maxPages: 2,
    });
    const shown: unknown[] = [];
    list.state.subscribe((state) => {
      if (state.status === 'idle')
        shown.push([state.items[0], state.items.at(-1), state.hasPrevious]);
    });
    await settled();
    for (const call of [
      'loadPrevious',
      'loadPrevious',
      'loadMore',
      'loadMore',
      'loadPrevious',
      'loadPrevious',
      'loadPrevious',
    ] as const) {
      list[call]();
      await settled();
    }
    expect(shown).toEqual([
      [7, 11, true],
      [2, 11, true],
      [0, 6, false],
      [2, 11, true],
      [7, 16, true],
      [2, 11, true],
      [0, 6, false],
    ]);
    expect(api.asked).toEqual(['@7', '@2', '@0', '@7', '@12', '@2', '@0']);
  });

  it('begins with the whole page that it was resumed in', async () => {
    const api = server();
    const pagination = cursorPagination<number>({ items, next: '/next', param: 'offset' });
    const paged = paginate<number>(api.transport, URL, { pagination });
    const tokens: string[] = [];
    await paged
      .pages()
      .forEach((page) => tokens.push(page.resumeTokenAfter(page.items.length && 2)));
    const { rested } = await toFrontAndEnd(paged.with({ resumeFrom: tokens[1] }));
    // A cursor leads on only, so the page before is out of reach.
    expect(rested.slice(0, 2)).toEqual([
      [7, 9, 'idle'],
      [5, 9, 'idle'],
    ]);
    expect(rested.at(-1)).toEqual([5, 22, 'done']);
  });

  it('shows a failed page before it as an error, and asks for it again', async () => {
    let status = 200;
    const api = server(Infinity, () => status);
    const pagination = numberPagination<number>({ items });
    const list = pagedList(
      paginate<number>(api.transport, { url: URL, params: { page: 2 } }, { pagination }),
    );
    const told: unknown[] = [];
    list.state.subscribe(({ status: doing, items: rows, error }) =>
      told.push([doing, rows[0], (error as { status?: number } | undefined)?.status]),
    );
    await settled();
    status = 404;
    list.loadPrevious();
    await settled();
    status = 200;
    list.retry();
    await settled();
    expect(told).toEqual([
      ['loading', undefined, undefined],
      ['idle', 5, undefined],
      ['loading', 5, undefined],
      ['error', 5, 404],
      ['loading', 5, undefined],
      ['idle', 0, undefined],
    ]);
    expect(api.asked).toEqual(['p2', 'p1', 'p1']);
  });

  it('does not ask the way back where the query cannot be asked it', async () => {
    const api = connection();
    const forward = 'query($first: Int, $after: String) { users }';
    const request = graphql(forward, { first: 9, after: '9' });
    const { states } = await toFrontAndEnd(
      paginate<number>(api.transport, request, { pagination: relay }),
    );
    expect(states.some(({ hasPrevious }) => hasPrevious)).toBe(false);
    expect(api.asked).toEqual(['{"first":9,"after":"9"}', '{"first":9,"after":"18"}']);
  });

  it('passes over pages that add nothing, and gives up where they lead on for ever', async () => {
    let asked = 0;
    const transport = (request: PageRequest) => {
      asked += 1;
      const at = Number(new globalThis.URL(request.url).searchParams.get('at') ?? 0);
      const link = `<?at=${String(at - 1)}>; rel="prev"`;
      return of({ status: 200, headers: { link }, url: request.url, body: at === 0 ? [1] : [] });
    };
    const pagination = linkPagination<number>();
    const list = pagedList(paginate<number>(transport, URL, { pagination }));
    const states: ListState<number>[] = [];
    list.state.subscribe((state) => states.push(state));
    await settled();
    list.loadPrevious();
    for (let turns = 0; turns < 400; turns += 1) await settled();
    expect(states.at(-1)).toMatchObject({
      items: [1],
      status: 'error',
      error: { code: 'STALLED' },
    });
    expect(asked).toBe(102);
  });

  it('has no previous page at its beginning', async () => {
    for (const pagination of [
      numberPagination<number>({ items }),
      offsetPagination<number>({ items }),
      linkPagination<number>({ items }),
    ]) {
      const { states } = await toFrontAndEnd(
        paginate<number>(server().transport, `${URL}?offset=0`, { pagination }),
      );
      expect(states.some(({ hasPrevious }) => hasPrevious)).toBe(false);
    }
  });
});
