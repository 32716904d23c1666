import { join } from 'node:path';

import { brokenLinks } from './docs/check-site';
import { root } from './entries';
import { run } from './run';

/*
 * Builds the documents and the reference of all entries into site/, as static pages, and follows every link of it. Fails
 * where a public name has no documentation, a comment refers to what is not there, or a link leads nowhere.
 */
function main(): void {
  try {
    run('typedoc', []);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
    return;
  }
  const broken = brokenLinks(join(root, 'site'));
  for (const fault of broken) console.error(fault);
  console.log(`site/index.html, ${String(broken.length)} broken links`);
  if (broken.length > 0) process.exitCode = 1;
}

main();
