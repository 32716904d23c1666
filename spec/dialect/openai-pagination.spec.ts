import { demoUsers, type User } from '../../lib/demo/data-set';
import { openaiPagination } from '../../lib/dialect/openai-pagination';
import { paginate } from '../../lib/paginate';
import { fetchTransport } from '../../lib/transport/fetch';
import { demoServer } from '../demo/demo-client';
import { all, bodies, failure, itWalksExactly, outcome, scriptedServer, transports } from './walks';

const USERS = 25;
const demo = demoServer({ users: USERS });
const scripted = scriptedServer();

const users = demoUsers(USERS);
const { page, cursor, conversation, nextCursor } = openaiPagination;
const [f1, f2, f3] = [{ id: 'f1' }, { id: 'f2' }, { id: 'f3' }];

const forms = { cursor, conversation, nextCursor };

function files(pagination = cursor(), params: Record<string, string | number> = {}) {
  const transport = fetchTransport({ baseUrl: scripted().url });
  return paginate(transport, { url: '/v1/files', params }, { pagination });
}

describe.each(transports)('openaiPagination over %s', (_, transportTo) => {
  const list = (
    url: string,
    params: Record<string, string | number>,
    pagination = cursor<User>(),
  ) => paginate<User>(transportTo(demo().url), { url, params }, { pagination });

  itWalksExactly('cursor pages', {
    server: demo,
    list: () => list('/openai/users', { limit: 10 }),
    items: () => users,
    sizes: [10, 10, 5],
    requestsForThree: 1,
  });

  itWalksExactly('cursor pages without has_more', {
    server: demo,
    list: () => list('/openai/users', { limit: 10, omit_has_more: 'true' }),
    items: () => users,
    sizes: [10, 10, 5, 0],
    requestsForThree: 1,
  });

  itWalksExactly('conversation cursor pages', {
    server: demo,
    list: () =>
      list('/openai/conversations/c1/items', { limit: 2, after: 'item_u0000018' }, conversation()),
    items: () => users.slice(18),
    sizes: [2, 2, 2, 1],
    requestsForThree: 2,
  });

  itWalksExactly('next cursor pages', {
    server: demo,
    list: () => list('/openai/next/users', { limit: 10 }, nextCursor()),
    items: () => users,
    sizes: [10, 10, 5],
    requestsForThree: 1,
  });

  itWalksExactly('a plain page', {
    server: demo,
    list: () => paginate(transportTo(demo().url), '/openai/models', { pagination: page<User>() }),
    items: () => users,
    sizes: [25],
    requestsForThree: 1,
  });

  it('makes after of the last id, last_id or next', async () => {
    const log = async (url: string, pagination: ReturnType<typeof cursor<User>>) => {
      demo().reset();
      const pages = await all(list(url, { limit: 10, order: 'asc' }, pagination).pages());
      expect(pages.map((one) => [one.cursor, one.nextCursor])).toEqual(
        pages.map((__, index) => [pages[index - 1]?.nextCursor, pages[index + 1]?.cursor]),
      );
      return demo().requests.map(({ query }) => query);
    };
    expect(await log('/openai/users', cursor())).toEqual([
      'limit=10&order=asc',
      'limit=10&order=asc&after=u0000010',
      'limit=10&order=asc&after=u0000020',
    ]);
    expect(await log('/openai/conversations/c1/items', conversation())).toEqual([
      'limit=10&order=asc',
      'limit=10&order=asc&after=item_u0000010',
      'limit=10&order=asc&after=item_u0000020',
    ]);
    expect(await log('/openai/next/users', nextCursor())).toEqual([
      'limit=10&order=asc',
      'limit=10&order=asc&after=next_u0000010',
      'limit=10&order=asc&after=next_u0000020',
    ]);
  });

  it("starts at the caller's own after", async () => {
    const rest = list('/openai/users', { limit: 10, after: 'u0000012' });
    expect(await all(rest)).toEqual(users.slice(12));
    expect(demo().requests.map(({ query }) => query)).toEqual([
      'limit=10&after=u0000012',
      'limit=10&after=u0000022',
    ]);
  });
});

