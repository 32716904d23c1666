import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

import { RequestLog, type LoggedRequest } from '../../lib/demo/request-log';
import { serveRequest } from '../../lib/demo/serve-request';

const dist = join(__dirname, 'dist');

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface SampleServer {
  readonly url: string;
  /** What was asked of the API, in order. */
  readonly requests: readonly LoggedRequest[];
  reset(): void;
  close(): Promise<void>;
}

/** Serves the built app, and the demo API below `/api`, on one port of this machine. */
export async function serveSample({ port = 0, latencyMs = 0 } = {}): Promise<SampleServer> {
  const log = new RequestLog();
  let lastId = 0;
  let url = '';
  const server = createServer((request, response) => {
    const { url: target = '/' } = request;
    if (!target.startsWith('/api/')) {
      sendFile(target.replace(/[?#].*$/s, ''), response);
      return;
    }
    request.url = target.slice('/api'.length);
    lastId += 1;
    const state = { users: [], url, log, latencyMs, requestId: `demo-${String(lastId)}` };
    serveRequest(request, response, state).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : port)}`;
  return {
    url,
    get requests() {
      return log.list();
    },
    reset: () => {
      log.clear();
      lastId = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function sendFile(path: string, response: ServerResponse): void {
  const name = path === '/' ? 'index.html' : normalize(path);
  try {
    const bytes = readFileSync(join(dist, name));
    response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
    response.end(bytes);
  } catch {
    response.statusCode = 404;
    response.end('Not found');
  }
}
