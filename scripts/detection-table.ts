import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { examplesText } from '../spec/support/detection-examples';
import { detectionRates, ratesTable } from '../spec/support/detection-rates';
import { withBlock } from '../spec/support/generated-blocks';
import { root } from './entries';

/*
 * Walks the files of real APIs, as they are and changed in many ways, with no configuration, and writes how many of them are
 * walked exactly into the guide, with what detection says about the guide's examples. Specs compare the two.
 */
async function main(): Promise<void> {
  const page = join(root, 'docs', 'guide', 'detection.md');
  const rates = await detectionRates();
  const table = ratesTable(rates);
  const old = readFileSync(page, 'utf8');
  const shown = withBlock(old, 'twelve shapes', examplesText());
  writeFileSync(page, withBlock(shown, 'npm run detection-table', table));
  console.log(table);
  for (const { name, results } of rates) {
    for (const { id, outcome, why, detectable } of results) {
      const isFine = outcome === 'exact' || (!detectable && outcome === 'refused');
      if (!isFine) console.log(`${name}: ${id}: ${outcome}: ${why.slice(0, 200)}`);
    }
  }
}

void main();
