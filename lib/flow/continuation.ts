import type { Page } from '../core/page';
import { PaginationError } from '../core/pagination-error';
import type { Step } from '../core/step';

/**
 * The step after a page, or `undefined` where the list ends: the one place that decides it from what the strategy read.
 *
 * @throws PaginationError `PROTOCOL` where the reply says that there is more and not how to get it; whatever the strategy throws.
 */
export function stepAfter(page: Page, emptyCursor: 'end' | 'continue'): Step | undefined {
  const { reading, step } = page;
  const position = reading.next();
  const strategy = reading.strategy ?? step.strategy;
  const none =
    position === undefined ||
    (position === '' && reading.kind === 'cursor' && emptyCursor === 'end');
  if (none) {
    if (reading.hasMore === true) {
      throw new PaginationError(
        'PROTOCOL',
        `The reply says that there are more pages, but gives ${missing(reading.kind)}`,
      );
    }
    return undefined;
  }
  if (isTotalReached(page)) return undefined;
  return {
    strategy,
    position,
    taken: 0,
    digest: undefined,
    pages: step.pages + 1,
    items: step.items + reading.items.length - step.taken,
  };
}

/**
 * A total ends a number or offset walk when exactly that many items came. One that is exceeded was wrong, and the walk
 * goes on to an empty page.
 */
function isTotalReached(page: Page): boolean {
  const { reading, step } = page;
  if (reading.totalCount === undefined) return false;
  const received = step.items + reading.items.length - step.taken;
  if (reading.kind === 'number') return received === reading.totalCount;
  if (reading.kind !== 'offset') return false;
  return Number(reading.position ?? 0) + reading.items.length === reading.totalCount;
}

function missing(kind: string): string {
  return kind === 'link' ? 'no link to the next one' : 'no way to ask for the next one';
}
