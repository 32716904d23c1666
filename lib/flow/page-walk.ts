import { asyncScheduler, type Observable, type SchedulerLike } from 'rxjs';

import { DemandObservable } from '../core/demand-observable';
import type { Page } from '../core/page';
import type { PageFlowSettings } from '../core/page-flow';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import type { Step } from '../core/step';
import { nextTurn } from '../core/turn';
import { openWalk, type Continuation, type Walk, type WalkEnd } from '../core/walk';
import { pagesView } from '../core/views';
import type { EndReason } from '../core/walk-event';
import type { WalkOptions } from '../core/walk-options';

import { anchored } from './anchored';
import { completeError, locateError, readingError } from './complete-error';
import { stepAfter, stepWithin } from './continuation';
import { exchangeSettings } from './exchange-settings';
import { LoopGuard } from './loop-guard';
import { memoryByHand, planByHand, previousOptions, trailTo, type Way } from './pages-by-hand';
import { StepFetches } from './step-fetches';
import { stepPassing } from './step-passing';
import { stepOf, tokenOf } from './step-token';
import { WalkLog } from './walk-log';
import { WalkMemory } from './walk-memory';
import { firstStep, originOfPlan, type WalkPlan } from './walk-plan';

const DEFAULT_EMPTY_PAGES = 100;

class WalkContinuation implements Continuation {
  constructor(
    readonly memory: WalkMemory,
    /** None where the walk failed before it knew where to begin. */
    readonly step: Step | undefined,
    /** The page that leads there, where that was asked for by hand. */
    readonly after?: Page,
  ) {}
}

/** The walk of one subscription: which request comes next, what guards it, and how it ends. */
export class PageWalk implements Walk<Page> {
  readonly settings: PageFlowSettings;
  readonly signal: AbortSignal | undefined;
  readonly deadline: Walk<Page>['deadline'];
  #endReason: EndReason = 'exhausted';
  readonly #plan: WalkPlan;
  readonly #memory: WalkMemory;
  readonly #log: WalkLog;
  readonly #fetches: StepFetches;
  readonly ahead?: (page: Page, room: number) => void;
  #start: Step | undefined;
  readonly #after: Page | undefined;
  /** The page whose next position was refused before anything was sent. */
  #refused: Page | undefined;
  /** The page whose next one was asked for last. */
  #followed: Page | undefined;

  constructor(plan: WalkPlan, from?: Continuation) {
    const { prefetch = 0, pacedBy, signal, clock, events, deadline } = plan.options;
    const going = from instanceof WalkContinuation ? from : undefined;
    this.#plan = plan;
    const time = clock ?? asyncScheduler;
    this.signal = signal;
    this.deadline = deadline === undefined ? undefined : { ms: deadline, clock: time };
    this.settings = { prefetch, pacedBy, turn: clock === undefined ? nextTurn : turnOf(clock) };
    this.#log = new WalkLog(events, time, plan.transport.baseUrl);
    this.#memory = going?.memory ?? new WalkMemory(originOfPlan(plan), plan.options);
    if (going !== undefined) this.#memory.goOn();
    this.#start = going?.step;
    this.#after = going?.after;
    this.#fetches = new StepFetches({
      plan,
      memory: this.#memory,
      log: this.#log,
      exchange: exchangeSettings(plan, time),
      pages: {
        advance: (page) => anchored(stepAfter(page, this.#memory, plan), page, plan),
        within: (page, taken, count) =>
          this.#memory.pageSize === undefined
            ? stepWithin(page, taken, count, this.#memory, plan.options)
            : stepPassing(page, taken, count),
        token: (step) => this.#tokenOf(step),
        pageAt: (step, after) =>
          this.#pagesAt(this.#sized(step), { maxPages: step.pages + 1 }, 'next', after),
        pagesAt: (step, items, page) =>
          this.#pagesAt(
            step,
            previousOptions(items),
            'previous',
            items === undefined ? page : undefined,
          ),
        isSized: this.#memory.pageSize !== undefined,
      },
    });
    const { ring } = this.#fetches;
    if (ring !== undefined) {
      this.ahead = (page, room) => {
        ring.plan(page, room);
      };
    }
  }

  get endReason(): EndReason {
    return this.#memory.repeated ? 'repeat' : this.#endReason;
  }

