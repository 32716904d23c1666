import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Handler = (request: SeenRequest, response: ServerResponse) => void;

/**
 * A server on a free port that notes every request, every connection and every client that left before its reply.
 * @param isShared lets pages of other origins read all; browsers ask for that first, and this is not noted
 */
export interface HttpServer {
  readonly origin: string;
  readonly requests: SeenRequest[];
  /** Connections accepted so far. */
  readonly accepted: () => number;
  /** Connections open now. */
  readonly open: () => Promise<number>;
  /** Resolves when the next client leaves before its reply is complete. */
  readonly nextAbort: () => Promise<void>;
  /** Answers all requests from now on. */
  readonly answer: (handler: Handler) => void;
  readonly close: () => Promise<void>;
}

const SHARED = ['allow-origin', 'allow-methods', 'allow-headers', 'expose-headers'].map(
  (name) => [`access-control-${name}`, '*'] as const,
);

export async function startHttpServer(isShared = false): Promise<HttpServer> {
  const requests: SeenRequest[] = [];
  let waiting: (() => void)[] = [];
  let handler: Handler = (_, response) => response.end();
  let accepted = 0;

  const server: Server = createServer((message, response) => {
    if (isShared && message.headers.origin !== undefined) {
      for (const [name, value] of SHARED) response.setHeader(name, value);
      if (message.headers['access-control-request-method'] !== undefined) {
        response.writeHead(204).end();
        return;
      }
    }
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const request: SeenRequest = {
        method: message.method ?? '',
        url: message.url ?? '',
        headers: message.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      handler(request, response);
    });
    response.on('close', () => {
      if (response.writableFinished) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    });
  });
  server.on('connection', () => accepted++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${String(port)}`,
    requests,
    accepted: () => accepted,
    open: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => {
          if (error === null) resolve(count);
          else reject(error);
        });
      }),
    nextAbort: () => new Promise((resolve) => waiting.push(resolve)),
    answer: (next) => (handler = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Handler {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
}

/** Answers with these very bytes. */
export function bytes(
  body: string | Uint8Array,
  contentType = 'application/json',
  status = 200,
  headers: Record<string, string | string[]> = {},
): Handler {
  return (_, response) => {
    response.writeHead(status, { 'content-type': contentType, ...headers });
    response.end(body);
  };
}
