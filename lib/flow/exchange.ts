import { from, Observable, type SchedulerLike, type Subscription } from 'rxjs';

import { describe } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { requestController } from '../core/request-signal';
import { startTimer } from '../core/timer';
import type { Transport, TransportLimits } from '../core/transport';

export interface ExchangeSettings {
  /** Milliseconds to the last byte of the body. */
  readonly timeoutMs: number;
  readonly clock: SchedulerLike;
  readonly limits: TransportLimits;
}

/**
 * One request and its reply. Sent on subscribe; unsubscribing aborts it, and so does the time limit, which runs to the
 * last byte of the body. A transport that gives no reply is a `PROTOCOL` error.
 */
export function exchange(
  transport: Transport,
  request: PageRequest,
  { timeoutMs, clock, limits }: ExchangeSettings,
): Observable<PageReply> {
  return new Observable((subscriber) => {
    const controller = requestController();
    let settled = false;
    let timer: Subscription | undefined;

    subscriber.add(() => {
      timer?.unsubscribe();
      if (!settled) controller.abort();
    });

    const fail = (error: unknown) => {
      settled = true;
      subscriber.error(error);
    };
    let input;
    try {
      input = from(transport(request, controller.signal, limits));
    } catch (error) {
      fail(error);
      return;
    }
    const inner = input.subscribe({
      next: (reply) => {
        if (settled) return;
        settled = true;
        const wrong = faultOf(reply);
        if (wrong !== undefined) {
          subscriber.error(wrong);
          return;
        }
        subscriber.next(reply);
        subscriber.complete();
      },
      error: fail,
      complete: () => {
        if (!settled) fail(new PaginationError('PROTOCOL', 'The transport gave no reply'));
      },
    });
    subscriber.add(inner);
    if (!subscriber.closed) {
      timer = startTimer(clock, timeoutMs, () => {
        subscriber.error(
          new PaginationError('TIMEOUT', `No complete reply within ${String(timeoutMs)} ms`),
        );
      });
    }
  });
}

function faultOf(reply: unknown): PaginationError | undefined {
  if (typeof reply !== 'object' || reply === null) {
    return new PaginationError(
      'BAD_SHAPE',
      `The transport gave ${describe(reply)} where a reply { status, headers, body, url } was expected`,
    );
  }
  if (!('status' in reply) || !Number.isInteger(reply.status) || !('body' in reply)) {
    return new PaginationError(
      'BAD_SHAPE',
      `The transport gave a reply without ${'body' in reply ? 'a status' : 'a body'}; expected { status, headers, body, url }`,
    );
  }
  return undefined;
}
