import { Contestant, interleave } from '../contestant';
import type { Figure, Findings, Goal, Scale } from '../figures';
import { ITEMS, PAGES, startPageServer } from '../page-server';
import { figureOf, ratios } from '../statistics';

/** A contestant, and over what it walks. */
const WALKS = [
  {
    file: 'loop',
    how: 'axios',
    base: 'axios',
    note: 'axios, an `AbortSignal` a request, `maxRedirects: 0`, `maxContentLength`',
  },
  {
    file: 'loop',
    how: 'plain axios',
    base: 'axios',
    note: 'axios as it comes, an `AbortSignal` a request',
  },
  { file: 'ours', how: 'cursor axios', base: 'axios', note: 'axios' },
  { file: 'ours', how: 'number axios', base: 'axios', note: 'axios, by page number' },
  { file: 'got', how: 'got', base: 'axios', note: '' },
  { file: 'octokit', how: 'octokit', base: 'axios', note: '' },
  { file: 'loop', how: 'fetch', base: 'fetch', note: 'fetch, an `AbortSignal` a request' },
  { file: 'ours', how: 'cursor fetch', base: 'fetch', note: 'fetch' },
  { file: 'ours', how: 'number fetch', base: 'fetch', note: 'fetch, by page number' },
] as const;

/** CPU of sequential walks over HTTP on loopback. */
export async function httpTable(scale: Scale): Promise<Findings> {
  const server = await startPageServer();
  server.pages = scale.quick ? 5 : PAGES;
  const contestants = await Contestant.startAll(
    WALKS.map(({ file }) => file),
    scale,
  );
  const costs = new Map<string, number[]>(WALKS.map(({ how }) => [how, []]));
  const items = server.pages * ITEMS;
  for (let round = scale.quick ? 1 : 0; round <= scale.rounds; round++) {
    for (const [place, { how }] of WALKS.entries()) {
      // The compiler has done with a walk only after some thousand requests.
      const warmUp = round === 0 ? 15 : 0;
      const job = { kind: 'http', url: server.url, how, atLeast: scale.quick ? 0 : 500, warmUp };
      const measured = await contestants[place]?.run<{ cpuMs: number; items: number }>(job, items);
      if (round > 0) costs.get(how)?.push(((measured?.cpuMs ?? NaN) * 1e3) / server.pages);
    }
  }
  const inMemory = await memoryCosts(scale);
  for (const contestant of contestants) contestant.stop();
  server.stop();
  const of = (how: string) => costs.get(how) ?? [];
  const goal = (how: string, base: string, over: string): Goal => {
    const reached: Figure = ratios(of(how), of(base));
    return {
      measure: `CPU of a sequential walk over HTTP, ${over}`,
      goal: 'at most 1.1 × a bare loop over the same client',
      unit: '×',
      reached,
      isMet: reached.median <= 1.1,
    };
  };
  const share = ratios(inMemory, of('fetch'));
  const percent = { median: share.median * 100, low: share.low * 100, high: share.high * 100 };
  return {
    tables: [
      {
        id: 'http',
        title: 'Walks over HTTP',
        text: `${String(PAGES)} pages of ${String(ITEMS)} items of 200 bytes from a server on loopback. CPU of the process that walks. The loop over axios sets what the transport sets, \`maxRedirects: 0\` and \`maxContentLength\`, which spares both the package follow-redirects; \`got\` and octokit are compared with it too.`,
        columns: [
          { name: 'a page', unit: 'µs' },
          { name: 'to the loop', unit: '×' },
        ],
        rows: WALKS.map(({ how, base, note }, place) => ({
          name: [contestants[place]?.name ?? '', note].filter((part) => part !== '').join(', '),
          cells: [figureOf(of(how)), ratios(of(how), of(base))],
        })),
      },
    ],
    goals: [
      goal('cursor axios', 'plain axios', 'axios as it comes'),
      goal('cursor axios', 'axios', 'axios that follows no redirects, as ours'),
      goal('cursor fetch', 'fetch', 'fetch'),
      goal('number axios', 'plain axios', 'axios as it comes, by page number'),
      goal('number fetch', 'fetch', 'fetch, by page number'),
      {
        measure: `cost of a page of ${String(ITEMS)} items from memory, every guard on, beside a page over HTTP`,
        goal: 'under 3 % of the CPU of a bare loop over `fetch`',
        unit: '%',
        reached: percent,
        isMet: percent.median < 3,
      },
    ],
  };
}

/** Microseconds that a page takes this library where no request is made. */
async function memoryCosts(scale: Scale): Promise<number[]> {
  const contestant = await Contestant.start('ours', scale);
  const total = (scale.quick ? 5 : 1_000) * ITEMS;
  const found = await interleave([contestant], scale, async () => {
    const job = { kind: 'each', size: ITEMS, total, atLeast: scale.quick ? 0 : 500 };
    const { cpuMs } = await contestant.run<{ cpuMs: number; items: number }>(job, total);
    return (cpuMs * 1e3 * ITEMS) / total;
  });
  contestant.stop();
  return [...(found.get('ours') ?? [])];
}
