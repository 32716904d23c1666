import type { Page } from '../core/page';
import type { Step } from '../core/step';
import type { WalkOptions } from '../core/walk-options';

import { LoopGuard } from './loop-guard';
import { WalkMemory } from './walk-memory';
import { originOfPlan, type WalkPlan } from './walk-plan';

/** The way in which pages follow one another that are asked for by hand: by `nextPage()`, or by `previousPage()`. */
export type Way = 'next' | 'previous';

/** A walk of pages asked for by hand, whatever caps the walk has that they are asked of. */
export function planByHand(plan: WalkPlan, further: WalkOptions): WalkPlan {
  const apart = { maxPages: undefined, maxItems: undefined, ...further };
  const alone = { prefetch: 0, pacedBy: undefined, resumeFrom: undefined };
  return { ...plan, options: { ...plan.options, ...apart, ...alone } };
}

/** How the items before a page are walked: to that page, without what tells them from others that were handed on. */
export function previousOptions(items: number | undefined): WalkOptions {
  const apart = {
    key: undefined,
    overlap: undefined,
    onExpired: undefined,
    concurrency: undefined,
    pageSize: undefined,
  };
  return { ...apart, ...(items === undefined ? { maxPages: 1 } : { maxItems: items }) };
}

/** What such a walk remembers when it begins at a step: besides that, the pages that led there one after another. */
export function memoryByHand(
  plan: WalkPlan,
  step: Step,
  trail: LoopGuard | undefined,
  way: Way,
): WalkMemory {
  const memory = new WalkMemory(originOfPlan(plan), plan.options);
  memory.recall(step);
  if (trail !== undefined) memory.guard = new LoopGuard(trail, way);
  return memory;
}

/** The pages that led to this one in that way: those the walk knows, where it is of such pages itself, else this one alone. */
export function trailTo(page: Page, guard: LoopGuard, way: Way): LoopGuard {
  if (guard.way === way) return guard;
  const trail = new LoopGuard();
  trail.isNewRequest(page.request);
  if (page.step.position === undefined) trail.answered(page.request, page.url);
  trail.isNewItems(page.reading.items);
  return trail;
}
