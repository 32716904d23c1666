import { map, of, timer, type ObservableInput, type SchedulerLike } from 'rxjs';

import {
  cursorPagination,
  paginate,
  type CursorPagedResponse,
  type PagedObservable,
  type PageReply,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

/** How a reply is sent; called once for each request, with the place of the page. */
export type Answer = (reply: PageReply, page: number) => ObservableInput<PageReply>;

export const atOnce: Answer = (reply) => of(reply);
export const promised: Answer = (reply) => Promise.resolve(reply);
export const after =
  (ms: number, clock: SchedulerLike): Answer =>
  (reply) =>
    timer(ms, clock).pipe(map(() => reply));

/** A list in memory, walked by cursors, whose items are 0, 1, 2, ...; it notes which pages were asked for and aborted. */
export class ListApi {
  /** Places of the pages asked for, in order. */
  readonly asked: number[] = [];
  /** Places of the pages whose request was aborted, in order. */
  readonly aborted: number[] = [];
  readonly transport: Transport;

  /** @param sizes how many items each page has */
  constructor(
    readonly sizes: readonly number[],
    answer: Answer = atOnce,
  ) {
    this.transport = (request, signal) => {
      const page = Number(/^c(\d+)$/.exec(String(request.params?.['cursor'] ?? 'c0'))?.[1]);
      this.asked.push(page);
      signal.addEventListener('abort', () => this.aborted.push(page));
      return answer(this.reply(page), page);
    };
  }

  /** The items of the whole list. */
  get items(): number[] {
    return range(0, sum(this.sizes));
  }

  itemsOf(page: number): number[] {
    const start = sum(this.sizes.slice(0, page));
    return range(start, start + (this.sizes[page] ?? 0));
  }

  reply(page: number): PageReply {
    return {
      status: 200,
      headers: {},
      url: 'http://api.test/items',
      body: {
        items: this.itemsOf(page),
        next_cursor: page + 1 < this.sizes.length ? `c${String(page + 1)}` : null,
      },
    };
  }

  list(options: WalkOptions = {}): PagedObservable<number, CursorPagedResponse<number>> {
    const pagination = cursorPagination<number>({ items: '/items' });
    return paginate<number>(this.transport, 'http://api.test/items', { ...options, pagination });
  }
}

/** The whole numbers from `start` up to, not including, `end`. */
export function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
