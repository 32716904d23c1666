import { spawnSync } from 'node:child_process';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const NO_BROWSER = 'No browser: install Chromium (Debian: apt-get install chromium)';

/** Debian's name, and that of other systems. */
const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
  .map((name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim())
  .find((path) => path !== '');

if (executablePath === undefined && process.env['CI'] !== undefined) throw new Error(NO_BROWSER);
if (executablePath === undefined) console.warn(`${NO_BROWSER}; its tests are skipped`);

/** `describe` for tests in a real browser: where there is none they are skipped with a warning, and in CI it is an error. */
export const describeBrowser: typeof describe.skip =
  executablePath === undefined ? describe.skip : describe;

/** Chromium in no sandbox, for CI runs as root; and it asks nobody but the servers of the tests. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page that the tests made up has no address, and so might not ask a server of this machine.
  '--disable-features=LocalNetworkAccessChecks',
];

/** One browser for each spec file, with a new profile. */
export function useBrowser(): () => Promise<Page> {
  let browser: Browser | undefined;
  let context: BrowserContext | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({
      args,
      ...(executablePath !== undefined && { executablePath }),
    });
    context = await browser.newContext();
  }, 60_000);
  afterAll(() => browser?.close(), 60_000);
  return () => context?.newPage() ?? Promise.reject(new Error('The browser has not been started'));
}
