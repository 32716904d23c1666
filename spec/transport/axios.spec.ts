import axios, { AxiosError, type AxiosInstance } from 'axios';

import { paginate } from '../../lib/paginate';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { axiosTransport } from '../../lib/transport/axios';
import {
  ask,
  everythingIn,
  failureOf,
  transportConformance,
} from '../conformance/transport.conformance';
import { bytes, json, startHttpServer, type HttpServer } from '../support/http-server';
import { axiosWith } from './axios-instances';

transportConformance('axiosTransport', axiosWith(axios, axiosTransport));
transportConformance(
  'axiosTransport on the fetch adapter',
  axiosWith(axios, axiosTransport, { adapter: 'fetch' }),
  { hidesAnswer: true },
);

describe('axiosTransport', () => {
  let server: HttpServer;
  let instance: AxiosInstance;
  beforeEach(async () => {
    server = await startHttpServer();
    server.answer(json([1]));
    instance = axios.create({ baseURL: server.origin });
  });
  afterEach(() => server.close());

  const urls = () => server.requests.map(({ url }) => url);

  it('uses the default axios without an argument', async () => {
    const { common } = axios.defaults.headers;
    common['x-default'] = 'yes';
    try {
      await ask(axiosTransport(), `${server.origin}/a`);
    } finally {
      delete common['x-default'];
    }
    expect(server.requests[0]?.headers).toMatchObject({ 'x-default': 'yes' });
  });

  it.each([[null], ['http://h.example'], [{}], [{ request: () => undefined }]])(
    'refuses %j',
    (value) => {
      const make = axiosTransport as (value: unknown) => unknown;
      expect(() => make(value)).toThrow(TypeError);
      expect(() => make(value)).toThrow(/^axiosTransport: expected an axios instance, got /);
    },
  );

  it('tells the base URL that the instance has now, without credentials', () => {
    const transport = axiosTransport(instance);
    expect(transport.baseUrl).toBe(server.origin);
    instance.defaults.baseURL = 'http://user:own@h.example/api';
    expect(transport.baseUrl).toBe('http://h.example/api');
  });

  describe('the instance', () => {
    it('gives its default params, which the URL and the params of a request override', async () => {
      instance.defaults.params = { version: 1, limit: 100, sort: { by: 'id' } };
      const transport = axiosTransport(instance);
      await ask(transport, '/a');
      await ask(transport, { url: '/a', params: { limit: 5 } });
      await ask(transport, `${server.origin}/a?page=2&version=1&limit=5&sort%5Bby%5D=id`);
      expect(urls()).toEqual([
        '/a?version=1&limit=100&sort%5Bby%5D=id',
        '/a?limit=5&version=1&sort%5Bby%5D=id',
        '/a?page=2&version=1&limit=5&sort%5Bby%5D=id',
      ]);
    });

    it('keeps its auth', async () => {
      instance.defaults.auth = { username: 'u', password: 'p' };
      await ask(axiosTransport(instance), '/a');
      expect(server.requests[0]?.headers.authorization).toBe('Basic dTpw');
    });

    it('keeps the credentials of its base URL for links of the same origin, and for no others', async () => {
      const other = await startHttpServer();
      other.answer(json([2]));
      instance.defaults.baseURL = server.origin.replace('//', '//u:p@');
      const transport = axiosTransport(instance);
      const first = await ask(transport, '/a');
      await ask(transport, `${server.origin}/b`);
      await ask(transport, `${other.origin}/c`);
      await other.close();
      expect(first.url).toBe(`${server.origin}/a`);
      const sent = [...server.requests, ...other.requests];
      expect(sent.map(({ url, headers }) => [url, headers.authorization])).toEqual([
        ['/a', 'Basic dTpw'],
        ['/b', 'Basic dTpw'],
        ['/c', undefined],
      ]);
    });

    it('keeps a default content type of JSON', async () => {
      instance.defaults.headers.common['Content-Type'] = 'application/vnd.api+json';
      await ask(axiosTransport(instance), { url: '/a', method: 'POST', body: { a: 1 } });
      expect(server.requests).toMatchObject([
        { body: '{"a":1}', headers: { 'content-type': 'application/vnd.api+json' } },
      ]);
    });

    it('sends JSON even if its default content type is of a form', async () => {
      instance.defaults.headers.post['Content-Type'] = 'application/x-www-form-urlencoded';
      await ask(axiosTransport(instance), { url: '/a', method: 'POST', body: { a: 1 } });
      expect(server.requests).toMatchObject([
        { body: '{"a":1}', headers: { 'content-type': 'application/json' } },
      ]);
    });

    it('errors with TIMEOUT when its timeout has passed, whatever the message', async () => {
      server.answer(() => undefined);
      instance.defaults.timeout = 20;
      const transport = axiosTransport(instance);
      expect((await failureOf(ask(transport, '/a'))).code).toBe('TIMEOUT');
      instance.defaults.timeoutErrorMessage = 'too slow';
      const error = await failureOf(ask(transport, '/a'));
      expect(error).toMatchObject({ code: 'TIMEOUT' });
      expect(error.message).toBe(`GET ${server.origin}/a failed: too slow`);
    });

    it('errors with BODY_TOO_LARGE beyond its maxContentLength', async () => {
      instance.defaults.maxContentLength = 2;
      expect((await failureOf(ask(axiosTransport(instance), '/a'))).code).toBe('BODY_TOO_LARGE');
    });

    it('keeps its transforms after the parser', async () => {
      server.answer(json({ data: [1] }));
      const [lenient] = [axios.defaults.transformResponse ?? []].flat();
      instance.defaults.transformResponse = [lenient!, ({ data }: { data: unknown }) => data];
      expect((await ask(axiosTransport(instance), '/a')).body).toEqual([1]);
    });

    it('keeps a parser of its own for another format', async () => {
      server.answer(bytes('1,2', 'text/csv'));
      instance.defaults.transformResponse = (text: string) => text.split(',');
      expect(await ask(axiosTransport(instance), '/a')).toMatchObject({
        body: ['1', '2'],
        bytes: 3,
      });
    });

    it('sees broken JSON with an instance of another copy of axios, too', async () => {
      server.answer(bytes('[1'));
      jest.resetModules();
      const { default: copy } = await import('axios');
      expect(copy).not.toBe(axios);
      const transport = axiosTransport(copy.create({ baseURL: server.origin }));
      expect((await failureOf(ask(transport, '/a'))).code).toBe('BAD_JSON');
    });

    it('may have an adapter that gives parsed data', async () => {
      instance.defaults.adapter = (config) =>
        Promise.resolve({ status: 200, statusText: '', headers: { 'X-A': 1 }, data: [7], config });
      expect(await ask(axiosTransport(instance), '/a')).toEqual({
        status: 200,
        headers: { 'x-a': '1' },
        body: [7],
        requestedUrl: `${server.origin}/a`,
        url: `${server.origin}/a`,
        bytes: undefined,
      });
    });
  });

  describe('interceptors', () => {
    it('may send requests to another host, which is no redirect', async () => {
      const other = await startHttpServer();
      try {
        other.answer(json([5]));
        for (const move of [{ baseURL: other.origin }, { baseURL: '', url: `${other.origin}/x` }]) {
          const moved = axios.create({ baseURL: server.origin });
          moved.interceptors.request.use((config) => ({ ...config, url: '/x', ...move }));
          const items: unknown[] = [];
          const list = paginate(axiosTransport(moved), '/a', { pagination: linkPagination() });
          await list.forEach((item) => items.push(item));
          expect(items).toEqual([5]);
        }
        expect(server.accepted()).toBe(0);
      } finally {
        await other.close();
      }
    });

    it('see the request before it is sent, with its body as a value', async () => {
      instance.interceptors.request.use((config) => {
        config.headers.set('x-signed', JSON.stringify(config.data));
        return config;
      });
      await ask(axiosTransport(instance), { url: '/a', method: 'POST', body: { a: 1 } });
      expect(server.requests[0]?.headers).toMatchObject({ 'x-signed': '{"a":1}' });
    });

    it('may change the parsed body', async () => {
      server.answer(json({ data: [1] }));
      instance.interceptors.response.use((response) => {
        response.data = (response.data as { data: unknown }).data;
        return response;
      });
      expect((await ask(axiosTransport(instance), '/a')).body).toEqual([1]);
    });

    it('may refresh a token on a 401 and ask again', async () => {
      server.answer((request, response) => {
        const good = request.headers.authorization === 'Bearer new' && request.body === '{"a":1}';
        json(good ? [1] : {}, good ? 200 : 401)(request, response);
      });
      instance.interceptors.response.use(undefined, (error: AxiosError) => {
        error.config?.headers.set('Authorization', 'Bearer new');
        return instance.request(error.config ?? {});
      });
      const request = { url: '/a', method: 'POST', body: { a: 1 } };
      expect(await ask(axiosTransport(instance), request)).toMatchObject({
        status: 200,
        body: [1],
      });
      expect(server.requests).toHaveLength(2);
    });

    it('leave a refused status to the walk when they throw it on', async () => {
      server.answer(json({ title: 'No' }, 422));
      const seen: unknown[] = [];
      instance.interceptors.response.use(undefined, (error: AxiosError) => {
        seen.push(error.response?.status);
        throw error;
      });
      expect(await ask(axiosTransport(instance), '/a')).toMatchObject({
        status: 422,
        body: { title: 'No' },
      });
      expect(seen).toEqual([422]);
    });

    it.each<[string, (response: { data: unknown }) => unknown]>([
      ['undefined', () => undefined],
      ['the body alone', ({ data }) => data],
      ['an object without a status', ({ data }) => ({ data })],
    ])('that give %s are named in a BAD_SHAPE', async (_, drop) => {
      instance.interceptors.response.use(drop as never);
      const error = await failureOf(ask(axiosTransport(instance), '/a'));
      expect(error.code).toBe('BAD_SHAPE');
      expect(error.message).toMatch(/^An interceptor of the axios instance dropped the response/);
    });

    it('may throw errors of their own, which pass', async () => {
      const mine = new Error('mine');
      instance.interceptors.response.use(() => Promise.reject(mine));
      await expect(ask(axiosTransport(instance), '/a')).rejects.toBe(mine);
    });

    it('may object to a good status with an error of axios, of which no header is left', async () => {
      instance.defaults.headers.common['x-key'] = 'own-key';
      instance.interceptors.response.use((response) => {
        throw new AxiosError('no good', 'MINE', response.config, response.request, response);
      });
      const error = await failureOf(ask(axiosTransport(instance), '/a'));
      expect(error.code).toBe('PROTOCOL');
      expect(error.message).toContain('no good');
      expect(everythingIn(error)).not.toContain('own-key');
    });
  });

  it('leaves all of the instance and of the default axios behind when anonymous', async () => {
    const { common } = axios.defaults.headers;
    common.Authorization = 'Bearer default';
    try {
      instance = axios.create({
        baseURL: server.origin.replace('//', '//user:own@'),
        params: { api_key: 'own' },
        auth: { username: 'own', password: 'own' },
        headers: { 'X-Api-Key': 'own', Cookie: 'sid=own' },
        withCredentials: true,
      });
      const intercepted = jest.fn();
      instance.interceptors.request.use((config) => {
        intercepted();
        return config;
      });
      const reply = await ask(axiosTransport(instance), { url: '/a?page=2', anonymous: true });
      expect(reply).toMatchObject({ status: 200, body: [1] });
      expect(intercepted).not.toHaveBeenCalled();
    } finally {
      delete common.Authorization;
    }
    expect(urls()).toEqual(['/a?page=2']);
    expect(JSON.stringify(server.requests)).not.toMatch(/own|default|authorization/i);
  });

  it('gives an error status as a reply when anonymous, and sees broken JSON', async () => {
    const transport = axiosTransport(instance);
    server.answer(json({ a: 1 }, 403));
    const request = { url: '/a', anonymous: true } as const;
    expect(await ask(transport, request)).toMatchObject({ status: 403, body: { a: 1 } });
    server.answer(bytes('[1'));
    expect((await failureOf(ask(transport, request))).code).toBe('BAD_JSON');
  });

  it('keeps credentials of auth, params and base URL out of its errors', async () => {
    const planted = [
      'own-user',
      'own-pass',
      'own-param',
      'own-proxy',
      Buffer.from('own-user:own-pass').toString('base64'),
    ];
    const dead = axios.create({
      baseURL: 'http://own-user:own-pass@127.0.0.1:1/api',
      auth: { username: 'own-user', password: 'own-pass' },
      params: { api_key: 'own-param' },
    });
    const proxied = axios.create({
      baseURL: server.origin,
      proxy: { host: '127.0.0.1', port: 1, auth: { username: 'own-proxy', password: 'own-proxy' } },
    });
    for (const client of [dead, proxied]) {
      const error = await failureOf(ask(axiosTransport(client), '/a'));
      expect(error.code).toBe('NETWORK');
      const text = everythingIn(error);
      expect(planted.filter((secret) => text.includes(secret))).toEqual([]);
    }
  });
});
