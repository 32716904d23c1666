import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export const PAGES = 200;
export const ITEMS = 100;
const ITEM_BYTES = 200;

export interface PageServer {
  /** Serves the list at `/items`, by cursor and by page number, and under `/array` as arrays with `Link` headers. */
  readonly url: string;
  /** Milliseconds before each reply. */
  latency: number;
  /** Pages of the list. */
  pages: number;
  stop(): void;
}

/** A list of pages that were written before, on loopback. */
export async function startPageServer(): Promise<PageServer> {
  const rows = Array.from({ length: PAGES }, (_, page) => rowsOf(page));
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://list.test');
    const named = Number(searchParams.get('page') ?? '1') - 1;
    const place = Number(searchParams.get('cursor')?.slice(1) ?? named);
    const next = place + 1 < state.pages ? `p${String(place + 1)}` : undefined;
    const isArray = pathname.startsWith('/array');
    const link = `<${state.url}${pathname}?cursor=${next ?? ''}>; rel="next"`;
    const items = rows[place] ?? '[]';
    const body = Buffer.from(
      isArray
        ? items
        : `{"items":${items},"next_cursor":${JSON.stringify(next ?? null)},"pages":${String(state.pages)}}`,
    );
    const send = () => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': body.length,
        ...(isArray && next !== undefined && { link }),
      });
      response.end(body);
    };
    if (state.latency === 0) send();
    else setTimeout(send, state.latency);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const state = {
    url: `http://127.0.0.1:${String(port)}`,
    latency: 0,
    pages: PAGES,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return state;
}

function rowsOf(page: number): string {
  return JSON.stringify(
    Array.from({ length: ITEMS }, (_, place) => {
      const row = {
        id: page * ITEMS + place,
        name: `item ${String(place)}`,
        active: true,
        text: '',
      };
      return { ...row, text: 'x'.repeat(ITEM_BYTES - JSON.stringify(row).length) };
    }),
  );
}
