import { source as axeSource } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { isInstalled } from '../../samples/angular/build';
import { isChromiumThere, launchChromium, NO_BROWSER } from '../../scripts/chromium';

/** Why the sample cannot be driven here; nothing where it can. */
export function lackOfSample(): string | undefined {
  if (!isChromiumThere) return NO_BROWSER;
  if (!isInstalled()) return 'the sample is not installed: npm ci --prefix samples/angular';
  return undefined;
}

/** A browser whose pages can ask for a collection of garbage, before they tell what they hold. */
export function launchMeasured(): Promise<Browser> {
  return launchChromium(['--js-flags=--expose-gc']);
}

/** Violations of the rules of axe in the page as it is, each as one line. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async (source) => {
    if (!('axe' in window)) {
      const script = document.createElement('script');
      script.textContent = source;
      document.head.append(script);
    }
    const axe = Reflect.get(window, 'axe') as {
      run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }, axeSource);
}

export type { Browser, BrowserContext, Page };
