import { getEventListeners } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { firstValueFrom, from } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { PaginationError } from '../../lib/core/pagination-error';
import type { Transport } from '../../lib/core/transport';
import type { WalkOptions } from '../../lib/core/walk-options';
import { paginate } from '../../lib/paginate';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { bytes, json, startHttpServer, type HttpServer } from '../support/http-server';
import { close, reset, send, startRawServer, type RawScript } from '../support/raw-server';
import { realProcess } from '../support/real-process';
import { selfSigned } from '../support/self-signed';

/** What a transport is made with. */
export interface TransportSettings {
  readonly baseUrl?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Its client follows redirects by itself. */
  readonly followsRedirects?: true;
}

/** What a transport's runtime does not let it do. */
export interface TransportLimits {
  /** The runtime follows redirects by itself. */
  readonly hidesRedirects?: true;
  /** A client that follows redirects does not say where it came to. */
  readonly hidesAnswer?: true;
  /** No script sees `set-cookie` (Fetch, forbidden response-header names). */
  readonly hidesCookies?: true;
  /** Of several lines of `set-cookie` its client knows the last. */
  readonly givesLastCookie?: true;
  /** A request that failed says no more than that: neither the system's code nor what is wrong with a certificate. */
  readonly hidesReasons?: true;
  /** There is a document, whose address relative URLs are resolved against. */
  readonly hasAddress?: true;
  /** Connections are opened before they are needed, and a request whose connection was and breaks is sent again. */
  readonly connectsEarly?: true;
  /** A head of a reply that was cut short counts as whole. */
  readonly takesCutHeads?: true;
  /** What the runtime adds to every request, beside what Node's clients do. */
  readonly addsHeaders?: RegExp;
  /** Takes long for a request; so many of them show a leak too. @defaultValue 1000 */
  readonly manyRequests?: number;
}

/** Sends one request; the reply or the error. */
export function ask(
  transport: Transport,
  request: PageRequest | string,
  signal = new AbortController().signal,
): Promise<PageReply> {
  const asked = typeof request === 'string' ? { url: request } : request;
  return firstValueFrom(from(transport(asked, signal)));
}

/** The PaginationError a request ends with. */
export async function failureOf(reply: Promise<PageReply>): Promise<PaginationError> {
  const outcome: unknown = await reply.catch((error: unknown) => error);
  if (outcome instanceof PaginationError) return outcome;
  throw new Error(`Expected a PaginationError, got ${inspect(outcome)}`);
}

