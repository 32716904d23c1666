import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

import { isChromiumThere, launchChromium } from '../chromium';
import { root } from '../entries';
import { runBeside } from '../run';
import { startStaticServer } from '../static-server';

import type { Outcome } from './outcome';

interface Bundler {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Of the page that runs the bundle. */
  readonly script: string;
}

const ours = (name: string) => join(__dirname, 'node_modules', '.bin', name);

const bundlers: readonly Bundler[] = [
  {
    name: 'esbuild',
    command: join(root, 'node_modules', '.bin', 'esbuild'),
    args: [
      'first.ts',
      '--bundle',
      '--splitting',
      '--format=esm',
      '--outdir=esbuild',
      '--log-level=warning',
    ],
    script: '<script type="module" src="first.js"></script>',
  },
  {
    name: 'webpack',
    command: ours('webpack'),
    args: ['--mode', 'production', '--entry', './first.mjs', '-o', 'webpack'],
    script: '<script src="main.js"></script>',
  },
  {
    name: 'Vite',
    command: ours('vite'),
    args: ['build', '--outDir', 'vite', '--base', './', '--logLevel', 'warn'],
    script: '<script type="module" src="/first.ts"></script>',
  },
];

/** Builds the block that was pasted into the folder with each bundler, and opens what came of it in a browser. */
export async function buildAndOpen(folder: string): Promise<Outcome[]> {
  const page = (script: string) => `<!doctype html><link rel="icon" href="data:," />${script}`;
  const built: Bundler[] = [];
  for (const bundler of bundlers) {
    const { name, command, args, script } = bundler;
    if (!existsSync(command) || !isChromiumThere) continue;
    // Vite starts from the page, the others are put into one.
    if (name === 'Vite') writeFileSync(join(folder, 'index.html'), page(script));
    await runBeside(command, args, folder);
    if (name !== 'Vite') writeFileSync(join(folder, name, 'index.html'), page(script));
    built.push(bundler);
  }
  const served = await startStaticServer({ '/': folder });
  const browser = built.length > 0 ? await launchChromium() : undefined;
  try {
    const outcomes: Outcome[] = [];
    for (const bundler of bundlers) {
      const url = `${served.url}/${bundler.name.toLowerCase()}/index.html`;
      const lines = browser && built.includes(bundler) ? await said(browser, url) : undefined;
      outcomes.push({ way: `${bundler.name}, in Chromium`, lines });
    }
    return outcomes;
  } finally {
    await browser?.close();
    await served.close();
  }
}

/** What a page says on its console until it has said ten lines, or an error. */
async function said(browser: Browser, url: string): Promise<string[]> {
  const page = await browser.newPage();
  const lines: string[] = [];
  const done = new Promise<void>((resolve, reject) => {
    page.on('console', (message) => {
      if (lines.push(message.text()) === 10) resolve();
    });
    page.on('pageerror', reject);
    setTimeout(reject, 20_000, new Error(`${url} said only:\n${lines.join('\n')}`)).unref();
  });
  await page.goto(url);
  await done;
  return lines;
}
