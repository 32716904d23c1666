import '@angular/compiler'; // before all else of Angular
import {
  provideHttpClient,
  withFetch,
  withInterceptors,
  withRequestsMadeViaParent,
  HttpBackend,
  HttpClient,
  HttpHandler,
  ɵHTTP_ROOT_INTERCEPTOR_FNS,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { createEnvironmentInjector } from '@angular/core';
import axios from 'axios';
import { delay, of, switchMap } from 'rxjs';

import type { Transport } from '../../lib/core/transport';
import { paginate } from '../../lib/paginate';
import { angularTransport } from '../../lib/transport/angular';
import { axiosTransport } from '../../lib/transport/axios';
import { fetchTransport } from '../../lib/transport/fetch';
import { startAngular } from '../support/angular';
import { json, startHttpServer, type HttpServer } from '../support/http-server';
import { everythingIn, marksIn } from '../support/secret-search';

const SECRET = 'zq-planted-out-of-sight';

let server: HttpServer;
beforeEach(async () => {
  server = await startHttpServer();
  // Bare: nothing in the text tells that it is a credential.
  server.answer((request, response) => {
    const echo = { message: `unknown ${Object.values(request.headers).join(' ')} ${request.url}` };
    json(echo, 403)(request, response);
  });
});
afterEach(() => server.close());

async function errorOver(transport: Transport): Promise<unknown> {
  const error: unknown = await paginate(transport, '/items')
    .forEach(() => undefined)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'HTTP_STATUS', status: 403 });
  const sent = server.requests.map(({ headers, url }) => JSON.stringify({ headers, url }));
  expect(sent.some((text) => text.includes(SECRET))).toBe(true);
  return error;
}

async function leaksOver(transport: Transport): Promise<readonly string[]> {
  return marksIn(everythingIn(await errorOver(transport)), [SECRET]);
}

const added = { 'x-who': SECRET };
const adding =
  (headers: Record<string, string>): HttpInterceptorFn =>
  (request, next) =>
    next(request.clone({ setHeaders: headers }));

describe('what a client of the caller adds', () => {
  type Make = (secrets?: () => readonly string[]) => Transport;
  const makes: Readonly<Record<string, Make>> = {
    'a fetch of its own': (secrets) =>
      fetchTransport({
        baseUrl: server.origin,
        fetch: (url, init) => {
          const headers = new Headers(init?.headers);
          headers.set('x-who', SECRET);
          return fetch(url, { ...init, headers });
        },
        secrets,
      }),
    'an adapter of its own': (secrets) => {
      const instance = axios.create({ baseURL: server.origin });
      const adapter = axios.getAdapter('http');
      instance.defaults.adapter = (config) => {
        const headers = new axios.AxiosHeaders(config.headers).set('x-who', SECRET);
        const sent = { ...config, headers, validateStatus: null };
        return adapter(sent).then((response) => ({ ...response, config }));
      };
      return axiosTransport(instance, { secrets });
    },
    'a client that is not of Angular': (secrets) => {
      const { http } = startAngular([withFetch(), withInterceptors([adding(added)])]);
      const own = { request: http.request.bind(http) as never };
      return angularTransport(own, { baseUrl: server.origin, secrets });
    },
  };

  it.each(Object.keys(makes))('is masked once it is told: %s', async (name) => {
    const make = makes[name]!;
    expect(await leaksOver(make(() => ['other', SECRET]))).toEqual([]);
    // Nobody else could know: without the option the case proves nothing.
    expect(await leaksOver(make())).toEqual([SECRET]);
  });

  it.each(Object.keys(makes))('is asked for at the time it is to be shown: %s', async (name) => {
    let told: readonly string[] = [];
    const transport = makes[name]!(() => told);
    told = [SECRET];
    expect(await leaksOver(transport)).toEqual([]);
  });

  it.each(Object.keys(makes))('hides no error where telling throws: %s', async (name) => {
    const transport = makes[name]!(() => {
      throw new Error('locked');
    });
    expect(await errorOver(transport)).toBeInstanceOf(Error);
  });

  it('is refused as anything but a function', () => {
    const secrets = [SECRET] as never;
    const expected = "option 'secrets' must be a function, got an array of 1";
    const { http } = startAngular([withFetch()]);
    expect(() => fetchTransport({ secrets })).toThrow(expected);
    expect(() => axiosTransport(axios, { secrets })).toThrow(expected);
    expect(() => angularTransport(http, { secrets })).toThrow(expected);
    expect(() => axiosTransport(axios, { secret: 1 } as never)).toThrow(
      "axiosTransport: unknown option 'secret'; the options are secrets",
    );
  });
});

