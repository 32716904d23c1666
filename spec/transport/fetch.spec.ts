import { setImmediate } from 'node:timers/promises';

import { numberPagination, paginate } from '../../lib/index';
import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { PaginationError } from '../../lib/core/pagination-error';
import { secretsIn } from '../../lib/core/secrets';
import { fetchTransport, type FetchTransportOptions } from '../../lib/transport/fetch';
import {
  ask,
  everythingIn,
  failureOf,
  transportConformance,
} from '../conformance/transport.conformance';
import {
  bytes,
  json,
  startHttpServer,
  type HttpServer,
  type SeenRequest,
} from '../support/http-server';
import { range } from '../support/list-api';

transportConformance('fetchTransport', ({ baseUrl, headers, followsRedirects }) =>
  fetchTransport({
    baseUrl,
    headers,
    ...(followsRedirects === true && {
      fetch: (url, init) => fetch(url, { ...init, redirect: 'follow' }),
    }),
  }),
);

describe('fetchTransport', () => {
  let server: HttpServer;
  beforeEach(async () => {
    server = await startHttpServer();
    server.answer(json([1]));
  });
  afterEach(() => server.close());

  /** A fetch that notes how it was called. */
  function notingFetch(...replies: (() => Response)[]) {
    const calls: { readonly url: string; readonly init: RequestInit }[] = [];
    const fake: typeof fetch = (input, init = {}) => {
      calls.push({ url: input as string, init });
      const reply = replies[calls.length - 1] ?? (() => Response.json([calls.length]));
      return Promise.resolve(reply());
    };
    return { fake, calls };
  }

  describe('options', () => {
    it.each<[unknown, string]>([
      [null, 'fetchTransport: expected an object of options, got null'],
      [
        { baseURL: 'http://h.example' },
        "fetchTransport: unknown option 'baseURL'; the options are baseUrl, headers, fetch, parse, secrets",
      ],
      [{ baseUrl: 1 }, "fetchTransport: option 'baseUrl' must be a string, got 1"],
      [{ fetch: 'x' }, `fetchTransport: option 'fetch' must be a function, got "x"`],
      [{ parse: {} }, "fetchTransport: option 'parse' must be a function, got an object"],
      [
        { headers: 'Bearer own' },
        "fetchTransport: option 'headers' must be an object or a function, got a string",
      ],
    ])('refuses %j', (options, message) => {
      expect(() => fetchTransport(options as FetchTransportOptions)).toThrow(
        new TypeError(message),
      );
    });

    it('refuses credentials in the base URL without showing them', () => {
      const make = () => fetchTransport({ baseUrl: 'http://user:own@h.example' });
      expect(make).toThrow(TypeError);
      expect(make).toThrow(/must be a URL without user name and password/);
      expect(make).not.toThrow(/own@/);
    });

    it('takes an explicit undefined for left out', async () => {
      const transport = fetchTransport({
        baseUrl: server.origin,
        headers: undefined,
        fetch: undefined,
        parse: undefined,
      });
      expect((await ask(transport, '/')).body).toEqual([1]);
    });
  });

  describe('headers', () => {
    it('asks a function on every attempt and waits for it', async () => {
      let token = 0;
      const headers = () => Promise.resolve({ authorization: `Bearer ${String(++token)}` });
      const transport = fetchTransport({ baseUrl: server.origin, headers });
      await ask(transport, '/');
      await ask(transport, '/');
      expect(server.requests.map((request) => request.headers.authorization)).toEqual([
        'Bearer 1',
        'Bearer 2',
      ]);
    });

    it('leaves out an undefined value', async () => {
      const headers = { authorization: undefined, 'x-a': '1' };
      await ask(fetchTransport({ baseUrl: server.origin, headers }), '/');
      expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
      expect(server.requests[0]?.headers).toMatchObject({ 'x-a': '1' });
    });

    it('passes on what the function throws, without a request', async () => {
      const mine = new Error('no token');
      const headers = () => Promise.reject(mine);
      const transport = fetchTransport({ baseUrl: server.origin, headers });
      await expect(ask(transport, '/')).rejects.toBe(mine);
      expect(server.requests).toEqual([]);
    });

    it('makes no request when it was aborted while the function was at work', async () => {
      const controller = new AbortController();
      const headers = () => {
        controller.abort();
        return {};
      };
      const transport = fetchTransport({ baseUrl: server.origin, headers });
      expect((await failureOf(ask(transport, '/', controller.signal))).code).toBe('ABORTED');
      expect(server.accepted()).toBe(0);
    });

    it('names a header that cannot be sent, and not its value', async () => {
      const headers = { 'x-key': 'own\nkey' };
      const error = await failureOf(ask(fetchTransport({ baseUrl: server.origin, headers }), '/'));
      expect(error.code).toBe('PROTOCOL');
      expect(error.message).toContain('x-key');
      expect(everythingIn(error)).not.toMatch(/own\W+key/);
    });
  });

  it.each([1, 3, 8, 11])(
    'aborts page %i of a walk when it is left, and no other walk',
    async (page) => {
      const numberOf = ({ url }: SeenRequest) => Number(/page=(\d+)/.exec(url)?.[1] ?? '1');
      server.answer((request, response) => {
        const number = numberOf(request);
        if (number !== page) json([number])(request, response);
      });
      const list = paginate<number>(fetchTransport({ baseUrl: server.origin }), '/', {
        pagination: numberPagination<number>(),
      });
      const [seen, others]: [number[], number[]] = [[], []];
      const left = list.subscribe((item) => seen.push(item));
      const other = list.subscribe((item) => others.push(item));
      while (server.requests.filter((request) => numberOf(request) === page).length < 2)
        await setImmediate();
      let aborts = 0;
      const firstAbort = server.nextAbort();
      left.unsubscribe();
      await firstAbort;
      const secondAbort = server.nextAbort().then(() => aborts++);
      await ask(fetchTransport({ baseUrl: server.origin }), '/?page=0');
      expect(aborts).toBe(0);
      other.unsubscribe();
      await secondAbort;
      expect([seen, others]).toEqual([range(1, page), range(1, page)]);
    },
  );

  describe('fetch', () => {
    it('may change the headers of its request, and of no other', async () => {
      const seen: (string | null)[] = [];
      const signing: typeof fetch = (url, init = {}) => {
        const headers = init.headers as Headers;
        headers.append('x-signature', `own-signature-${String(seen.length)}`);
        seen.push(headers.get('x-signature'));
        return fetch(url, init);
      };
      const transport = fetchTransport({ baseUrl: server.origin, fetch: signing });
      await ask(transport, '/a');
      const reply = await ask(transport, '/b');
      expect(seen).toEqual(['own-signature-0', 'own-signature-1']);
      expect(secretsIn(reply)).toContain('own-signature-1');
    });

    it('looks the global one up on every attempt', async () => {
      const transport = fetchTransport({ baseUrl: server.origin });
      const { fake, calls } = notingFetch();
      const before = globalThis.fetch;
      globalThis.fetch = fake;
      try {
        expect((await ask(transport, '/a')).body).toEqual([1]);
      } finally {
        globalThis.fetch = before;
      }
      expect(calls.map(({ url }) => url)).toEqual([`${server.origin}/a`]);
      await ask(transport, '/b');
      expect(server.requests.map(({ url }) => url)).toEqual(['/b']);
    });

    it('uses its own for all but anonymous requests, which see neither it nor the headers', async () => {
      const { fake, calls } = notingFetch();
      const headers = jest.fn(() => ({ 'x-key': 'own' }));
      const transport = fetchTransport({ baseUrl: server.origin, fetch: fake, headers });
      await ask(transport, '/own');
      await ask(transport, { url: '/foreign', anonymous: true });
      expect(calls.map(({ url }) => url)).toEqual([`${server.origin}/own`]);
      expect(server.requests.map(({ url }) => url)).toEqual(['/foreign']);
      expect(headers).toHaveBeenCalledTimes(1);
    });

    it('omits the credentials that a browser would add to an anonymous request', async () => {
      const { fake, calls } = notingFetch();
      const before = globalThis.fetch;
      globalThis.fetch = fake;
      try {
        await ask(fetchTransport(), { url: 'http://h.example/a', anonymous: true });
        await ask(fetchTransport(), { url: 'http://h.example/b' });
      } finally {
        globalThis.fetch = before;
      }
      expect(calls.map(({ init }) => init.credentials)).toEqual(['omit', undefined]);
    });

    it('lets the runtime follow redirects that it hides, and does so at once from then on', async () => {
      const hidden = () =>
        Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
      const { fake, calls } = notingFetch(hidden);
      const transport = fetchTransport({ baseUrl: 'http://h.example', fetch: fake });
      expect((await ask(transport, '/a')).body).toEqual([2]);
      await ask(transport, '/b');
      expect(calls.map(({ url, init }) => [url, init.redirect])).toEqual([
        ['http://h.example/a', 'manual'],
        ['http://h.example/a', 'follow'],
        ['http://h.example/b', 'follow'],
      ]);
    });

    it('gives the requested URL where the response has none', async () => {
      const { fake } = notingFetch();
      const transport = fetchTransport({ baseUrl: 'http://h.example', fetch: fake });
      expect((await ask(transport, '/a?b=1')).url).toBe('http://h.example/a?b=1');
    });
  });

  describe('parse', () => {
    const text = 'id\n1\n2\n';

    it('reads the text of a page, told what it is', async () => {
      server.answer(bytes(text, 'text/csv'));
      const parse = jest.fn((csv: string) => Promise.resolve(csv.split('\n').slice(1, -1)));
      const transport = fetchTransport({ baseUrl: server.origin, parse });
      expect((await ask(transport, '/a')).body).toEqual(['1', '2']);
      expect(parse.mock.calls).toEqual([
        [text, { contentType: 'text/csv', status: 200, url: `${server.origin}/a` }],
      ]);
    });

    it('is not asked where no page is to be expected', async () => {
      const parse = jest.fn();
      const transport = fetchTransport({ baseUrl: server.origin, parse });
      for (const status of [204, 304, 400, 500]) {
        server.answer((_, response) => response.writeHead(status).end());
        await ask(transport, '/');
      }
      expect(parse).not.toHaveBeenCalled();
    });

    it('makes BAD_CONTENT of what it throws', async () => {
      const parse = () => {
        throw new RangeError('no such column');
      };
      const error = await failureOf(ask(fetchTransport({ baseUrl: server.origin, parse }), '/'));
      expect(error).toMatchObject({
        code: 'BAD_CONTENT',
        message: "The option 'parse' could not read the body: no such column",
        status: 200,
        bodyExcerpt: '[1]',
        cause: { name: 'RangeError', message: 'no such column' },
      });
    });

    it('may throw a PaginationError of its own', async () => {
      const mine = new PaginationError('BAD_SHAPE', 'mine');
      const parse = () => {
        throw mine;
      };
      const transport = fetchTransport({ baseUrl: server.origin, parse });
      const error = await failureOf(ask(transport, '/'));
      expect(error).toMatchObject({ code: 'BAD_SHAPE', message: 'mine', status: 200 });
    });
  });

  it('errors with TIMEOUT when its fetch runs out of its own time', async () => {
    const impatient: typeof fetch = (input, init) =>
      fetch(input, { ...init, signal: AbortSignal.timeout(20) });
    server.answer(() => undefined);
    const transport = fetchTransport({ baseUrl: server.origin, fetch: impatient });
    expect((await failureOf(ask(transport, '/'))).code).toBe('TIMEOUT');
  });
});

describe('fetchTransport in a browser', () => {
  const replies = (request: PageRequest, baseUrl?: string): Promise<PageReply> =>
    ask(fetchTransport({ baseUrl, fetch: () => Promise.resolve(Response.json([])) }), request);

  beforeEach(() => {
    Object.assign(globalThis, { document: { baseURI: 'https://app.example/shop/list?x=1' } });
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'document');
  });

  it.each([
    ['/items', undefined, 'https://app.example/items'],
    ['items', undefined, 'https://app.example/shop/items'],
    ['//cdn.example/items', undefined, 'https://cdn.example/items'],
    ['items', '/api', 'https://app.example/api/items'],
    ['/items', 'https://api.example/v1', 'https://api.example/v1/items'],
    ['//cdn.example/items', 'http://api.example/v1', 'http://cdn.example/items'],
  ])('resolves %s with base %s to %s', async (url, baseUrl, final) => {
    expect((await replies({ url }, baseUrl)).url).toBe(final);
  });

  it('tells a base URL from which the origin is known', () => {
    expect(fetchTransport().baseUrl).toBe('https://app.example/');
    expect(fetchTransport({ baseUrl: '/api' }).baseUrl).toBe('https://app.example/api');
  });
});
