/*
 * Runs in the page: the transport that is tested there, called from the tests. What it needs and gives is JSON.
 */
import type { PageRequest } from '../../lib/core/page-request';
import type { TransportLimits } from '../../lib/core/transport';
import { fetchTransport } from '../../lib/transport/fetch';

export interface RemoteCall {
  readonly id: number;
  readonly baseUrl?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly request: PageRequest;
  readonly limits?: TransportLimits | undefined;
  readonly isAborted: boolean;
}

interface RemoteRunner {
  /** The reply or the error, as JSON, and how many listeners were left on the signal. */
  readonly send: (call: RemoteCall) => Promise<{ reply?: string; error?: string; left: number }>;
  readonly abort: (id: number, reason: string) => void;
}

declare global {
  var remote: RemoteRunner;
}

const running = new Map<number, AbortController>();

async function send({ id, baseUrl, headers, request, limits, isAborted }: RemoteCall) {
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  running.set(id, controller);
  if (isAborted) controller.abort();
  try {
    const transport = fetchTransport({ baseUrl, headers });
    const reply = await Promise.resolve(transport(request, controller.signal, limits));
    return { reply: JSON.stringify(reply), left: listeners() };
  } catch (error) {
    return { error: JSON.stringify(plain(error)), left: listeners() };
  } finally {
    running.delete(id);
  }
}

/** Scripts cannot ask a signal for its listeners. */
function countListeners(signal: AbortSignal): () => number {
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (type: string, ...rest: [EventListener]) => {
    listeners.add(rest[0]);
    add(type, ...rest);
  };
  signal.removeEventListener = (type: string, ...rest: [EventListener]) => {
    listeners.delete(rest[0]);
    remove(type, ...rest);
  };
  return () => listeners.size;
}

/** Everything an error holds, hidden properties too. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.getOwnPropertyNames(value);
  return Object.fromEntries(names.map((name) => [name, plain(Reflect.get(value, name))]));
}

globalThis.remote = {
  send,
  abort: (id, reason) => {
    running.get(id)?.abort(reason);
  },
};
