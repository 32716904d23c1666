import type { Json } from '../core/json';
import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import {
  digestRequest,
  readResumeToken,
  writeResumeToken,
  type ResumeState,
} from '../core/resume-token';
import type { Step } from '../core/step';

import { publicPosition, wholePosition, type PublicPosition } from './public-position';
import type { WalkPlan } from './walk-plan';

/** The resume token of a step. */
export function tokenOf(step: Step, plan: WalkPlan): string {
  const { strategy, again, taken, digest, ...written } = placeOf(step, plan);
  return writeResumeToken({
    strategy: plan.strategy.id,
    ...(isChosen(strategy, plan.strategy) && { chosen: strategy.id }),
    ...written,
    taken,
    ...(digest !== undefined && { digest }),
    ...(again !== undefined && { again }),
    pages: step.pages,
    items: step.items,
    ...(step.rows !== undefined && { rows: step.rows }),
    ...(step.size !== undefined && { size: step.size }),
    request: digestRequest(plan.request),
  });
}

/** How a token tells the place of a step. */
interface Place
  extends Partial<PublicPosition>, Pick<ResumeState, 'opaque' | 'taken' | 'digest' | 'again'> {
  readonly strategy: PaginationStrategy;
}

function placeOf({ strategy, anchor, passing, ...step }: Step, plan: WalkPlan): Place {
  const { taken, digest } = step;
  if (passing !== undefined) {
    const { items, pages, digest: over } = passing;
    const place = { strategy, taken: passing.taken, again: { items, pages, digest: over } };
    return { ...place, ...written(step.position, plan) };
  }
  if (anchor !== undefined) {
    const { items, pages, digest: over } = anchor;
    const place = { strategy: anchor.strategy, taken, again: { items, pages, digest: over } };
    return { ...place, ...written(anchor.position, plan) };
  }
  return { strategy, taken, digest, ...written(step.rows?.at ?? step.position, plan) };
}

function written(
  position: Json | undefined,
  plan: WalkPlan,
): Partial<PublicPosition> & Pick<ResumeState, 'opaque'> {
  if (position === undefined) return {};
  const shown = isJson(position, 0) ? publicPosition(position, plan) : undefined;
  return shown ?? { opaque: true };
}

/**
 * The step of a resume token.
 * @throws PaginationError `CHECKPOINT_CORRUPT`, or `CHECKPOINT_MISMATCH` naming what is not as it was.
 */
export function stepOf(token: string, plan: WalkPlan): Step {
  const state = readResumeToken(token);
  const now = digestRequest(plan.request);
  for (const part of ['method', 'URL', 'params', 'body'] as const) {
    if (state.request[part] !== now[part]) throw mismatch(`the request's ${part} is another`);
  }
  if (state.strategy !== plan.strategy.id) {
    throw mismatch(`the strategy is ${plan.strategy.id}, and was ${state.strategy}`);
  }
  if (state.opaque === true) {
    throw mismatch('the position it was made at is no JSON and could not be written down');
  }
  if (state.rows !== undefined && (plan.options.overlap ?? 0) === 0) {
    throw mismatch("it was made with 'key' and 'overlap', and tells the rows to begin before");
  }
  const { position, left = [], again, taken, digest, pages, items, rows, size } = state;
  return {
    strategy: chosenOf(plan.strategy, state.chosen),
    position: position === undefined ? undefined : wholePosition({ position, left }, plan.request),
    pages,
    items,
    ...(size !== undefined && { size }),
    ...(again === undefined
      ? { taken, digest, rows }
      : { taken: 0, digest: undefined, passing: { ...again, taken, passed: '' } }),
  };
}

function chosenOf(strategy: PaginationStrategy, id: string | undefined): PaginationStrategy {
  if (id === undefined) return strategy;
  const chosen = strategy.choices?.find((choice) => choice.id === id) ?? strategy.restore?.(id);
  if (chosen === undefined) throw mismatch(`the chosen strategy ${id} is not among those given`);
  return chosen;
}

/** Whether the walk's own strategy chose it and can find it again by its name; one that has no way to goes on by itself. */
function isChosen({ id }: PaginationStrategy, own: PaginationStrategy): boolean {
  return id !== own.id && (own.choices ?? own.restore) !== undefined;
}

function mismatch(why: string): PaginationError {
  return new PaginationError(
    'CHECKPOINT_MISMATCH',
    `The resume token is of another walk: ${why}. Resume with what it was made with`,
  );
}

function isJson(value: unknown, depth: number): boolean {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > 100) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null;
  return plain && Object.values(value).every((member) => isJson(member, depth + 1));
}
