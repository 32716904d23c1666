import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as text: its head, and whatever of its body had come with it. */
interface RawRequest {
  readonly head: string;
  readonly body: string;
  /** Place of its connection, from 0. */
  readonly connection: number;
}

/** One thing a scripted server does with its socket. */
export type RawStep = (socket: Socket) => Promise<void> | void;

/** What the server does about the n-th request (from 0), whichever connection it comes by. */
export type RawScript = (index: number, request: RawRequest) => readonly RawStep[];

export interface RawServer {
  readonly origin: string;
  readonly requests: readonly RawRequest[];
  readonly close: () => Promise<void>;
}

/** Sends these bytes as they are. */
export function send(data: string | Uint8Array): RawStep {
  return (socket) =>
    new Promise((resolve) => {
      socket.write(data, () => {
        resolve();
      });
    });
}

/** Waits, in milliseconds, but not for a client who has gone. */
export function pause(ms: number): RawStep {
  return async (socket) => {
    const gone = new AbortController();
    const leave = () => {
      gone.abort();
    };
    socket.once('close', leave);
    await sleep(ms, undefined, gone).catch(() => undefined);
    socket.off('close', leave);
  };
}

/** Closes in good order (FIN). */
export const close: RawStep = (socket) => {
  socket.end();
};

/** Breaks the connection (RST). */
export const reset: RawStep = (socket) => {
  socket.resetAndDestroy();
};

/** A server on a free port that plays a script on bare sockets, for what an HTTP server refuses to do wrong. */
export async function startRawServer(script: RawScript): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer((socket) => {
    const connection = connections++;
    let received = '';
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // the client may break off at any time
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const request = { head: received.slice(0, end), body: received.slice(end + 4), connection };
      const length = Number(/^content-length: *(\d+)/im.exec(request.head)?.[1] ?? 0);
      if (request.body.length < length) return;
      received = '';
      void play(script(requests.push(request) - 1, request), socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${String(port)}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function play(steps: readonly RawStep[], socket: Socket): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) return;
    await step(socket);
  }
}
