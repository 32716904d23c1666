import { startFaultServer, type FaultServer } from '../../spec/support/fault-server';
import { goodCert } from '../../spec/support/lab-certificates';

import { ALL, type PeerCase } from './peer-cases';
import { peerScript, TOKEN, type PeerFlavour } from './peer-lists';

/** What a client made of a list. */
export interface PeerWalk {
  /** Ids in the order they were handed on. */
  readonly items: readonly unknown[];
  /** Absent where the walk said that the list was over. */
  readonly error?: string | undefined;
}

export type PeerVerdict =
  /** Every item once, in order, and the end. */
  | 'exact'
  /** It said that it failed, and what came before is right. */
  | 'error'
  /** Items lost or doubled, without a word or before an error. */
  | 'wrong'
  /** More than {@link MOST_REQUESTS} requests, or no end in time. */
  | 'endless'
  /** The credential was sent to another server. */
  | 'leak';

/** Starts a walk; what it gives is left alone once `signal` aborts. */
export type PeerClient = (
  list: { readonly url: string; readonly flavour: PeerFlavour },
  signal: AbortSignal,
) => Promise<PeerWalk>;

/** A walk of ten pages with retries has 14. */
const MOST_REQUESTS = 60;
const LONGEST = 20_000;

/** Puts a client to a case. */
export async function judgePeer(
  walk: PeerClient,
  one: PeerCase,
  flavour: PeerFlavour,
): Promise<PeerVerdict> {
  const foreign = await startFaultServer(peerScript(flavour));
  const server = await startFaultServer(
    peerScript(flavour, one.list(foreign.origin)),
    one.tls === true ? { tls: goodCert, host: 'localhost' } : {},
  );
  const stop = new AbortController();
  const timer = setTimeout(() => {
    stop.abort();
  }, LONGEST);
  try {
    const walked = await Promise.race([
      walk({ url: server.origin, flavour }, stop.signal),
      server.until(({ length }) => length > MOST_REQUESTS),
      aborted(stop.signal),
    ]);
    if (foreign.requests.some(({ headers }) => headers.some(([, value]) => value.includes(TOKEN))))
      return 'leak';
    return walked === undefined ? 'endless' : verdictOn(walked, one, server);
  } finally {
    clearTimeout(timer);
    stop.abort();
    await server.close();
    await foreign.close();
  }
}

function verdictOn({ items, error }: PeerWalk, one: PeerCase, server: FaultServer): PeerVerdict {
  if (server.requests.length === 0) throw new Error(`The client asked for nothing: ${error ?? ''}`);
  const { items: expected = ALL } = one;
  const isRight = items.every((id, at) => Number(id) === expected[at]);
  if (error !== undefined) return isRight ? 'error' : 'wrong';
  const isWhole = items.length === expected.length;
  // A list that cannot be had whole was not had whole.
  return isRight && isWhole ? 'exact' : 'wrong';
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
}