/** What every transport does, on real sockets. */
export function transportConformance(
  name: string,
  make: (settings: TransportSettings) => Transport,
  limits: TransportLimits = {},
): void {
  describe(`${name}, as every transport,`, () => {
    let server: HttpServer;
    let transport: Transport;

    beforeEach(async () => {
      server = await startHttpServer(true);
      transport = make({ baseUrl: server.origin });
    });
    afterEach(() => server.close());

    async function onRawServer<R>(
      script: RawScript,
      use: (origin: string, count: () => number) => Promise<R>,
    ): Promise<R> {
      const raw = await startRawServer(script);
      try {
        return await use(raw.origin, () => raw.requests.length);
      } finally {
        await raw.close();
      }
    }

    describe('replies', () => {
      it('gives status, body, size and final URL', async () => {
        server.answer(json([{ id: 1, name: 'ä' }], 206));
        expect(await ask(transport, '/items?page=2')).toMatchObject({
          status: 206,
          body: [{ id: 1, name: 'ä' }],
          bytes: 22,
          url: `${server.origin}/items?page=2`,
        });
      });

      it('gives headers under lower-case names', async () => {
        server.answer(json([], 200, { 'X-Total-Count': '37', Link: '</a>; rel="next"' }));
        const { headers } = await ask(transport, '/items');
        expect(headers).toMatchObject({ 'x-total-count': '37', link: '</a>; rel="next"' });
      });

      it('joins the lines of a repeated header', async () => {
        server.answer(
          bytes('[]', 'application/json', 200, {
            link: ['</a>; rel="prev"', '</b>; rel="next"'],
            'set-cookie': ['a=1', 'b=2; Path=/'],
          }),
        );
        const { headers } = await ask(transport, '/items');
        expect(headers['link']).toBe('</a>; rel="prev", </b>; rel="next"');
        const given = limits.givesLastCookie === true ? 'b=2; Path=/' : 'a=1, b=2; Path=/';
        expect(headers['set-cookie']).toBe(limits.hidesCookies === true ? undefined : given);
      });

      it('takes a header named __proto__ for a header', async () => {
        const script: RawScript = () => [
          send('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'),
          send('content-length: 2\r\n__proto__: x\r\n\r\n[]'),
        ];
        const { headers } = await onRawServer(script, (origin) => ask(transport, `${origin}/`));
        expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
        expect(headers['content-length']).toBe('2');
      });

      it.each([400, 401, 404, 410, 422, 429, 500, 503])(
        'gives a %d as a reply with its body',
        async (status) => {
          server.answer(json({ title: 'No' }, status, { 'retry-after': '7' }));
          expect(await ask(transport, '/items')).toMatchObject({
            status,
            body: { title: 'No' },
            headers: { 'retry-after': '7' },
          });
        },
      );

      it('gives the body of an error status as text where it is not JSON', async () => {
        server.answer(bytes('<h1>Bad gateway</h1>', 'text/html', 502));
        expect(await ask(transport, '/items')).toMatchObject({
          status: 502,
          body: '<h1>Bad gateway</h1>',
        });
      });

      it.each([204, 205, 304])('gives a %d as a reply with an empty body', async (status) => {
        server.answer((_, response) => response.writeHead(status).end());
        expect(await ask(transport, '/items')).toMatchObject({ status, body: '' });
      });

      it('decompresses a body and counts its bytes', async () => {
        const packed = gzipSync(JSON.stringify(['x'.repeat(5000)]));
        server.answer(bytes(packed, 'application/json', 200, { 'content-encoding': 'gzip' }));
        expect(await ask(transport, '/items')).toMatchObject({
          body: ['x'.repeat(5000)],
          bytes: 5004,
        });
      });

      if (limits.hidesRedirects !== true) {
        it.each([301, 302, 303, 307, 308])(
          'gives a %d as a reply with its location and does not follow it',
          async (status) => {
            server.answer((_, response) => response.writeHead(status, { location: '/b' }).end());
            const reply = await ask(transport, '/a');
            expect(reply).toMatchObject({ status, url: `${server.origin}/a` });
            expect(reply.headers['location']).toBe('/b');
            expect(server.requests.map(({ url }) => url)).toEqual(['/a']);
          },
        );
      }
    });

    if (limits.hidesAnswer !== true) {
      describe('redirects that its client follows', () => {
        const secret = 'own-key';
        let foreign: HttpServer;
        let following: Transport;
        beforeEach(async () => {
          foreign = await startHttpServer(true);
          foreign.answer((request, response) => {
            const isLast = request.url.startsWith('/c');
            json({ items: [2], next: isLast ? null : '/c' })(request, response);
          });
          following = make({
            baseUrl: server.origin,
            headers: { 'x-key': secret },
            followsRedirects: true,
          });
        });
        afterEach(() => foreign.close());

        /** Page 1 leads to /b, which is redirected to there. */
        function redirecting(location: string): void {
          server.answer((request, response) => {
            if (request.url === '/b') response.writeHead(302, { location }).end();
            else if (request.url === '/home') json({ items: [3], next: null })(request, response);
            else json({ items: [1], next: '/b' })(request, response);
          });
        }

        async function walked(options: WalkOptions = {}, url = '/a') {
          const items: unknown[] = [];
          const pagination = linkPagination({ items: '/items', next: '/next' });
          const error: unknown = await paginate(following, url, { pagination, ...options })
            .forEach((item) => items.push(item))
            .catch((thrown: unknown) => thrown);
          return { items, error };
        }

        it('are told by the URL that was sent and the one that answered', async () => {
          redirecting(`${foreign.origin}/b`);
          expect(await ask(following, '/b')).toMatchObject({
            requestedUrl: `${server.origin}/b`,
            url: `${foreign.origin}/b`,
          });
          expect(await ask(following, '/a?b=1')).toMatchObject({
            requestedUrl: expect.stringMatching(`^${server.origin}/a`) as string,
            url: `${server.origin}/a?b=1`,
          });
        });

        it('are CROSS_ORIGIN before an item of a foreign page is handed on', async () => {
          redirecting(`${foreign.origin}/b`);
          const { items, error } = await walked();
          expect(items).toEqual([1]);
          expect(error).toMatchObject({ code: 'CROSS_ORIGIN', pageIndex: 1, attempts: 1 });
          expect((error as PaginationError).message).toContain(
            `followed a redirect from ${server.origin} to ${foreign.origin}: the request has been sent there`,
          );
          expect(foreign.requests.map(({ url }) => url)).toEqual(['/b']);
        });

        it('are CROSS_ORIGIN on the first page too, whatever its status', async () => {
          for (const status of [200, 403, 404]) {
            foreign.answer(json({ items: [2], next: '/c' }, status));
            redirecting(`${foreign.origin}/b`);
            const { items, error } = await walked({}, '/b');
            expect([items, error]).toEqual([[], expect.objectContaining({ code: 'CROSS_ORIGIN' })]);
          }
        });

        it('may lead to an allowed origin, whose links are followed without credentials', async () => {
          redirecting(`${foreign.origin}/b`);
          const { items, error } = await walked({ allowedOrigins: [foreign.origin] });
          expect([items, error]).toEqual([[1, 2, 2], undefined]);
          expect(foreign.requests.map(({ url }) => url)).toEqual(['/b', '/c']);
          expect(foreign.requests[1]?.headers).not.toHaveProperty('x-key');
        });

        it('may lead elsewhere within the origin', async () => {
          redirecting('/home');
          expect(await walked()).toEqual({ items: [1, 3], error: undefined });
        });
      });
    }

    describe('bodies', () => {
      it.each([
        ['JSON', '{"a":[0,"",null]}', 'application/json; charset=utf-8', { a: [0, '', null] }],
        ['a JSON string', '"x"', 'application/json', 'x'],
        ['JSON after a byte order mark', '\uFEFF[1]', 'application/json', [1]],
        ['HAL and other +json types', '[1]', 'application/hal+json', [1]],
      ])('parses %s', async (_, text, type, value) => {
        server.answer(bytes(text, type));
        expect((await ask(transport, '/items')).body).toEqual(value);
      });

      it('refuses HTML with an excerpt', async () => {
        server.answer(bytes(`<!doctype html>\u001b[2J${'x'.repeat(500)}`, 'text/html'));
        const error = await failureOf(ask(transport, '/items'));
        expect(error).toMatchObject({ code: 'BAD_CONTENT', status: 200 });
        expect(error.bodyExcerpt).toMatch(/^<!doctype html>\\u\{1b\}\[2Jx+$/);
        expect(error.bodyExcerpt?.length).toBeLessThanOrEqual(200);
      });

      it.each([
        ['BAD_CONTENT', '<html></html>', 'text/html'],
        ['BAD_JSON', '{"items":[', 'application/json'],
      ])('says whose reply it refuses: %s', async (code, text, type) => {
        server.answer(bytes(text, type, 200, { 'x-request-id': 'r-5', 'set-cookie': 'a=b' }));
        const error = await failureOf(ask(transport, '/items'));
        expect(error).toMatchObject({ code, status: 200, requestId: 'r-5' });
        expect(error.headers).toMatchObject({ 'x-request-id': 'r-5', 'content-type': type });
        expect(error.headers).not.toHaveProperty('set-cookie');
      });

      it('refuses HTML that calls itself JSON', async () => {
        server.answer(bytes('<html></html>'));
        expect((await failureOf(ask(transport, '/items'))).code).toBe('BAD_CONTENT');
      });

      it('refuses JSON that was cut short and names the byte', async () => {
        server.answer(bytes('{"items":["ä"'));
        const error = await failureOf(ask(transport, '/items'));
        expect(error.code).toBe('BAD_JSON');
        expect(error.message).toContain('byte 14');
      });

      it('refuses an empty body of a 200', async () => {
        server.answer(bytes(''));
        expect((await failureOf(ask(transport, '/items'))).code).toBe('BAD_JSON');
      });
    });

    describe('requests', () => {
      beforeEach(() => {
        server.answer(json([]));
      });

      it.each([
        ['', '/items', '/items'],
        ['/', '/items', '/items'],
        ['/api/v1', '/items', '/api/v1/items'],
        ['/api/v1/', '/items', '/api/v1/items'],
        ['/api/v1/', 'items', '/api/v1/items'],
        ['/api/v1', 'items?a=1', '/api/v1/items?a=1'],
      ])('joins the base path "%s" and "%s" to %s', async (path, url, seen) => {
        await ask(make({ baseUrl: `${server.origin}${path}` }), url);
        expect(server.requests.map((request) => request.url)).toEqual([seen]);
      });

      it('sends an absolute URL past its base', async () => {
        await ask(make({ baseUrl: 'http://127.0.0.1:1/api' }), `${server.origin}/b?c=1`);
        expect(server.requests.map((request) => request.url)).toEqual(['/b?c=1']);
      });

      it('tells its base URL', () => {
        expect(make({ baseUrl: 'http://h.example/api' }).baseUrl).toBe('http://h.example/api');
        expect(make({}).baseUrl).toBeUndefined();
      });

      if (limits.hasAddress !== true) {
        it('refuses a relative URL without a base', async () => {
          const error = await failureOf(ask(make({}), '/items'));
          expect(error.code).toBe('PROTOCOL');
          const lack = 'and the transport has no base URL';
          expect(error.message).toBe(`The URL /items is relative, ${lack}`);
        });
      }

      it('refuses what is no URL', async () => {
        expect((await failureOf(ask(transport, 'http://'))).code).toBe('PROTOCOL');
      });

      // The same bytes from every transport: a cursor that comes back changed is another cursor.
      it.each([
        ['==', '%3D%3D'],
        ['a+b', 'a%2Bb'],
        ['%26', '%2526'],
        [`"it's"`, '%22it%27s%22'],
        ['a b', 'a%20b'],
        ['😀', '%F0%9F%98%80'],
        ['&=#?/', '%26%3D%23%3F%2F'],
        ['[](){}|^`<>~*!', '%5B%5D()%7B%7D%7C%5E%60%3C%3E~*!'],
        ['x'.repeat(8192), 'x'.repeat(8192)],
      ])('sends the cursor %j with exact bytes', async (cursor, sent) => {
        await ask(transport, { url: '/items', params: { cursor } });
        expect(server.requests.map((request) => request.url)).toEqual([`/items?cursor=${sent}`]);
      });

      it.each([
        ['a=%2b%2B+x&b==&c', 'a=%2b%2B+x&b==&c'],
        [`q=it's|[0]`, 'q=it%27s|[0]'],
        ['q=é ü', 'q=%C3%A9%20%C3%BC'],
        ['', ''],
      ])('sends the query %j of a link with exact bytes', async (query, sent) => {
        await ask(transport, `${server.origin}/items?${query}`);
        expect(server.requests[0]?.url).toBe(sent === '' ? '/items' : `/items?${sent}`);
      });

      it('repeats the name of an array and leaves out null', async () => {
        const params = { tag: ['a', 'b'], none: null, zero: 0, empty: '' };
        await ask(transport, { url: '/items', params });
        expect(server.requests[0]?.url).toBe('/items?tag=a&tag=b&zero=0&empty=');
      });

      it('fills in path values', async () => {
        await ask(transport, { url: '/users/{id}/items', path: { id: `a/b'c` } });
        expect(server.requests[0]?.url).toBe('/users/a%2Fb%27c/items');
      });

      it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('sends %s', async (method) => {
        await ask(transport, { url: '/items', method: method.toLowerCase() });
        expect(server.requests.map((request) => request.method)).toEqual([method]);
      });

      it.each([
        [{ from: 10, q: "ä'" }, '{"from":10,"q":"ä\'"}'],
        [[1], '[1]'],
        ['text', '"text"'],
        ['123', '"123"'],
        [0, '0'],
        [false, 'false'],
        [null, 'null'],
      ])('sends the body %j as JSON', async (body, text) => {
        await ask(transport, { url: '/search', method: 'POST', body });
        expect(server.requests).toMatchObject([
          { body: text, headers: { 'content-type': 'application/json' } },
        ]);
      });

      it('keeps a content type of JSON that the caller set', async () => {
        const headers = { 'Content-Type': 'application/vnd.api+json' };
        await ask(transport, { url: '/search', method: 'POST', body: { a: 1 }, headers });
        expect(server.requests).toMatchObject([
          { body: '{"a":1}', headers: { 'content-type': 'application/vnd.api+json' } },
        ]);
      });

      it('sends text as a JSON string when the caller names JSON', async () => {
        const headers = { 'content-type': 'application/json; charset=utf-8' };
        await ask(transport, { url: '/search', method: 'POST', body: 'a', headers });
        expect(server.requests).toMatchObject([{ body: '"a"', headers }]);
      });

      it('sends text of another type as it is', async () => {
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        await ask(transport, { url: '/search', method: 'POST', body: 'a=1&b=2', headers });
        expect(server.requests).toMatchObject([
          { body: 'a=1&b=2', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        ]);
      });

      it('sends no content type without a body', async () => {
        await ask(transport, '/items');
        expect(server.requests[0]?.headers).not.toHaveProperty('content-type');
      });

      it("sends its own headers and the request's, which win", async () => {
        const own = make({ baseUrl: server.origin, headers: { 'X-One': '1', 'X-Two': '1' } });
        await ask(own, {
          url: '/items',
          headers: { 'x-two': '2', Accept: 'application/hal+json' },
        });
        expect(server.requests[0]?.headers).toMatchObject({
          'x-one': '1',
          'x-two': '2',
          accept: 'application/hal+json',
        });
      });

      it('does not change the request', async () => {
        const request: PageRequest = Object.freeze({
          url: '/items',
          method: 'POST',
          params: Object.freeze({ a: 1 }),
          headers: Object.freeze({ b: '2' }),
          body: Object.freeze({ c: 3 }),
        });
        const before = JSON.stringify(request);
        await ask(transport, request);
        expect(JSON.stringify(request)).toBe(before);
      });

      it('sends nothing but the question when it is anonymous', async () => {
        const secret = { Authorization: 'Bearer own', Cookie: 'sid=own', 'X-Api-Key': 'own' };
        const own = make({ baseUrl: 'http://127.0.0.1:1', headers: secret });
        expect(own.anonymous).toBe(true);
        await ask(own, {
          url: `${server.origin.replace('//', '//user:pass@')}/items?page=2`,
          headers: { authorization: 'Bearer x', 'x-other': 'x', 'Accept-Language': 'de' },
          anonymous: true,
        });
        expect(server.requests.map(({ url }) => url)).toEqual(['/items?page=2']);
        const { headers } = server.requests[0]!;
        expect(headers['accept-language']).toBe('de');
        const neutral = /^(?:host|connection|user-agent|accept.*|sec-fetch-mode)$/;
        const telling = Object.keys(headers).filter((header) => !neutral.test(header));
        const { addsHeaders } = limits;
        expect(telling.filter((header) => addsHeaders?.test(header) !== true)).toEqual([]);
      });
    });

    describe('leaving', () => {
      it('closes the connection within 100 ms and leaves no listener', async () => {
        const arrived = new Promise<void>((resolve) => {
          server.answer(() => {
            resolve();
          });
        });
        const controller = new AbortController();
        const subscription = from(transport({ url: '/slow' }, controller.signal)).subscribe({
          error: () => undefined,
        });
        await arrived;
        const left = server.nextAbort();
        const start = performance.now();
        subscription.unsubscribe();
        controller.abort();
        await left;
        expect(performance.now() - start).toBeLessThan(100);
        expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
        expect(server.requests).toHaveLength(1);
      });

      it('closes the connection in the middle of a body', async () => {
        const started = new Promise<void>((resolve) => {
          server.answer((_, response) => {
            response.writeHead(200, { 'content-type': 'application/json' });
            response.write('[1,', () => {
              resolve();
            });
          });
        });
        const controller = new AbortController();
        const reply = failureOf(ask(transport, '/slow', controller.signal));
        await started;
        const left = server.nextAbort();
        controller.abort();
        await left;
        expect((await reply).code).toBe('ABORTED');
      });

      it('errors with ABORTED, whatever the reason', async () => {
        for (const reason of [
          undefined,
          new Error('mine'),
          'text',
          new TypeError('fetch failed'),
        ]) {
          const controller = new AbortController();
          server.answer(() => {
            controller.abort(reason);
          });
          const error = await failureOf(ask(transport, '/slow', controller.signal));
          expect(error.code).toBe('ABORTED');
        }
      });

      it('makes no request when it was aborted before', async () => {
        const error = await failureOf(ask(transport, '/items', AbortSignal.abort()));
        expect(error.code).toBe('ABORTED');
        expect(server.requests).toEqual([]);
        if (limits.connectsEarly !== true) expect(server.accepted()).toBe(0);
      });

      const { manyRequests = 1000 } = limits;
      it(`leaves no sockets and no listeners after ${String(manyRequests)} requests in a row`, async () => {
        server.answer(json([1]));
        const warnings: string[] = [];
        const note = (warning: Error) => warnings.push(String(warning));
        realProcess.on('warning', note);
        const { signal } = new AbortController();
        for (let i = 0; i < manyRequests; i++) await ask(transport, '/items', signal);
        await new Promise((resolve) => setImmediate(resolve));
        realProcess.off('warning', note);
        expect(server.requests).toHaveLength(manyRequests);
        // Kept-alive ones; undici opens a second before the first is free again.
        expect(server.accepted()).toBeLessThanOrEqual(2);
        const listeners = getEventListeners(signal, 'abort').length;
        expect({ listeners, warnings }).toEqual({ listeners: 0, warnings: [] });
      }, 60_000);
    });

    describe('faults', () => {
      const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

      const unheard: readonly [string, RawScript][] = [
        ['a reset before any byte', () => [reset]],
        ['a close before any byte', () => [close]],
      ];
      const cutHead: readonly [string, RawScript][] = [
        ['a close within the headers', () => [send('HTTP/1.1 200 OK\r\ncontent-'), close]],
      ];
      it.each<[string, RawScript]>([
        ...unheard,
        ...(limits.takesCutHeads === true ? [] : cutHead),
        [
          'a reset within a chunked body',
          () => [send(`${head}transfer-encoding: chunked\r\n\r\n5\r\n[1,2,\r\n`), reset],
        ],
        [
          'a close within a chunked body',
          () => [send(`${head}transfer-encoding: chunked\r\n\r\n3\r\n[1]\r\n`), close],
        ],
        [
          'a body shorter than its declared length',
          () => [send(`${head}content-length: 30\r\n\r\n[1]`), close],
        ],
        [
          'a body shorter than its declared length under an error status',
          () => [
            send('HTTP/1.1 503 Busy\r\ncontent-type: application/json\r\ncontent-length: 30\r\n'),
            send('\r\n{"a":1}'),
            close,
          ],
        ],
      ])('errors with NETWORK on %s', async (name, script) => {
        await onRawServer(script, async (origin, count) => {
          const error = await failureOf(ask(transport, `${origin}/items?secret=1`));
          expect(error.code).toBe('NETWORK');
          expect(error.message).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/items\?\*\*\* failed: ./);
          const sendsAgain =
            limits.connectsEarly === true && unheard.some(([title]) => title === name);
          expect(sendsAgain ? Math.min(count(), 1) : count()).toBe(1);
        });
      });

      it('errors with NETWORK where nobody listens', async () => {
        await server.close();
        const error = await failureOf(ask(transport, '/items'));
        expect(error.code).toBe('NETWORK');
        if (limits.hidesReasons !== true) expect(error.message).toContain('ECONNREFUSED');
        expect(error.cause).toBeDefined();
        server = await startHttpServer(true);
      });

      it('errors with NETWORK for a name that does not resolve', async () => {
        const error = await failureOf(ask(transport, 'http://nobody.invalid/items'));
        expect(error.code).toBe('NETWORK');
      });

      const { hidesReasons = false } = limits;
      const told = hidesReasons ? 'NETWORK' : 'TLS';
      it(`errors with ${told} for a certificate that is not trusted, naming the host`, async () => {
        const tls = createTlsServer(selfSigned, (_, response) => response.end('[]'));
        await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
        const { port } = tls.address() as AddressInfo;
        const error = await failureOf(ask(transport, `https://localhost:${String(port)}/items`));
        tls.close();
        expect(error.code).toBe(told);
        const reason = hidesReasons ? /Failed to fetch/ : /self.signed/i;
        expect(error.message).toMatch(/https:\/\/localhost:\d+\/items failed: /);
        expect(error.message).toMatch(reason);
      });
    });

    describe('secrets', () => {
      const planted = ['own-token', 'own-cookie', 'own-key', 'own-param', 'own-body', 'own-link'];
      const request = {
        url: '/items?sig=own-link',
        method: 'POST',
        params: { api_key: 'own-param' },
        headers: { Authorization: 'Bearer own-token', Cookie: 'sid=own-cookie' },
        body: { password: 'own-body' },
      };

      async function failures(): Promise<readonly [string, PaginationError][]> {
        const settings = { headers: { 'X-Api-Key': 'own-key' } };
        const own = make({ ...settings, baseUrl: server.origin });
        const onRaw = (script: RawScript) =>
          onRawServer(script, (origin) =>
            failureOf(ask(make({ ...settings, baseUrl: origin }), request)),
          );
        const answered = (type: string) => {
          server.answer(bytes('<', type));
          return failureOf(ask(own, request));
        };
        const nowhere = make({ ...settings, baseUrl: 'http://127.0.0.1:1' });
        return [
          ['refused', await failureOf(ask(nowhere, request))],
          ['reset', await onRaw(() => [reset])],
          [
            'short body',
            await onRaw(() => [send('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n['), close]),
          ],
          ['bad content', await answered('text/html')],
          ['bad JSON', await answered('application/json')],
          ['aborted', await failureOf(ask(own, request, AbortSignal.abort()))],
          ['relative', await failureOf(ask(make(settings), request))],
          ['no URL', await failureOf(ask(own, { ...request, url: 'http://:own-link@?own-link' }))],
        ];
      }

      it('are in no part of an error', async () => {
        for (const [fault, error] of await failures()) {
          const text = everythingIn(error);
          const leaked = planted.filter((secret) => text.includes(secret));
          expect([fault, leaked]).toEqual([fault, []]);
        }
      });

      it('leave no client object in an error', async () => {
        for (const [fault, error] of await failures()) {
          const foreign = /"?(?:config|request|response|headers|socket|body)"?: (?!\{ method)/;
          expect([fault, foreign.exec(inspect(error.cause, { depth: 10 }))]).toEqual([fault, null]);
        }
      });
    });
  });
}

/** Every text reachable from a value: as logs show it, as JSON and by walking all of its properties. */
export function everythingIn(value: unknown): string {
  const texts = [inspect(value, { depth: 10, showHidden: true }), JSON.stringify(value)];
  const seen = new Set<unknown>();
  const walk = (part: unknown): void => {
    if (typeof part === 'string') texts.push(part);
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    for (const key of Reflect.ownKeys(part)) walk(Reflect.get(part, key));
  };
  walk(value);
  return texts.join('\n');
}
