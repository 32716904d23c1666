import type { PageRequest } from '../core/page-request';
import type { RetryOptions } from '../core/retry-options';
import type { WalkLimits, WalkOptions } from '../core/walk-options';
import type { XPagination } from '../dialect/apimatic-pagination';
import type { CsvOptions } from '../export/csv-rows';
import type { PostgresOptions } from '../export/postgres-options';
import type { PaginationDescription, SelectorData } from '../strategy/pagination-description';

/** How a list is paged, as data: a known API, a value of APIMatic's `x-pagination`, or a strategy. */
export type PagingDescription =
  | { readonly dialect: string; readonly items?: SelectorData | undefined }
  | { readonly xPagination: XPagination | readonly XPagination[] }
  | { readonly strategy: PaginationDescription };

/** The options of a walk that are data. */
export interface WalkDescription extends Pick<
  WalkOptions,
  | 'prefetch'
  | 'concurrency'
  | 'timeout'
  | 'idleTimeout'
  | 'overlap'
  | 'onRepeat'
  | 'emptyCursor'
  | 'onExpired'
> {
  /** A JSON pointer into the item. */
  readonly key?: string | undefined;
  readonly retry?: Omit<RetryOptions, 'when'> | false | undefined;
  readonly limits?: WalkLimits | undefined;
}

/** What a part changes in the request of its list: a tenant, a day, a range of ids. Each takes the place of what is there. */
export interface RequestFilter extends Partial<Pick<PageRequest, 'path' | 'params' | 'body'>> {
  /** Tells the part from the others where people look at it. @defaultValue what the filter sets */
  readonly name?: string | undefined;
}

/** One list. What is left out is as the export says. */
export interface ListDescription {
  /** A URL, or a request as plain JSON. Credentials have no place in it: they come from the transport. */
  readonly request: string | PageRequest;
  /** Names the transport of the workers. */
  readonly transport?: string | undefined;
  readonly pagination?: PagingDescription | undefined;
  readonly filters?: readonly RequestFilter[] | undefined;
  /** Tells the list from the others where people look at its parts. @defaultValue its URL */
  readonly name?: string | undefined;
}

/** A limit that all workers together keep. */
export interface LimitDescription {
  /** Requests with the same name share the limit; the name of an API key, not the key. */
  readonly name: string;
  /** Requests a second. @defaultValue none */
  readonly perSecond?: number | undefined;
  /** Requests that may be made at once after a pause. @defaultValue 1 */
  readonly burst?: number | undefined;
  /** Requests in flight at once. @defaultValue none */
  readonly concurrency?: number | undefined;
}

/** Rows go into a table of the queue's own database, in the transaction that stores the checkpoint. */
export interface TableSinkDescription extends Pick<
  PostgresOptions,
  'schema' | 'columns' | 'extra' | 'create' | 'key' | 'append'
> {
  readonly kind: 'table';
  readonly table: string;
  /** Columns `_part` and `_row` that tell the order of the plan. @defaultValue what `create` is */
  readonly numbered?: boolean | undefined;
}

/** Rows go into a file for each part, in a folder that all workers reach. */
export interface FilesSinkDescription {
  readonly kind: 'files';
  /** Names the folder of the workers; the files stand in a folder of it with the name of the export. */
  readonly folder: string;
  /** @defaultValue 'ndjson' */
  readonly format?: 'ndjson' | 'csv' | undefined;
  /** @defaultValue false */
  readonly gzip?: boolean | undefined;
  /** The cells of CSV, which are the same in each part; needs `columns`. */
  readonly csv?: CsvOptions | undefined;
}

/** Where the rows go. */
export type SinkDescription = TableSinkDescription | FilesSinkDescription;

/**
 * An export as data, to be stored and carried out by workers elsewhere. It names transports and folders; each worker has
 * its own by these names, made from its own environment. It holds no functions and no credentials.
 */
export interface ExportDescription {
  /** Names the transport of the workers. */
  readonly transport: string;
  /** One list: a URL, or a request as plain JSON. */
  readonly request?: string | PageRequest | undefined;
  /** How the lists are paged. @defaultValue each part finds out by its first reply */
  readonly pagination?: PagingDescription | undefined;
  /** Parts of the list: the request once with each of them. None may make a request that another one makes. */
  readonly filters?: readonly RequestFilter[] | undefined;
  /** In place of `request`: many lists, whose rows go into one output in this order. */
  readonly lists?: readonly ListDescription[] | undefined;
  readonly walk?: WalkDescription | undefined;
  /** The row of an item: what a JSON pointer leads to, `null` where that is nothing. @defaultValue the item itself */
  readonly select?: string | undefined;
  readonly sink: SinkDescription;
  readonly limit?: LimitDescription | undefined;
  /**
   * What a list means that is not what it was when it was planned, where parts are ranges of it: the part is set aside with
   * `DRIFT`, or an event of the worker. @defaultValue 'error'
   */
  readonly onDrift?: 'error' | 'report' | undefined;
  /**
   * How often a part fails without getting a page further, before it is set aside; also after four times as many deaths of
   * its workers. @defaultValue 5
   */
  readonly maxTries?: number | undefined;
}
