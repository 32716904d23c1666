import { execFileSync } from 'node:child_process';

import { source as axeSource } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

import { isInstalled } from '../../samples/angular/build';

/** What Chromium does by itself on the network is none of a test's. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--js-flags=--expose-gc',
];

function chromiumPath(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Why the sample cannot be driven here; nothing where it can. */
export function lackOfSample(): string | undefined {
  if (chromiumPath() === undefined) return "Debian's chromium is not installed";
  if (!isInstalled()) return 'the sample is not installed: npm ci --prefix samples/angular';
  return undefined;
}

export function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('There is no chromium');
  return chromium.launch({ executablePath, args: FLAGS });
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
