import { wrongClaims } from '../bench/claims';

import { compileBlocks } from './docs/compile-blocks';
import { pagesWithBlocks, strayFences } from './docs/markdown-blocks';
import { runBlocks } from './docs/run-blocks';
import { hasPeers, writeBlocks } from './docs/write-blocks';

/*
 * Compiles and runs every ```ts block of README.md, docs/ and the comments of lib/, each as a module of its own, against the demo API, and compares the
 * figures of the bench with those that were kept.
 * - Lines a reader does not need stand in an HTML comment `<!-- ts ... -->` right before the block.
 * - A block ```text prints right behind holds what the block prints.
 * - ```ts no-run is compiled only; ```ts theirs is for another client, of bench/peers; ```ts no-check for code that needs
 *   packages this project does not install.
 */
async function main(): Promise<void> {
  const blocks = writeBlocks();
  const checked = blocks.filter(({ isTheirs }) => hasPeers || !isTheirs);
  const faults = [
    ...pagesWithBlocks().flatMap(({ name, markdown }) =>
      strayFences(markdown).map((fault) => `${name} ${fault}`),
    ),
    ...compileBlocks(checked),
  ];
  // What does not compile is not worth running.
  if (faults.length === 0) faults.push(...(await runBlocks(checked.filter(({ isRun }) => isRun))));
  for (const fault of faults) console.error(fault);
  console.log(`${String(checked.length)} blocks, ${String(faults.length)} errors`);
  const skipped = blocks.length - checked.length;
  if (skipped > 0) {
    console.log(
      `SKIPPED ${String(skipped)} blocks of other clients: \`npm ci --prefix bench/peers\` installs them`,
    );
  }
  const claims = wrongClaims();
  for (const claim of claims) console.error(`${claim}; run \`npm run bench -- --write\``);
  const isIncomplete = skipped > 0 && process.env['CI'] !== undefined;
  if (faults.length + claims.length > 0 || isIncomplete) process.exitCode = 1;
}

void main();