describe('openaiPagination', () => {
  it('ends where has_more is false', async () => {
    scripted().replies(
      ...bodies({ data: [f1, f2], has_more: true }, { data: [f3], has_more: false }),
    );
    expect(await outcome(files(cursor(), { limit: 2 }))).toEqual({ items: [f1, f2, f3] });
    expect(scripted().log).toEqual(['GET /v1/files?limit=2', 'GET /v1/files?limit=2&after=f2']);
  });

  it.each([undefined, null, 'false', 0])(
    'does not end where has_more is something else than false: %j',
    async (has_more) => {
      scripted().replies(
        ...bodies({ data: [f1], has_more }, { data: [f2], has_more }, { data: [], has_more }),
      );
      expect(await outcome(files())).toEqual({ items: [f1, f2] });
      expect(scripted().log).toEqual([
        'GET /v1/files',
        'GET /v1/files?after=f1',
        'GET /v1/files?after=f2',
      ]);
    },
  );

  it('ends at has_more false although there is a last_id or next', async () => {
    for (const pagination of [conversation(), nextCursor()]) {
      scripted().replies(...bodies({ data: [f1], has_more: false, last_id: 'x', next: 'x' }));
      expect(await outcome(files(pagination))).toEqual({ items: [f1] });
      expect(scripted().log).toHaveLength(1);
    }
  });

  it.each([
    ['cursor', [{ name: 'without id' }]],
    ['cursor', [{ id: null }]],
    ['conversation', [f1]],
    ['nextCursor', [f1]],
  ] as const)(
    'ends without a word on has_more where nothing leads on: %s %j',
    async (form, data) => {
      scripted().replies(...bodies({ data, last_id: null, next: '' }));
      expect(await outcome(files(forms[form]()))).toEqual({ items: data });
      expect(scripted().log).toHaveLength(1);
    },
  );

  it.each(['cursor', 'conversation', 'nextCursor'] as const)(
    'errors where there is more and nothing leads to it: %s',
    async (form) => {
      const data = [{ name: 'without id' }];
      for (const body of [
        { data, has_more: true },
        { data: [], has_more: true, last_id: null, next: null },
      ]) {
        scripted().replies(...bodies(body));
        const { items, error } = await outcome(files(forms[form]()));
        expect(items).toEqual(body.data);
        expect(error).toMatchObject({ code: 'PROTOCOL', itemsEmitted: items.length });
        expect(scripted().log).toHaveLength(1);
      }
    },
  );

  it('goes on after an empty page with a cursor', async () => {
    scripted().replies(
      ...bodies(
        { data: [f1], has_more: true, last_id: 'f1' },
        { data: [], has_more: true, last_id: 'f2' },
        { data: [f3], has_more: false, last_id: 'f3' },
      ),
    );
    expect(await outcome(files(conversation()))).toEqual({ items: [f1, f3] });
    expect(scripted().log).toEqual([
      'GET /v1/files',
      'GET /v1/files?after=f1',
      'GET /v1/files?after=f2',
    ]);
  });

  it.each(['cursor', 'conversation', 'nextCursor'] as const)(
    "ends at an empty page with emptyPage: 'end', whatever it says: %s",
    async (form) => {
      scripted().replies(
        ...bodies(
          { data: [f1], has_more: true, last_id: 'f1', next: 'f1' },
          { data: [], has_more: true, last_id: 'f2', next: 'f2' },
        ),
      );
      expect(await outcome(files(forms[form]({ emptyPage: 'end' })))).toEqual({ items: [f1] });
      expect(scripted().log).toEqual(['GET /v1/files', 'GET /v1/files?after=f1']);
    },
  );

  it('counts data null as no items, and refuses everything else that is no array', async () => {
    scripted().replies(...bodies({ data: null }, { data: null, has_more: false }));
    expect(await outcome(files())).toEqual({ items: [] });
    expect(await outcome(files(conversation()))).toEqual({ items: [] });
    for (const body of [{}, { data: {} }, { data: '' }, [f1]]) {
      scripted().replies(...bodies(body));
      expect(await failure(files())).toMatchObject({ code: 'BAD_SHAPE' });
    }
  });

  it('gives a plain page alone, whatever it says of more', async () => {
    scripted().replies(...bodies({ data: [f1], has_more: true, last_id: 'f1' }, { data: null }));
    const transport = fetchTransport({ baseUrl: scripted().url });
    const models = paginate(transport, '/v1/models', { pagination: page() });
    const [only, ...more] = await all(models.pages());
    expect(more).toEqual([]);
    expect(only?.items).toEqual([f1]);
    expect(only?.hasNextPage).toBe(false);
    expect(await outcome(models)).toEqual({ items: [] });
    expect(scripted().log).toEqual(['GET /v1/models', 'GET /v1/models']);
  });

  it('takes a number for an id', async () => {
    scripted().replies(
      ...bodies({ data: [{ id: 0 }], has_more: true }, { data: [], has_more: false }),
    );
    await all(files());
    expect(scripted().log).toEqual(['GET /v1/files', 'GET /v1/files?after=0']);
  });

  it('refuses the same position twice', async () => {
    scripted().replies(...bodies({ data: [f1], has_more: true }, { data: [f1], has_more: true }));
    expect(await failure(files())).toMatchObject({ code: 'LOOP' });
    expect(scripted().log).toHaveLength(2);
  });

  it('asks for the limit of its options where the request has none', async () => {
    scripted().replies(...bodies({ data: [], has_more: false }, { data: [], has_more: false }));
    await all(files(cursor({ limit: 7 })));
    await all(files(cursor({ limit: 7 }), { limit: 3 }));
    expect(scripted().log).toEqual(['GET /v1/files?limit=7', 'GET /v1/files?limit=3']);
  });

  it('goes on where an error stopped it', async () => {
    scripted().replies(
      { body: { data: [f1, f2], has_more: true } },
      { status: 401, body: { error: { message: 'Incorrect API key provided' } } },
      { body: { data: [f3], has_more: false } },
    );
    const { items, error } = await outcome(files());
    expect({ items, code: error?.code }).toEqual({ items: [f1, f2], code: 'HTTP_STATUS' });
    const rest = files().with({ resumeFrom: error?.resumeToken });
    expect(await outcome(rest)).toEqual({ items: [f3] });
    expect(scripted().log.slice(1)).toEqual(['GET /v1/files?after=f2', 'GET /v1/files?after=f2']);
  });

  it('refuses unknown and wrong options, naming the function', () => {
    // @ts-expect-error there is no such option
    expect(() => cursor({ size: 3 })).toThrow(/^openaiPagination\.cursor: unknown option 'size'/);
    expect(() => conversation({ limit: -1 })).toThrow(/^openaiPagination\.conversation: .*'limit'/);
    // @ts-expect-error a value of another option
    expect(() => nextCursor({ emptyPage: 'stop' })).toThrow(
      /'emptyPage' must be 'continue' or 'end'/,
    );
  });
});
