import { cursorPagination, type WalkOptions } from 'paged-observable';

import { exact, failedWith, refusedAfter, type FaultCase } from '../fault-case';
import { bodyOf, cursorList, cursorPage, jsonReply, paramOf } from '../fault-lists';
import { walkFaults, type FaultWalk } from '../fault-walk';

const withFlag = cursorPagination({ items: '/items', hasMore: '/has_more' });

/** P1, P2, P4 to P6, P10, P15 to P17: what cursors do. */
export const cursorFaults: readonly FaultCase[] = [
  walkCase('P1', 'a page whose cursor is its own', refusedAfter('LOOP', 3), {
    script: cursorsOf({ 3: 'p3' }),
    healed: cursorList(),
  }),
  walkCase(
    'P1 for ever',
    'a page whose cursor is its own, also when it is resumed',
    refusedAfter('LOOP', 3, { resumed: { items: '', end: 'LOOP', requests: '3' } }),
    { script: cursorsOf({ 3: 'p3' }) },
  ),
  walkCase('P2', 'cursors that alternate', refusedAfter('LOOP', 3), {
    script: cursorsOf({ 3: 'p2' }),
    healed: cursorList(),
  }),
  walkCase(
    'P4',
    'an empty page with a cursor in the middle',
    exact({
      items: '0..59,70..99',
      endEvents: ['exhausted: 10 pages, 90 items, 10 attempts'],
    }),
    {
      script: cursorList({
        faults: { 7: { kind: 'reply', ...jsonReply({ items: [], next_cursor: 'p8' }) } },
      }),
    },
  ),
  walkCase('P5', 'more is promised, and nothing to ask for it with', refusedAfter('PROTOCOL', 7), {
    script: flagged(7, null, true),
    pagination: withFlag,
    healed: flagged(11, null, true),
  }),
  walkCase(
    'P6',
    'no more is promised, and there is a cursor',
    exact({
      items: '0..69',
      requests: '1..7',
      endEvents: ['exhausted: 7 pages, 70 items, 7 attempts'],
    }),
    { script: flagged(7, 'p8', false), pagination: withFlag },
  ),
  {
    id: 'P15',
    title: 'empty pages with ever new cursors',
    expected: {
      ...failedWith({ code: 'STALLED' }),
      requests: `1..7${',7'.repeat(99)}`,
      endEvents: ['error STALLED: 106 pages, 60 items, 106 attempts'],
      error: { attempts: 1, status: 200, pageIndex: 105, itemsEmitted: 60, history: [] },
      resumed: { items: '60..99', end: 'complete', requests: '7..10' },
    },
    observe: async (lab) => {
      let made = 0;
      const pageOf = cursorList().pageOf;
      const script = cursorList({
        pageOf: (request) => Math.floor(pageOf(request)),
        reply: (page) =>
          page < 7
            ? cursorPage(page, `p${String(page + 1)}`)
            : jsonReply({ items: [], next_cursor: `p7.${String(1000 + made++)}` }),
      });
      const healed = { ...cursorList(), pageOf: script.pageOf };
      return (await walkFaults(lab, { script, healed })).facts;
    },
  },
  capCase('maxPages', { maxPages: 7 }, 70, 7, '70..99', '8..10'),
  capCase('maxItems', { maxItems: 65 }, 65, 7, '65..99', '7..10'),
  ...([0, -1, 1.5] as const).map((cursor) =>
    walkCase(
      `P17 ${String(cursor)}`,
      `the cursor ${String(cursor)}`,
      exact({ requests: `1..6,${String(cursor)},8..10` }),
      numericCursor(cursor),
    ),
  ),
  walkCase('P17 boolean', 'a cursor that is a boolean', refusedAfter('BAD_SHAPE', 7), {
    script: cursorsOf({ 7: true }),
    healed: cursorList(),
  }),
  walkCase(
    'P17 object',
    'a cursor that is an object, for the query',
    refusedAfter('BAD_SHAPE', 7),
    { script: cursorsOf({ 7: { after: 69 } }), healed: cursorList() },
  ),
  walkCase('P17 body', 'cursors that are objects and arrays, for the body', exact(), {
    script: cursorList({
      pageOf: (request) => {
        const after = bodyOf(request)['after'];
        if (Array.isArray(after)) return Number(after[0]);
        return (after as { page?: number } | undefined)?.page ?? 1;
      },
      reply: (page) =>
        cursorPage(page, page === 10 ? null : page % 2 === 0 ? [page + 1] : { page: page + 1 }),
    }),
    request: { method: 'POST', body: { query: 'all' } },
    pagination: cursorPagination({ items: '/items', in: 'body', param: '/after' }),
  }),
  walkCase('P17 long', 'a cursor of more than 16 KiB', refusedAfter('PROTOCOL', 7), {
    script: cursorsOf({ 7: 'x'.repeat(16 * 1024 + 1) }),
    healed: cursorList(),
  }),
];

function walkCase(
  id: string,
  title: string,
  expected: FaultCase['expected'],
  walk: FaultWalk,
): FaultCase {
  return { id, title, expected, observe: async (lab) => (await walkFaults(lab, walk)).facts };
}

/** The reference list with other cursors on some pages. */
function cursorsOf(cursors: Readonly<Record<number, unknown>>) {
  const list = cursorList();
  return cursorList({
    reply: (page, request) =>
      page in cursors ? cursorPage(page, cursors[page]) : list.reply(page, request),
  });
}

/** A list with a flag, which says on one page what it should not. */
function flagged(odd: number, cursor: string | null, more: boolean) {
  return cursorList({
    reply: (page) =>
      page === odd
        ? cursorPage(page, cursor, { has_more: more })
        : cursorPage(page, page < 10 ? `p${String(page + 1)}` : null, { has_more: page < 10 }),
  });
}

function numericCursor(cursor: number): FaultWalk {
  const page = (place: number) => (place === cursor ? 7 : place);
  return {
    script: cursorList({
      pageOf: ({ target }) => Number((paramOf(target, 'cursor') ?? 'p1').replace('p', '')),
      reply: (asked) => {
        const at = page(asked);
        if (at === 6) return cursorPage(6, cursor);
        return cursorPage(at, at < 10 ? `p${String(at + 1)}` : null);
      },
    }),
  };
}

function capCase(
  name: string,
  options: WalkOptions,
  items: number,
  pages: number,
  rest: string,
  restRequests: string,
): FaultCase {
  const uncapped = { maxPages: undefined, maxItems: undefined };
  return walkCase(
    `P16 ${name}`,
    `${name} in the middle`,
    {
      ...exact(),
      items: `0..${String(items - 1)}`,
      requests: `1..${String(pages)}`,
      endEvents: [
        `limit: ${String(pages)} pages, ${String(items)} items, ${String(pages)} attempts`,
      ],
      resumed: { items: rest, end: 'complete', requests: restRequests },
    },
    { script: cursorList(), options, resumeOptions: uncapped },
  );
}
