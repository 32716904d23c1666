import { Observable } from 'rxjs';

import { checkOptions, describe, isCount, isFlag, type Check } from '../core/check-options';
import { field } from '../core/field';
import { isPagedObservable } from '../core/is-paged-observable';
import type { PagedObservable } from '../core/paged-observable';
import { isPointerText } from '../protocol/json-pointer';

import type { ExportEvent } from './export-event';
import { ExportRun } from './export-run';
import type { Sink } from './sink';

/** How a list is exported. */
export interface ExportOptions {
  /**
   * Goes on where the checkpoint of an earlier run stands; where there is none and no output either, begins. An export that
   * is finished stays as it is, and nothing is requested; one that ended at `maxItems` or `maxPages` and would now go further errors
   * with `CHECKPOINT_MISMATCH`. @defaultValue false
   */
  readonly resume?: boolean | undefined;
  /** Begins anew in place of what is there, unless it is resumed. @defaultValue false */
  readonly overwrite?: boolean | undefined;
  /**
   * After which rows a checkpoint is made: after those of every page, or at the end of the page that brings as many since
   * the last one; `false` for never. @defaultValue 'page'
   */
  readonly checkpoint?: 'page' | number | false | undefined;
  /** Aborting it finishes the page in hand, makes a checkpoint and errors the export with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
}

/** How a list is exported whose items are not the rows themselves. */
export interface SelectExportOptions<T, Row> extends ExportOptions {
  /** The row of an item: what a JSON pointer leads to, `null` where that is nothing; or a function, which gives the row itself and no promise. */
  readonly select: string | ((item: T) => Row);
}

/**
 * Writes a list into a sink, a page at a time and no faster than the sink takes it.
 *
 * Emits progress after each page and completes after the summary: then, and only then, the output is whole. The walk begins
 * on subscribe and is held back by the sink; at most the pages written + 1 + `prefetch` are requested. Unsubscribing leaves
 * at once, with the last checkpoint standing. Errors with a `PaginationError`, whose `resumeToken` stands at that checkpoint:
 * of the walk, or `SINK`, `LOCKED`, `CHECKPOINT_MISMATCH`, `CHECKPOINT_CORRUPT`, `ABORTED`. What was written before the error
 * is kept where it can be.
 *
 * @throws TypeError for what is no PagedObservable or no sink, and for an unknown or wrong option
 *
 * @example
 * ```ts
 * import { kneoPagination, paginate } from 'paged-observable';
 * import { csvFile, exportTo } from 'paged-observable/export';
 * import { fetchTransport } from 'paged-observable/fetch';
 *
 * const users = paginate(fetchTransport(), 'http://127.0.0.1:8080/kneo/users', {
 *   pagination: kneoPagination({ limit: 100 }),
 * });
 * await exportTo(users, csvFile('users.csv', { columns: ['id', 'name'] }), { resume: true }).forEach(
 *   ({ type, rows }) => {
 *     console.log(type, rows);
 *   },
 * );
 * ```
 */
export function exportTo<T>(
  paged: PagedObservable<T>,
  sink: Sink<T>,
  options?: ExportOptions & { readonly select?: undefined },
): Observable<ExportEvent>;
export function exportTo<T, Row>(
  paged: PagedObservable<T>,
  sink: Sink<Row>,
  options: SelectExportOptions<T, Row>,
): Observable<ExportEvent>;
export function exportTo(
  paged: PagedObservable<unknown>,
  sink: Sink,
  options: ExportOptions | SelectExportOptions<unknown, unknown> = {},
): Observable<ExportEvent> {
  if (!isPagedObservable(paged)) {
    throw new TypeError(`exportTo: expected a PagedObservable, got ${describe(paged)}`);
  }
  if (!isSink(sink)) throw new TypeError(`exportTo: expected a sink, got ${describe(sink)}`);
  checkOptions('exportTo', options, CHECKS);
  const { resume = false, overwrite = false, checkpoint = 'page', signal } = options;
  const select = 'select' in options ? options.select : undefined;
  if (checkpoint === false && resume) {
    throw new TypeError("exportTo: option 'resume' needs checkpoints, got 'checkpoint: false'");
  }
  if (resume && !sink.resumable) {
    throw new TypeError(`exportTo: an export to ${sink.name} cannot be resumed`);
  }
  const every = !sink.resumable || checkpoint === false ? undefined : rowsOf(checkpoint);
  return new Observable((subscriber) => {
    const run = new ExportRun(
      { paged, sink, resume, overwrite, every, signal, select },
      (event) => {
        subscriber.next(event);
      },
    );
    run.start().then(
      () => {
        subscriber.complete();
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    return () => {
      run.leave();
    };
  });
}

/** Every page has reached 0 rows. */
function rowsOf(checkpoint: 'page' | number): number {
  return checkpoint === 'page' ? 0 : checkpoint;
}

const CHECKS: Readonly<Record<string, Check>> = {
  resume: isFlag,
  overwrite: isFlag,
  checkpoint: (value) =>
    value === false || value === 'page' || isCount(value) === undefined
      ? undefined
      : "'page', a whole number of rows, 1 or more, or false",
  signal: (value) => (typeof field(value, 'aborted') === 'boolean' ? undefined : 'an AbortSignal'),
  select: isSelect,
};

function isSelect(value: unknown): string | undefined {
  const fits = typeof value === 'function' || (typeof value === 'string' && isPointerText(value));
  return fits ? undefined : 'a JSON pointer such as /id, or a function';
}

function isSink(value: unknown): value is Sink {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'open') === 'function' &&
    typeof Reflect.get(value, 'name') === 'string' &&
    typeof Reflect.get(value, 'settings') === 'object'
  );
}
