import { of } from 'rxjs';

import {
  choosePagination,
  cursorPagination,
  lastItemPagination,
  linkPagination,
  numberPagination,
  offsetPagination,
  paginate,
  type Json,
  type PageReply,
  type PageRequest,
  type PaginationStrategy,
  type SchemaResult,
  type StandardSchemaV1,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { range } from '../support/list-api';
import { ManualClock, settle } from '../support/manual-clock';
import { record } from '../support/recorder';

const url = 'http://api.test/items';
const byCursor = cursorPagination<number>({ items: '/items', next: '/next' });
const byLink = linkPagination<number>({ items: '/items', next: '/next' });
const byNumber = numberPagination<number>({ items: '/items', hasMore: '/more' });

type Answer = (request: PageRequest, nth: number) => Partial<PageReply>;

/** A walk that is answered so, until the end. */
function walk(
  answer: Answer,
  pagination: PaginationStrategy<number>,
  options: WalkOptions = {},
  request: PageRequest = { url },
) {
  const asked: PageRequest[] = [];
  let token = '';
  const next = (event: WalkEvent) => {
    if (event.type === 'end') token = event.resumeToken;
  };
  const transport = (sent: PageRequest) => {
    asked.push(sent);
    return of({ status: 200, headers: {}, url, body: null, ...answer(sent, asked.length - 1) });
  };
  const list = paginate<number>(transport, request, { retry: false, ...options, events: { next }, pagination }); // prettier-ignore
  const seen = record(list);
  const end = seen.completions === 1 ? 'complete' : seen.error.code;
  return { values: seen.values, end, asked, token, message: end === 'complete' ? '' : seen.error.message }; // prettier-ignore
}

/** Pages of a walk, whatever is asked for. */
const pages =
  (...bodies: readonly unknown[]): Answer =>
  (_, nth) => ({ body: bodies[nth] });

const REPEAT =
  'The page holds the same items as an earlier one: the server does not move on with the position asked for';

describe('a page without anything new', () => {
  it('is one of those in a row that are STALLED, also where what it holds was handed on before', () => {
    const lists = [[1], [1], [], [1, 2], [2], [1], [2]];
    const bodies = lists.map((items, next) => ({ items, next }));
    const seen = walk(pages(...bodies), byCursor, { key: '', limits: { emptyPages: 3 } });
    expect([seen.values, seen.end, seen.asked.length]).toEqual([[1, 2], 'STALLED', 7]);
  });

  it('is none on the way to the place where the walk goes on', () => {
    const rows = offsetPagination<number>({ items: '/items', limit: 9 });
    const answer: Answer = ({ params = {} }) => {
      const offset = Number(params['offset'] ?? 0);
      return { body: { items: range(offset, Math.min(9, offset + Number(params['limit']))) } };
    };
    const { token } = walk(answer, rows, { pageSize: { min: 9, max: 9 }, maxItems: 6 });
    const options = { pageSize: { min: 1, max: 1 }, limits: { emptyPages: 2 }, resumeFrom: token };
    const rest = walk(answer, rows, options);
    expect([rest.values, rest.end, rest.asked.length]).toEqual([[6, 7, 8], 'complete', 10]);
  });

  it('is no repeat where it has no items at all', () => {
    const empty = { items: [], more: true };
    const bodies = [{ items: [1], more: true }, empty, empty, { items: [2], more: false }];
    const seen = walk(pages(...bodies), byNumber);
    expect([seen.values, seen.end, seen.asked.length]).toEqual([[1, 2], 'complete', 4]);
  });

  it('is no repeat so in a list that overlaps', () => {
    const rows = offsetPagination<number>({ items: '/items', limit: 2, step: 'limit', hasMore: '/more' }); // prettier-ignore
    const empty = { items: [], more: true };
    const bodies = [{ items: [1, 2], more: true }, { items: [2], more: true }, empty, empty, empty];
    const seen = walk(pages(...bodies, { items: [], more: false }), rows, { overlap: 1, key: '' });
    expect([seen.values, seen.end]).toEqual([[1, 2], 'complete']);
    expect(seen.asked.map(({ params = {} }) => params['offset'])).toEqual([
      ...[undefined, 1, 3, 5, 7, 9],
    ]);
  });
});

describe('a page with the items of an earlier one', () => {
  const same = { items: [1], more: true };

  it('is LOOP in a list that is counted', () => {
    const seen = walk(pages(same, { items: [2], more: true }, same), byNumber);
    expect([seen.values, seen.end, seen.asked.length]).toEqual([[1, 2], 'LOOP', 3]);
    expect(seen.message).toContain(`${REPEAT} (page 3, `);
  });

  it('is none in a list whose cursors or links move on', () => {
    const bodies = [1, 2, 3, null].map((next) => ({ items: [7], next }));
    expect(walk(pages(...bodies), byCursor).values).toEqual([7, 7, 7, 7]);
    const links = ['?a', '?b', null].map((next) => ({ items: [7], next }));
    expect(walk(pages(...links), byLink).values).toEqual([7, 7, 7]);
  });

  it('is LOOP where cursors are made of items', () => {
    const byLast = lastItemPagination<number>({ items: '/items', field: '', param: 'after' });
    const seen = walk(pages({ items: [1, 2] }, { items: [3] }, { items: [1, 2] }), byLast);
    expect([seen.values, seen.end, seen.asked.length]).toEqual([[1, 2, 3], 'LOOP', 3]);
    expect(seen.message).toContain(REPEAT);
  });

  it('is LOOP on page 2 where it is by then that the list is found to be counted', () => {
    const { choices, restore, ...choice } = choosePagination<number>([byLink, byNumber]);
    const restored = { ...choice, restore: (id: string) => restore?.(id) };
    for (const pagination of [{ ...choice, choices, restore }, { ...choice, choices }, restored]) {
      const seen = walk(pages(same, same, same), pagination as PaginationStrategy<number>);
      expect([seen.values, seen.end, seen.asked.length]).toEqual([[1], 'LOOP', 2]);
    }
  });

  it('is LOOP where it holds more of them, because more were asked for', () => {
    const rows = offsetPagination<number>({ items: '/items', limit: 2 });
    const stuck: Answer = ({ params = {} }) => ({
      body: { items: range(0, Number(params['limit'])) },
    });
    const clock = new ManualClock();
    const options = { pageSize: { min: 2, max: 8 }, clock, timeout: Infinity };
    const seen = walk(stuck, rows, options);
    expect([seen.values, seen.end, seen.asked.length]).toEqual([[0, 1], 'LOOP', 2]);
  });
});

describe('the address of the reply', () => {
  it('tells where a walk is at home that began with a relative one', () => {
    const next = 'http://api.test/items?page=2';
    const bodies = [{ items: [1], next }, { items: [2] }];
    const seen = walk(pages(...bodies), byLink, {}, { url: '/items' });
    expect([seen.values, seen.end]).toEqual([[1, 2], 'complete']);
  });

  it('is that of the first page, which a link to it leads back to', () => {
    const answer: Answer = (_, nth) => ({
      url: `${url}?page=1`,
      body: { items: [nth], next: nth === 0 ? '?page=2' : '?page=1' },
    });
    const seen = walk(answer, byLink);
    expect([seen.values, seen.end, seen.asked.length]).toEqual([[0, 1], 'LOOP', 2]);
  });

  it('says nothing of later pages, which were asked for by their own', () => {
    const answer: Answer = (_, nth) => ({
      url: `${url}?page=${String(nth + 2)}`,
      body: { items: [nth], next: nth === 0 ? '?first' : nth === 3 ? null : `?page=${String(nth + 2)}` },
    }); // prettier-ignore
    const seen = walk(answer, byLink);
    expect([seen.values, seen.end]).toEqual([[0, 1, 2, 3], 'complete']);
  });
});

describe('the items of a page', () => {
  const schema = (result: (value: unknown) => SchemaResult<number> | Promise<SchemaResult<number>>) =>
    ({ '~standard': { version: 1, vendor: 'test', validate: result } }) satisfies StandardSchemaV1<unknown, number>; // prettier-ignore
  const one = () => of({ status: 200, headers: {}, url, body: { items: [1, 2], next: null } });

  it('are those that a schema makes of them', () => {
    const doubled = schema((value) => ({ value: Number(value) * 2 }));
    const list = paginate(one, url, { schema: doubled, pagination: byCursor });
    expect(record(list).values).toEqual([2, 4]);
  });

  it('are new still where the walk failed while a schema looked at them', async () => {
    const clock = new ManualClock();
    const waiting: (() => void)[] = [];
    const slow = schema(
      (value) =>
        new Promise((resolve) => {
          waiting.push(() => {
            resolve({ value: Number(value) });
          });
        }),
    );
    const list = paginate(one, url, { schema: slow, pagination: byCursor, clock, key: '', deadline: 9 }); // prettier-ignore
    const iterator = list[Symbol.asyncIterator]();
    const failing = iterator.next().catch((error: unknown) => error);
    clock.advance(9);
    expect(await failing).toMatchObject({ code: 'DEADLINE' });
    for (const answer of waiting.splice(0)) answer();
    await settle();
    const next = iterator.next();
    for (const answer of waiting.splice(0)) answer();
    expect(await next).toEqual({ done: false, value: 1 });
    expect(await iterator.next()).toEqual({ done: false, value: 2 });
    await iterator.return?.();
  });
});

describe('where a list goes on that was walked to its end', () => {
  /** The positions asked for by a walk from the end of another one. */
  const resumed = (pagination: PaginationStrategy<number>, ...bodies: readonly unknown[]) => {
    const { token, end } = walk(pages(...bodies), pagination);
    expect(end).toBe('complete');
    const rest = walk(pages({ items: [8, 9] }), pagination, { resumeFrom: token });
    return rest.asked[0]?.params;
  };
  const empty = { items: [], more: true };

  it('is its last page with items where pages have numbers, which may be filled up', () => {
    const some = { items: [1], more: true };
    expect(resumed(byNumber, { items: [8], more: false })).toBeUndefined();
    for (const between of [[], [empty], [empty, empty]]) {
      const bodies = [some, { items: [8], more: true }, ...between, { items: [], more: false }];
      expect(resumed(byNumber, ...bodies)).toEqual({ page: 2 });
    }
  });

  /** Pages of numbers and of cursors in turn, at one position each. */
  const mixed = (...kinds: readonly ('number' | 'cursor')[]): PaginationStrategy<number> => ({
    ...{ id: 'mixed', start: (request) => request },
    at: (request, position) => ({ ...request, params: { at: Number(position) } }),
    read: ({ params = {} }, { body }) => {
      const { items = [] } = (body ?? {}) as { items?: number[] };
      const position = Number(params['at'] ?? 0);
      const next = (): Json | undefined => (position + 1 < kinds.length ? position + 1 : undefined);
      return { kind: kinds[position] ?? 'number', items, position, next };
    },
  });

  it('is the last page itself where that or the one before has none', () => {
    const bodies = [{ items: [1] }, { items: [8] }, { items: [] }];
    expect(resumed(mixed('number', 'number', 'number'), ...bodies)).toEqual({ at: 1 });
    expect(resumed(mixed('number', 'number', 'cursor'), ...bodies)).toEqual({ at: 2 });
    expect(resumed(mixed('cursor', 'cursor', 'number'), ...bodies)).toEqual({ at: 2 });
  });
});
