import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { paginate, cursorPagination, type PagedObservable } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

export const PAGE_SIZE = 1000;

export type Row = Readonly<Record<string, unknown>>;
interface RowPage {
  readonly rows: readonly Row[];
  readonly next: number | null;
}
export type LoadPage = (at: number) => Promise<RowPage>;

/** What rows look like: about 1 kB in one long text, or 0.5 kB in 16 fields. */
export type Shape = 'long' | 'wide';

/** A list from memory, or over HTTP where a URL is given; for a loop and as what is exported. */
export interface RowList {
  readonly load: LoadPage;
  readonly paged: () => PagedObservable<Row>;
}

const pagination = cursorPagination<Row>({ items: '/rows', next: '/next' });

export function memoryList(pages: number, shape: Shape): RowList {
  const { rows } = JSON.parse(bodyOf(rowsText(shape), null)) as RowPage;
  const load: LoadPage = (at) => Promise.resolve({ rows, next: nextOf(at, pages) });
  const url = 'http://api.test/rows';
  return {
    load,
    paged: () =>
      paginate(
        async ({ params }) => ({
          status: 200,
          headers: {},
          url,
          body: await load(Number(params?.['cursor'] ?? 0)),
        }),
        url,
        { pagination },
      ),
  };
}

export function httpList(url: string): RowList {
  return {
    load: async (at) => {
      const response = await fetch(`${url}?cursor=${String(at)}`);
      return (await response.json()) as RowPage;
    },
    paged: () => paginate(fetchTransport(), url, { pagination }),
  };
}

/** Serves the list; gives its URL. */
export async function serveList(pages: number, shape: Shape): Promise<string> {
  const text = rowsText(shape);
  const server = createServer(({ url = '' }, response) => {
    const at = Number(/cursor=(\d+)/.exec(url)?.[1] ?? 0);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(bodyOf(text, nextOf(at, pages)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/rows`;
}

function nextOf(at: number, pages: number): number | null {
  return at + 1 < pages ? at + 1 : null;
}

function bodyOf(rows: string, next: number | null): string {
  return `{"rows":${rows},"next":${String(next)}}`;
}

function rowsText(shape: Shape): string {
  return JSON.stringify(
    Array.from({ length: PAGE_SIZE }, (_, id) => (shape === 'long' ? longRow(id) : wideRow(id))),
  );
}

function longRow(id: number): Row {
  return { id, name: `name ${String(id)}`, text: 'x'.repeat(950) };
}

function wideRow(id: number): Row {
  const values = [id, `a text of a field of row ${String(id)}, with a comma`, `name ${String(id)}`];
  const fields = Array.from({ length: 16 }, (_, at) => [
    `field_${String(at)}`,
    values[at % 4] ?? (at % 8 === 3 ? null : true),
  ]);
  return Object.fromEntries(fields) as Row;
}
