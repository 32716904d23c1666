import { Observable, timer, VirtualTimeScheduler } from 'rxjs';

import {
  numberPagination,
  offsetPagination,
  paginate,
  type NumberOptions,
  type OffsetOptions,
  type PageReply,
  type PaginationStrategy,
  type Transport,
  type WalkOptions,
} from 'paged-observable';
import { range } from './list-api';
import { record } from './recorder';

/** A numbered or counted list in memory that answers after a time of its clock and notes every request. */
export class Lists {
  readonly clock = new VirtualTimeScheduler();
  readonly asked: number[] = [];
  readonly aborted: number[] = [];
  inFlight = 0;
  mostInFlight = 0;
  total: 'told' | 'untold' = 'told';
  toldTotal: number;
  /** Milliseconds each page takes. */
  latency: (place: number) => number = () => 10;
  status: (position: number, attempt: number) => number = () => 200;
  headers: (position: number) => Readonly<Record<string, string>> = () => ({});
  /** What the transport errors with in place of a reply; nothing with most. */
  failure: (position: number, attempt: number) => Error | undefined = () => undefined;
  /** What a reply says besides its rows. */
  said: (position: number, attempt: number) => object = () => ({ total: this.toldTotal });
  /** Of the first request. */
  params: Readonly<Record<string, number>> = {};
  /** The number of the first page. */
  first = 1;
  /** When each request was sent. */
  readonly times: number[] = [];
  /** Rows of the page of a number or at an offset; the limit asked for, unless said otherwise. */
  length: (position: number) => number = () => this.size;

  constructor(
    readonly rows: number,
    readonly size: number,
  ) {
    this.toldTotal = rows;
  }

  readonly numbers: Transport = (request) => {
    const page = Number(request.params?.['page'] ?? this.first);
    const place = page - this.first;
    return this.#answer(page, place, this.#rows(place * this.size, this.length(page)));
  };

  readonly offsets: Transport = (request) => {
    const offset = Number(request.params?.['offset'] ?? 0);
    return this.#answer(offset, offset, this.#rows(offset, this.length(offset)));
  };

  byNumber(options: WalkOptions = {}, further: NumberOptions<number> = {}) {
    const { first } = this;
    const pagination = numberPagination<number>({ ...this.#places(), first, ...further });
    return this.walk(this.numbers, pagination, options);
  }

  byOffset(options: WalkOptions = {}, further: OffsetOptions<number> = {}) {
    const limit = this.size;
    const pagination = offsetPagination<number>({ ...this.#places(), limit, ...further });
    return this.walk(this.offsets, pagination, options);
  }

  walk(transport: Transport, pagination: PaginationStrategy<number>, options: WalkOptions) {
    const request = { url: '/rows', params: this.params };
    return paginate(transport, request, { ...this.#settings(options), pagination });
  }

  /** What was asked for, and when. */
  get sent(): [position: number, time: number][] {
    return this.asked.map((position, at) => [position, this.times[at] ?? NaN]);
  }

  #places() {
    return { items: '/rows', ...(this.total === 'told' && { totalCount: '/total' }) };
  }

  #settings(options: WalkOptions): WalkOptions {
    return { clock: this.clock, timeout: Infinity, random: () => 0, ...options };
  }

  #rows(from: number, count: number): number[] {
    return range(from, Math.min(this.rows, from + count));
  }

  #answer(position: number, place: number, rows: readonly number[]): Observable<PageReply> {
    const attempt = 1 + this.asked.filter((asked) => asked === position).length;
    this.asked.push(position);
    this.times.push(this.clock.now());
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    const reply = {
      status: this.status(position, attempt),
      headers: this.headers(position),
      url: 'http://api.test/rows',
      body: { rows, ...this.said(position, attempt) },
    };
    const failure = this.failure(position, attempt);
    return new Observable<PageReply>((subscriber) => {
      let isOpen = true;
      const close = () => {
        if (isOpen) this.inFlight -= 1;
        isOpen = false;
      };
      const waiting = timer(this.latency(place), this.clock).subscribe(() => {
        close();
        if (failure !== undefined) subscriber.error(failure);
        subscriber.next(reply);
        subscriber.complete();
      });
      return () => {
        if (isOpen) this.aborted.push(position);
        close();
        waiting.unsubscribe();
      };
    });
  }
}

/** Runs a walk to its end by the clock. */
export function run(lists: Lists, walk: Observable<number>) {
  const walked = record(walk);
  lists.clock.flush();
  return walked;
}
