import { cursorPagination, offsetPagination } from 'paged-observable';

import { exact, failedWith, within, type FaultCase } from '../fault-case';
import { cursorList, itemsOf, jsonReply, offsetList, paramOf } from '../fault-lists';
import type { FaultScript } from '../fault-server';
import { walkFaults } from '../fault-walk';

type Row = { readonly id: number };

/** P10 to P12: positions that expire, rows that move. */
export const driftFaults: readonly FaultCase[] = [
  ...(
    [
      ['410', 410, undefined],
      ['400 declared', 400, [400]],
      ['404 declared', 404, [404]],
    ] as const
  ).flatMap(([name, status, expired]) => {
    const pagination = cursorPagination({ items: '/items', ...(expired && { expired }) });
    const script = cursorList({ faults: { 7: [{ kind: 'reply', status }] } });
    return [
      {
        id: `P10 ${name}`,
        title: `a position that has expired, said by ${name}`,
        expected: failedWith({ code: 'CURSOR_EXPIRED', status }),
        observe: async (lab) => (await walkFaults(lab, { script, pagination })).facts,
      },
      {
        id: `P10 ${name} restart`,
        title: `a position that has expired, said by ${name}, and the list walked anew`,
        expected: exact({
          requests: '1..7,1..10',
          endEvents: ['exhausted: 10 pages, 100 items, 17 attempts, 60 duplicates'],
        }),
        observe: async (lab) => {
          const options = { key: '/id', onExpired: 'restart' } as const;
          return (await walkFaults(lab, { script, pagination, options })).facts;
        },
      },
    ] satisfies readonly FaultCase[];
  }),
  {
    id: 'P10 for ever',
    title: 'a position that expires again before anything new came',
    expected: failedWith(
      { code: 'CURSOR_EXPIRED', status: 410 },
      {
        requests: '1..7,1..7',
        endEvents: ['error CURSOR_EXPIRED: 6 pages, 60 items, 14 attempts, 60 duplicates'],
        error: {
          attempts: 1,
          status: 410,
          pageIndex: 6,
          itemsEmitted: 60,
          history: ['CURSOR_EXPIRED 410'],
        },
      },
    ),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: { kind: 'reply', status: 410 } } });
      const options = { key: '/id', onExpired: 'restart' } as const;
      return (await walkFaults(lab, { script, options })).facts;
    },
  },
  driftCase('P11', '5 rows inserted at the head during an offset walk', {
    change: (rows) => [...rowsFrom(1000, 5), ...rows],
    items: '0..99',
    duplicates: 5,
  }),
  driftCase('P12', '5 rows deleted behind the position of an offset walk', {
    change: (rows) => rows.slice(5),
    items: '0..99',
    duplicates: 0,
  }),
  driftCase('P12 many', '40 rows deleted behind the position of an offset walk', {
    change: (rows) => rows.slice(40),
    items: '0..99',
    // Known rows on the way from the start of the list, where the first of them was found, to the first new one.
    duplicates: 14,
  }),
  {
    id: 'P12 for ever',
    title: 'rows of an offset walk that change at every look',
    // What it is called depends on which of the guards is met first.
    expected: { items: '0..63', isTyped: true, requests: 'within 10 to 30' },
    observe: async (lab) => {
      let asked = 0;
      const script = offsetList({
        pageOf: ({ target }) => Number(paramOf(target, 'offset') ?? 0),
        // Known rows below offset 40 and ever new ones above, once the walk is beyond offset 60.
        reply: (offset) => {
          asked += offset >= 60 ? 1 : 0;
          const rows =
            asked > 0 && offset >= 40 ? rowsFrom(1000 * ++asked, 10) : rowsFrom(offset, 10);
          return jsonReply({ items: rows });
        },
      });
      const { facts, server } = await walkFaults(lab, {
        script,
        pagination: offsetPagination({ items: '/items', limit: 10 }),
        options: { key: '/id', overlap: 1, maxPages: 200 },
        healed: null,
      });
      const requests = within(server.requests.length, 10, 30);
      const isTyped = ['DRIFT', 'LOOP'].includes(String(facts['end']));
      return { items: facts['items'], isTyped, requests };
    },
  },
  driftCase('P12 all', 'all rows behind the position of an offset walk deleted', {
    change: (rows) => rows.slice(70),
    items: '0..63',
    duplicates: 0,
    end: 'DRIFT',
  }),
];

interface Drift {
  readonly change: (rows: readonly Row[]) => readonly Row[];
  readonly items: string;
  readonly duplicates: number;
  /** @defaultValue complete */
  readonly end?: string;
}

/** The rows change when the walk asks for the first offset from 60 on. */
function driftCase(id: string, title: string, drift: Drift): FaultCase {
  const { change, items, duplicates, end = 'complete' } = drift;
  return {
    id,
    title,
    expected: { items, end, endEvents: 1, duplicates, gapsUnreported: [] },
    observe: async (lab) => {
      const {
        facts,
        items: delivered,
        events,
        error,
      } = await walkFaults(lab, {
        script: changing(change),
        pagination: offsetPagination({ items: '/items', limit: 10 }),
        options: { key: '/id', overlap: 1 },
        healed: null,
      });
      const ends = events.filter((event) => event.type === 'end');
      const ids = new Set((delivered as Row[]).map((row) => row.id));
      // Rows that were there from the beginning to the end.
      const stayed = change(allRows).filter((row) => row.id < 100 && !ids.has(row.id));
      return {
        items: facts['items'],
        end: facts['end'],
        endEvents: ends.length,
        duplicates: ends[0]?.duplicates,
        gapsUnreported: error === undefined ? stayed.map((row) => row.id) : [],
      };
    },
  };
}

const allRows: readonly Row[] = Array.from({ length: 10 }, (_, page) => itemsOf(page + 1)).flat();

function changing(change: Drift['change']): FaultScript {
  let rows = allRows;
  let changed = false;
  return offsetList({
    pageOf: ({ target }) => Number(paramOf(target, 'offset') ?? 0),
    reply: (offset) => {
      if (offset >= 60 && !changed) {
        changed = true;
        rows = change(rows);
      }
      return jsonReply({ items: rows.slice(offset, offset + 10) });
    },
  });
}

function rowsFrom(id: number, count: number): readonly Row[] {
  return Array.from({ length: count }, (_, index) => ({ id: id + index }));
}
