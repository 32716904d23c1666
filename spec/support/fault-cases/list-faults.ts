import {
  cursorPagination,
  lastItem,
  linkPagination,
  numberPagination,
  offsetPagination,
} from 'paged-observable';

import { exact, failedWith, refusedAfter, type FaultCase } from '../fault-case';
import {
  cursorList,
  itemsOf,
  jsonReply,
  linkList,
  linkPage,
  numberList,
  offsetList,
  PAGES,
  paramOf,
  SIZE,
} from '../fault-lists';
import type { FaultScript } from '../fault-server';
import type { RequestText } from '../http-text';
import { walkFaults, type FaultWalk } from '../fault-walk';

const links = linkPagination();
const offsets = offsetPagination({ items: '/items', limit: 10 });
const offsetsToTotal = offsetPagination({ items: '/items', limit: 10, totalCount: '/total' });
const lastIds = cursorPagination({
  ...{ items: '/items', param: 'after', next: lastItem('/id'), hasMore: '/more' },
});
const numbers = numberPagination({ items: '/items' });
const numbersToTotal = numberPagination({ items: '/items', totalCount: '/total' });

/** One page more than the list has, which is empty and its end. */
const toEmptyPage = exact({
  requests: '1..11',
  endEvents: ['exhausted: 11 pages, 100 items, 11 attempts'],
});

/** P3, P7 to P9, P13, P14 and P18: links, items, totals, counted pages. */
export const listFaults: readonly FaultCase[] = [
  walkCase('P3', 'a link to the page itself', refusedAfter('LOOP', 7), {
    script: linkList({
      faults: { 7: { kind: 'reply', headers: { link: '<{origin}/items?page=7>; rel="next"' } } },
    }),
    pagination: links,
  }),
  ...(
    [
      ['null', null],
      ['an object', { id: 1 }],
      ['a string', '[1,2]'],
      ['nothing', undefined],
    ] as const
  ).map(([found, items]): FaultCase => ({
    id: `P7 ${found}`,
    title: `${found} where the items should be`,
    expected: failedWith(
      { code: 'BAD_SHAPE', status: 200 },
      { names: { pointer: true, found: true, page: true } },
    ),
    observe: async (lab) => {
      const reply = jsonReply({ items, next_cursor: 'p8' });
      const script = cursorList({ faults: { 7: { kind: 'reply', ...reply } } });
      const { facts, error } = await walkFaults(lab, { script });
      const message = error?.message ?? '';
      const names = {
        pointer: message.includes('/items'),
        found: message.includes(`found ${found === 'nothing' ? 'nothing' : found}`),
        page: message.includes('page 7'),
      };
      return { ...facts, names };
    },
  })),
  ...(
    [
      ['a numeric string', '100', exact()],
      ['a negative number', -1, toEmptyPage],
      ['NaN', 'NaN', toEmptyPage],
      ['a float', 99.5, toEmptyPage],
      ['missing', undefined, toEmptyPage],
      ['too small', 95, toEmptyPage],
      ['too large', 105, toEmptyPage],
    ] as const
  ).flatMap(([name, total, expected]) =>
    (
      [
        ['offset', offsetList, offsetsToTotal],
        ['number', numberList, numbersToTotal],
      ] as const
    ).map(([kind, list, pagination]) =>
      walkCase(`P8 ${kind} ${name}`, `a total that is ${name}, in a walk by ${kind}`, expected, {
        script: list({ reply: (page) => jsonReply({ items: itemsOf(page), total }) }),
        pagination,
      }),
    ),
  ),
  walkCase('P8 undeclared', 'a total that the strategy does not declare', toEmptyPage, {
    script: offsetList({ reply: (page) => jsonReply({ items: itemsOf(page), total: 50 }) }),
    pagination: offsets,
  }),
  ...(
    [
      ['offset', offsetList(), offsets],
      ['number', numberList(), numbers],
    ] as const
  ).flatMap(([kind, list, pagination]) => [
    walkCase(
      `P9 ${kind}`,
      `the last page again for every ${kind} past the end`,
      lastRepeated('complete'),
      { script: lastAgain(list), pagination, healed: list },
    ),
    walkCase(
      `P9 ${kind} for ever`,
      `the last page again for every ${kind} past the end, also when it is resumed`,
      lastRepeated('LOOP'),
      { script: lastAgain(list), pagination },
    ),
  ]),
  walkCase(
    'P9 last item',
    'page 3 again for every cursor from there on, where cursors are made of the last item',
    failedWith({ code: 'LOOP', status: 200, pages: 3 }, resumedInPage(3)),
    { script: byLastItem(3), pagination: lastIds, healed: byLastItem() },
  ),
  walkCase(
    'P9 last item, from the start',
    'page 1 for every cursor made of the last item',
    failedWith({ code: 'LOOP', status: 200, pages: 1 }, resumedInPage(1)),
    { script: byLastItem(1), pagination: lastIds, healed: byLastItem() },
  ),
  walkCase(
    'P9 last item, complete',
    'the same, where repeats end the walk',
    exact({
      items: '0..29',
      requests: '1..4',
      endEvents: ['repeat: 3 pages, 30 items, 4 attempts'],
    }),
    { script: byLastItem(3), pagination: lastIds, options: { onRepeat: 'complete' }, healed: null },
  ),
  walkCase('P9 total', 'the last page again, and a total that proves the end', exact(), {
    script: lastAgain(offsetList(), 100),
    pagination: offsetsToTotal,
  }),
  walkCase(
    'P9 complete',
    'the last page again, where repeats end the walk',
    exact({
      requests: '1..11',
      endEvents: ['repeat: 10 pages, 100 items, 11 attempts'],
    }),
    { script: lastAgain(offsetList()), pagination: offsets, options: { onRepeat: 'complete' } },
  ),
  {
    id: 'P13',
    title: 'pages shorter and longer than the limit',
    expected: exact({
      requests: '1..11',
      offsets: '0,7,20,30,31,51,60,61,80,99,100',
      endEvents: ['exhausted: 11 pages, 100 items, 11 attempts'],
    }),
    observe: async (lab) => {
      const sizes = [7, 13, 10, 1, 20, 9, 1, 19, 19, 1];
      const starts = sizes.map((_, n) => sizes.slice(0, n).reduce((sum, size) => sum + size, 0));
      const script = offsetList({
        pageOf: ({ target }) => {
          const at = starts.indexOf(Number(paramOf(target, 'offset') ?? 0));
          return at < 0 ? 11 : at + 1;
        },
        reply: (page) => {
          const ids = Array.from({ length: sizes[page - 1] ?? 0 }, (_, n) => ({
            id: (starts[page - 1] ?? 0) + n,
          }));
          return jsonReply({ items: ids });
        },
      });
      const { facts, server } = await walkFaults(lab, { script, pagination: offsets });
      const asked = server.requests.map(({ target }) => paramOf(target, 'offset') ?? '0');
      return { ...facts, offsets: asked.join() };
    },
  },
  ...[204, 205, 304].flatMap((status) => [
    walkCase(
      `P14 ${String(status)}`,
      `a ${String(status)} in the middle`,
      failedWith({ code: 'PROTOCOL', status }),
      {
        script: linkList({ faults: { 7: { kind: 'reply', status } } }),
        pagination: links,
      },
    ),
    walkCase(
      `P14 ${String(status)} declared`,
      `a ${String(status)} that the strategy takes for an empty page`,
      exact({
        items: '0..59,70..99',
        endEvents: ['exhausted: 10 pages, 90 items, 10 attempts'],
      }),
      {
        script: linkList({ faults: { 7: { kind: 'reply', status } } }),
        pagination: linkPagination({ emptyStatuses: [status] }),
      },
    ),
  ]),
  walkCase('P18', 'Link headers in every form of RFC 8288', exact(), {
    script: linkList({ reply: (page) => linkPage(page, LINKS[page - 1] ?? '') }),
    pagination: links,
  }),
];

