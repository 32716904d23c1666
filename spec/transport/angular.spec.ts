import '@angular/compiler'; // before all else of Angular
import {
  HttpClient,
  HttpErrorResponse,
  HttpHandler,
  HttpHeaders,
  HttpResponse,
  withFetch,
  withInterceptors,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { EMPTY, from, lastValueFrom, NEVER, of, tap, throwError, toArray } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { PaginationError } from '../../lib/core/pagination-error';
import type { Transport, TransportLimits } from '../../lib/core/transport';
import { paginate } from '../../lib/paginate';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { angularTransport } from '../../lib/transport/angular';
import { NO_LIMITS } from '../../lib/transport/no-limits';
import {
  ask,
  everythingIn,
  failureOf,
  transportConformance,
} from '../conformance/transport.conformance';
import { startAngular } from '../support/angular';
import { bytes, json, startHttpServer, type HttpServer } from '../support/http-server';

/** Adds what a request does not have itself. */
function headersInterceptor(headers: Readonly<Record<string, string>>): HttpInterceptorFn {
  return (request, next) => {
    let joined = new HttpHeaders(headers);
    for (const name of request.headers.keys()) {
      joined = joined.set(name, request.headers.getAll(name) ?? []);
    }
    return next(request.clone({ headers: joined }));
  };
}

async function until(happened: () => boolean): Promise<void> {
  const end = performance.now() + 2000;
  while (!happened()) {
    if (performance.now() > end) throw new Error('It did not happen within two seconds');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

transportConformance(
  'angularTransport withFetch',
  ({ baseUrl, headers = {}, followsRedirects }) => {
    const following: HttpInterceptorFn = (request, next) =>
      next(followsRedirects === true ? request.clone({ redirect: 'follow' }) : request);
    const { http, backend } = startAngular([
      withFetch(),
      withInterceptors([headersInterceptor(headers), following]),
    ]);
    return angularTransport(http, { backend, baseUrl });
  },
);

describe('angularTransport', () => {
  let server: HttpServer;
  beforeEach(async () => {
    server = await startHttpServer();
    server.answer(json([1]));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return server.close();
  });

  function transportWith(...interceptors: HttpInterceptorFn[]): Transport {
    const { http, backend } = startAngular([withFetch(), withInterceptors(interceptors)]);
    return angularTransport(http, { backend, baseUrl: server.origin });
  }

  /** Notes the requests that come by. */
  function notes() {
    const seen: HttpRequest<unknown>[] = [];
    const note: HttpInterceptorFn = (request, next) => {
      seen.push(request);
      return next(request);
    };
    return { seen, note };
  }

  function askWithin(transport: Transport, limits: Partial<TransportLimits>): Promise<PageReply> {
    const { signal } = new AbortController();
    return lastValueFrom(from(transport({ url: '/items' }, signal, { ...NO_LIMITS, ...limits })));
  }

  const urls = () => server.requests.map(({ url }) => url);

  describe('arguments', () => {
    const { http, backend } = startAngular([withFetch()]);

    it.each([[null], ['http://h.example'], [{}], [{ request: 1 }]])('refuses %j', (value) => {
      const make = angularTransport as (value: unknown) => unknown;
      expect(() => make(value)).toThrow(TypeError);
      expect(() => make(value)).toThrow(/^angularTransport: expected Angular's HttpClient, got /);
    });

    it.each<[unknown, string]>([
      [null, 'angularTransport: expected an object of options, got null'],
      [
        { baseURL: 'http://h.example' },
        "angularTransport: unknown option 'baseURL'; the options are backend, baseUrl, secrets",
      ],
      [
        { backend: {} },
        "angularTransport: option 'backend' must be Angular's HttpBackend, got an object",
      ],
      [{ baseUrl: 1 }, "angularTransport: option 'baseUrl' must be a string, got 1"],
    ])('refuses the options %j', (options, message) => {
      const make = () => angularTransport(http, options as { baseUrl: string });
      expect(make).toThrow(new TypeError(message));
    });

    it('refuses credentials in the base URL without showing them', () => {
      const make = () => angularTransport(http, { baseUrl: 'http://user:own@h.example' });
      expect(make).toThrow(TypeError);
      expect(make).toThrow(/must be a URL without user name and password/);
      expect(make).not.toThrow(/own@/);
    });

    it('refuses a backend beside a client that is not of Angular', () => {
      const made = { request: () => NEVER };
      expect(() => angularTransport(made)).not.toThrow();
      expect(() => angularTransport(made, { backend })).toThrow(
        new TypeError(
          "angularTransport: option 'backend' needs Angular's own HttpClient as the first argument, got another object",
        ),
      );
    });

    it('takes an explicit undefined for left out', () => {
      const transport = angularTransport(http, { backend: undefined, baseUrl: undefined });
      expect(transport.anonymous).toBeUndefined();
      expect(transport.baseUrl).toBeUndefined();
    });
  });

  describe('requests', () => {
    it('leave on subscribe, once for each', async () => {
      const reply = transportWith()({ url: '/a' }, new AbortController().signal, NO_LIMITS);
      expect(server.accepted()).toBe(0);
      await lastValueFrom(from(reply));
      await lastValueFrom(from(reply));
      expect(urls()).toEqual(['/a', '/a']);
    });

    it('go through the interceptors, which see the body and a relative URL as it is', async () => {
      const { seen, note } = notes();
      const prefix: HttpInterceptorFn = (request, next) =>
        next(
          request.clone({
            url: `${server.origin}/api${request.url}`,
            setHeaders: { authorization: 'Bearer own' },
          }),
        );
      const { http } = startAngular([withFetch(), withInterceptors([note, prefix])]);
      const body = { ids: [1] };
      const request = { url: '/items', method: 'POST', params: { page: 2 }, body };
      const reply = await ask(angularTransport(http), request);
      expect(seen.map(({ url }) => url)).toEqual(['/items?page=2']);
      expect(seen[0]?.body).toBe(body);
      expect(reply.url).toBe(`${server.origin}/api/items?page=2`);
      expect(server.requests).toMatchObject([
        { body: '{"ids":[1]}', headers: { authorization: 'Bearer own' } },
      ]);
    });

    it('leave out the cache of server-side rendering, which has no headers', async () => {
      const { seen, note } = notes();
      await ask(transportWith(note), '/a');
      expect(seen.map(({ transferCache }) => transferCache)).toEqual([false]);
    });

    it('refuse a header that cannot be sent, and do not show its value', async () => {
      const error = await failureOf(
        ask(transportWith(), { url: '/a', headers: { 'x-key': 'own\nkey' } }),
      );
      expect(error.code).toBe('PROTOCOL');
      expect(error.message).toContain('x-key');
      expect(everythingIn(error)).not.toMatch(/own\W+key/);
      expect(server.accepted()).toBe(0);
    });
  });

  it('errors with PROTOCOL for what the runtime refuses to send', async () => {
    const error = await failureOf(ask(transportWith(), { url: '/a?b=1', body: { c: 'planted' } }));
    expect(error.code).toBe('PROTOCOL');
    expect(error.message).toMatch(/^GET http:\S+\/a\?\*\*\* failed: Request with GET\/HEAD method/);
    expect(everythingIn(error)).not.toContain('planted');
    expect(server.accepted()).toBe(0);
  });

  describe('anonymous requests', () => {
    const foreign = (): PageRequest => ({ url: `${server.origin}/foreign`, anonymous: true });

    it('see no interceptor', async () => {
      const { seen, note } = notes();
      const transport = transportWith(note, headersInterceptor({ 'x-key': 'own' }));
      expect((await ask(transport, foreign())).body).toEqual([1]);
      expect(seen).toEqual([]);
      expect(server.requests[0]?.headers).not.toHaveProperty('x-key');
    });

    it('are not declared without a backend, and not sent', async () => {
      const { seen, note } = notes();
      const { http } = startAngular([withFetch(), withInterceptors([note])]);
      const transport = angularTransport(http);
      expect('anonymous' in transport).toBe(false);
      expect((await failureOf(ask(transport, foreign()))).code).toBe('PROTOCOL');
      expect(seen).toEqual([]);
      expect(server.accepted()).toBe(0);
    });

    it('see no handler that a derived client brings of its own', async () => {
      const { http, backend } = startAngular([withFetch()]);
      class OwnHandler extends HttpHandler {
        handle = (request: HttpRequest<unknown>) =>
          backend.handle(request.clone({ setHeaders: { 'x-key': 'own' } }));
      }
      class OwnClient extends HttpClient {
        constructor() {
          super(new OwnHandler());
        }
      }
      class DerivedClient extends OwnClient {}
      expect(http).toBeInstanceOf(HttpClient);
      const transport = angularTransport(new DerivedClient(), { backend });
      await ask(transport, `${server.origin}/own`);
      await ask(transport, foreign());
      expect(server.requests.map(({ headers }) => headers['x-key'])).toEqual(['own', undefined]);
    });
  });

  describe('interceptors', () => {
    it('may send requests to another host, which is no redirect', async () => {
      const { http, backend } = startAngular([
        withFetch(),
        withInterceptors([
          (request, next) => next(request.clone({ url: `${server.origin}/moved` })),
        ]),
      ]);
      for (const url of ['/a', 'http://elsewhere.example/a']) {
        const transport = angularTransport(http, { backend, baseUrl: 'http://elsewhere.example' });
        const items: unknown[] = [];
        const list = paginate(transport, url, { pagination: linkPagination() });
        await list.forEach((item) => items.push(item));
        expect(items).toEqual([1]);
      }
      expect(server.requests.map(({ url }) => url)).toEqual(['/moved', '/moved']);
    });

    it('may answer themselves, with a body they have parsed', async () => {
      const body = [{ id: 1 }];
      const headers = new HttpHeaders({ 'X-Total': ['1', '2'] });
      const transport = transportWith(() => of(new HttpResponse({ status: 206, body, headers })));
      expect(await ask(transport, '/a?b=1')).toEqual({
        status: 206,
        headers: { 'x-total': '1, 2' },
        body,
        requestedUrl: `${server.origin}/a?b=1`,
        url: `${server.origin}/a?b=1`,
      });
      expect(server.accepted()).toBe(0);
    });

    it('may answer twice; the first reply counts', async () => {
      const cached: HttpInterceptorFn = () =>
        of(new HttpResponse({ body: '[0]' }), new HttpResponse({ body: '[1]' }));
      const replies = await lastValueFrom(
        from(transportWith(cached)({ url: '/a' }, new AbortController().signal, NO_LIMITS)).pipe(
          toArray(),
        ),
      );
      expect(replies.map(({ body }) => body)).toEqual([[0]]);
    });

    it('may make a reply of a status their own', async () => {
      const refusal = new HttpErrorResponse({ status: 403, error: { title: 'No' } });
      const transport = transportWith(() => throwError(() => refusal));
      expect(await ask(transport, '/a')).toMatchObject({ status: 403, body: { title: 'No' } });
    });

    it('may throw what they like, which passes on', async () => {
      for (const mine of [new Error('no token'), Object.assign(new Error('x'), { status: 401 })]) {
        const transport = transportWith(() => throwError(() => mine));
        await expect(ask(transport, '/a')).rejects.toBe(mine);
      }
    });

    it('make a PROTOCOL error that says so when they drop the response', async () => {
      const error = await failureOf(
        ask(
          transportWith(() => EMPTY),
          '/a?b=1',
        ),
      );
      expect(error.code).toBe('PROTOCOL');
      expect(error.message).toBe(
        `GET ${server.origin}/a?*** ended without a response: an interceptor dropped it, or the application was destroyed`,
      );
    });

    it('that object to a page with an HttpErrorResponse leave no client object in the error', async () => {
      const objection = new HttpErrorResponse({
        status: 200,
        url: `${server.origin}/a?key=own`,
        headers: new HttpHeaders({ 'set-cookie': 'own' }),
        error: { error: new SyntaxError('bad'), text: 'own' },
      });
      const error = await failureOf(
        ask(
          transportWith(() => throwError(() => objection)),
          '/a',
        ),
      );
      expect(error.code).toBe('BAD_JSON');
      expect(everythingIn(error)).not.toContain('own');
    });

    it.each<[string, HttpInterceptorFn]>([
      ['by fetch', headersInterceptor({ 'x-key': 'own\nkey' })],
      [
        'by XMLHttpRequest of Chromium',
        () => {
          throw new DOMException(
            "Failed to execute 'setRequestHeader' on 'XMLHttpRequest': 'own\nkey' is not a valid HTTP header field value.",
            'SyntaxError',
          );
        },
      ],
    ])('that set a header that cannot be sent do not have it shown %s', async (_, interceptor) => {
      const error = await failureOf(ask(transportWith(interceptor), '/a?b=1'));
      expect(error.code).toBe('PROTOCOL');
      expect(error.message).toBe(
        `GET ${server.origin}/a?*** failed: a header that an interceptor set holds a forbidden character`,
      );
      expect(everythingIn(error)).not.toMatch(/own\W+key/);
    });

    it('that set a time limit make it TIMEOUT', async () => {
      server.answer(() => undefined);
      const transport = transportWith((request, next) => next(request.clone({ timeout: 20 })));
      expect((await failureOf(ask(transport, '/a'))).code).toBe('TIMEOUT');
    });
  });

  describe('bodies', () => {
    it('lose the guard that HttpClient takes off JSON too, and no more', async () => {
      server.answer(bytes(`)]}',\n[1]`));
      expect(await ask(transportWith(), '/a')).toMatchObject({ body: [1], bytes: 9 });
      server.answer(bytes(`x)]}',\n[1]`));
      expect((await failureOf(ask(transportWith(), '/a'))).code).toBe('BAD_JSON');
    });

    it('end the request when they grow beyond the limit', async () => {
      server.answer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(`["${'x'.repeat(2000)}`);
      });
      const left = server.nextAbort();
      const error = await failureOf(askWithin(transportWith(), { bodyBytes: 1000 }));
      expect(error.code).toBe('BODY_TOO_LARGE');
      await left;
    });

    it('may have just the bytes of the limit', async () => {
      const { note } = notes();
      const answer: HttpInterceptorFn = () => of(new HttpResponse({ body: '["ä"]' }));
      for (const transport of [transportWith(note), transportWith(answer)]) {
        server.answer(bytes('["ä"]'));
        expect((await askWithin(transport, { bodyBytes: 6 })).body).toEqual(['ä']);
        const error = await failureOf(askWithin(transport, { bodyBytes: 5 }));
        expect(error.code).toBe('BODY_TOO_LARGE');
      }
    });

    it('end the request when they pause too long', async () => {
      server.answer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('[');
      });
      const left = server.nextAbort();
      const error = await failureOf(askWithin(transportWith(), { idleTimeout: 20 }));
      expect(error.code).toBe('TIMEOUT');
      await left;
    });

    it('end the request when they do not come after the headers', async () => {
      server.answer((_, response) => {
        response.flushHeaders();
      });
      const left = server.nextAbort();
      const error = await failureOf(askWithin(transportWith(), { idleTimeout: 20 }));
      expect(error.code).toBe('TIMEOUT');
      await left;
    });

    it('leave no timer when they are left', async () => {
      const started = jest.spyOn(globalThis, 'setTimeout');
      const cleared = jest.spyOn(globalThis, 'clearTimeout');
      server.answer((_, response) => {
        response.flushHeaders();
      });
      const idleTimers = () =>
        started.mock.results
          .filter((_, call) => started.mock.calls[call]?.[1] === 70_050)
          .map(({ value }: { value?: unknown }) => value);
      const limits = { ...NO_LIMITS, idleTimeout: 70_000 };
      const { signal } = new AbortController();
      const subscription = from(transportWith()({ url: '/items' }, signal, limits)).subscribe();
      await until(() => idleTimers().length > 0);
      subscription.unsubscribe();
      expect(cleared.mock.calls.map(([timer]) => timer)).toEqual(
        expect.arrayContaining(idleTimers()),
      );
    });

    it('may come slowly without a pause that is too long', async () => {
      server.answer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const parts = ['[', '1', ',', '2', ',', '3', ']'];
        const send = () => {
          const part = parts.shift();
          if (part === undefined) response.end();
          else response.write(part, () => setTimeout(send, 40));
        };
        send();
      });
      // Seven pauses of 40 ms are more than the limit, and each of them is less.
      expect((await askWithin(transportWith(), { idleTimeout: 120 })).body).toEqual([1, 2, 3]);
    });

    it('may not be nested too deep', async () => {
      server.answer(bytes('[[[1]]]'));
      expect((await askWithin(transportWith(), { jsonDepth: 3 })).body).toEqual([[[1]]]);
      const error = await failureOf(askWithin(transportWith(), { jsonDepth: 2 }));
      expect(error.code).toBe('BAD_CONTENT');
    });
  });

  it('errors when the application ends while a body is read', async () => {
    const { http, destroy } = startAngular([withFetch()]);
    server.answer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('[1', () => {
        destroy();
        response.end(']');
      });
    });
    const error = await failureOf(ask(angularTransport(http, { baseUrl: server.origin }), '/a'));
    expect(error.code).toBe('PROTOCOL');
    expect(error.message).toContain('the application was destroyed');
  });

  describe('in a walk', () => {
    const next = (page: number) => ({ link: `</items?page=${String(page)}>; rel="next"` });

    it('follows links through the interceptors, and redirects within the origin', async () => {
      server.answer((request, response) => {
        const replies = {
          '/items': json([1, 2], 200, next(2)),
          '/items?page=2': json('', 307, { location: '/moved?page=2' }),
          '/moved?page=2': json([3], 200),
        };
        replies[request.url as keyof typeof replies](request, response);
      });
      const transport = transportWith(headersInterceptor({ authorization: 'Bearer own' }));
      const items = paginate<number>(transport, '/items', { pagination: linkPagination() });
      expect(await lastValueFrom(items.pipe(toArray()))).toEqual([1, 2, 3]);
      expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
        ['/items', 'Bearer own'],
        ['/items?page=2', 'Bearer own'],
        ['/moved?page=2', 'Bearer own'],
      ]);
    });

    it('closes the connection when the subscriber leaves', async () => {
      server.answer((request, response) => {
        if (request.url === '/items') json([1], 200, next(2))(request, response);
      });
      const seen: number[] = [];
      const left = server.nextAbort();
      const subscription = paginate<number>(transportWith(), '/items', {
        pagination: linkPagination(),
        prefetch: 1,
      })
        .pipe(tap((item) => seen.push(item)))
        .subscribe();
      await until(() => server.requests.length === 2);
      subscription.unsubscribe();
      await left;
      expect(seen).toEqual([1]);
      expect(urls()).toEqual(['/items', '/items?page=2']);
    });

    it('goes on exactly after an error of the network', async () => {
      let failed = false;
      server.answer((request, response) => {
        if (request.url === '/items') json([1], 200, next(2))(request, response);
        else if (failed) json([2])(request, response);
        else {
          failed = true;
          response.destroy();
        }
      });
      const items = paginate<number>(transportWith(), '/items', {
        pagination: linkPagination(),
        retry: false,
      });
      const error = await failureOf(lastValueFrom(items.pipe(toArray())) as Promise<never>);
      expect(error.code).toBe('NETWORK');
      const rest = items.with({ resumeFrom: error.resumeToken });
      expect(await lastValueFrom(rest.pipe(toArray()))).toEqual([2]);
      expect(error).toBeInstanceOf(PaginationError);
    });
  });
});
