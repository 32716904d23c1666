import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { detect } from '../../lib/detect/detect';
import { detectionExamples, examplesText, replyOfExample } from '../support/detection-examples';
import { blockOf } from '../support/generated-blocks';

const guide = readFileSync(join(__dirname, '../../docs/guide/detection.md'), 'utf8');

describe('the guide to detection', () => {
  it('shows what detection says', () => {
    expect(blockOf(guide, 'twelve shapes')).toBe(examplesText());
  });

  it('shows ten lists that are found, one that is all, and one that cannot be known', () => {
    const verdicts = detectionExamples.map((example) => {
      const { verdict } = detect(example.request, replyOfExample(example));
      return verdict;
    });
    const paged = Array.from({ length: 10 }, () => 'paged');
    expect(verdicts).toEqual([...paged, 'single', 'unknown']);
  });
});
