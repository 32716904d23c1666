import { map, of, timer, type ObservableInput, type SchedulerLike } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import type { Transport } from '../../lib/core/transport';
import { pagesOf, type ListItem, type ListShape } from './list-shapes';

/** How replies come: in the call itself, by a Promise, or by an Observable some milliseconds later. */
export type Arrival =
  'at once' | 'by promise' | { readonly delayMs: number; readonly clock: SchedulerLike };

export interface ServerHooks {
  readonly request?: (place: number) => void;
  readonly reply?: (place: number) => void;
}

/** A list API in memory. Its list and its faults may be changed between requests; every request is noted. */
export class ListServer {
  readonly shape: ListShape;
  pages: ListItem[][];
  /** Every request, as the transport got it. */
  readonly log: PageRequest[] = [];
  /** The place of the page that each of them asked for. */
  readonly asked: number[] = [];
  #failures = new Map<number, { status: number; left: number }>();
  readonly #hooks: ServerHooks;

  constructor(shape: ListShape, sizes: readonly number[], hooks: ServerHooks = {}) {
    this.shape = shape;
    this.pages = pagesOf(sizes);
    this.#hooks = hooks;
  }

  get items(): ListItem[] {
    return this.pages.flat();
  }

  /** Makes the page in this place fail, for good or so many times. The default status is one that nobody retries. */
  fail(place: number, { status = 400, times = Infinity } = {}): void {
    this.#failures.set(place, { status, left: times });
  }

  heal(): void {
    this.#failures.clear();
  }

  /** Forgets what was asked. */
  clear(): void {
    this.log.length = 0;
    this.asked.length = 0;
  }

  transport(arrival: Arrival = 'at once'): Transport {
    if (arrival === 'at once') return (request) => of(this.#finish(this.#take(request), request));
    if (arrival === 'by promise') {
      return async (request, signal) => {
        const place = this.#take(request);
        await Promise.resolve();
        signal.throwIfAborted();
        return this.#finish(place, request);
      };
    }
    const { delayMs, clock } = arrival;
    return (request): ObservableInput<PageReply> => {
      const place = this.#take(request);
      return timer(delayMs, clock).pipe(map(() => this.#finish(place, request)));
    };
  }

  #take(request: PageRequest): number {
    const place = this.shape.place(request, this.pages);
    this.log.push(request);
    this.asked.push(place);
    this.#hooks.request?.(place);
    return place;
  }

  #finish(place: number, request: PageRequest): PageReply {
    this.#hooks.reply?.(place);
    const url = requestUrl(request);
    const failure = this.#failures.get(place);
    if (failure !== undefined && failure.left > 0) {
      failure.left--;
      return { status: failure.status, headers: {}, url, body: { error: 'planted' } };
    }
    return { status: 200, headers: {}, url, ...this.shape.answer(place, this.pages, request) };
  }
}
