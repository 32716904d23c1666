import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exportRows } from './export-rows.mjs';
import { lateList } from './late-list.mjs';
import { memoryList } from './memory-list.mjs';
import { counter, cpuOf, nextTurn, sleep } from './measure.mjs';

const lists = new Map();

function listOf(size, total) {
  const key = `${size}/${total}`;
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = memoryList(size, total)));
  return list;
}

/** What a contestant is put to. Each gives how many items came, which the other side checks. */
export const jobs = {
  each: ({ each }, { size, total, ...how }) => {
    const list = listOf(size, total);
    return cpuOf(how, async () => {
      const { push, seen } = counter();
      await each(list, push);
      return seen;
    });
  },

  iterate: ({ iterate }, { size, total, ...how }) => {
    const list = listOf(size, total);
    return cpuOf(how, async () => {
      const { push, seen } = counter();
      for await (const item of iterate(list)) push(item);
      return seen;
    });
  },

  filtered: ({ filtered }, { size, total, ...how }) => {
    const list = listOf(size, total);
    return cpuOf(how, async () => {
      const { push, seen } = counter();
      await filtered(list, push);
      return seen;
    });
  },

  http: ({ http }, { url, how, ...rest }) =>
    cpuOf(rest, async () => {
      const { push, seen } = counter();
      await http(url, push, how);
      return seen;
    }),

  /** Wall time of a walk with a consumer that takes its time, and how long its work took on average. */
  overlap: async (contestant, { url, ms, blocks, prefetch }) => {
    let items = 0;
    let pages = 0;
    let worked = 0;
    const count = (rows) => {
      items += rows.length;
      pages++;
    };
    const waits = async (rows) => {
      count(rows);
      const started = performance.now();
      await sleep(ms);
      worked += performance.now() - started;
    };
    const spins = (rows) => {
      count(rows);
      const until = performance.now() + ms;
      while (performance.now() < until);
      worked += ms;
    };
    const walk = blocks ? (contestant.pushed ?? contestant.overlapped) : contestant.overlapped;
    const started = performance.now();
    await walk(url, ms === 0 ? count : blocks ? spins : waits, prefetch);
    return { wallMs: performance.now() - started, workMs: worked / pages, pages, items };
  },

  /** Wall time of a walk by page number over a list that answers late, and how many requests it made, and made at once. */
  parallel: async ({ parallel }, { latency, k, prefetch }) => {
    const { fetch, seen } = lateList(latency);
    let items = 0;
    let inOrder = true;
    const push = ({ id }) => {
      inOrder &&= id === items;
      items++;
    };
    const started = performance.now();
    await parallel(fetch, push, k, prefetch);
    return { wallMs: performance.now() - started, items, inOrder, ...seen };
  },

  /** Peak memory of a process that walks pages which are made when asked for, behind a consumer that gives way at each. */
  slow: async ({ slow }, { size, total, bytes }) => {
    let requested = 0;
    let ahead = 0;
    let items = 0;
    const text = Buffer.alloc(bytes, 'x');
    const fetch = async (cursor) => {
      const at = cursor === undefined ? 0 : Number(cursor.slice(1));
      requested++;
      ahead = Math.max(ahead, requested - Math.floor(items / size) - 1);
      return {
        items: Array.from({ length: size }, (_, place) => {
          return { id: at * size + place, text: text.latin1Slice() };
        }),
        next_cursor: (at + 1) * size < total ? `p${at + 1}` : null,
      };
    };
    await slow(fetch, async () => {
      if (++items % size === 0) await nextTurn();
    });
    return { items, ahead, peakMb: process.resourceUsage().maxRSS / 1024 };
  },

  /** CPU of writing rows into a file; the lines of the file are the items. */
  export: async ({ exported }, { shape, pages, how }) => {
    const load = exportRows({ shape, pages });
    const folder = mkdtempSync(join(tmpdir(), 'bench-export-'));
    const file = join(folder, 'rows');
    try {
      const { cpuMs } = await cpuOf({ atLeast: 0 }, () => exported(load, file, how));
      return { cpuMs, items: linesOf(file) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },

  /** Heap and time a page along one very long walk. */
  million: async ({ million }, { pages, step }) => {
    const marks = [];
    let items = 0;
    let before = process.cpuUsage();
    globalThis.gc?.();
    const start = process.memoryUsage().heapUsed;
    await million(pages, step, (at) => {
      const { user, system } = process.cpuUsage(before);
      globalThis.gc?.();
      marks.push({ heap: process.memoryUsage().heapUsed - start, cpuUs: (user + system) / step });
      items = at;
      before = process.cpuUsage();
    });
    return { items, marks };
  },
};

/** By blocks, for the file may be larger than memory. */
function linesOf(path) {
  const block = Buffer.alloc(1 << 20);
  const file = openSync(path);
  let lines = 0;
  try {
    for (let read; (read = readSync(file, block)) > 0;) {
      const part = block.subarray(0, read);
      for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines++;
    }
  } finally {
    closeSync(file);
  }
  return lines;
}
