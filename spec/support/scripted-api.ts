import { NEVER, of, throwError, type Observable } from 'rxjs';

import {
  cursorPagination,
  paginate,
  type CursorPagedResponse,
  type PagedObservable,
  type PageReply,
  type Transport,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { range } from './list-api';
import { ManualClock } from './manual-clock';

/** What comes of one attempt, where it is not the page: another reply, an error, or nothing ever. */
export type Outcome =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; body?: unknown }
  | Error
  | 'never';

/** A list of three pages of two items, 0 to 5, whose attempts come to what a script says; time stands still in it. */
export class ScriptedApi {
  static readonly pages = 3;
  readonly clock = new ManualClock();
  /** Place of the page and time of each request, in order. */
  readonly asked: (readonly [page: number, at: number])[] = [];
  readonly aborted: number[] = [];
  readonly events: WalkEvent[] = [];
  readonly transport: Transport;

  /**
   * @param script for each page what its attempts come to; after them it is well
   * @param headers of the pages that are well
   */
  constructor(
    script: Readonly<Record<number, readonly Outcome[]>> = {},
    headers: Readonly<Record<number, Readonly<Record<string, string>>>> = {},
  ) {
    const attempts = new Map<number, number>();
    this.transport = (request, signal) => {
      const page = Number(request.params?.['cursor'] ?? 0);
      const attempt = attempts.get(page) ?? 0;
      attempts.set(page, attempt + 1);
      this.asked.push([page, this.clock.now()]);
      signal.addEventListener('abort', () => this.aborted.push(page));
      return this.#answer(script[page]?.[attempt], page, headers[page] ?? {});
    };
  }

  #answer(
    outcome: Outcome | undefined,
    page: number,
    headers: Readonly<Record<string, string>>,
  ): Observable<PageReply> {
    if (outcome === 'never') return NEVER;
    if (outcome instanceof Error) return throwError(() => outcome);
    const url = 'http://api.test/items';
    if (outcome !== undefined) return of({ headers: {}, url, body: { error: 'x' }, ...outcome });
    const next_cursor = page + 1 < ScriptedApi.pages ? page + 1 : null;
    const body = { items: range(page * 2, page * 2 + 2), next_cursor };
    return of({ status: 200, headers, url, body });
  }

  list(options: WalkOptions = {}): PagedObservable<number, CursorPagedResponse<number>> {
    return paginate<number>(this.transport, 'http://api.test/items', {
      pagination: cursorPagination<number>({ items: '/items' }),
      clock: this.clock,
      random: () => 0,
      events: { next: (event) => this.events.push(event) },
      ...options,
    });
  }

  /** The pages asked for, in order. */
  get pages(): number[] {
    return this.asked.map(([page]) => page);
  }

  /** The times of the requests for a page. */
  timesOf(wanted: number): number[] {
    return this.asked.filter(([page]) => page === wanted).map(([, at]) => at);
  }

  /** The milliseconds between the requests for a page. */
  gapsOf(page: number): number[] {
    const times = this.timesOf(page);
    return times.slice(1).map((at, index) => at - times[index]!);
  }

  /** Timers that are still to go off. */
  get timers(): number {
    return this.clock.actions.length;
  }

  typesOf(): string[] {
    return this.events.map(({ type }) => type);
  }
}

/** A failure of the network. */
export function reset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}
