import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';

import { stepsOf, type Fault, type FaultStep } from './fault';
import { readRequest, type ReplyText, type RequestText } from './http-text';

/** What a server answers, and what goes wrong; a value. In headers and texts `{origin}` stands for the server's own. */
export interface FaultScript {
  /** Place of the page a request asks for, from 1. */
  readonly pageOf: (request: RequestText) => number;
  /** The page when nothing goes wrong. */
  readonly reply: (page: number, request: RequestText) => ReplyText;
  /** For each page the faults of its attempts in order, after which it is well; or what goes wrong every time. */
  readonly faults?: Readonly<Record<number, readonly (Fault | undefined)[] | Fault>> | undefined;
  /** Of the places where bodies are cut. @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** A request in the server's log. */
export interface SeenRequest extends RequestText {
  readonly page: number;
  /** How often the page was asked for, from 1. */
  readonly attempt: number;
  /** Place of its connection, from 0. */
  readonly connection: number;
  /** `performance.now()` when it had come. */
  readonly at: number;
  /** When the client left before it had the whole reply. */
  readonly abortedAt: number | undefined;
}

export interface FaultServer {
  readonly origin: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  /** Connections accepted so far. */
  readonly accepted: () => number;
  /** Connections open now. */
  readonly open: () => number;
  /** Another script from now on; attempts are counted anew. */
  readonly play: (script: FaultScript) => void;
  /** Resolves once the log fits; looked at after each request and each client that left. */
  readonly until: (fits: (requests: readonly SeenRequest[]) => boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface FaultServerOptions {
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** The name in its origin. @defaultValue 127.0.0.1 */
  readonly host?: string | undefined;
}

/** A server on a free port of this machine that plays a script on bare sockets, and writes all of its HTTP by hand. */
export async function startFaultServer(
  first: FaultScript,
  { tls, host = '127.0.0.1' }: FaultServerOptions = {},
): Promise<FaultServer> {
  const requests: (SeenRequest & { abortedAt: number | undefined })[] = [];
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let accepted = 0;
  let { script, random, attempts } = playing(first);

  const serve = (socket: Socket) => {
    const connection = accepted++;
    let received = '';
    let current: (typeof requests)[number] | undefined;
    let ours = false;
    const answer = async () => {
      const read = current === undefined && !ours ? readRequest(received) : undefined;
      if (read === undefined) return;
      received = read.rest;
      const page = script.pageOf(read.request);
      const attempt = (attempts.get(page) ?? 0) + 1;
      attempts.set(page, attempt);
      const at = performance.now();
      current = { ...read.request, page, attempt, connection, at, abortedAt: undefined };
      requests.push(current);
      const faults = script.faults?.[page];
      const fault = isFault(faults) ? faults : faults?.[attempt - 1];
      const reply = located(script.reply(page, read.request), origin);
      const steps = stepsOf(fault === undefined ? fault : located(fault, origin), reply, random);
      tell();
      for (const step of steps) {
        if (socket.destroyed) return;
        if (step === 'stall') return; // until the client leaves
        if (step === 'reset' || step === 'close') ours = true;
        if (ours) current = undefined;
        await perform(step, socket);
      }
      current = undefined;
      await answer(); // what was sent ahead
    };
    socket.setNoDelay(true); // small writes would wait for each other's acknowledgement
    sockets.add(socket);
    socket.on('error', () => undefined); // the client may break off at any time
    socket.on('close', () => {
      sockets.delete(socket);
      if (current !== undefined) current.abortedAt = performance.now();
      tell();
    });
    socket.on('data', (data) => {
      received += data.toString('latin1');
      void answer();
    });
  };
  const tell = () => {
    for (const check of waiting) check();
  };

  const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `${tls === undefined ? 'http' : 'https'}://${host}:${String(port)}`;

  return {
    origin,
    port,
    requests,
    accepted: () => accepted,
    open: () => sockets.size,
    play: (next) => {
      ({ script, random, attempts } = playing(next));
    },
    until: (fits) =>
      new Promise((resolve) => {
        const check = () => {
          if (!fits(requests)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function playing(script: FaultScript) {
  return { script, random: seeded(script.seed ?? 1), attempts: new Map<number, number>() };
}

function isFault(faults: readonly (Fault | undefined)[] | Fault | undefined): faults is Fault {
  return faults !== undefined && 'kind' in faults;
}

/** With the server's origin in the place of `{origin}`. */
function located<R extends ReplyText | Fault>(reply: R, origin: string): R {
  const place = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll('{origin}', origin);
    if (Array.isArray(value)) return value.map(place);
    return value;
  };
  const headers = 'headers' in reply ? Object.entries(reply.headers ?? {}) : [];
  return {
    ...reply,
    ...('body' in reply && { body: place(reply.body) }),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map(([name, value]) => [name, place(value)])),
    }),
  };
}

async function perform(step: FaultStep, socket: Socket): Promise<void> {
  if (step === 'reset') {
    socket.resetAndDestroy();
  } else if (step === 'close') {
    socket.end();
  } else if (step !== 'stall' && 'wait' in step) {
    await sleep(step.wait);
  } else if (step !== 'stall') {
    await new Promise<void>((resolve) => {
      socket.write(step.send, () => {
        resolve();
      });
    });
  }
}

/** Mulberry32: small, and the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
