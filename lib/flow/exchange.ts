import { from, Observable, type SchedulerLike, type Subscription } from 'rxjs';

import { describe } from '../core/check-options';
import { isObservableInput } from '../core/is-observable-input';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type { RequestControllers } from '../core/request-signal';
import { startTimer } from '../core/timer';
import type { Transport, TransportLimits } from '../core/transport';
import { isRecord } from '../protocol/is-record';

export interface ExchangeSettings {
  /** Milliseconds to the last byte of the body. */
  readonly timeoutMs: number;
  readonly clock: SchedulerLike;
  readonly limits: TransportLimits;
  readonly controllers: RequestControllers;
}

/** Who waits for a reply; called once. */
export interface ReplyReceiver {
  reply(reply: PageReply): void;
  failed(error: unknown): void;
}

/**
 * One request and its reply. `cancel` aborts it, and so does the time limit, which runs to the last byte of the body. A
 * transport that gives no reply is a `PROTOCOL` error.
 *
 * No Observable, as most of what is done for every page: what RxJS knows of its subscribers is then only what the
 * walk's consumer has made of them, and its path to the consumer stays one that V8 can inline.
 */
export class Exchange {
  readonly #settings: ExchangeSettings;
  readonly #receiver: ReplyReceiver;
  readonly #controller: AbortController;
  #timer: Subscription | undefined;
  #inner: Subscription | undefined;
  #isOver = false;

  constructor(settings: ExchangeSettings, receiver: ReplyReceiver) {
    this.#settings = settings;
    this.#receiver = receiver;
    this.#controller = settings.controllers.take();
  }

  send(transport: Transport, request: PageRequest): void {
    const { limits, timeoutMs, clock } = this.#settings;
    const take = (reply: PageReply) => {
      this.#take(reply);
    };
    const fail = (error: unknown) => {
      this.#fail(error);
    };
    try {
      const input = transport(request, this.#controller.signal, limits);
      // What most transports give is not wrapped once more. A promise that nobody listens to ends the process when it is rejected,
      // also where the walk was left in the call.
      if (input instanceof Promise) input.then(take, fail);
      else if (!isObservableInput(input)) throw noInput(input);
      else if (!this.#isOver || 'then' in input) this.#subscribe(from(input), take, fail);
    } catch (error) {
      fail(error);
    }
    if (this.#isOver) return;
    this.#timer = startTimer(clock, timeoutMs, () => {
      if (this.#isOver) return;
      this.#isOver = true;
      const message = `No complete reply within ${String(timeoutMs)} ms`;
      this.#receiver.failed(new PaginationError('TIMEOUT', message));
      this.#leave();
    });
  }

  /** Nobody waits any more. */
  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timer?.unsubscribe();
    this.#leave();
  }

  #subscribe(
    input: Observable<PageReply>,
    next: (reply: PageReply) => void,
    error: (error: unknown) => void,
  ): void {
    const complete = () => {
      if (this.#isOver) return; // as for every page: an error takes longer to make than the rest of an exchange
      this.#fail(new PaginationError('PROTOCOL', 'The transport gave no reply'));
    };
    const inner = input.subscribe({ next, error, complete });
    if (this.#isOver) inner.unsubscribe();
    else this.#inner = inner;
  }

  #take(reply: PageReply): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timer?.unsubscribe();
    const wrong = faultOf(reply);
    if (wrong === undefined) {
      this.#settings.controllers.giveBack(this.#controller);
      this.#receiver.reply(reply);
    } else {
      this.#receiver.failed(wrong);
    }
    this.#inner?.unsubscribe();
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timer?.unsubscribe();
    this.#receiver.failed(error);
  }

  #leave(): void {
    this.#controller.abort();
    this.#inner?.unsubscribe();
  }
}

/** The same as an Observable, which sends on subscribe and aborts when it is left. */
export function exchanged(
  transport: Transport,
  request: PageRequest,
  settings: ExchangeSettings,
): Observable<PageReply> {
  return new Observable((subscriber) => {
    const exchange = new Exchange(settings, {
      reply: (reply) => {
        subscriber.next(reply);
        subscriber.complete();
      },
      failed: (error) => {
        subscriber.error(error);
      },
    });
    subscriber.add(() => {
      exchange.cancel();
    });
    exchange.send(transport, request);
  });
}

/** A mistake that no retry mends. */
function noInput(given: unknown): PaginationError {
  const hint =
    isRecord(given) && 'status' in given ? ', which of(...) or a Promise could give' : '';
  return new PaginationError(
    'PROTOCOL',
    `The transport must give an Observable or a Promise of a reply { status, headers, body, url }, got ${describe(given)}${hint}`,
  );
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
