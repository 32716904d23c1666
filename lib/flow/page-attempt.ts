import { Observable } from 'rxjs';

import type { Page, PageContext } from '../core/page';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { requestUrl } from '../core/request-url';
import { secretsIn, withSecrets } from '../core/secrets';
import type { Step } from '../core/step';

import { locateError, readingError } from './complete-error';
import { exchange, type ExchangeSettings } from './exchange';
import type { PageOrder } from './page-order';
import { readPage } from './page-reader';
import { followRedirects } from './redirect';
import type { WalkLog } from './walk-log';
import type { WalkMemory } from './walk-memory';
import type { WalkPlan } from './walk-plan';

const DEFAULT_REDIRECTS = 5;

/** What the fetches of one walk share. */
export interface FetchContext {
  readonly plan: WalkPlan;
  readonly memory: WalkMemory;
  readonly log: WalkLog;
  readonly exchange: ExchangeSettings;
  readonly pages: PageContext;
}

/**
 * One attempt at a page, made on subscribe: connects, reads the whole body, understands and checks it. Emits the page and
 * completes, or only completes where the reply ends the list without being a page. Errors with a `PaginationError`.
 */
export function attemptPage(
  context: FetchContext,
  order: PageOrder,
  attempt: number,
): Observable<Page> {
  const { plan, memory, log } = context;
  const { clock } = context.exchange;
  const { step, request } = order;
  return new Observable((subscriber) => {
    const startedAt = clock.now();
    const deliver = (page: Page | undefined) => {
      if (subscriber.closed) return;
      if (page !== undefined) {
        log.page(page, startedAt);
        subscriber.next(page);
      }
      subscriber.complete();
    };
    const fail = (error: unknown, reply?: PageReply) => {
      const base = plan.transport.baseUrl;
      const place = { request, base, pageIndex: step.pages, attempts: attempt, reply };
      subscriber.error(locateError(error, place));
    };
    let early = attempt === 1 ? order.sent : undefined;
    const send = (sent: PageRequest) => {
      const reply = early ?? exchange(plan.transport, sent, context.exchange);
      early = undefined; // a redirect is followed from here on
      return reply;
    };
    const { redirects = DEFAULT_REDIRECTS } = plan.options.limits ?? {};
    const { allowedOrigins = [] } = plan.options;
    const [home, base] = [memory.origin, plan.transport.baseUrl];
    const rules = { limit: redirects, allowed: allowedOrigins, home, base };
    subscriber.add(
      followRedirects(send, request, rules).subscribe({
        next: (reply) => {
          log.bytes += reply.bytes ?? 0;
          const failReading = (error: unknown) => {
            fail(readingError(error), reply);
          };
          try {
            const read = (from: Step) =>
              readPage(plan, memory, context.pages, {
                ...order,
                step: from,
                reply: wholeReply(reply, request),
                now: (attempt === 1 ? order.sentUntil?.() : undefined) ?? clock.now(),
                isLeft: () => subscriber.closed,
              });
            const isPage = reply.status >= 200 && reply.status < 300; // another fails without being read
            const loading = isPage ? step.strategy.load?.() : undefined;
            const page =
              loading === undefined
                ? read(step)
                : loading.then((strategy) =>
                    subscriber.closed ? undefined : read({ ...step, strategy }),
                  );
            if (page instanceof Promise) page.then(deliver, failReading);
            else deliver(page);
          } catch (error) {
            failReading(error);
          }
        },
        error: (error: unknown) => {
          fail(error);
        },
      }),
    );
  });
}

/** Transports written by hand may leave out what a plain page does not need. */
function wholeReply(reply: PageReply, request: PageRequest): PageReply {
  const given: Partial<PageReply> = reply;
  const { headers = {}, url = '' } = given;
  const whole = { ...reply, headers, url: url === '' ? requestUrl(request) : url };
  return withSecrets(whole, () => secretsIn(reply));
}
