import { readFileSync } from 'node:fs';
import type * as core from 'paged-observable';
import type * as transport from 'paged-observable/fetch';
import type { Page, Request } from 'playwright-core';
import type * as rxjs from 'rxjs';

import { startDemoServer, type DemoServer } from '../../lib/demo/start-demo-server';
import { serveBrowserSamples } from '../../scripts/browser-samples';
import type { StaticServer } from '../../scripts/static-server';
import { describeBrowser, useBrowser } from '../support/browser';
import { json, startHttpServer, type HttpServer } from '../support/http-server';
import { tempFolder } from '../support/temp-folder';

const USERS = 250;

// A busy machine takes long to start a browser and to build.
jest.setTimeout(60_000);

/** What the page's own script imports, for the tests' code to use. */
declare global {
  var lib: typeof rxjs & typeof core & typeof transport;
}
const script = `
  import * as rxjs from 'rxjs';
  import * as core from 'paged-observable';
  import * as transport from 'paged-observable/fetch';
  globalThis.lib = { ...rxjs, ...core, ...transport };`;

describeBrowser('a page without a bundler', () => {
  const folder = tempFolder();
  const newPage = useBrowser();
  let site: StaticServer;
  let api: DemoServer;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    site = await serveBrowserSamples(folder());
    api = await startDemoServer({ users: USERS });
  });
  afterAll(() => Promise.all([site.close(), api.close()]));
  beforeEach(async () => {
    api.reset();
    page = await newPage();
    troubles = [];
    page.on('pageerror', (error) => troubles.push(String(error)));
  });
  afterEach(async () => {
    await page.close();
    expect(troubles).toEqual([]);
  });

  /** A page with the modules of the samples, in which a test's own code can import them. */
  async function open(name: string, at = api.url): Promise<void> {
    await page.goto(`${site.url}/${name}.html?api=${at}`);
  }

  /** A page whose own script imports the library. */
  async function openWithScript(): Promise<void> {
    await open('download');
    await page.addScriptTag({ type: 'module', content: script });
    await page.waitForFunction(() => 'lib' in globalThis);
  }

  /** Waits for what the sample says. */
  const told = (text: RegExp) =>
    page.waitForFunction((t) => t.test(document.querySelector('#told')?.textContent ?? ''), text);
  /** Long enough for a request that should not be made. */
  const aMoment = () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));

  describe('with the fetch transport alone', () => {
    it('walks a list of another origin with the requests it needs', async () => {
      await openWithScript();
      const walked = await page.evaluate(async (baseUrl) => {
        const { fetchTransport, firstValueFrom, numberPagination, paginate, take, toArray } = lib;
        const pagination = numberPagination<{ id: string }>({
          items: '/data',
          sizeParam: 'size',
          size: 50,
        });
        const users = paginate(fetchTransport({ baseUrl }), '/apimatic/page/users', { pagination });
        const some = await firstValueFrom(users.pipe(take(60), toArray()));
        const all: string[] = [];
        for await (const { id } of users) all.push(id);
        return { some: some.map(({ id }) => id), all };
      }, api.url);
      const ids = Array.from({ length: USERS }, (_, at) => `u${String(at + 1).padStart(7, '0')}`);
      expect(walked).toEqual({ some: ids.slice(0, 60), all: ids });
      const asked = api.requests.map(({ query }) => new URLSearchParams(query).get('page'));
      expect(asked).toEqual([null, '2', null, '2', '3', '4', '5', '6']);
    });

    it('tells the address of the document as its base URL', async () => {
      await openWithScript();
      const bases = await page.evaluate(() => {
        const { fetchTransport } = lib;
        return [undefined, '', '/api', 'http://h.example/v1'].map(
          (baseUrl) => fetchTransport({ baseUrl }).baseUrl,
        );
      });
      expect(bases).toEqual([
        `${site.url}/`,
        `${site.url}/`,
        `${site.url}/api`,
        'http://h.example/v1',
      ]);
    });

    it('sends the cookies of its origin, but none with an anonymous request', async () => {
      await openWithScript();
      const requests: Request[] = [];
      page.on('request', (request) => {
        if (request.url().includes('?sent=')) requests.push(request);
      });
      await page.evaluate(async () => {
        document.cookie = 'session=1';
        const { signal } = new AbortController();
        for (const marks of [{}, { anonymous: true as const }]) {
          const request = { url: `/sample.css?sent=${String('anonymous' in marks)}`, ...marks };
          await Promise.resolve(lib.fetchTransport({ parse: (text) => text })(request, signal));
        }
      });
      await page.context().clearCookies();
      const headers = await Promise.all(requests.map((request) => request.allHeaders()));
      expect(headers.map(({ cookie }) => cookie)).toEqual(['session=1', undefined]);
    });

    it('finds out by itself how a list is paged', async () => {
      await openWithScript();
      const count = await page.evaluate(async (baseUrl) => {
        const { fetchTransport, paginate } = lib;
        let items = 0;
        await paginate(fetchTransport({ baseUrl }), '/link/users').forEach(() => items++);
        return items;
      }, api.url);
      expect([count, api.requestCount()]).toEqual([USERS, 9]);
    });
  });

  describe('that streams a list into a download', () => {
    /** As browsers without a dialog for files. */
    const withoutPicker = () =>
      page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));

    it('writes every item once, in order', async () => {
      await withoutPicker();
      await open('download');
      const download = page.waitForEvent('download');
      await page.click('text=Download');
      const file = await (await download).path();
      const ids = readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id);
      expect(ids).toHaveLength(USERS);
      expect(ids).toEqual([...new Set(ids)].sort());
      expect([(await download).suggestedFilename(), api.requestCount()]).toEqual([
        'users.ndjson',
        3,
      ]);
      expect(await page.textContent('#told')).toBe('250 users, whole');
    });

    it('asks for no more than the file takes, and stops with it', async () => {
      // A file that takes 120 users and then no more for a long time.
      await page.addInitScript(() => {
        let taken = 0;
        const drained = () =>
          new Promise<void>((resolve) => {
            addEventListener('drained', () => {
              resolve();
            });
          });
        const write = () => (++taken <= 120 ? undefined : drained());
        const createWritable = () => Promise.resolve(new WritableStream({ write }));
        Object.assign(globalThis, {
          showSaveFilePicker: () => Promise.resolve({ createWritable }),
        });
      });
      await open('download');
      await page.click('text=Download');
      await told(/^121 users$/);
      await aMoment();
      expect(await page.textContent('#told')).toBe('121 users');
      expect(api.requestCount()).toBe(2);
      await page.click('text=Stop');
      await page.evaluate(() => dispatchEvent(new Event('drained'))); // a pipe lets a write end
      await told(/^AbortError: 121 users, no file$/);
      expect(api.requestCount()).toBe(2);
    });
  });

  describe('that is left', () => {
    let slow: HttpServer;
    beforeEach(async () => {
      slow = await startHttpServer(true);
    });
    afterEach(() => slow.close());

    /** A list whose second page does not come; resolves when it was asked for. */
    async function walkIntoWaiting(): Promise<void> {
      const asked = new Promise<void>((resolve) => {
        slow.answer((request, response) => {
          if (request.url.includes('offset=')) resolve();
          else json({ users: [{ id: 'a' }], total: 9, limit: 1, offset: 0 })(request, response);
        });
      });
      await open('list', slow.origin);
      await asked;
    }

    it.each<[string, () => Promise<unknown>]>([
      ['closed', () => page.close()],
      ['left for another', () => page.goto(`${site.url}/sample.css`)],
    ])('leaves no request when it is %s', async (_, leave) => {
      await walkIntoWaiting();
      const aborted = slow.nextAbort();
      await leave();
      await aborted;
      expect(slow.requests.map(({ url }) => url)).toEqual([
        '/kneo/users?limit=20',
        expect.stringContaining('offset=1'),
      ]);
    });

    it('leaves no request when its walk is unsubscribed from', async () => {
      const asked = new Promise<void>((resolve) => {
        slow.answer(() => {
          resolve();
        });
      });
      await openWithScript();
      await page.evaluate((url) => {
        const { fetchTransport, paginate, singlePage } = lib;
        const walk = paginate(fetchTransport(), url, { pagination: singlePage() }).subscribe();
        addEventListener('leave', () => {
          walk.unsubscribe();
        });
      }, `${slow.origin}/items`);
      await asked;
      const aborted = slow.nextAbort();
      await page.evaluate(() => dispatchEvent(new Event('leave')));
      await aborted;
      expect(slow.requests).toHaveLength(1);
    });
  });

  describe('with an infinite list', () => {
    const rows = () => page.locator('#rows li').count();
    const toEnd = () => page.locator('#more').scrollIntoViewIfNeeded();

    it('loads the pages that are scrolled to, and no more', async () => {
      await page.setViewportSize({ width: 800, height: 600 });
      await open('list');
      await told(/^20 of 250$/);
      expect([await rows(), api.requestCount()]).toEqual([20, 1]);
      await toEnd();
      await told(/^40 of 250$/);
      await aMoment();
      expect([await rows(), api.requestCount()]).toEqual([40, 2]);
      for (let count = 60; count <= 240; count += 20) {
        await toEnd();
        await told(new RegExp(`^${String(count)} of 250$`));
      }
      await toEnd();
      await told(/^250 of 250$/);
      expect(await page.locator('#more').isHidden()).toBe(true);
      expect([await rows(), api.requestCount()]).toEqual([250, 13]);
      expect(await page.locator('#rows li b').last().textContent()).toBe(
        await page.locator('#rows li:nth-child(250) b').textContent(),
      );
    });

    it('keeps what is there when a page fails, and goes on from there', async () => {
      await page.setViewportSize({ width: 800, height: 600 });
      await open('list');
      await told(/^20 of 250$/);
      await page.route('**/kneo/**', (route) =>
        route.fulfill({ status: 404, headers: { 'access-control-allow-origin': '*' } }),
      );
      await toEnd();
      await told(/^The next users did not come.$/);
      expect(await rows()).toBe(20);
      await page.unroute('**/kneo/**');
      await page.click('text=Try again');
      await told(/^40 of 250$/);
      expect([await rows(), api.requestCount()]).toEqual([40, 2]);
    });

    it('has less than sixty lines', () => {
      const lines = readFileSync(`${__dirname}/../../samples/browser/list.html`, 'utf8').split(
        '\n',
      );
      expect(lines.length - 1).toBeLessThan(60);
    });
  });
});
