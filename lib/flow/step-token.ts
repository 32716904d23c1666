import { isCredentialName } from '../core/credential-name';
import type { Json } from '../core/json';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { digestRequest, readResumeToken, writeResumeToken } from '../core/resume-token';
import type { Step } from '../core/step';

import { originOf } from './origin-guard';
import { originOfPlan, type WalkPlan } from './walk-plan';

/** The resume token of a step. */
export function tokenOf(step: Step, plan: WalkPlan): string {
  const position = step.rows?.at ?? step.position;
  const opaque = position !== undefined && !isJson(position, 0);
  const kept = opaque || position === undefined ? {} : leaveCredentials(position, plan);
  return writeResumeToken({
    strategy: plan.strategy.id,
    ...(step.strategy.id !== plan.strategy.id && { chosen: step.strategy.id }),
    ...kept,
    ...(opaque && { opaque }),
    taken: step.taken,
    ...(step.digest !== undefined && { digest: step.digest }),
    pages: step.pages,
    items: step.items,
    ...(step.rows !== undefined && { rows: step.rows }),
    request: digestRequest(plan.request),
  });
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
  return {
    strategy: chosenOf(plan.strategy, state.chosen),
    position:
      state.position === undefined
        ? undefined
        : returnCredentials(state.position, state.left ?? [], plan.request),
    taken: state.taken,
    digest: state.digest,
    pages: state.pages,
    items: state.items,
    rows: state.rows,
  };
}

function chosenOf(strategy: PaginationStrategy, id: string | undefined): PaginationStrategy {
  if (id === undefined) return strategy;
  const chosen = strategy.choices?.find((choice) => choice.id === id) ?? strategy.restore?.(id);
  if (chosen === undefined) throw mismatch(`the chosen strategy ${id} is not among those given`);
  return chosen;
}

function mismatch(why: string): PaginationError {
  return new PaginationError(
    'CHECKPOINT_MISMATCH',
    `The resume token is of another walk: ${why}. Resume with what it was made with`,
  );
}

/** A link that repeats the credentials of the request is written down without them; the resumed request has its own. */
function leaveCredentials(
  position: Json,
  plan: WalkPlan,
): { readonly position: Json; readonly left?: readonly string[] } {
  if (typeof position !== 'string' || !position.includes('?')) return { position };
  // A credential of ours must not be put back into a link that leads elsewhere.
  const [origin, home] = [originOf(position), originOfPlan(plan)];
  if (origin !== undefined && home !== undefined && origin !== home) return { position };
  const own = credentialsOf(plan.request);
  const mark = position.indexOf('?');
  const pairs = position.slice(mark + 1).split('&');
  // Only what is the request's own: under the same name the link may carry a position, or a signature of its page.
  const isOwn = (pair: string) =>
    [...new URLSearchParams(`&${pair}`)].some(([name, value]) =>
      own.some((credential) => credential[0] === name && credential[1] === value),
    );
  const left = pairs.filter(isOwn).flatMap((pair) => [...new URLSearchParams(`&${pair}`).keys()]);
  if (left.length === 0) return { position };
  const kept = pairs.filter((pair) => !isOwn(pair));
  return { position: `${position.slice(0, mark)}?${kept.join('&')}`, left };
}

function returnCredentials(position: Json, left: readonly string[], request: PageRequest): Json {
  if (typeof position !== 'string' || left.length === 0) return position;
  const pairs = credentialsOf(request)
    .filter(([name]) => left.includes(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return position + (position.endsWith('?') ? '' : '&') + pairs.join('&');
}

function credentialsOf(request: PageRequest): readonly (readonly [string, string])[] {
  const given = Object.entries(request.params ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, String(value)] as const);
  const query = /\?([^#]*)/.exec(request.url)?.[1] ?? '';
  return [...given, ...new URLSearchParams(query)].filter(([name]) => isCredentialName(name));
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
