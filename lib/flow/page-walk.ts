import { asyncScheduler, type Observable, type SchedulerLike } from 'rxjs';

import { DemandObservable } from '../core/demand-observable';
import type { Page, PageContext } from '../core/page';
import type { PageFlowSettings } from '../core/page-flow';
import type { PageRequest } from '../core/page-request';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { requestUrl } from '../core/request-url';
import type { Step } from '../core/step';
import { nextTurn } from '../core/turn';
import { openWalk, type Continuation, type Walk, type WalkEnd } from '../core/walk';
import { pagesView } from '../core/views';
import type { EndReason } from '../core/walk-event';

import { completeError, locateError, readingError } from './complete-error';
import { stepAfter } from './continuation';
import { checkOrigin, originOf } from './origin-guard';
import { fetchPage } from './page-fetch';
import { stepOf, tokenOf } from './step-token';
import { WalkLog } from './walk-log';
import { WalkMemory } from './walk-memory';
import type { WalkPlan } from './walk-plan';

const DEFAULT_EMPTY_PAGES = 100;

class WalkContinuation implements Continuation {
  constructor(
    readonly memory: WalkMemory,
    /** None where the walk failed before it knew where to begin. */
    readonly step: Step | undefined,
  ) {}
}

/** The walk of one subscription: which request comes next, what guards it, and how it ends. */
export class PageWalk implements Walk<Page> {
  readonly settings: PageFlowSettings;
  readonly signal: AbortSignal | undefined;
  endReason: EndReason = 'exhausted';
  readonly #plan: WalkPlan;
  readonly #memory: WalkMemory;
  readonly #clock: SchedulerLike;
  readonly #log: WalkLog;
  readonly #pages: PageContext;
  /** The first request as each strategy prepares it. */
  readonly #bases = new Map<PaginationStrategy, PageRequest>();
  #start: Step | undefined;

