import type { Step } from '../../lib/core/step';
import { rollDigest } from '../../lib/core/resume-token';
import { stepPassing } from '../../lib/flow/step-passing';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { singlePage } from '../../lib/strategy/single-page';
import { range } from '../support/list-api';
import { pageOf, readingOf } from '../support/page-of';

const strategy = cursorPagination();
const digestOf = (...items: readonly unknown[]) => rollDigest('', items);

/** The step within a page of five items, 10 to 14, that a walk came to with this step. */
function within(step: Partial<Step>, taken: number, count: number): Step {
  const place = { strategy, position: 'c1', pages: 3, items: 8, ...step };
  const page = pageOf(readingOf('cursor', range(10, 15)), place);
  return stepPassing(page, taken, count);
}

describe('a place in a page whose size adapts', () => {
  it('is told from the start of the page, by the items up to it', () => {
    expect(within({}, 3, 2)).toEqual({
      ...{ strategy, position: 'c1', taken: 0, digest: undefined, pages: 3, items: 10 },
      passing: { items: 3, pages: 0, digest: digestOf(10, 11, 12), passed: '', taken: 3 },
    });
  });

  it('is the start of the page where nothing was taken', () => {
    expect(within({ position: undefined }, 0, 0)).toEqual({
      ...{ strategy, position: undefined, taken: 0, digest: undefined, pages: 3, items: 8 },
      passing: { items: 0, pages: 0, digest: '', passed: '', taken: 0 },
    });
  });

  it('is told from an anchor, by what was read since', () => {
    const from = { strategy: singlePage(), position: 'c0', pages: 2, items: 7, digest: 'd' };
    expect(within({ anchor: from, taken: 1 }, 3, 2)).toEqual({
      strategy: from.strategy,
      position: 'c0',
      ...{ taken: 0, digest: undefined, pages: 3, items: 10 },
      passing: { items: 9, pages: 2, digest: rollDigest('d', [11, 12]), passed: '', taken: 3 },
    });
  });
});
