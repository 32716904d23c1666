import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { loadTypescript } from '../support/load-typescript';
import type { MillionReport } from '../support/walk-million';

const SCRIPT = join(__dirname, '../support/walk-million.ts');
/** What repeat detection may keep of a page; the rest of a page is not kept at all. */
const BYTES_A_PAGE = 100;

/** Walks in a process of its own, where nothing else moves the heap. */
async function walk(...args: readonly (string | number)[]): Promise<MillionReport> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', ...loadTypescript, SCRIPT, ...args.map(String)],
    { cwd: join(__dirname, '../..') },
  );
  return JSON.parse(stdout) as MillionReport;
}

it.each([
  [1_000_000, 'cursor', 'of', 0],
  [100_000, 'cursor', 'promise', 0],
  [100_000, 'number', 'of', 0],
  [100_000, 'cursor', 'of', 10],
  [100_000, 'cursor', 'of', 10_000],
])(
  'walks %i pages (%s, %s, prefetch %i) on a flat stack and heap',
  async (pages, kind, reply, prefetch) => {
    const { heap, depth, ...outcome } = await walk(pages, kind, reply, prefetch);

    expect(outcome).toEqual({ items: pages, requests: pages, inOrder: true, completed: true });
    expect(depth).toEqual([depth[0], depth[0], depth[0]]);
    const [quarter = 0, half = 0, whole = 0] = heap;
    expect((half - quarter) / (pages / 4)).toBeLessThan(BYTES_A_PAGE);
    expect((whole - half) / (pages / 2)).toBeLessThan(BYTES_A_PAGE);
  },
  240_000,
);
