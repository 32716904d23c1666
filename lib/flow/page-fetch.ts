import { Observable, type SchedulerLike } from 'rxjs';

import type { Page, PageContext } from '../core/page';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { requestUrl } from '../core/request-url';

import { locateError, readingError } from './complete-error';
import { exchange } from './exchange';
import type { PageOrder } from './page-order';
import { readPage } from './page-reader';
import { followRedirects } from './redirect';
import type { WalkLog } from './walk-log';
import type { WalkMemory } from './walk-memory';
import type { WalkPlan } from './walk-plan';

const DEFAULT_TIMEOUT = 30_000;
const DEFAULT_REDIRECTS = 5;

/** What the fetches of one walk share. */
export interface FetchContext {
  readonly plan: WalkPlan;
  readonly memory: WalkMemory;
  readonly log: WalkLog;
  readonly clock: SchedulerLike;
  readonly pages: PageContext;
}

/**
 * Fetches one page on subscribe: connects, reads the whole body, understands and checks it. Emits the page and completes,
 * or only completes where the reply ends the list without being a page. Errors with a `PaginationError`.
 */
export function fetchPage(context: FetchContext, order: PageOrder): Observable<Page> {
  const { plan, memory, log, clock } = context;
  const { step, request } = order;
  const { timeout = DEFAULT_TIMEOUT, limits } = plan.options;
  return new Observable((subscriber) => {
    const startedAt = clock.now();
    log.request(request, step.pages);
    const deliver = (page: Page | undefined) => {
      if (subscriber.closed) return;
      if (page !== undefined) {
        log.page(page, startedAt);
        subscriber.next(page);
      }
      subscriber.complete();
    };
    const fail = (error: unknown) => {
      const place = { request, base: plan.transport.baseUrl, pageIndex: step.pages, attempts: 1 };
      subscriber.error(locateError(error, place));
    };
    const failReading = (error: unknown) => {
      fail(readingError(error));
    };
    const send = (sent: PageRequest) => exchange(plan.transport, sent, timeout, clock);
    const replies = followRedirects(send, request, limits?.redirects ?? DEFAULT_REDIRECTS);
    subscriber.add(
      replies.subscribe({
        next: (reply) => {
          log.bytes += reply.bytes ?? 0;
          try {
            const arrival = { ...order, reply: wholeReply(reply, request) };
            const page = readPage(plan, memory, context.pages, arrival);
            if (page instanceof Promise) page.then(deliver, failReading);
            else deliver(page);
          } catch (error) {
            failReading(error);
          }
        },
        error: fail,
      }),
    );
  });
}

/** Transports written by hand may leave out what a plain page does not need. */
function wholeReply(reply: PageReply, request: PageRequest): PageReply {
  const given: Partial<PageReply> = reply;
  const { headers = {}, url = '' } = given;
  return { ...reply, headers, url: url === '' ? requestUrl(request) : url };
}
