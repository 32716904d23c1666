import { concatMap, from, lastValueFrom, of, take, toArray, type Observable } from 'rxjs';
import {
  cursorPagination,
  isPaginationError,
  paginate,
  type PageRequest,
  type WalkOptions,
} from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

import { markdownTable } from './guide/markdown-table';
import { asyncGenerator, expandRecipe, whileLoop } from './hand-written';
import { listPage, ListServer, PAGE_SIZE, PAGES, placeOf, type ListPage } from './list-server';

/*
 * Walks one list in four ways, and prints as a Markdown table what each did. Every cell is measured; nothing
 * depends on speed. The README holds the table, and a spec compares the two.
 */

const CAP = 100;
const SYNCHRONOUS_PAGES = 10_000;

const server = new ListServer();
const pagination = cursorPagination<number>({ items: '/items', next: '/next' });
let url = '';

async function fetchPage(cursor?: string): Promise<ListPage> {
  if (server.requests >= CAP) throw new Error('capped');
  const response = await fetch(cursor === undefined ? url : `${url}?cursor=${cursor}`);
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as ListPage;
}

const paged = (options: WalkOptions = {}) =>
  paginate<number>(fetchTransport(), url, { ...options, pagination });

type Row = readonly [what: string, ...cells: string[]];

/** The requests made by something, and those that follow from it. */
async function requestsOf(doing: () => Promise<unknown>): Promise<string> {
  server.reset();
  await doing();
  await server.quiet();
  return String(server.requests);
}

async function takeThree(): Promise<Row> {
  const three = (items: Observable<number>) => lastValueFrom(items.pipe(take(3), toArray()));
  return [
    'Requests made for the first 3 items',
    await requestsOf(() => three(paged())),
    await requestsOf(async () => (await whileLoop(fetchPage)).slice(0, 3)),
    await requestsOf(async () => {
      let count = 0;
      for await (const item of asyncGenerator(fetchPage)) if (++count === 3) return item;
      return undefined;
    }),
    await requestsOf(() => three(expandRecipe(fetchPage))),
  ];
}

/** Requests made while a consumer is at the last item of page 3 and takes its time. */
async function requestsAtPageThree(
  consumeWith: (work: (item: number) => Promise<void>) => Promise<unknown>,
): Promise<string> {
  let requests = 0;
  server.reset();
  await consumeWith(async (item) => {
    if (item !== 3 * PAGE_SIZE - 1) return;
    await server.quiet();
    ({ requests } = server);
  });
  return String(requests);
}

async function slowConsumer(): Promise<Row> {
  const forAwait = (items: AsyncIterable<number>) =>
    requestsAtPageThree(async (work) => {
      for await (const item of items) await work(item);
    });
  const behindConcatMap = (items: Observable<number>) =>
    requestsAtPageThree((work) => lastValueFrom(items.pipe(concatMap(work))));
  const consumed = await requestsAtPageThree((work) => lastValueFrom(paged().consume(work)));
  return [
    'Requests made when a slow consumer is at the end of page 3',
    `${consumed} in \`consume\`, ${await forAwait(paged())} in \`for await\`, ${await behindConcatMap(paged())} behind \`concatMap\``,
    await requestsAtPageThree(async (work) => {
      for (const item of await whileLoop(fetchPage)) await work(item);
    }),
    `${await forAwait(asyncGenerator(fetchPage))} in \`for await\`, ${await behindConcatMap(from(asyncGenerator(fetchPage)))} through \`from\``,
    await behindConcatMap(expandRecipe(fetchPage)),
  ];
}

