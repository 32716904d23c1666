import { Agent } from 'node:http';
import axios from 'axios';

import type { Transport } from 'paged-observable';
import { axiosTransport } from 'paged-observable/axios';
import { fetchTransport } from 'paged-observable/fetch';

/** One client that many walks share. */
export interface CrowdClient {
  /** Notes the signals it is given. */
  readonly transport: Transport;
  readonly signals: readonly AbortSignal[];
  /** Connections in use, and requests that wait for one, as far as the client tells. */
  readonly busy: () => number;
  /** Closes kept-alive connections, where the client does not do so by itself. */
  readonly close: () => void;
}

/** @throws Error for another name than 'axios' or 'fetch' */
export function crowdClient(name: string, baseUrl: string): CrowdClient {
  if (name === 'fetch') {
    const noted = noting(fetchTransport({ baseUrl }));
    return { ...noted, busy: () => 0, close: () => undefined };
  }
  if (name !== 'axios') throw new Error(`no client ${name}`);
  const agent = new Agent({ keepAlive: true });
  const noted = noting(axiosTransport(axios.create({ baseURL: baseUrl, httpAgent: agent })));
  const count = (lists: NodeJS.ReadOnlyDict<unknown[]>) =>
    Object.values(lists).reduce((sum, list = []) => sum + list.length, 0);
  return {
    ...noted,
    busy: () => count(agent.sockets) + count(agent.requests),
    close: () => {
      agent.destroy();
    },
  };
}

function noting(transport: Transport): Pick<CrowdClient, 'transport' | 'signals'> {
  const signals: AbortSignal[] = [];
  const noted: Transport = (request, signal, limits) => {
    signals.push(signal);
    return transport(request, signal, limits);
  };
  return { transport: noted, signals };
}
