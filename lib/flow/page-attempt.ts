import type { Subscription } from 'rxjs';

import type { Page, PageContext } from '../core/page';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { Step } from '../core/step';

import { locateError, readingError } from './complete-error';
import { Exchange, type ExchangeSettings, type ReplyReceiver } from './exchange';
import type { PageOrder } from './page-order';
import { readPage } from './page-reader';
import { redirectOf } from './redirect';
import type { WalkLog } from './walk-log';
import type { WalkMemory } from './walk-memory';
import type { WalkPlan } from './walk-plan';
import { wholeReply } from './whole-reply';

const DEFAULT_REDIRECTS = 5;
const NO_ORIGINS: readonly string[] = [];

/** What the fetches of one walk share. */
export interface FetchContext {
  readonly plan: WalkPlan;
  readonly memory: WalkMemory;
  readonly log: WalkLog;
  readonly exchange: ExchangeSettings;
  readonly pages: PageContext;
}

/** Who waits for a page; called once. */
export interface PageReceiver {
  /** Nothing where the reply ends the list without being a page. */
  page(page: Page | undefined): void;
  /** With a `PaginationError`, or the error of a misuse. */
  failed(error: unknown): void;
}

/** One attempt at a page: connects, reads the whole body, follows redirects, understands and checks it. */
export class PageAttempt implements ReplyReceiver {
  readonly #context: FetchContext;
  readonly #order: PageOrder;
  readonly #attempt: number;
  readonly #receiver: PageReceiver;
  readonly #startedAt: number;
  /** The request that the reply is of, and redirects that may still be followed. */
  #sent: PageRequest;
  #redirects: number;
  #exchange: Exchange | undefined;
  #early: Subscription | undefined;
  #isOver = false;

  /** @param attempt 1 for the first */
  constructor(context: FetchContext, order: PageOrder, attempt: number, receiver: PageReceiver) {
    this.#context = context;
    this.#order = order;
    this.#attempt = attempt;
    this.#receiver = receiver;
    this.#startedAt = context.exchange.clock.now();
    this.#sent = order.request;
    const { redirects = DEFAULT_REDIRECTS } = context.plan.options.limits ?? {};
    this.#redirects = redirects;
  }

  start(): void {
    const { sent } = this.#order;
    if (this.#attempt > 1 || sent === undefined) {
      this.#send();
      return;
    }
    const early = sent.subscribe({
      next: (reply) => {
        this.reply(reply);
      },
      error: (error: unknown) => {
        this.failed(error);
      },
    });
    if (this.#isOver) early.unsubscribe();
    else this.#early = early;
  }

  /** Nobody waits for the page any more. */
  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#early?.unsubscribe();
    this.#exchange?.cancel();
  }

  reply(given: PageReply): void {
    if (this.#isOver) return;
    const { plan, memory } = this.#context;
    const { allowedOrigins = NO_ORIGINS } = plan.options;
    const base = plan.transport.baseUrl;
    let reply, target;
    try {
      // Of the request it answers: that is where the walk was redirected to.
      reply = wholeReply(given, this.#sent);
      const rules = { allowed: allowedOrigins, home: memory.origin, base };
      target = redirectOf(this.#sent, reply, rules, this.#redirects);
    } catch (error) {
      this.#fail(error, reply ?? { ...given, headers: {} });
      return;
    }
    if (target === undefined) {
      this.#take(reply);
      return;
    }
    this.#sent = target;
    this.#redirects--;
    this.#send();
  }

  failed(error: unknown): void {
    this.#fail(error);
  }

  #send(): void {
    const { plan, exchange: settings } = this.#context;
    const exchange = new Exchange(settings, this);
    this.#exchange = exchange;
    exchange.send(plan.transport, this.#sent);
  }

  #take(reply: PageReply): void {
    this.#context.log.bytes += reply.bytes ?? 0;
    const { step } = this.#order;
    let page;
    try {
      const isPage = reply.status >= 200 && reply.status < 300; // another fails without being read
      const loading = isPage ? step.strategy.load?.() : undefined;
      page =
        loading === undefined
          ? this.#read(reply, step)
          : loading.then((strategy) =>
              this.#isOver ? undefined : this.#read(reply, { ...step, strategy }),
            );
    } catch (error) {
      this.#fail(readingError(error), reply);
      return;
    }
    if (page instanceof Promise) this.#await(page, reply);
    else this.#deliver(page);
  }

  #read(reply: PageReply, step: Step): Page | undefined | Promise<Page | undefined> {
    const { plan, memory, pages, exchange } = this.#context;
    const { request, isFirst, sentUntil } = this.#order;
    const now = (this.#attempt === 1 ? sentUntil?.() : undefined) ?? exchange.clock.now();
    const isLeft = () => this.#isOver;
    return readPage(plan, memory, pages, { step, request, isFirst, reply, now, isLeft });
  }

  #await(page: Promise<Page | undefined>, reply: PageReply): void {
    page.then(
      (read) => {
        this.#deliver(read);
      },
      (error: unknown) => {
        this.#fail(readingError(error), reply);
      },
    );
  }

  #deliver(page: Page | undefined): void {
    if (this.#isOver) return;
    if (page !== undefined) this.#context.log.page(page, this.#startedAt);
    this.#isOver = true;
    this.#receiver.page(page);
  }

  #fail(error: unknown, reply?: PageReply): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { request, step } = this.#order;
    const base = this.#context.plan.transport.baseUrl;
    const place = { request, base, pageIndex: step.pages, attempts: this.#attempt, reply };
    this.#receiver.failed(locateError(error, place));
  }
}
