import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { detectionRates, type Rate, ratesTable, share } from '../support/detection-rates';
import { blockOf } from '../support/generated-blocks';

// Each seed makes thousands of walks in memory; the bound is against hanging only.
const BOUND = 300_000;

describe('detection, over what real APIs could look like as well', () => {
  it.each(['', 'a'])(
    'holds its rates (seed "%s")',
    async (seed) => {
      const rates = await detectionRates(seed);
      expect(rates).toHaveLength(19);
      expect(wrongOf(rates)).toEqual([]);
      const tooLow = rates.flatMap(({ name, results }) => {
        const { exact, of } = share(results);
        const missing = results.filter((one) => one.detectable && one.outcome !== 'exact');
        // Where a name says nothing, refusing is right.
        const isBound = name !== 'unusual names';
        return !isBound || exact / of >= 0.95 ? [] : [{ name, exact, of, missing }];
      });
      expect(tooLow).toEqual([]);
      // None is the property of a handful of files.
      for (const { results } of rates) expect(share(results).of).toBeGreaterThan(10);
      if (seed === '') {
        expect(share(rates[0]!.results)).toEqual({ exact: 150, of: 150 });
        const guide = readFileSync(join(__dirname, '../../docs/guide/detection.md'), 'utf8');
        expect(blockOf(guide, 'npm run detection-table')).toBe(ratesTable(rates));
      }
    },
    BOUND,
  );
});

/** Wrong requests, and wrong or partial lists, of files of both kinds. */
function wrongOf(rates: readonly Rate[]): readonly unknown[] {
  return rates.flatMap(({ name, results }) =>
    results.flatMap((one) => (one.outcome.startsWith('wrong') ? [{ name, ...one }] : [])),
  );
}
