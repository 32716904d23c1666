import { join } from 'node:path';

import { startDemoServer } from '../lib/demo/start-demo-server';

import { buildEsm } from './build-esm';
import { root } from './entries';
import { startStaticServer, type StaticServer } from './static-server';

/** The samples for browsers, with the ES modules of this checkout, which are built into a folder first. */
export async function serveBrowserSamples(built: string, port = 0): Promise<StaticServer> {
  await buildEsm(built);
  return startStaticServer(
    {
      '/lib/': built,
      '/tslib/': join(root, 'node_modules', 'tslib'), // which RxJS imports
      '/rxjs/': join(root, 'node_modules', 'rxjs', 'dist', 'esm'),
      '/': join(root, 'samples', 'browser'),
    },
    port,
  );
}

async function main(): Promise<void> {
  const api = await startDemoServer({ users: 5_000, latencyMs: 150 });
  const { url } = await serveBrowserSamples(join(root, 'temp', 'browser-samples'));
  for (const name of ['list', 'download']) console.log(`${url}/${name}.html?api=${api.url}`);
}

if (require.main === module) void main();
