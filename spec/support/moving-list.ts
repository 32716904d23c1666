import { of } from 'rxjs';

import {
  offsetPagination,
  paginate,
  type OffsetPagedResponse,
  type PagedObservable,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

export interface Row {
  readonly id: number;
}

/** What happens to a list just before a request. Places are parts of a thousand of its length, or where the request points. */
export type Change =
  | { readonly what: 'insert'; readonly at: number | 'here'; readonly count: number }
  | { readonly what: 'delete'; readonly at: number | 'here'; readonly count: number }
  | { readonly what: 'replace all'; readonly count: number };

/** How a server tells the end of a list. */
type Ending = 'empty page' | 'total' | 'flag' | 'status';

export interface MovingListSettings {
  readonly rows: number;
  readonly limit: number;
  readonly ending: Ending;
  /** What happens before each request, in order; after them the list stands still. */
  readonly changes: readonly (readonly Change[])[];
}

/** A list that is walked by offsets while rows are put in and taken out; their order stays. */
export class MovingList {
  rows: number[];
  readonly asked: number[] = [];
  readonly transport: Transport;
  readonly #settings: MovingListSettings;
  #next: number;
  /** Rows in the list since the last mark. */
  #steady: Set<number>;

  constructor(settings: MovingListSettings) {
    this.#settings = settings;
    this.rows = Array.from({ length: settings.rows }, (_, id) => id);
    this.#next = settings.rows;
    this.#steady = new Set(this.rows);
    this.transport = (request) => {
      const offset = Number(request.params?.['offset'] ?? 0);
      for (const change of settings.changes[this.asked.length] ?? []) this.apply(change, offset);
      this.asked.push(offset);
      const rows = this.rows.slice(offset, offset + settings.limit).map((id): Row => ({ id }));
      const isPast = settings.ending === 'status' && offset > 0 && rows.length === 0;
      return of({
        status: isPast ? 416 : 200,
        headers: {},
        url: 'http://api.test/rows',
        body: {
          rows,
          total: this.rows.length,
          more: offset + settings.limit < this.rows.length,
        },
      });
    };
  }

  apply(change: Change, here = 0): void {
    const { length } = this.rows;
    if (change.what === 'replace all') {
      this.rows = this.#made(change.count);
      this.#steady.clear();
      return;
    }
    const at =
      change.at === 'here' ? Math.min(here, length) : Math.floor((change.at / 1000) * length);
    if (change.what === 'insert') {
      this.rows.splice(at, 0, ...this.#made(change.count));
    } else {
      for (const gone of this.rows.splice(at, change.count)) this.#steady.delete(gone);
    }
  }

  /** The rows that were in the list from the beginning till now, in its order. */
  get steady(): number[] {
    return this.rows.filter((id) => this.#steady.has(id));
  }

  list(options: WalkOptions = {}): PagedObservable<Row, OffsetPagedResponse<Row>> {
    const { limit, ending } = this.#settings;
    return paginate<Row>(this.transport, 'http://api.test/rows', {
      key: '/id',
      ...options,
      pagination: offsetPagination<Row>({
        items: '/rows',
        limit,
        ...(ending === 'total' && { totalCount: '/total' }),
        ...(ending === 'flag' && { hasMore: '/more' }),
        ...(ending === 'status' && { endStatus: 416 }),
      }),
    });
  }

  #made(count: number): number[] {
    return Array.from({ length: count }, () => this.#next++);
  }
}