  constructor(plan: WalkPlan, from?: Continuation) {
    const { prefetch = 0, pacedBy, signal, clock, events, emptyCursor = 'end' } = plan.options;
    const going = from instanceof WalkContinuation ? from : undefined;
    this.#plan = plan;
    this.#clock = clock ?? asyncScheduler;
    this.signal = signal;
    this.settings = { prefetch, pacedBy, turn: clock === undefined ? nextTurn : turnOf(clock) };
    this.#log = new WalkLog(events, this.#clock, plan.transport.baseUrl);
    this.#memory = going?.memory ?? new WalkMemory(originOfPlan(plan));
    this.#start = going?.step;
    this.#pages = {
      advance: (page) => stepAfter(page, emptyCursor),
      token: (step) => tokenOf(step, plan),
      pageAt: (step) => pageAt(plan, step),
    };
  }

  first(): Observable<Page> | undefined {
    const { resumeFrom } = this.#plan.options;
    const step = (this.#start ??=
      resumeFrom === undefined ? firstStep(this.#plan) : stepOf(resumeFrom, this.#plan));
    this.#log.pages = step.pages;
    if (this.#isCapped(step)) return undefined;
    return this.#fetch(step, true);
  }

  next(page: Page): Observable<Page> | undefined {
    try {
      const step = page.rest > 0 ? page.stepAfter(page.items.length) : page.nextStep();
      if (step === undefined || this.#isCapped({ ...step, pages: page.index + 1 }))
        return undefined;
      this.#checkProgress();
      return this.#fetch(step, false, page);
    } catch (error) {
      const base = this.#plan.transport.baseUrl;
      const place = { request: page.request, base, pageIndex: page.index, attempts: 0 };
      throw locateError(readingError(error), place);
    }
  }

  shown(page: Page): boolean {
    if (page.items.length > 0) return true;
    // The rest of a page that was gone on in adds nothing, and some protocols do not show their closing page.
    return page.step.taken === 0 && (page.reading.hideEmpty !== true || page.hasNextPage);
  }

  stopped({ reason, page, itemsTaken, error }: WalkEnd<Page>) {
    const step =
      reason === 'exhausted' && page !== undefined
        ? page.lastStep()
        : (page?.stepAfter(itemsTaken) ?? this.#start);
    const items = page === undefined ? (step?.items ?? 0) : page.step.items + itemsTaken;
    const token = () => this.#tokenOf(step);
    const shownError =
      error === undefined
        ? undefined
        : completeError(error, { resumeToken: token(), itemsEmitted: items });
    const code = isPaginationError(shownError) ? { code: shownError.code } : {};
    this.#log.end({ endReason: reason, items, ...code }, token);
    return {
      error: shownError,
      continuation: new WalkContinuation(this.#memoryAfter(page), step),
    };
  }

  #tokenOf(step: Step | undefined): string {
    if (step !== undefined) return tokenOf(step, this.#plan);
    return this.#plan.options.resumeFrom ?? tokenOf(firstStep(this.#plan), this.#plan);
  }

  /** Pages that were fetched ahead and not handed on will come again, and are no repeats then. */
  #memoryAfter(page: Page | undefined): WalkMemory {
    const handedOn = page === undefined ? (this.#start?.pages ?? 0) : page.index + 1;
    return this.#log.pages > handedOn ? new WalkMemory(this.#memory.origin) : this.#memory;
  }

  #isCapped({ pages, items }: Step): boolean {
    const { maxPages = Infinity, maxItems = Infinity } = this.#plan.options;
    if (pages < maxPages && items < maxItems) return false;
    this.endReason = 'limit';
    return true;
  }

  #checkProgress(): void {
    const { emptyPages = DEFAULT_EMPTY_PAGES } = this.#plan.options.limits ?? {};
    const row = this.#memory.emptyPages;
    if (row === 0 || row < emptyPages) return;
    throw new PaginationError(
      'STALLED',
      `${String(row)} pages in a row had no items, and the list still goes on`,
    );
  }

  /** @param after the page this one follows; none where a walk begins or goes on. */
  #fetch(step: Step, isFirst: boolean, after?: Page): Observable<Page> {
    const { strategy, position } = step;
    const base = this.#baseOf(strategy);
    const request = position === undefined ? base : strategy.at(base, position);
    // A strategy that changes no more than the query stays where the caller sent it, user info included.
    if (addressOf(request.url) !== addressOf(base.url)) {
      checkOrigin(requestUrl(request), this.#memory.origin);
    }
    this.#checkLoop(step, request, after);
    const context = {
      plan: this.#plan,
      memory: this.#memory,
      log: this.#log,
      clock: this.#clock,
      pages: this.#pages,
    };
    return fetchPage(context, { step, request, isFirst });
  }

  #baseOf(strategy: PaginationStrategy): PageRequest {
    let base = this.#bases.get(strategy);
    if (base === undefined) {
      base = strategy.start(this.#plan.request);
      this.#bases.set(strategy, base);
    }
    return base;
  }

  #checkLoop({ position }: Step, request: PageRequest, after: Page | undefined): void {
    const { guard } = this.#memory;
    const counted = after?.kind === 'number' || after?.kind === 'offset';
    const isNew =
      counted && typeof position === 'number'
        ? guard.isMove(after.reading.position, position)
        : guard.isNewRequest(request);
    if (isNew || after === undefined) return;
    throw new PaginationError('LOOP', 'The page leads back to a request that was made before');
  }
}

function addressOf(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function firstStep({ strategy }: WalkPlan): Step {
  return { strategy, position: undefined, taken: 0, digest: undefined, pages: 0, items: 0 };
}

function originOfPlan({ request, transport }: WalkPlan): string | undefined {
  return originOf(request.url) ?? originOf(transport.baseUrl);
}

function turnOf(clock: SchedulerLike): PageFlowSettings['turn'] {
  return (callback) => {
    const turn = clock.schedule(callback, 0);
    return () => {
      turn.unsubscribe();
    };
  };
}

/** One page asked for by hand: a walk of its own of one page, whatever caps the walk it came from has. */
function pageAt(plan: WalkPlan, step: Step): Observable<Page> {
  const { clock, timeout, limits, emptyCursor, signal, events } = plan.options;
  const options = { clock, timeout, limits, emptyCursor, signal, events, maxPages: step.pages + 1 };
  const from = new WalkContinuation(new WalkMemory(originOfPlan(plan)), step);
  return new DemandObservable<Page>((observer) =>
    openWalk(new PageWalk({ ...plan, options }, from), pagesView, observer),
  );
}
