import type { Anchor, Passing } from '../core/anchor';
import { anchorBehind } from '../core/anchor-behind';
import type { Page } from '../core/page';
import { PaginationError } from '../core/pagination-error';
import type { PageReading } from '../core/pagination-strategy';
import { rollDigest } from '../core/resume-token';
import { secretsIn } from '../core/secrets';
import type { Step } from '../core/step';

import { publicPosition } from './public-position';
import type { WalkPlan } from './walk-plan';

/**
 * The step after a page as a token can tell it: with an anchor where its own position holds a secret, and with what is
 * still to be passed over where the walk is on its way from one.
 *
 * @throws PaginationError `DRIFT` where the list ends on that way
 */
export function anchored(step: Step | undefined, page: Page, plan: WalkPlan): Step | undefined {
  const { passing } = page;
  if (step === undefined) {
    checkPassed(passing);
    return undefined;
  }
  const isOver = !isOnTheWay(passing);
  const { position } = step;
  const secrets = () => secretsIn(page.reply);
  const isPublic = position === undefined || publicPosition(position, plan, secrets) !== undefined;
  const anchor = isPublic ? undefined : anchorAfter(page, plan);
  if (anchor === undefined && isOver) return step;
  return { ...step, ...(anchor && { anchor }), ...(!isOver && { passing }) };
}

/** Whether more than one page has yet to come before the place to go on at, or with it. */
export function isOnTheWay(passing: Passing | undefined): boolean {
  return passing !== undefined && (passing.items > 0 || passing.pages > 0);
}

/** @throws PaginationError `DRIFT` where the list ends on the way to the place to go on at */
export function checkPassed(passing: Passing | undefined): void {
  if (passing !== undefined && passing.items > 0) throw drift('it ends before that place');
}

/** None where the page's own position holds a secret and nobody knows how it was come to. */
function anchorAfter({ step, reading }: Page, plan: WalkPlan): Anchor | undefined {
  const { anchor, strategy, position, taken } = step;
  const { items } = reading;
  if (anchor !== undefined) {
    return anchorBehind({ ...anchor, pages: anchor.pages + 1 }, items.slice(taken));
  }
  if (position !== undefined && publicPosition(position, plan) === undefined) return undefined;
  return anchorBehind({ strategy, position, pages: 1, items: 0, digest: '' }, items);
}

/**
 * What a page on the way from an anchor is: passed over as a whole, and then `passing` says what is left, or the page to
 * go on in, behind the items that were taken from it.
 *
 * @throws PaginationError `DRIFT` where the items on the way are not those handed on before
 */
export function passOver(
  step: Step,
  { items }: PageReading,
): { readonly step: Step; readonly passing?: Passing } {
  if (step.passing === undefined) return { step };
  const { passing, ...at } = step;
  const taken = Math.min(passing.items, items.length);
  const over = items.slice(0, taken);
  const passed = rollDigest(passing.passed, over);
  const left = passing.items - taken;
  if (left === 0 && passed !== passing.digest) {
    throw drift('the items up to that place are not those handed on before');
  }
  const here = { ...at, taken, ...(at.anchor && { anchor: anchorBehind(at.anchor, over) }) };
  // A page without items lies before the place as long as pages do.
  const isBefore = passing.taken === 0 && (items.length > 0 || passing.pages > 0);
  if (taken < items.length || (left === 0 && !isBefore)) return { step: here };
  const pages = Math.max(0, passing.pages - 1);
  return { step: here, passing: { ...passing, items: left, pages, passed } };
}

function drift(why: string): PaginationError {
  return new PaginationError(
    'DRIFT',
    `The list has changed since the resume token was made, which tells its place by the items before it: ${why}`,
  );
}
