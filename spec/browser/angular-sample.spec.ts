import { readFileSync } from 'node:fs';

import { buildSample } from '../../samples/angular/build';
import { serveSample, type SampleServer } from '../../samples/angular/serve';
import { ISSUES } from '../../lib/demo/issues';
import { canRun } from '../support/can-run';
import { range } from '../support/list-api';
import {
  axeViolations,
  lackOfSample,
  launchMeasured,
  type Browser,
  type BrowserContext,
  type Page,
} from '../support/sample-page';

const isThere = canRun({
  of: 'the Angular sample in a browser',
  lack: lackOfSample(),
  inCi: true,
});

/** Waits for something that the page or the server does. */
async function until(happened: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000;
  while (!(await happened())) {
    if (performance.now() > end) throw new Error('It did not happen within fifteen seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

// Two cores may be busy with other suites.
jest.setTimeout(180_000);

const ROW = 72;
const PAGE = 50;

(isThere ? describe : describe.skip)('the Angular sample', () => {
  let server: SampleServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let mistakes: string[];

  beforeAll(async () => {
    buildSample();
    [server, browser] = await Promise.all([serveSample(), launchMeasured()]);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  beforeEach(async () => {
    server.reset();
    mistakes = [];
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    // Nobody could answer the dialog; one test has a picker of its own.
    await context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    page = await context.newPage();
    page.on('pageerror', ({ message }) => mistakes.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('503'))
        mistakes.push(message.text());
    });
  });

  afterEach(async () => {
    await context.close();
    expect(mistakes).toEqual([]);
  });

  async function open(): Promise<void> {
    await page.goto(server.url);
    await page.locator('article').first().waitFor();
  }

  /** Pages asked for since the last call, in order. */
  function asked(): string[] {
    const queries = server.requests.map(({ query }) => new URLSearchParams(query));
    server.reset();
    return queries.map((query) => `${query.get('q') ?? ''}${query.get('page') ?? ''}`);
  }

  async function scrollToRow(row: number): Promise<void> {
    await page.evaluate((top) => {
      scrollTo({ top, behavior: 'instant' });
    }, row * ROW);
  }

  async function setServer(condition: string): Promise<void> {
    await page.getByLabel('How the server behaves').selectOption(condition);
  }

  function rowNumber(place: number): string {
    return `#issue-${String(ISSUES - place)}-title`;
  }

  async function quiet(): Promise<void> {
    await page.waitForTimeout(250); // longer than the app waits after a scroll
  }

  it('asks for the pages that are scrolled to, and for no other', async () => {
    await open();
    await quiet();
    expect(asked()).toEqual(['1']);
    await scrollToRow(35); // the end of the page comes within 600 pixels
    await page.locator(rowNumber(PAGE)).waitFor({ state: 'attached' });
    await quiet();
    expect(asked()).toEqual(['2']);
    await scrollToRow(85);
    await page.locator(rowNumber(2 * PAGE)).waitFor({ state: 'attached' });
    await quiet();
    expect(asked()).toEqual(['3']);
    await expect(page.locator('.where').textContent()).resolves.toBe('85–95 of 10,240 ');
  });

  it('jumps to the end, and is scrolled up from there', async () => {
    await open();
    asked();
    await page.getByLabel('To the end').click();
    await page.getByText('That is all').waitFor();
    await quiet();
    expect(asked()).toEqual(['205']);
    const places = await page
      .locator('article')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-posinset'))));
    expect(places).toEqual(range(ISSUES - 39, ISSUES + 1));
    await scrollToRow(ISSUES - 35);
    await page.locator(rowNumber(ISSUES - 41)).waitFor({ state: 'attached' });
    expect(asked()).toEqual(['204']);
  });

  it('aborts the request in flight when another search is typed, as the server sees', async () => {
    await open();
    asked();
    await setServer('slow');
    await page.getByLabel('Search the issues').fill('bill');
    await until(() => server.requests.length === 1);
    await page.getByLabel('Search the issues').fill('billing');
    await until(() => server.requests.length === 2);
    await until(() => server.requests[0]?.aborted === true);
    expect(server.requests.map(({ aborted }) => aborted)).toEqual([true, false]);
    await page.locator('article').first().waitFor();
    expect(asked()).toEqual(['bill1', 'billing1']);
    const titles = await page.locator('h2').allTextContents();
    expect(titles.every((title) => title.includes('Billing'))).toBe(true);
  });

  it('asks for the state that is chosen, and shows it from the top', async () => {
    await open();
    await scrollToRow(20);
    await quiet();
    server.reset();
    await page.getByRole('button', { name: 'Closed' }).click();
    await until(() => server.requests.length === 1);
    await page.locator('article .state.closed').first().waitFor();
    const states = server.requests.map(({ query }) => new URLSearchParams(query).get('state'));
    expect([states, asked()]).toEqual([['closed'], ['1']]);
    await expect(page.evaluate(() => scrollY)).resolves.toBe(0);
    await expect(page.locator('article .state:not(.closed)').count()).resolves.toBe(0);
    await expect(page.locator('[aria-pressed="true"]').allTextContents()).resolves.toEqual([
      expect.stringContaining('Closed'),
    ]);
  });

  it('keeps the list beside an error, and goes on at the page that failed', async () => {
    await open();
    await setServer('down');
    asked();
    await scrollToRow(35);
    await page.getByText('More issues could not be loaded.').waitFor();
    expect(asked()).toEqual(['2', '2', '2']);
    await expect(page.locator('article').count()).resolves.toBe(PAGE);
    await expect(page.getByRole('alert').textContent()).resolves.toContain('status 503');
    await setServer('steady');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator(rowNumber(PAGE)).waitFor({ state: 'attached' });
    await quiet();
    expect(asked()).toEqual(['2']);
    await expect(page.locator('article').count()).resolves.toBe(2 * PAGE);
    await expect(page.getByRole('alert').count()).resolves.toBe(0);
  });

  it('tries again by itself where the server fails now and then', async () => {
    await open();
    server.reset();
    await setServer('flaky');
    await scrollToRow(35);
    await page.locator(rowNumber(PAGE)).waitFor({ state: 'attached' });
    expect(server.requests.map(({ status }) => status)).toEqual([503, 200]);
  });

  it('leaves no request behind when the page is left', async () => {
    await open();
    await setServer('slow');
    asked();
    await page.getByLabel('Search the issues').fill('mobile');
    await until(() => server.requests.length === 1);
    await page.goto('about:blank');
    await until(() => server.requests.every(({ aborted }) => aborted));
    expect(asked()).toEqual(['mobile1']);
  });

  it('scrolls through all 10,240 rows with no more of them kept than a window', async () => {
    await open();
    const session = await context.newCDPSession(page);
    const measure = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      const { nodes } = await session.send('Memory.getDOMCounters');
      return { usedSize, nodes };
    };
    const seen = await page.evaluate(async (row) => {
      const most = { articles: 0 };
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const loaded = () => Number([...document.querySelectorAll('article')].at(-1)?.ariaPosInSet);
      Object.assign(window, {
        walkTo: async (target: number) => {
          while (loaded() < target) {
            scrollTo({ top: (loaded() - 12) * row, behavior: 'instant' });
            await frame();
            most.articles = Math.max(most.articles, document.querySelectorAll('article').length);
          }
          return most.articles;
        },
      });
      await frame();
      return most.articles;
    }, ROW);
    expect(seen).toBe(0);
    const walkTo = (row: number) =>
      page.evaluate(
        (target) => (Reflect.get(window, 'walkTo') as (to: number) => Promise<number>)(target),
        row,
      );
    await walkTo(1000);
    const early = await measure();
    const most = await walkTo(ISSUES);
    const late = await measure();
    expect(most).toBe(6 * PAGE);
    // Ten times the pages, and what is kept stays: what is left for noise is a tenth of what the rows would take.
    expect(late.nodes).toBeLessThan(early.nodes * 1.2);
    expect(late.usedSize - early.usedSize).toBeLessThan(1_000_000);
    expect(asked()).toEqual(range(1, 206).map(String));
  });

  it('exports every row once, a page at a time, into a download', async () => {
    await open();
    await page.getByLabel('Search the issues').fill('billing');
    await until(
      async () => (await page.locator('.count').textContent())?.trim() !== '10,240 issues',
    );
    await page.locator('article').first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export these' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');
    const issues = lines.map((line) => JSON.parse(line) as { place: number; title: string });
    expect(issues.map(({ place }) => place)).toEqual(range(0, lines.length));
    expect(issues.every(({ title }) => title.startsWith('Billing'))).toBe(true);
    const total = await page.locator('.figures').textContent();
    expect(total).toContain(
      `${lines.length.toLocaleString('en')} of ${lines.length.toLocaleString('en')}`,
    );
  });

  it('streams to a file where the browser can, and stops at once with its button', async () => {
    await page.addInitScript(() => {
      const written: string[] = [];
      const file = {
        write: (bytes: Uint8Array) => Promise.resolve(written.push(String(bytes.byteLength))),
        close: () => Promise.resolve(written.push('closed')),
        abort: () => Promise.resolve(written.push('discarded')),
      };
      const handle = { createWritable: () => Promise.resolve(file) };
      Object.assign(window, { written, showSaveFilePicker: () => Promise.resolve(handle) });
    });
    await open();
    await setServer('slow');
    server.reset();
    await page.getByRole('button', { name: 'Export all' }).click();
    await page.getByText('one page in memory').waitFor();
    await until(() => server.requests.length === 2);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Export stopped').waitFor();
    await until(() => server.requests[1]?.aborted === true);
    await quiet();
    expect(asked()).toEqual(['1', '2']);
    const written = await page.evaluate(() => Reflect.get(window, 'written') as string[]);
    expect(written.slice(-1)).toEqual(['discarded']);
    expect(written.length).toBeLessThanOrEqual(2);
  });

  it('asks for one page ahead of the one that the file takes, and for no more', async () => {
    await page.addInitScript(() => {
      const file = { write: () => new Promise(() => undefined), abort: () => Promise.resolve() };
      const handle = { createWritable: () => Promise.resolve(file) };
      Object.assign(window, { showSaveFilePicker: () => Promise.resolve(handle) });
    });
    await open();
    asked();
    await page.getByRole('button', { name: 'Export all' }).click();
    await until(() => server.requests.length >= 2);
    await quiet();
    expect(asked()).toEqual(['1', '2']);
  });

  it('goes on with an export that failed, where it stopped', async () => {
    await open();
    await page.getByLabel('Search the issues').fill('billing');
    await until(() => server.requests.length === 2);
    await page.locator('article').first().waitFor();
    await setServer('slow');
    await page.getByRole('button', { name: 'Export these' }).click();
    await page.getByText(/^50 of /).waitFor();
    await setServer('down');
    await page.getByText('Export interrupted').waitFor();
    await setServer('steady');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Go on' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');
    const places = lines.map((line) => (JSON.parse(line) as { place: number }).place);
    expect(places).toEqual(range(0, lines.length));
    expect(lines.length).toBeGreaterThan(2 * PAGE);
  });

  it('goes on behind the last row written where the file fails, and where it cannot be closed', async () => {
    await page.addInitScript(() => {
      const written: string[] = [];
      let writes = 0;
      let closes = 0;
      const once = (count: number) =>
        count === 1 ? Promise.reject(new Error('The disk is full')) : Promise.resolve();
      const file = {
        write: (bytes: Uint8Array) =>
          once((writes += 1) - 1).then(() => written.push(new TextDecoder().decode(bytes))),
        close: () => once((closes += 1)),
      };
      const handle = { createWritable: () => Promise.resolve(file) };
      Object.assign(window, { written, showSaveFilePicker: () => Promise.resolve(handle) });
    });
    await open();
    await page.getByLabel('Search the issues').fill('billing');
    await until(() => server.requests.length === 2);
    await page.locator('article').first().waitFor();
    await page.getByRole('button', { name: 'Export these' }).click();
    for (const rows of ['50 of', String(await page.locator('.count b').textContent())]) {
      await page.getByText('The file could not be written.').waitFor();
      await expect(page.locator('.figures b').textContent()).resolves.toBe(rows.split(' ')[0]);
      await page.getByRole('button', { name: 'Go on' }).click();
    }
    await page.getByText('Export complete').waitFor();
    const written = await page.evaluate(() => Reflect.get(window, 'written') as string[]);
    const lines = written.join('').trimEnd().split('\n');
    const places = lines.map((line) => (JSON.parse(line) as { place: number }).place);
    expect(places).toEqual(range(0, lines.length));
    expect(lines.length).toBeGreaterThan(2 * PAGE);
  });

  it('keeps the focus where the button that has it goes or can do no more', async () => {
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: one } = document;
        return one?.ariaLabel ?? one?.textContent.trim().replace(/\s+/g, ' ').slice(0, 30);
      });
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await open();
    await press('To the end');
    await page.getByText('That is all').waitFor();
    await expect(focused()).resolves.toBe('To the end');
    await setServer('down');
    await press('To the start');
    await page.getByText('These issues could not be loaded.').waitFor();
    await setServer('steady');
    await press('Try again');
    await expect(page.evaluate(() => document.activeElement?.id)).resolves.toBe('issues');
    await page.locator('article').first().waitFor();
    await setServer('slow');
    await press('Export all');
    await page.getByText('Exporting issues').waitFor();
    await expect(focused()).resolves.toBe('Export all');
    await press('Stop');
    await page.getByText('Export stopped').waitFor();
    await expect(focused()).resolves.toContain('Export stopped');
    await press('Close');
    await page.locator('.panel').waitFor({ state: 'detached' });
    await expect(focused()).resolves.toBe('Export all');
  });

  it('fits where it is zoomed in, and leaves the room to its rows', async () => {
    await page.setViewportSize({ width: 320, height: 256 }); // 1280 x 1024 at 400 %
    await open();
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect(width()).resolves.toBe(320);
    await scrollToRow(100);
    await quiet();
    await expect(
      page.evaluate(() => document.querySelector('header')?.getBoundingClientRect().bottom),
    ).resolves.toBeLessThan(0);
  });

  it('is moved through by keyboard, and says what it does', async () => {
    await open();
    await page.keyboard.press('/');
    await expect(
      page.getByLabel('Search the issues').evaluate((one) => one === document.activeElement),
    ).resolves.toBe(true);
    await page.locator('article').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowUp');
    const focused = () => page.evaluate(() => document.activeElement?.ariaPosInSet);
    await expect(focused()).resolves.toBe('11');
    await expect(page.locator('article[tabindex="0"]').count()).resolves.toBe(1);
    await expect(page.getByRole('feed', { name: 'Issues' }).count()).resolves.toBe(1);
    await expect(page.getByRole('status').first().textContent()).resolves.toBe(
      'Issues 1 to 50 of 10,240 loaded.',
    );
    await page.getByLabel('Search the issues').fill('bill');
    await page.getByLabel('Clear the search').focus();
    await page.keyboard.press('Enter');
    const search = page.getByLabel('Search the issues');
    await until(async () => (await search.inputValue()) === '');
    await expect(search.evaluate((one) => one === document.activeElement)).resolves.toBe(true);
  });

  describe.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('in %s colours and %i pixels', (colorScheme, width) => {
    it('has no violation of axe in any state', async () => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const found: Record<string, readonly string[]> = {};
      const check = async (state: string) => {
        found[state] = await axeViolations(page);
      };
      const search = (text: string) => page.getByLabel('Search the issues').fill(text);
      await open();
      await check('list');
      await search('no such thing');
      await page.getByText('No issues found').first().waitFor();
      await check('empty');
      await setServer('down');
      await search('billing');
      await page.getByText('The issues could not be loaded').waitFor();
      await check('error');
      await setServer('steady');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('article').first().waitFor();
      await setServer('down');
      await page.getByLabel('To the end').click();
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      await setServer('steady');
      await check('failed at the end');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('That is all').waitFor();
      await check('end');
      await setServer('slow');
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByText('Exporting issues').waitFor();
      await check('exporting');
      await search('mobile');
      await page.locator('.skeleton').first().waitFor();
      await check('loading');
      expect(Object.entries(found)).toEqual(Object.keys(found).map((state) => [state, []]));
      expect(Object.keys(found)).toHaveLength(7);
    });
  });
});
