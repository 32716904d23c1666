import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './entries';
import { demandPictures } from './guide/demand-pictures';

// Writes the pictures of docs/guide, which are drawn from walks in virtual time; a spec compares them.
const folder = join(root, 'docs', 'guide', 'pictures');
mkdirSync(folder, { recursive: true });
for (const [name, content] of demandPictures()) writeFileSync(join(folder, name), content);
