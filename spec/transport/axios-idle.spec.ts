import axios, { type CreateAxiosDefaults } from 'axios';
import { firstValueFrom, from } from 'rxjs';

import { NO_LIMITS } from '../../lib/transport/no-limits';
import { axiosTransport } from '../../lib/transport/axios';
import { failureOf } from '../conformance/transport.conformance';
import { pause, send, startRawServer, type RawServer } from '../support/raw-server';

const IDLE = 100;

describe('a body that pauses over axios', () => {
  let server: RawServer;
  beforeEach(async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n';
    server = await startRawServer(() => [send(`${head}[1,`), pause(20_000)]);
  });
  afterEach(() => server.close());

  it.each<[string, CreateAxiosDefaults, RegExp]>([
    ["is told from Node's response", {}, /paused for 100 ms/],
    ['is told from progress where the instance has a timeout', { timeout: 9_000 }, /450 ms/],
    ['is told from progress where it has an adapter', { adapter: 'fetch' }, /450 ms/],
  ])('%s', async (_, settings, message) => {
    const transport = axiosTransport(axios.create(settings));
    const { signal } = new AbortController();
    const reply = transport({ url: `${server.origin}/a` }, signal, {
      ...NO_LIMITS,
      idleTimeout: IDLE,
    });
    const error = await failureOf(firstValueFrom(from(reply)));
    expect([error.code, error.message]).toEqual(['TIMEOUT', expect.stringMatching(message)]);
  });
});
