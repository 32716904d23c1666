import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom } from 'rxjs';
import { cursorPagination, paginate } from 'paged-observable';
import { exportTo, ndjsonFile } from 'paged-observable/export';
import { fetchTransport } from 'paged-observable/fetch';

/*
 * The CPU time of an NDJSON export beside that of the tightest loop by hand that fetches each page, makes one string of it
 * and writes that with backpressure. Runs are interleaved after a warm-up; the median and the spread are shown.
 */
const PAGES = 200;
const PAGE_SIZE = 1000;
const ROUNDS = 9;

type Work = (url: string, file: string) => Promise<unknown>;

const exported =
  (checkpoint: 'page' | false): Work =>
  (url, file) => {
    const pagination = cursorPagination({ items: '/rows', next: '/next' });
    const rows = paginate(fetchTransport(), url, { pagination });
    return lastValueFrom(exportTo(rows, ndjsonFile(file), { checkpoint }));
  };

async function byHand(url: string, file: string): Promise<void> {
  const stream = createWriteStream(file);
  let next: number | null = 0;
  while (next !== null) {
    const response = await fetch(`${url}?cursor=${String(next)}`);
    const page = (await response.json()) as { rows: unknown[]; next: number | null };
    next = page.next;
    let text = '';
    for (const row of page.rows) text += `${JSON.stringify(row)}\n`;
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

const WORKS: Readonly<Record<string, Work>> = {
  'by hand': byHand,
  'exportTo without checkpoints': exported(false),
  'exportTo with a checkpoint every page': exported('page'),
};

async function serve(): Promise<void> {
  const rows = Array.from({ length: PAGE_SIZE }, (_, id) => ({
    id,
    name: `name ${String(id)}`,
    text: 'x'.repeat(950),
  }));
  const text = JSON.stringify(rows);
  const server = createServer(({ url = '' }, response) => {
    const page = Number(/cursor=(\d+)/.exec(url)?.[1] ?? 0);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(`{"rows":${text},"next":${page + 1 < PAGES ? String(page + 1) : 'null'}}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.((server.address() as AddressInfo).port);
}

async function main(): Promise<void> {
  const child = fork(__filename, ['serve'], { execArgv: process.execArgv });
  const [port] = (await once(child, 'message')) as [number];
  const url = `http://127.0.0.1:${String(port)}/rows`;
  const folder = await mkdtemp(join(tmpdir(), 'export-cost-'));
  const times = new Map<string, number[]>(Object.keys(WORKS).map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, work] of Object.entries(WORKS)) {
      const file = join(
        folder,
        `${String(round)}-${String(times.get(name)?.length)}-${name.length.toString()}`,
      );
      const before = process.cpuUsage();
      await work(url, file);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times.get(name)?.push((user + system) / 1000);
      await rm(file);
      await rm(`${file}.checkpoint`, { force: true });
    }
  }
  const base = median(times.get('by hand') ?? []);
  console.log(
    `${String(PAGES)} pages of ${String(PAGE_SIZE)} rows of 1 kB, CPU in ms, ${String(ROUNDS)} rounds`,
  );
  for (const [name, all] of times) {
    const [low, high] = [Math.min(...all), Math.max(...all)].map((ms) => ms.toFixed(0));
    const middle = median(all);
    console.log(
      `${name.padEnd(40)}${middle.toFixed(0).padStart(6)}  (${low ?? ''} to ${high ?? ''})  ${(middle / base).toFixed(2)} x`,
    );
  }
  await rm(folder, { recursive: true });
  child.kill();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

void (process.argv[2] === 'serve' ? serve() : main());
