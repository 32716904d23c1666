import { delay, NEVER, of, throwError, VirtualTimeScheduler, type Observable } from 'rxjs';

import {
  cursorPagination,
  offsetPagination,
  paginate,
  PaginationError,
  type CursorPagedResponse,
  type OffsetOptions,
  type PagedObservable,
  type PageReply,
  type Transport,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { range } from './list-api';

/** What comes of a request, where it is not its page: a status, no answer at all, or a body that is too large. */
export type Trouble = number | 'silent' | 'bulky' | undefined;

/** A list in memory of the numbers from 0 on that gives as many as are asked for, and notes every request. */
export class SizedList {
  readonly clock = new VirtualTimeScheduler();
  /** Position and limit of each request. */
  readonly asked: (readonly [position: number, limit: number | undefined])[] = [];
  readonly events: WalkEvent[] = [];
  /** Milliseconds a page of so many items takes. */
  latency: (limit: number) => number = () => 0;
  trouble: (position: number, limit: number, request: number) => Trouble = () => undefined;
  /** How many items a page has for which so many were asked. */
  given: (limit: number) => number = (limit) => limit;
  /** Whether the server does not look at the position. */
  isDeaf = false;
  /** Added to every row, as if as many had been put in before it. */
  shift = 0;
  headers: Readonly<Record<string, string>> = {};
  #request = 0;

  constructor(readonly rows: number) {}

  readonly transport: Transport = (request) => {
    const { params = {} } = request;
    const position = Number(params['offset'] ?? String(params['cursor'] ?? 'c0').slice(1));
    const asked = params['limit'] === undefined ? undefined : Number(params['limit']);
    this.asked.push([position, asked]);
    const limit = asked ?? 7;
    const trouble = this.trouble(position, limit, this.#request++);
    return this.#answer(trouble, this.isDeaf ? 0 : position, limit);
  };

  #answer(trouble: Trouble, position: number, limit: number): Observable<PageReply> {
    if (trouble === 'silent') return NEVER;
    if (trouble === 'bulky') {
      return throwError(() => new PaginationError('BODY_TOO_LARGE', 'More than 1 MiB came'));
    }
    const end = Math.min(this.rows, position + this.given(limit));
    const rows = range(position + this.shift, end + this.shift);
    const body = { rows, next: end < this.rows ? `c${String(end)}` : null, total: this.rows };
    const reply = { status: trouble ?? 200, headers: this.headers, url: 'http://api.test/rows' };
    return of({ ...reply, body: trouble === undefined ? body : {} }).pipe(
      delay(this.latency(limit), this.clock),
    );
  }

  byCursor(
    options: WalkOptions = {},
    params = {},
  ): PagedObservable<number, CursorPagedResponse<number>> {
    const url = '/rows';
    return paginate<number>(
      this.transport,
      { url, params },
      {
        ...this.#settings(options),
        pagination: cursorPagination<number>({
          items: '/rows',
          next: '/next',
          limitParam: 'limit',
        }),
      },
    );
  }

  byOffset(
    options: WalkOptions = {},
    settings: Pick<OffsetOptions, 'step' | 'limit' | 'maxLimit'> = {},
  ): PagedObservable<number> {
    return paginate<number>(this.transport, '/rows', {
      ...this.#settings(options),
      pagination: offsetPagination<number>({
        items: '/rows',
        totalCount: '/total',
        ...(settings.step === 'limit' && { limit: 4 }),
        ...settings,
      }),
    });
  }

  by(way: 'cursor' | 'offset', options: WalkOptions = {}): PagedObservable<number> {
    return way === 'cursor' ? this.byCursor(options) : this.byOffset(options);
  }

  #settings(options: WalkOptions): WalkOptions {
    const events = { next: (event: WalkEvent) => this.events.push(event) };
    return { clock: this.clock, random: () => 0, events, ...options };
  }

  /** The limits asked for, in order. */
  get limits(): (number | undefined)[] {
    return this.asked.map(([, limit]) => limit);
  }

  /** The changes of the page size that were told. */
  get changes() {
    return this.events.flatMap((event) => {
      if (event.type !== 'pageSize') return [];
      const { index, from, to, reason, status } = event;
      return [{ index, from, to, reason, ...(status !== undefined && { status }) }];
    });
  }
}
