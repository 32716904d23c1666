import { spawnSync } from 'node:child_process';
import { chromium, type Browser } from 'playwright-core';

export const NO_BROWSER = 'No browser: install Chromium (Debian: apt-get install chromium)';

/** Debian's name, and that of other systems. */
const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
  .map((name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim())
  .find((path) => path !== '');

/** Whether there is a browser that {@link launchChromium} can start. */
export const isChromiumThere = executablePath !== undefined;

/** Without a sandbox, for CI that runs as root; and it asks nobody but the servers of the tests. */
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

/** Starts the browser of this machine, with a new profile. */
export function launchChromium(further: readonly string[] = []): Promise<Browser> {
  if (executablePath === undefined) return Promise.reject(new Error(NO_BROWSER));
  return chromium.launch({ args: [...args, ...further], executablePath });
}
