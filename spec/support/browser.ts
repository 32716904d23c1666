import type { Browser, BrowserContext, Page } from 'playwright-core';

import { isChromiumThere, launchChromium, NO_BROWSER } from '../../scripts/chromium';
import { canRun } from './can-run';

const lack = isChromiumThere ? undefined : NO_BROWSER;

/** `describe` for tests in a real browser: where there is none they are skipped with a warning, and in CI it is an error. */
export const describeBrowser: typeof describe.skip = canRun({
  of: 'what happens in a browser',
  lack,
  inCi: true,
})
  ? describe
  : describe.skip;

/** One browser for each spec file. */
export function useBrowser(): () => Promise<Page> {
  let browser: Browser | undefined;
  let context: BrowserContext | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
    context = await browser.newContext();
  }, 60_000);
  afterAll(() => browser?.close(), 60_000);
  return () => context?.newPage() ?? Promise.reject(new Error('The browser has not been started'));
}
