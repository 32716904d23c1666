import type { Json } from '../core/json';
import type { Page } from '../core/page';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { requestUrl } from '../core/request-url';
import type { Step } from '../core/step';
import { jsonTextOf } from '../protocol/json-text';

import { anonymousRequest } from './anonymous-request';
import { judgeTarget } from './origin-guard';
import { repeatPolicy } from './repeat-policy';
import type { WalkMemory } from './walk-memory';
import type { WalkPlan } from './walk-plan';

const DEFAULT_URL_BYTES = 8 * 1024;
const DEFAULT_CURSOR_BYTES = 16 * 1024;
const BRACE = /[{}]/;

/** The requests of a walk's steps, checked before they are sent. */
export class StepRequests {
  readonly #plan: WalkPlan;
  readonly #memory: WalkMemory;
  /** The first request as each strategy prepares it. */
  readonly #bases = new Map<PaginationStrategy, PageRequest>();

  constructor(plan: WalkPlan, memory: WalkMemory) {
    this.#plan = plan;
    this.#memory = memory;
  }

  /**
   * @param after the page this one follows; none where a walk begins or goes on.
   * @returns nothing where the request was made before and that ends the list
   * @throws PaginationError `LOOP`, `CROSS_ORIGIN`, or `PROTOCOL` for a position that is too long
   */
  of(step: Step, after?: Page): PageRequest | undefined {
    const { strategy, position } = step;
    const base = this.#baseOf(strategy);
    if (position === undefined) {
      this.#memory.guard.isNewRequest(base);
      return base;
    }
    const request = strategy.at(base, position);
    this.#checkLength(request, position);
    // A strategy that changes no more than the query stays where the caller sent it, user info included.
    const isSent = request.url !== base.url && addressOf(request.url) !== addressOf(base.url);
    const checked = isSent ? this.#checkTarget(request) : request;
    return this.#isNew(step, checked, after) ? checked : undefined;
  }

  /**
   * The request of a page whose turn has not come and may never come; nothing where it cannot be told yet, or is not as harmless
   * as the one before.
   */
  early(strategy: PaginationStrategy, position: Json): PageRequest | undefined {
    const base = this.#baseOf(strategy);
    try {
      const request = strategy.at(base, position);
      return addressOf(request.url) === addressOf(base.url) ? request : undefined;
    } catch {
      return undefined; // will be met again when its turn comes
    }
  }

  #baseOf(strategy: PaginationStrategy): PageRequest {
    let base = this.#bases.get(strategy);
    if (base === undefined) {
      base = strategy.start(this.#plan.request);
      this.#bases.set(strategy, base);
    }
    return base;
  }

  #checkLength({ url }: PageRequest, position: Json): void {
    const { cursorBytes = DEFAULT_CURSOR_BYTES, urlBytes = DEFAULT_URL_BYTES } =
      this.#plan.options.limits ?? {};
    if (typeof position !== 'string' && typeof position !== 'object') return;
    // An SDK's own object has no text, and never leaves the process.
    const { length } = typeof position === 'string' ? position : (jsonTextOf(position) ?? '');
    const isLink =
      position === url ||
      (typeof position === 'string' && BRACE.test(position) && encoded(position) === url);
    const limit = isLink ? urlBytes : cursorBytes;
    if (length > limit) throw tooLong(isLink ? 'next URL' : 'cursor', length, limit);
  }

  /** Where the URL itself came from the server. */
  #checkTarget(request: PageRequest): PageRequest {
    const { allowedOrigins = [] } = this.#plan.options;
    const isOwn = judgeTarget(requestUrl(request), this.#memory.origin, allowedOrigins) === 'own';
    return isOwn ? request : anonymousRequest(request);
  }

  #isNew({ position, strategy }: Step, request: PageRequest, after: Page | undefined): boolean {
    const { guard } = this.#memory;
    if (after?.isGap === true) return true; // a step back, which finds known rows or ends at the first one
    const counted = after?.kind === 'number' || after?.kind === 'offset';
    const isNew =
      counted && typeof position === 'number' && after.reading.position !== undefined
        ? guard.isMove(after.reading.position, position)
        : guard.isNewRequest(request);
    const onRepeat = repeatPolicy(this.#plan.options, strategy);
    if (isNew || after === undefined || (onRepeat === 'allow' && !counted)) return true;
    if (onRepeat === 'complete') return false;
    throw new PaginationError('LOOP', 'The page leads back to a request that was made before');
  }
}

function addressOf(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** As a link stands in a request, where braces would name values of its path. */
function encoded(link: string): string {
  return link.replace(/[{}]/g, encodeURIComponent);
}

function tooLong(what: string, length: number, limit: number): PaginationError {
  return new PaginationError(
    'PROTOCOL',
    `The ${what} has ${String(length)} characters, which is more than the ${String(limit)} allowed`,
  );
}
