import { catchError, defer, EMPTY, mergeMap, Observable } from 'rxjs';

import type { Page } from '../core/page';
import type { PageReply } from '../core/page-reply';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import { fieldsOf } from '../core/scrub-error';
import type { Step } from '../core/step';

import { locateError, readingError } from './complete-error';
import { exchanged } from './exchange';
import { LoopGuard } from './loop-guard';
import type { FetchContext } from './page-attempt';
import { fetchPage } from './page-fetch';
import { PageRing, type Guess } from './page-ring';
import { budgetOf } from './retry-budget';
import { RetryPolicy } from './retry-policy';
import { StepRequests } from './step-requests';
import { firstStep, type WalkPlan } from './walk-plan';

const DEFAULT_BUDGET = 500;

/** The fetches of a walk's steps: asked for once, or ahead of their turn, or anew from the first page. */
export class StepFetches {
  readonly #context: FetchContext;
  readonly #policy: RetryPolicy;
  readonly #requests: StepRequests;
  /** Of walks that ask for several pages at once. */
  readonly ring: PageRing | undefined;

  constructor(context: FetchContext) {
    const { plan, memory } = context;
    this.#context = context;
    this.#requests = new StepRequests(plan, memory);
    this.#policy = policyOf(plan);
    if ((plan.options.concurrency ?? 1) > 1) {
      this.ring = new PageRing(plan.options, (guess) => this.#sendEarly(guess));
    }
  }

  /**
   * The fetch of a step, `undefined` where its request was made before and that ends the list.
   *
   * @param after the page this one follows; none where a walk begins or goes on.
   */
  of(step: Step, after?: Page): Observable<Page> | undefined {
    const { strategy, position } = step;
    if (position !== undefined && strategy.load !== undefined) return this.#loaded(step);
    const { plan, memory } = this.#context;
    const request = this.#requests.of(step, after);
    if (request === undefined) {
      memory.repeated = true;
      return undefined;
    }
    const order = { step, request, isFirst: after === undefined, ...this.ring?.take(step) };
    const fetch = fetchPage(this.#context, order, this.#policy);
    if (plan.options.onExpired !== 'restart') return fetch;
    return fetch.pipe(catchError((error: unknown) => this.#restarted(error, step)));
  }

  /** The first attempt at a page whose turn has not come. */
  #sendEarly(guess: Guess): Observable<PageReply> | undefined {
    const { exchange: settings, plan, memory, log } = this.#context;
    const request = this.#requests.early(guess.strategy, guess.position);
    if (request === undefined || memory.notBefore > settings.clock.now()) return undefined;
    return new Observable((subscriber) => {
      log.request(request, guess.pages, 1);
      // Whoever listens to the events may have left in them.
      if (!subscriber.closed) exchanged(plan.transport, request, settings).subscribe(subscriber);
    });
  }

  /** Goes on at a position that only the loaded strategy can ask for. */
  #loaded(step: Step): Observable<Page> {
    return defer(async () => step.strategy.load?.() ?? step.strategy).pipe(
      mergeMap((strategy) => this.of({ ...step, strategy }) ?? EMPTY),
      catchError((error: unknown) => {
        if (isPaginationError(error) && error.pageIndex !== undefined) throw error;
        const { request, transport } = this.#context.plan;
        const place = { request, base: transport.baseUrl, pageIndex: step.pages, attempts: 0 };
        throw locateError(readingError(error), place);
      }),
    );
  }

  /** Walks the list anew from its first page; what was handed on is known by its key. */
  #restarted(error: unknown, step: Step): Observable<Page> {
    if (!isPaginationError(error) || error.code !== 'CURSOR_EXPIRED') throw error;
    const { plan, memory } = this.#context;
    const { keys, isPartial, restartedAt } = memory;
    const why = keys.hasForgotten
      ? 'more items were handed on than their keys can be remembered'
      : isPartial
        ? 'the walk was resumed, and the keys of what was handed on before are not known'
        : restartedAt === step.items
          ? 'it expired again before anything new came'
          : undefined;
    if (why !== undefined) {
      const message = `${error.message}; the list is not walked anew, because ${why}`;
      throw new PaginationError(error.code, message, fieldsOf(error));
    }
    this.ring?.clear();
    memory.restartedAt = step.items;
    memory.guard = new LoopGuard();
    memory.rows.restart();
    const { pages, items, rows } = step;
    memory.emptyPages = -pages;
    return this.of({ ...firstStep(plan), pages, items, rows }) ?? EMPTY;
  }
}

function policyOf({ transport, options }: WalkPlan): RetryPolicy {
  const { retry = {}, random = Math.random } = options;
  const { budget = DEFAULT_BUDGET } = retry === false ? {} : retry;
  return new RetryPolicy(retry, budgetOf(transport, budget), random);
}