/** The link on each page, as odd as RFC 8288 allows; relative ones are of /items. */
const LINKS: readonly (string | readonly string[])[] = [
  '<{origin}/items?page=2>; rel="prev next last"', // several relations in one value
  '<{origin}/items?page=3>; rel=next', // unquoted
  '<{origin}/items?page=4>; REL="NEXT"; TITLE="x"', // upper case
  '<{origin}/items?page=5&q=a,b;c,d>; rel="next"', // commas and semicolons in the URL
  ['<{origin}/items?page=1>; rel="first"', '<{origin}/items?page=6>; rel="next"'], // several lines
  '<?page=7>; rel="next"', // relative, a query alone
  '</items?page=8>; rel="next"', // relative, a path
  '<items?page=9>;rel="next";title="a, b; rel=\\"prev\\""', // relative, quoted marks
  ' , <{origin}/items?page=1>; rel="prev" , <{origin}/items?page=10> ; rel = "next" ,',
  '<{origin}/items?page=11>; rel="nextpage"; anchor="#x", <{origin}/items?page=12>; title="rel=next"',
];

function walkCase(
  id: string,
  title: string,
  expected: FaultCase['expected'],
  walk: FaultWalk,
): FaultCase {
  return { id, title, expected, observe: async (lab) => (await walkFaults(lab, walk)).facts };
}

/** Answers with its last page whatever is asked for beyond it. */
function lastAgain(list: FaultScript, total?: number): FaultScript {
  return { ...list, reply: (page) => jsonReply({ items: itemsOf(Math.min(page, 10)), total }) };
}

/** All items, then LOOP for the page that came again; resumed after the last page, which is asked for once more. */
function lastRepeated(end: string) {
  const resumed = { items: '', end, requests: '10..11' };
  return failedWith({ code: 'LOOP', status: 200, pages: 10 }, { requests: '1..11', resumed });
}

/** The page that leads back is asked once more for its next one. */
function resumedInPage(page: number) {
  const items = `${String(page * SIZE)}..99`;
  return { resumed: { items, end: 'complete', requests: `${String(page)}..10` } };
}

/** Cursors are the ids of last items; beyond `stuck` pages they are not looked at. */
function byLastItem(stuck = PAGES): FaultScript {
  const pageOf = (request: RequestText) =>
    Math.floor((Number(paramOf(request.target, 'after') ?? -1) + 1) / SIZE) + 1;
  return cursorList({
    pageOf,
    reply: (page) => jsonReply({ items: itemsOf(Math.min(page, stuck)), more: page < PAGES }),
  });
}
