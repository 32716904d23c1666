import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './entries';

/** The first `ts` block of the README, asking a server at that address. */
export function firstReadmeBlock(api: string): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, code = ''] = /^```ts\n([^]*?)^```/m.exec(readme) ?? [];
  const asking = code.replaceAll('http://127.0.0.1:8080', api);
  if (asking === code) throw new Error('The first block of the README asks no demo server');
  return asking;
}
