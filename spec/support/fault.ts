import { gzipSync } from 'node:zlib';

import { chunk, headText, type ReplyText } from './http-text';

/** How far a reply comes before something goes wrong: nothing of it, half of its head, all of it and half of its body. */
type FaultPlace = 'start' | 'head' | 'body';

/** What goes wrong with one reply; plain data. */
export type Fault =
  /** The connection is broken (RST). */
  | { readonly kind: 'reset'; readonly at: FaultPlace; readonly chunked?: true }
  /** The connection is closed in good order (FIN); in a body with a declared length that is a short body. */
  | { readonly kind: 'hang-up'; readonly at: FaultPlace; readonly chunked?: true }
  /** Nothing more comes, and the connection stays open. */
  | { readonly kind: 'stall'; readonly at: FaultPlace; readonly chunked?: true }
  /** The body comes in pieces of `bytes`, one every `everyMs`. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** The body is cut in two, and its first half declared to be all of it. */
  | { readonly kind: 'cut' }
  /** Compressed, and begins with a block of a type that does not exist. */
  | { readonly kind: 'broken gzip' }
  /** Another reply, in those parts that are given. */
  | ({ readonly kind: 'reply' } & ReplyText);

/** One thing a server does with a socket. */
export type FaultStep =
  { readonly send: string | Uint8Array } | { readonly wait: number } | 'reset' | 'close' | 'stall';

/** Time for what was sent to be read before the connection breaks, in milliseconds. */
const SETTLE = 15;

/** What a reply comes to under a fault. */
export function stepsOf(
  fault: Fault | undefined,
  healthy: ReplyText,
  random: () => number,
): readonly FaultStep[] {
  if (fault === undefined) return whole(healthy);
  switch (fault.kind) {
    case 'reply': {
      return whole({ ...healthy, ...fault });
    }
    case 'cut': {
      const body = bytesOf(healthy);
      return whole({ ...healthy, body: body.subarray(0, cutOf(body, random)) });
    }
    case 'broken gzip': {
      const body = Buffer.from(gzipSync(bytesOf(healthy)));
      body[10] = 0xff; // the first byte after the header of RFC 1952
      return whole({
        ...healthy,
        headers: { ...healthy.headers, 'content-encoding': 'gzip' },
        body,
      });
    }
    case 'drip':
      return drip(healthy, fault);
    case 'reset':
    case 'hang-up':
    case 'stall': {
      const last = ({ reset: 'reset', 'hang-up': 'close', stall: 'stall' } as const)[fault.kind];
      return [...begun(healthy, fault, random), { wait: SETTLE }, last];
    }
  }
}

function whole(reply: ReplyText): readonly FaultStep[] {
  const { status = 200 } = reply;
  // RFC 9110 section 6.4.1: no content, and for 204 no length either.
  if (status === 204 || status === 304) return [{ send: headText(reply, 'none') }];
  const body = status === 205 ? Buffer.alloc(0) : bytesOf(reply);
  return [{ send: headText(reply, body) }, { send: body }];
}

function begun(
  reply: ReplyText,
  { at, chunked }: { readonly at: FaultPlace; readonly chunked?: true },
  random: () => number,
): readonly FaultStep[] {
  if (at === 'start') return [];
  const body = bytesOf(reply);
  const head = headText(reply, chunked === true ? 'chunked' : body);
  if (at === 'head') return [{ send: head.slice(0, Math.floor(head.length / 2)) }];
  const half = body.subarray(0, cutOf(body, random));
  return [{ send: head }, { send: chunked === true ? chunk(half) : half }];
}

function drip(
  reply: ReplyText,
  { bytes, everyMs }: { readonly bytes: number; readonly everyMs: number },
): readonly FaultStep[] {
  const body = bytesOf(reply);
  const steps: FaultStep[] = [{ send: headText(reply, body) }];
  for (let at = 0; at < body.length; at += bytes) {
    steps.push({ wait: everyMs }, { send: body.subarray(at, at + bytes) });
  }
  return steps;
}

function bytesOf({ body = '' }: ReplyText): Buffer {
  return Buffer.from(body);
}

/** Somewhere in the middle half. */
function cutOf(body: Buffer, random: () => number): number {
  return Math.floor(body.length * (0.25 + random() / 2));
}
