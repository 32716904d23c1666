import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildSample, isInstalled } from '../samples/angular/build';
import { serveSample } from '../samples/angular/serve';
import { root } from './entries';

/*
 * Installs and builds the Angular sample where that is needed, and serves it with the demo API on one port:
 * `npm run sample:angular -- --port 4200`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
  if (!isInstalled()) {
    console.log('Installing Angular (once) ...');
    const folder = join(root, 'samples/angular');
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('npm ci failed in samples/angular');
  }
  console.log('Building ...');
  buildSample();
  // A little latency, so that it feels like a server elsewhere.
  const { url } = await serveSample({ port: Number(values.port), latencyMs: 120 });
  console.log(`The issue list is at ${url} (Ctrl+C stops it)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
