import { defer, delay, of, type Observable } from 'rxjs';
import {
  numberPagination,
  paginate,
  type PagedObservable,
  type WalkOptions,
} from 'paged-observable';
import type { ExportEvent } from 'paged-observable/export';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';

export interface Row {
  readonly id: number;
  readonly name: string;
}

/** A list of pages in memory that notes which of them were asked for. */
export class PagesApi {
  readonly asked: number[] = [];
  /** The status of a page, where it is to fail. */
  readonly failing = new Map<number, number>();
  constructor(
    readonly pageCount: number,
    readonly pageSize: number,
    readonly rowOf: (id: number) => object = (id) => ({ id, name: `name ${String(id)}` }),
  ) {}

  paged(options: WalkOptions = {}, url = 'http://api.test/rows'): PagedObservable<Row> {
    return paginate<Row>((request) => this.#answer(request), url, {
      retry: false,
      ...options,
      pagination: numberPagination({ items: '/rows', totalPages: '/pages', totalCount: '/total' }),
    });
  }

  /** The rows of these pages, in their order. */
  rows(...pages: readonly number[]): object[] {
    return pages.flatMap((page) =>
      Array.from({ length: this.pageSize }, (_, at) => this.rowOf((page - 1) * this.pageSize + at)),
    );
  }

  get all(): object[] {
    return this.rows(...Array.from({ length: this.pageCount }, (_, at) => at + 1));
  }

  #answer({ params }: PageRequest): Observable<PageReply> {
    return defer(() => {
      const page = Number(params?.['page'] ?? 1);
      this.asked.push(page);
      const status = this.failing.get(page) ?? 200;
      const body = {
        rows: this.rows(page),
        pages: this.pageCount,
        total: this.pageCount * this.pageSize,
      };
      return of({ status, headers: {}, url: 'http://api.test/rows', body }).pipe(delay(0));
    });
  }
}

/** What an export told, and the error it ended with. */
export async function told(
  events: Observable<ExportEvent>,
): Promise<{ readonly events: ExportEvent[]; readonly error: unknown }> {
  const seen: ExportEvent[] = [];
  return new Promise((resolve) => {
    events.subscribe({
      next: (event) => seen.push(event),
      error: (error: unknown) => {
        resolve({ events: seen, error });
      },
      complete: () => {
        resolve({ events: seen, error: undefined });
      },
    });
  });
}

export function lines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