describe("what Angular's interceptors add", () => {
  const withInterceptorsOf = (...interceptors: HttpInterceptorFn[]) => {
    const { http } = startAngular([withFetch(), withInterceptors(interceptors)]);
    return angularTransport(http, { baseUrl: server.origin });
  };

  const ways: Readonly<Record<string, HttpInterceptorFn>> = {
    'a header': adding(added),
    'a header, later': (request, next) =>
      of(SECRET).pipe(
        delay(1),
        switchMap((who) => next(request.clone({ setHeaders: { 'x-who': who } }))),
      ),
    'a parameter': (request, next) => next(request.clone({ setParams: { sid: SECRET } })),
    'a password': adding({ authorization: `Basic ${btoa(`me:${SECRET}`)}`, ...added }),
  };

  it.each(Object.entries(ways))('is masked: %s', async (_, interceptor) => {
    expect(await leaksOver(withInterceptorsOf(interceptor))).toEqual([]);
  });

  it('is masked where one hands the request on twice', async () => {
    const twice: HttpInterceptorFn = (request, next) =>
      next(request.clone({ setHeaders: added })).pipe(switchMap(() => next(request)));
    expect(await leaksOver(withInterceptorsOf(twice))).toEqual([]);
  });

  it('is masked where the parent injector adds it, whose interceptors run once', async () => {
    const seen: string[] = [];
    const noting =
      (name: string): HttpInterceptorFn =>
      (request, next) => {
        seen.push(name);
        return next(request);
      };
    const parent = startAngular(
      [withFetch(), withInterceptors([noting('parent'), adding(added)])],
      [{ provide: ɵHTTP_ROOT_INTERCEPTOR_FNS, useValue: noting('root'), multi: true }],
    );
    const injector = createEnvironmentInjector(
      [provideHttpClient(withInterceptors([noting('child')]), withRequestsMadeViaParent())],
      parent.injector,
    );
    const transport = angularTransport(injector.get(HttpClient), { baseUrl: server.origin });
    expect(injector.get(HttpBackend)).not.toBe(parent.backend);

    expect(await leaksOver(transport)).toEqual([]);
    expect(seen).toEqual(['child', 'parent', 'root']);
    await errorOver(transport);
    expect(seen).toEqual(['child', 'parent', 'root', 'child', 'parent', 'root']);
  });

  it('comes after the client has been used as well as before, and leaves it as it was', async () => {
    const { http } = startAngular([withFetch(), withInterceptors([adding(added)])]);
    const before = Object.getOwnPropertyNames(http).sort();
    const transport = angularTransport(http, { baseUrl: server.origin });
    expect(await leaksOver(transport)).toEqual([]);
    await new Promise((resolve) => {
      http.get(`${server.origin}/other`).subscribe({ error: resolve });
    });
    expect(await leaksOver(transport)).toEqual([]);
    expect(Object.getOwnPropertyNames(http).sort()).toEqual(before);
  });

  it('is left to the caller where a class derived from HttpClient sends in its own way', async () => {
    const { http } = startAngular([withFetch(), withInterceptors([adding(added)])]);
    class Own extends HttpClient {
      readonly #calls: string[] = [];
      override request(first: unknown, ...rest: unknown[]): never {
        this.#calls.push(typeof first); // fails on any other object than its own
        return Reflect.apply(http.request.bind(http), http, [first, ...rest]) as never;
      }
    }
    class OwnHandler extends HttpHandler {
      handle = (request: HttpRequest<unknown>) => http.request(request);
    }
    const own = new Own(new OwnHandler());
    const secrets = () => [SECRET];
    expect(await leaksOver(angularTransport(own, { baseUrl: server.origin, secrets }))).toEqual([]);
  });

  it('does not reach a request that ends before any backend', async () => {
    const answered: HttpInterceptorFn = () => of();
    const error: unknown = await paginate(withInterceptorsOf(answered), '/items')
      .forEach(() => undefined)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PROTOCOL' });
    expect(server.accepted()).toBe(0);
  });
});
