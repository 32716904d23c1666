/**
 * @jest-environment jsdom
 * @jest-environment-options {"url": "https://app.example/shop/list?x=1", "customExportConditions": ["node", "node-addons"]}
 */
import '../support/jsdom-globals'; // before all else
import '@angular/compiler'; // before all else of Angular
import {
  HttpBackend,
  HttpResponse,
  HttpXhrBackend,
  withInterceptors,
  type HttpInterceptorFn,
} from '@angular/common/http';
import { from, lastValueFrom, of, toArray } from 'rxjs';

import type { Transport, TransportLimits } from '../../lib/core/transport';
import { paginate } from '../../lib/paginate';
import { angularTransport } from '../../lib/transport/angular';
import { NO_LIMITS } from '../../lib/transport/no-limits';
import { ask, everythingIn, failureOf } from '../conformance/transport.conformance';
import { startAngular } from '../support/angular';
import {
  bytes,
  json,
  startHttpServer,
  type Handler,
  type HttpServer,
} from '../support/http-server';

/** What versions of Angular before 22 use of themselves. */
const xhr = { provide: HttpBackend, useExisting: HttpXhrBackend };

/** Lets pages of other origins ask, which they may do without credentials only. */
function shared(handler: Handler): Handler {
  return (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    response.setHeader('access-control-expose-headers', 'link, x-total-count');
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else handler(request, response);
  };
}

describe('angularTransport on XMLHttpRequest', () => {
  let server: HttpServer;
  let transport: Transport;
  beforeEach(async () => {
    server = await startHttpServer();
    answer(json([1]));
    const { http, backend } = startAngular([], [xhr]);
    transport = angularTransport(http, { backend, baseUrl: server.origin });
  });
  afterEach(() => server.close());

  const answer = (handler: Handler) => {
    server.answer(shared(handler));
  };
  const { signal } = new AbortController();
  const askWithin = (limits: Partial<TransportLimits>) =>
    lastValueFrom(from(transport({ url: '/items' }, signal, { ...NO_LIMITS, ...limits })));

  it('gives status, headers that the server shows, body, size and final URL', async () => {
    answer(json([{ name: 'ä' }], 206, { 'X-Total-Count': '37', Link: '</b>; rel="next"' }));
    expect(await ask(transport, '/items?page=2')).toEqual({
      status: 206,
      headers: {
        'content-type': 'application/json',
        link: '</b>; rel="next"',
        'x-total-count': '37',
      },
      body: [{ name: 'ä' }],
      bytes: 15,
      requestedUrl: `${server.origin}/items?page=2`,
      url: `${server.origin}/items?page=2`,
    });
  });

  it.each([400, 401, 404, 410, 429, 500, 503])('gives a %d as a reply', async (status) => {
    answer(json({ title: 'No' }, status));
    expect(await ask(transport, '/items')).toMatchObject({ status, body: { title: 'No' } });
  });

  it.each([204, 205, 304])('gives a %d as a reply with an empty body', async (status) => {
    answer((_, response) => response.writeHead(status).end());
    expect(await ask(transport, '/items')).toMatchObject({ status, body: '', bytes: 0 });
  });

  it('hands on nothing of a page that the runtime was redirected to elsewhere', async () => {
    const foreign = await startHttpServer();
    try {
      foreign.answer(shared(json([2])));
      answer((_, response) => response.writeHead(307, { location: `${foreign.origin}/b` }).end());
      const items: unknown[] = [];
      const error: unknown = await paginate(transport, '/a')
        .forEach((item) => items.push(item))
        .catch((thrown: unknown) => thrown);
      expect([items, error]).toEqual([[], expect.objectContaining({ code: 'CROSS_ORIGIN' })]);
      expect(foreign.requests.map(({ url }) => url)).toContain('/b');
    } finally {
      await foreign.close();
    }
  });

  it('follows redirects with the runtime and gives the URL that answered', async () => {
    answer((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b?c=1' }).end();
      else json([2])(request, response);
    });
    const reply = await ask(transport, '/a');
    expect(reply).toMatchObject({ status: 200, body: [2], url: `${server.origin}/b?c=1` });
  });

  it('refuses JSON that was cut short, and HTML', async () => {
    answer(bytes('{"items":["ä"'));
    const error = await failureOf(ask(transport, '/items'));
    expect(error.code).toBe('BAD_JSON');
    expect(error.message).toContain('byte 14');
    answer(bytes('<html>', 'text/html'));
    expect((await failureOf(ask(transport, '/items'))).code).toBe('BAD_CONTENT');
  });

  it('sends method, headers and JSON', async () => {
    const headers = { Authorization: 'Bearer x' };
    await ask(transport, { url: '/search', method: 'post', body: { a: "ä'" }, headers });
    expect(server.requests.map(({ method }) => method)).toEqual(['OPTIONS', 'POST']);
    expect(server.requests[1]).toMatchObject({
      body: '{"a":"ä\'"}',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
    });
  });

  describe('where XMLHttpRequest says no more than that it failed', () => {
    beforeEach(() => {
      // jsdom writes there what a browser would.
      jest.spyOn(console, 'error').mockImplementation(() => undefined);
    });
    afterEach(() => {
      jest.restoreAllMocks();
    });

    // jsdom never ends a body that breaks off, so a lost connection shows before the headers only.
    it.each<[string, Handler]>([
      ['a connection that is lost', shared((_, response) => response.destroy())],
      ['a server that does not let the page see its reply', json([1])],
    ])('errors with NETWORK on %s', async (_, handler) => {
      server.answer(handler);
      const error = await failureOf(ask(transport, '/items?secret=planted'));
      expect(error.code).toBe('NETWORK');
      expect(error.message).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/items\?\*\*\* failed: ./);
      expect(everythingIn(error)).not.toContain('planted');
    });

    it('errors with NETWORK where nobody listens', async () => {
      await server.close();
      expect((await failureOf(ask(transport, '/items'))).code).toBe('NETWORK');
      server = await startHttpServer();
    });
  });

  it('errors with TIMEOUT when an interceptor set a time limit', async () => {
    const { http } = startAngular(
      [withInterceptors([(request, next) => next(request.clone({ timeout: 20 }))])],
      [xhr],
    );
    answer(() => undefined);
    const impatient = angularTransport(http, { baseUrl: server.origin });
    expect((await failureOf(ask(impatient, '/items'))).code).toBe('TIMEOUT');
  });

  it('closes the connection when it is unsubscribed, and when the signal aborts', async () => {
    for (const leave of ['unsubscribe', 'abort']) {
      const arrived = new Promise<void>((resolve) => {
        answer(() => {
          resolve();
        });
      });
      const controller = new AbortController();
      const errors: unknown[] = [];
      const subscription = from(
        transport({ url: '/slow' }, controller.signal, NO_LIMITS),
      ).subscribe({ error: (error: unknown) => errors.push(error) });
      await arrived;
      const left = server.nextAbort();
      if (leave === 'abort') controller.abort();
      else subscription.unsubscribe();
      await left;
      expect(errors).toMatchObject(leave === 'abort' ? [{ code: 'ABORTED' }] : []);
    }
  });

  it('ends the request when the body grows beyond the limit or pauses too long', async () => {
    for (const [limits, code] of [
      [{ bodyBytes: 1000 }, 'BODY_TOO_LARGE'],
      [{ idleTimeout: 20 }, 'TIMEOUT'],
    ] as const) {
      answer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(`["${'x'.repeat(2000)}`);
      });
      const left = server.nextAbort();
      expect((await failureOf(askWithin(limits))).code).toBe(code);
      await left;
    }
  });

  it('walks a list to its end', async () => {
    answer((request, response) => {
      const isFirst = request.url === '/items';
      const page = isFirst ? json([1, 2], 200, { link: '</items?page=2>; rel="next"' }) : json([3]);
      page(request, response);
    });
    const items = paginate<number>(transport, '/items');
    expect(await lastValueFrom(items.pipe(toArray()))).toEqual([1, 2, 3]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/items', '/items?page=2']);
  });
});