  first(): Observable<Page> | undefined {
    const { resumeFrom } = this.#plan.options;
    const isNew = this.#start === undefined;
    const step = (this.#start ??=
      resumeFrom === undefined ? firstStep(this.#plan) : stepOf(resumeFrom, this.#plan));
    if (isNew) this.#memory.recall(step);
    this.#memory.rows.recall(step.rows);
    this.#log.pages = step.pages;
    if (this.#isCapped(step.pages, step.items)) return undefined;
    const after = this.#after;
    if (after === undefined) return this.#fetches.of(step);
    // Where that leads nowhere, the walk goes on from where it came.
    this.#start = after.stepWithin(after.items.length);
    const fetch = this.next(after, step);
    if (fetch !== undefined) this.#start = step;
    return fetch;
  }

  /** @param given the step, where that is known */
  next(page: Page, given?: Step): Observable<Page> | undefined {
    try {
      const step = given ?? (page.rest > 0 ? page.stepAfter(page.items.length) : page.nextStep());
      const pages = page.index + (page.isRepeat ? 0 : 1);
      if (step === undefined || (!given && this.#isCapped(pages, step.items))) return undefined;
      this.#checkProgress();
      this.#refused = page;
      const fetch = this.#fetches.of(step, page);
      if (fetch === undefined) return undefined; // a repeat, which leads nowhere either
      this.#refused = undefined;
      this.#followed = page;
      return fetch;
    } catch (error) {
      const { request, index: pageIndex, reply } = page;
      const base = this.#plan.transport.baseUrl;
      const { failed: history } = this.#log;
      const place = { request, base, pageIndex, reply, history, attempts: history.length + 1 };
      throw locateError(readingError(error), place);
    }
  }

  shown(page: Page): boolean {
    if (page.items.length > 0) return true;
    if (page.isRepeat) return false;
    // The rest of a page that was gone on in adds nothing, and some protocols do not show their closing page.
    return page.step.taken === 0 && (page.reading.hideEmpty !== true || page.hasNextPage);
  }

  handOn(page: Page): void {
    page.lookAhead();
  }

  stopped({ reason, page, itemsTaken, error }: WalkEnd<Page>) {
    this.#fetches.ring?.clear();
    const isRefused = reason === 'repeat' || (isPaginationError(error) && error.code === 'LOOP');
    // Found out only where it is asked for: within a page it takes a digest of all that was handed on from it.
    const step = once(() =>
      page === undefined
        ? this.#start
        : reason === 'exhausted'
          ? page.lastStep()
          : this.#stepAfter(page, itemsTaken, isRefused),
    );
    const items = page === undefined ? (this.#start?.items ?? 0) : page.step.items + itemsTaken;
    const token = () => this.#tokenOf(step());
    // Who fails may do so without a word, as a promise that is rejected with nothing.
    const hasFailed = reason === 'error' || reason === 'aborted';
    const shownError = hasFailed
      ? completeError(this.#located(reason, error, page), this.#plan.request, {
          resumeToken: token(),
          itemsEmitted: items,
        })
      : undefined;
    const code = isPaginationError(shownError) ? shownError.code : undefined;
    const { duplicates } = this.#memory;
    this.#log.end(
      { endReason: reason, items, duplicates, ...(code !== undefined && { code }) },
      token,
    );
    // Only a walk that failed is gone on with, and its token has asked for the step already.
    const from = hasFailed ? step() : undefined;
    if (from !== undefined) {
      this.#forget(from, page, itemsTaken);
      // The pages without anything new may come again, and are counted anew; a walk that is stalled stays so.
      if (code !== 'STALLED') this.#memory.emptyPages = Math.min(0, this.#memory.emptyPages);
    }
    return { error: shownError, continuation: new WalkContinuation(this.#memory, from) };
  }

  /** What stops the walk from without happens to the page that is asked for, else to the one in hand. */
  #located(reason: EndReason, error: unknown, page: Page | undefined): unknown {
    if (!isPaginationError(error) || error.pageIndex !== undefined) return error;
    if (reason !== 'aborted' && error.code !== 'DEADLINE') return error;
    const { request, transport, options } = this.#plan;
    const start = options.resumeFrom === undefined ? 0 : undefined;
    const place = this.#log.asking?.place() ?? {
      request: page?.request ?? request,
      base: transport.baseUrl,
      pageIndex: page?.index ?? this.#start?.pages ?? start,
      attempts: 0,
    };
    return locateError(error, place);
  }

  /** Pages asked for by hand: a walk of its own that knows the pages which led to it one after another. */
  #pagesAt(
    step: Step,
    further: WalkOptions,
    way: Way,
    after: Page | undefined,
  ): DemandObservable<Page> {
    const plan = planByHand(this.#plan, further);
    const trail = after && trailTo(after, this.#memory.guard, way);
    return new DemandObservable<Page>((observer, from) => {
      const begin = () => new WalkContinuation(memoryByHand(plan, step, trail, way), step, after);
      return openWalk(new PageWalk(plan, from ?? begin()), pagesView, observer);
    });
  }

  /** A position that leads nowhere is not gone on from: it would bring items again, or never anything. */
  #stepAfter(page: Page, itemsTaken: number, isRefused: boolean): Step {
    return isRefused || this.#refused === page
      ? page.stepWithin(itemsTaken)
      : page.stepAfter(itemsTaken);
  }

  #tokenOf(step: Step | undefined): string {
    if (step !== undefined) return tokenOf(this.#sized(step), this.#plan);
    return this.#plan.options.resumeFrom ?? tokenOf(firstStep(this.#plan), this.#plan);
  }

  #sized(step: Step): Step {
    const size = this.#memory.pageSize?.current;
    return size === undefined ? step : { ...step, size };
  }

  /** What was read and not handed on will come again, and is no repeat then; nor is what was asked for behind the page to go on with. */
  #forget(from: Step, page: Page | undefined, itemsTaken: number): void {
    for (const key of page?.keys?.slice(itemsTaken) ?? []) this.#memory.keys.delete(key);
    this.#memory.forgetFrom(page === undefined ? from.pages : page.index + 1);
    if (this.#followed !== undefined && this.#followed.index >= from.pages) {
      this.#memory.guard = new LoopGuard();
    }
  }

  #isCapped(pages: number, items: number): boolean {
    const { maxPages = Infinity, maxItems = Infinity } = this.#plan.options;
    if (pages < maxPages && items < maxItems) return false;
    this.#endReason = 'limit';
    return true;
  }

  #checkProgress(): void {
    const { emptyPages = DEFAULT_EMPTY_PAGES } = this.#plan.options.limits ?? {};
    const row = this.#memory.emptyPages;
    if (row === 0 || row < emptyPages) return;
    throw new PaginationError(
      'STALLED',
      `${String(row)} pages in a row had nothing new, and the list still goes on`,
    );
  }
}

/** Computes a value when it is first asked for. */
function once<T>(compute: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: compute() }).value;
}

function turnOf(clock: SchedulerLike): PageFlowSettings['turn'] {
  return (callback) => {
    const turn = clock.schedule(callback, 0);
    return () => {
      turn.unsubscribe();
    };
  };
}
