import { createServer } from 'node:http';
import { isIPv6 } from 'node:net';

import { demoUsers } from './data-set';
import { type LoggedRequest, RequestLog } from './request-log';
import { serveRequest } from './serve-request';

export interface DemoServerOptions {
  /** @defaultValue 0, any free port */
  readonly port?: number | undefined;
  /** @defaultValue '127.0.0.1' */
  readonly host?: string | undefined;
  /** Size of the data set. @defaultValue 250 */
  readonly users?: number | undefined;
  /** The same seed gives the same data, byte for byte. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Milliseconds that every reply is held back. @defaultValue 0 */
  readonly latencyMs?: number | undefined;
}

/** A running demo API. */
export interface DemoServer {
  /** Its origin, without a closing slash; `GET /` lists the routes. */
  readonly url: string;
  /** The requests so far in the order of their arrival: a copy, taken when it is read. */
  readonly requests: readonly LoggedRequest[];
  /** Counts the requests at or below a path, or all. */
  requestCount(pathPrefix?: string): number;
  /** Forgets the requests and lets request ids begin anew. */
  reset(): void;
  /** Stops listening, ends every connection and resolves when all are closed; safe to call again. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP server that hands out one list of users through many pagination protocols, for samples and tests.
 * Rejects with a `TypeError` on unusable options, and with Node's error if it cannot listen.
 */
export async function startDemoServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const { port = 0, host = '127.0.0.1', users: count = 250, seed, latencyMs = 0 } = options;
  if (!(latencyMs >= 0 && latencyMs < 2 ** 31)) {
    throw new TypeError(
      `Expected latencyMs to be a number of at least 0, got ${String(latencyMs)}`,
    );
  }
  const users = demoUsers(count, seed);
  const log = new RequestLog();
  let lastId = 0;
  let url = '';

  const server = createServer((request, response) => {
    lastId += 1;
    const requestId = `demo-${String(lastId)}`;
    serveRequest(request, response, { users, url, log, latencyMs, requestId }).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  url = `http://${isIPv6(host) ? `[${host}]` : host}:${String(actual)}`;

  let closed: Promise<void> | undefined;
  return {
    url,
    get requests() {
      return log.list();
    },
    requestCount: (pathPrefix) => log.count(pathPrefix),
    reset: () => {
      log.clear();
      lastId = 0;
    },
    close: () =>
      (closed ??= new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      })),
  };
}
