import { spawn } from 'node:child_process';
import { request } from 'node:http';

import { startDemoServer } from '../../lib/demo/start-demo-server';
import { loadTypescript } from '../support/load-typescript';
import { at, demoServer, get, listAt, logOf, textAt, until, withDemoServer } from './demo-client';

describe('startDemoServer', () => {
  const server = demoServer();

  describe('the index', () => {
    it('lists every route with its method, a line and an example that is answered', async () => {
      const { body } = await get(server().url);
      expect(at(body, 'users')).toBe(250);
      const routes = listAt(body, 'routes');
      expect(routes.map((route) => at(route, 'path'))).toEqual([
        '/',
        '/dropshot/users',
        '/dropshot/team-users',
        '/kneo/users',
        '/kneo/runs',
        '/kneo-no-total/users',
        '/openai/models',
        '/openai/users',
        '/openai/conversations/{conversation}/items',
        '/openai/next/users',
        '/apimatic/offset/users',
        '/apimatic/page/users',
        '/apimatic/link/users',
        '/apimatic/link-merge/users',
        '/apimatic/link-then-page/users',
        '/apimatic/cursor/users',
        '/apimatic/header-cursor/users',
        '/apimatic/response-header/users',
        '/apimatic/path-cursor/{cursor}/users',
        '/apimatic/search',
        '/arcnm/parts',
        '/arcnm/lowered/parts',
        '/arcnm/calculations',
        '/arcnm/environments',
        '/link/users',
        '/link/relative/users',
        '/link/odd/users',
        '/relay',
        '/odata/users',
        '/odata/relative/users',
        '/hal/users',
        '/issues',
        '/broken/users',
        '/broken/loop',
        '/broken/status',
        '/broken/cut',
        '/slow/users',
      ]);
      for (const route of routes) {
        const method = textAt(route, 'method');
        const example = textAt(route, 'example');
        expect(textAt(route, 'about')).not.toBe('');
        expect(example.startsWith(server().url)).toBe(true);
        const post = { method, body: '{"query":"{ users { nodes } }"}' };
        const response = await fetch(example, method === 'POST' ? post : { method });
        await response.arrayBuffer();
        expect([example, response.status]).toEqual([
          example,
          example.includes('/broken/status') ? 500 : 200,
        ]);
      }
    });
  });

  describe('other paths and methods', () => {
    it.each([
      '/nothing',
      '/kneo',
      '/kneo/users/',
      '//kneo/users',
      '/%',
      '/__proto__',
      '/constructor',
    ])('answers %s with 404 and problem details', async (path) => {
      const { status, headers, body } = await get(`${server().url}${path}`);
      expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json']);
      expect(body).toEqual({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: `No route ${path}; GET / lists them`,
      });
      expect(logOf(server())).toEqual([`GET ${path} 404`]);
    });

    it('answers another method with 405 and the methods allowed', async () => {
      const response = await fetch(`${server().url}/kneo/users`, { method: 'DELETE' });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    });

    it('names the parameter of bad input in problem details', async () => {
      expect((await get(`${server().url}/kneo/users?limit=ten`)).body).toEqual({
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'limit: expected a whole number from 1 to 1000, got "ten"',
        parameter: 'limit',
      });
    });

    it('shows only the beginning of long bad input', async () => {
      const { body } = await get(`${server().url}/kneo/users?limit=${'x'.repeat(5000)}`);
      expect(textAt(body, 'detail').length).toBeLessThan(130);
    });

    it('answers HEAD like GET without the body', async () => {
      const url = `${server().url}/link/users?per_page=2`;
      const [whole, head] = [await fetch(url), await fetch(url, { method: 'HEAD' })];
      const length = Buffer.byteLength(await whole.text());
      expect(await head.text()).toBe('');
      expect(head.headers.get('link')).toBe(whole.headers.get('link'));
      expect(head.headers.get('content-length')).toBe(String(length));
    });

    it('answers a preflight and lets every origin read every header', async () => {
      const preflight = await fetch(`${server().url}/relay`, {
        method: 'OPTIONS',
        headers: { origin: 'http://app.example', 'access-control-request-method': 'POST' },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-methods')).toBe(
        'GET, HEAD, POST, OPTIONS',
      );
      expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization, *');
      for (const path of ['/link/users', '/nothing', '/kneo/users?limit=x']) {
        const { headers } = await get(`${server().url}${path}`);
        expect(headers.get('access-control-allow-origin')).toBe('*');
        expect(headers.get('access-control-expose-headers')).toBe('*');
      }
    });

    it('refuses a body above 1 MiB and goes on serving', async () => {
      const body = ' '.repeat(1024 * 1024 + 1);
      const refused = await fetch(`${server().url}/apimatic/search`, { method: 'POST', body });
      expect([refused.status, at(await refused.json(), 'parameter')]).toEqual([413, 'body']);
      expect((await get(server().url)).status).toBe(200);
    });
  });

  describe('the log', () => {
    it('holds the requests in order, byte for byte', async () => {
      await get(`${server().url}/kneo/users?limit=1&team=jade&x=%20a+b`);
      await get(`${server().url}/nothing`);
      await fetch(`${server().url}/apimatic/search`, { method: 'POST', body: '{"size":1}' });
      expect(server().requests).toEqual([
        {
          method: 'GET',
          path: '/kneo/users',
          query: 'limit=1&team=jade&x=%20a+b',
          status: 200,
          aborted: false,
        },
        { method: 'GET', path: '/nothing', query: '', status: 404, aborted: false },
        {
          method: 'POST',
          path: '/apimatic/search',
          query: '',
          body: '{"size":1}',
          status: 200,
          aborted: false,
        },
      ]);
    });

    it('counts all requests or those at or below a path', async () => {
      for (const path of [
        '/kneo/users',
        '/kneo/runs',
        '/kneo-no-total/users',
        '/kneo/users?x=/kneo',
      ]) {
        await get(`${server().url}${path}`);
      }
      const counts = ['', '/', '/kneo', '/kneo/', '/kneo/users', '/kneo/use', '/kneo-no-total'].map(
        (prefix) => server().requestCount(prefix),
      );
      expect(counts).toEqual([4, 4, 3, 3, 2, 0, 1]);
      expect(server().requestCount()).toBe(4);
    });

    it('forgets on reset, without changing a list taken before', async () => {
      const first = await get(server().url);
      const before = server().requests;
      server().reset();
      expect([server().requests, server().requestCount(), before.length]).toEqual([[], 0, 1]);
      const again = await get(server().url);
      expect(again.headers.get('x-request-id')).toBe(first.headers.get('x-request-id'));
    });

    it('records a request that its client left as aborted, without a status', async () => {
      const abort = new AbortController();
      const { signal } = abort;
      const left = fetch(`${server().url}/slow/users?delay=60000`, { signal });
      await until(() => server().requestCount() === 1);
      const earlier = server().requests;
      abort.abort();
      await expect(left).rejects.toThrow(/abort/i);
      await until(() => server().requests[0]?.aborted === true);
      expect(earlier[0]?.aborted).toBe(false);
      await get(`${server().url}/kneo/users?limit=1`);
      expect(server().requests).toEqual([
        { method: 'GET', path: '/slow/users', query: 'delay=60000', aborted: true },
        { method: 'GET', path: '/kneo/users', query: 'limit=1', status: 200, aborted: false },
      ]);
    });

    it('records a client that left while it was sending its body', async () => {
      const sending = request(`${server().url}/apimatic/search`, {
        method: 'POST',
        headers: { 'content-length': 1000 },
      });
      sending.on('error', () => undefined);
      sending.write('{');
      await until(() => server().requestCount() === 1);
      sending.destroy();
      await until(() => server().requests[0]?.aborted === true);
      expect(server().requests).toEqual([
        { method: 'POST', path: '/apimatic/search', query: '', aborted: true },
      ]);
    });
  });
});

describe('a demo server of its own', () => {
  it('gives the same bytes for the same options, whatever the port', async () => {
    const texts: string[] = [];
    for (const seed of [7, 7, 8]) {
      await withDemoServer({ users: 30, seed }, async ({ url }) => {
        texts.push(await (await fetch(`${url}/openai/models`)).text());
      });
    }
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toBe(texts[2]);
  });

  it('serves an empty data set', async () => {
    await withDemoServer({ users: 0 }, async ({ url }) => {
      expect((await get(`${url}/dropshot/users`)).body).toEqual({ items: [] });
      expect(at((await get(`${url}/kneo/users`)).body, 'total')).toBe(0);
      expect((await get(`${url}/link/users`)).headers.get('link')).toBeNull();
      expect(at((await get(`${url}/hal/users`)).body, '_links', 'next')).toBeUndefined();
      expect(at((await get(`${url}/odata/users`)).body, 'value')).toEqual([]);
      expect(at((await get(`${url}/openai/users`)).body, 'has_more')).toBe(false);
    });
  });

  it('holds every reply back for latencyMs', async () => {
    await withDemoServer({ users: 1, latencyMs: 40 }, async ({ url }) => {
      const begin = performance.now();
      await get(url);
      expect(performance.now() - begin).toBeGreaterThanOrEqual(39);
    });
  });

  it('rejects unusable options and a port that is taken', async () => {
    await expect(startDemoServer({ users: -1 })).rejects.toThrow(TypeError);
    await expect(startDemoServer({ latencyMs: -1 })).rejects.toThrow(TypeError);
    await expect(startDemoServer({ latencyMs: Number.NaN })).rejects.toThrow(
      'Expected latencyMs to be a number of at least 0, got NaN',
    );
    await withDemoServer({}, async ({ url }) => {
      const port = Number(new URL(url).port);
      await expect(startDemoServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    });
  });

  it('listens on the port and host asked for', async () => {
    let port = 0;
    await withDemoServer({}, ({ url }) => {
      port = Number(new URL(url).port);
      return Promise.resolve();
    });
    await withDemoServer({ port, host: '0.0.0.0' }, async ({ url }) => {
      expect(url).toBe(`http://0.0.0.0:${String(port)}`);
      const { body } = await get(`http://127.0.0.1:${String(port)}/apimatic/link/users?size=1`);
      expect(textAt(body, 'links', 'next')).toMatch(`http://127.0.0.1:${String(port)}/`);
    });
  });

  it('ends idle connections and requests under way when it is closed', async () => {
    await withDemoServer({ latencyMs: 1 }, async (server) => {
      await Promise.all([get(server.url), get(server.url), get(server.url)]);
      const slow = fetch(`${server.url}/slow/users?delay=60000`);
      slow.catch(() => undefined);
      await until(() => server.requestCount() === 4);

      await Promise.all([server.close(), server.close()]);
      await expect(slow).rejects.toThrow('fetch failed');
      expect(server.requests.map(({ aborted }) => aborted)).toEqual([false, false, false, true]);
      await expect(fetch(server.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    });
  });

  it('leaves no handle when it is closed: its process ends by itself', async () => {
    // A process of its own, since this one has sockets and timers of fetch and of the test runner.
    const script = `
      const { Agent, get } = require('node:http');
      const { startDemoServer } = require('./lib/demo/start-demo-server');
      const agent = new Agent({ keepAlive: true });
      const ask = (url) => new Promise((done) => get(url, { agent }, (r) => r.resume().on('end', done)));
      startDemoServer({ latencyMs: 1 }).then(async (server) => {
        await Promise.all([ask(server.url), ask(server.url)]);
        get(server.url + '/slow/users?delay=60000').on('error', () => {});
        while (server.requestCount('/slow') === 0) await new Promise(setImmediate);
        await server.close();
        console.log(server.requestCount());
      });`;
    const child = spawn(process.execPath, [...loadTypescript, '-e', script]);
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    const giveUp = setTimeout(() => child.kill('SIGKILL'), 15_000);
    const code = await new Promise((resolve) => child.on('close', resolve));
    clearTimeout(giveUp);
    expect([code, output]).toEqual([0, '3\n']);
  }, 20_000);
});
