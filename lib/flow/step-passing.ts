import { anchorBehind } from '../core/anchor-behind';
import type { Page } from '../core/page';
import type { Step } from '../core/step';

/**
 * The step after the first `count` items handed on from a page, which stand among the first `taken` of those read, in a walk
 * whose page size adapts. When it is gone on with, that page may be a shorter one: the items are passed over in however many pages
 * they come.
 */
export function stepPassing({ step, reading }: Page, taken: number, count: number): Step {
  const { strategy, position, anchor } = step;
  const from =
    anchor === undefined
      ? anchorBehind(
          { strategy, position, pages: 0, items: 0, digest: '' },
          reading.items.slice(0, taken),
        )
      : anchorBehind(anchor, reading.items.slice(step.taken, taken));
  const { items, pages, digest } = from;
  return {
    strategy: from.strategy,
    position: from.position,
    taken: 0,
    digest: undefined,
    pages: step.pages,
    items: step.items + count,
    passing: { items, pages, digest, passed: '', taken },
  };
}