describe('angularTransport in a page', () => {
  const seen: string[] = [];
  const note: HttpInterceptorFn = (request) => {
    seen.push(request.url);
    return of(new HttpResponse({ body: '[]', url: request.url }));
  };
  const { http, backend } = startAngular([withInterceptors([note])]);
  beforeEach(() => seen.splice(0));

  it.each([
    ['/items', undefined, '/items', 'https://app.example/items'],
    ['items', undefined, 'items', 'https://app.example/shop/items'],
    ['items', '/api', '/api/items', 'https://app.example/api/items'],
    ['//cdn.example/items', undefined, 'https://cdn.example/items', 'https://cdn.example/items'],
    [
      '/items',
      'https://api.example/v1',
      'https://api.example/v1/items',
      'https://api.example/v1/items',
    ],
  ])('asks for %s with base %s as %s, which is %s', async (url, baseUrl, sent, final) => {
    const reply = await ask(angularTransport(http, { baseUrl }), url);
    expect(seen).toEqual([sent]);
    expect(reply.url).toBe(final);
  });

  it('tells a base URL from which the origin is known', () => {
    expect(angularTransport(http).baseUrl).toBe('https://app.example/');
    expect(angularTransport(http, { baseUrl: '/api' }).baseUrl).toBe('https://app.example/api');
  });

  it('sends no anonymous request to the origin of the page, where cookies would go along', async () => {
    const transport = angularTransport(http, { backend });
    const error = await failureOf(
      ask(transport, { url: 'https://app.example/items', anonymous: true }),
    );
    expect(error.code).toBe('CROSS_ORIGIN');
    expect(seen).toEqual([]);
  });

  it('does not warn of options that XMLHttpRequest does not know', async () => {
    const warn = jest.spyOn(console, 'warn');
    const server = await startHttpServer();
    server.answer(shared(json([1])));
    const plain = startAngular([], [xhr]);
    const transport = angularTransport(plain.http, { backend: plain.backend });
    await ask(transport, `${server.origin}/own`);
    await ask(transport, { url: `${server.origin}/foreign`, anonymous: true });
    await server.close();
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
  });
});
