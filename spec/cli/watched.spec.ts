import { firstValueFrom, from } from 'rxjs';

import { watched } from '../../lib/cli/watched';
import type { PageReply, Transport } from '../../lib';

const reply: PageReply = { status: 200, headers: {}, body: [], url: 'http://a.test/' };

describe('a watched transport', () => {
  it('hands on all it is given, and shows its replies', async () => {
    const inner = jest.fn(() => Promise.resolve(reply));
    const seen: PageReply[] = [];
    const transport = watched(inner, (one) => seen.push(one));
    const given: Parameters<Transport> = [
      { url: 'http://a.test/' },
      new AbortController().signal,
      { bodyBytes: 1, jsonDepth: 2, idleTimeout: 3 },
    ];
    expect(await firstValueFrom(from(transport(...given)))).toBe(reply);
    expect(inner.mock.calls).toEqual([given]);
    expect(seen).toEqual([reply]);
  });

  it('declares what the other declares', () => {
    const base = { anonymous: true as const, baseUrl: 'http://a.test' };
    const own: Transport = Object.assign(() => [reply], base);
    const { anonymous, baseUrl } = watched(own, () => undefined);
    expect({ anonymous, baseUrl }).toEqual(base);
  });
});
