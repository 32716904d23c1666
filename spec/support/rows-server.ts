import { startHttpServer, type HttpServer } from './http-server';

/** A list of rows by page number, as real HTTP, that counts how often each page was asked for. */
export interface RowsServer {
  readonly url: string;
  readonly pages: number;
  /** Requests by page, from 1. */
  readonly asked: Map<number, number>;
  readonly close: () => Promise<void>;
}

/** @param delayMs how long each reply waits, so that processes are met in the middle of their work */
export async function startRowsServer(
  pages: number,
  pageSize: number,
  delayMs = 0,
): Promise<RowsServer> {
  const server: HttpServer = await startHttpServer();
  const asked = new Map<number, number>();
  server.answer(({ url }, response) => {
    const page = Number(/page=(\d+)/.exec(url)?.[1] ?? 1);
    asked.set(page, (asked.get(page) ?? 0) + 1);
    const rows = Array.from({ length: pageSize }, (_, at) => rowOf((page - 1) * pageSize + at));
    const answer = () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ rows, pages }));
    };
    if (delayMs > 0) setTimeout(answer, delayMs);
    else answer();
  });
  return { url: `${server.origin}/rows`, pages, asked, close: server.close };
}

/** Rows whose cells need quoting, and of different lengths, so that a byte out of place shows. */
function rowOf(id: number): object {
  const text = ['plain', 'a "quoted", text', 'two\nlines', '=formula', '😀'][id % 5] ?? '';
  return { id, text: text.repeat((id % 7) + 1), even: id % 2 === 0 };
}
