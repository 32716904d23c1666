import type { AxiosStatic } from 'axios';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { peerDependencies } from '../../package.json';

import type * as Transports from '../../lib/transport/axios';
import { transportConformance } from '../conformance/transport.conformance';
import { canRun } from '../support/can-run';
import { axiosWith } from './axios-instances';

const folder = join(__dirname, '../../scripts/first-minutes/node_modules/axios-oldest');
const isThere = existsSync(folder);
const lack = isThere ? undefined : 'it is not installed: npm ci --prefix scripts/first-minutes';

// The oldest version that the package says it goes with.
if (canRun({ of: 'the transport on the oldest axios', lack, inCi: true })) {
  jest.doMock('axios', () => jest.requireActual<AxiosStatic>(join(folder, 'dist/node/axios.cjs')));
  const axios = jest.requireMock<AxiosStatic>('axios');
  const { axiosTransport } = jest.requireActual<typeof Transports>('../../lib/transport/axios');

  it('is the one that the package names', () => {
    expect(`^${axios.VERSION}`).toBe(peerDependencies.axios);
  });

  transportConformance('axiosTransport on the oldest axios', axiosWith(axios, axiosTransport));
  transportConformance(
    'axiosTransport on the fetch adapter of the oldest axios',
    axiosWith(axios, axiosTransport, { adapter: 'fetch' }),
    { hidesAnswer: true, givesLastCookie: true },
  );
} else {
  it.skip('goes with the oldest axios', () => undefined);
}
