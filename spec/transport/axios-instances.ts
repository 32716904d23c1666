import type { AxiosStatic, CreateAxiosDefaults } from 'axios';

import type { Transport } from '../../lib/core/transport';
import type { axiosTransport } from '../../lib/transport/axios';
import type { TransportSettings } from '../conformance/transport.conformance';

/** Makes transports on instances of an axios, for the conformance suite. */
export function axiosWith(
  axios: AxiosStatic,
  transportOf: typeof axiosTransport,
  config: CreateAxiosDefaults = {},
): (settings: TransportSettings) => Transport {
  return ({ baseUrl, headers, followsRedirects }) => {
    const instance = axios.create({
      ...config,
      ...(baseUrl !== undefined && { baseURL: baseUrl }),
      ...(headers !== undefined && { headers: { ...headers } }),
    });
    if (followsRedirects === true) {
      // With its own transport: one that is given does not follow.
      const own = { maxRedirects: 5, fetchOptions: {}, transport: undefined };
      instance.interceptors.request.use((sent) => ({ ...sent, ...own }));
    }
    return transportOf(instance);
  };
}