async function repeatedCursor(): Promise<Row> {
  const outcome = async (walk: () => Promise<unknown>) => {
    server.reset({ loopAt: 2 });
    const how = await walk().then(() => 'ends', nameOf);
    const requests = `${String(server.requests)} requests`;
    return how === 'capped' ? `no end: capped at ${requests}` : `${how} after ${requests}`;
  };
  return [
    'Page 3 names its own cursor as the next',
    await outcome(() => paged().forEach(ignore)),
    await outcome(() => whileLoop(fetchPage)),
    await outcome(() => drain(asyncGenerator(fetchPage))),
    await outcome(() => lastValueFrom(expandRecipe(fetchPage))),
  ];
}

async function synchronousPages(): Promise<Row> {
  const pageOf = (cursor?: string) => listPage(placeOf(cursor), SYNCHRONOUS_PAGES);
  const transport = ({ params }: PageRequest) => {
    const cursor = params?.['cursor'];
    const body = pageOf(typeof cursor === 'string' ? cursor : undefined);
    return of({ status: 200, headers: {}, url: 'http://list.test/items', body });
  };
  const fromMemory = (cursor?: string) => Promise.resolve(pageOf(cursor));
  const all = SYNCHRONOUS_PAGES * PAGE_SIZE;
  const verdict = (items: number, over = true) => (over && items === all ? 'all items' : 'no end');
  const pushed = (items: Observable<number>) => {
    let count = 0;
    let over = false;
    // What is thrown on the way is as good as no end.
    items.subscribe({ next: () => count++, error: ignore, complete: () => (over = true) });
    return verdict(count, over);
  };
  return [
    `A cache that answers ${SYNCHRONOUS_PAGES.toLocaleString('en')} pages synchronously`,
    pushed(paginate<number>(transport, 'http://list.test/items', { pagination })),
    verdict((await whileLoop(fromMemory)).length),
    verdict(await drain(asyncGenerator(fromMemory))),
    pushed(expandRecipe((cursor) => of(pageOf(cursor)))),
  ];
}

/** Page 4 fails once; then the walk goes on where it can, or starts again. */
async function failure(): Promise<Row> {
  const outcome = async (
    walk: (deliver: (item: number) => void, error?: unknown) => Promise<unknown>,
  ) => {
    const items: number[] = [];
    const deliver = (item: number) => items.push(item);
    server.reset({ failAt: 3 });
    const error: unknown = await walk(deliver).then(ignore, (reason: unknown) => reason);
    server.failAt = undefined;
    const before = items.length;
    await walk(deliver, error);
    const repeated = items.length - new Set(items).size;
    return `${String(before)} before, ${String(repeated)} twice, ${String(server.requests)} requests`;
  };
  return [
    `Items when page 4 fails, and after going on or starting again (${String(PAGES)} pages)`,
    await outcome((deliver, error) => {
      const resumeFrom = isPaginationError(error) ? error.resumeToken : undefined;
      return paged({ resumeFrom }).forEach(deliver);
    }),
    await outcome(async (deliver) => {
      (await whileLoop(fetchPage)).forEach(deliver);
    }),
    await outcome((deliver) => drain(asyncGenerator(fetchPage), deliver)),
    await outcome((deliver) => expandRecipe(fetchPage).forEach(deliver)),
  ];
}

async function drain(
  items: AsyncIterable<number>,
  deliver: (item: number) => void = ignore,
): Promise<number> {
  let count = 0;
  for await (const item of items) {
    deliver(item);
    count++;
  }
  return count;
}

function nameOf(error: unknown): string {
  if (isPaginationError(error)) return `\`${error.code}\` error`;
  return error instanceof Error ? error.message : 'an error';
}

function ignore(): void {
  // Only that it came counts.
}

function markdown(rows: readonly Row[]): string {
  const head: Row = ['', '`paginate`', '`while` loop', 'async generator', '`expand` + `concatMap`'];
  return markdownTable([head, ...rows]);
}

async function main(): Promise<void> {
  url = await server.start();
  const rows = [takeThree, slowConsumer, repeatedCursor, synchronousPages, failure];
  const results: Row[] = [];
  for (const row of rows) results.push(await row());
  console.log(markdown(results));
  server.stop();
}

void main();
