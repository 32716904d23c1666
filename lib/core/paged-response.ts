import type { Observable } from 'rxjs';

import type { Json } from './json';
import type { PageRequest } from './page-request';

/** The ways a list is handed out in pages. */
export type Kind = 'cursor' | 'link' | 'number' | 'offset' | 'single';

/** How far a walk has come; no figure ever goes back. */
export interface Progress {
  /** Pages so far, this one included. */
  readonly pages: number;
  /** Items so far, this page's included. */
  readonly items: number;
  /** Items of the whole list, as far as the server tells. */
  readonly totalCount?: number | undefined;
  /** Between 0 and 1; absent while the total is unknown. */
  readonly fraction?: number | undefined;
}

/** Pages that can be subscribed to and pulled. */
export type PageStream<R> = Observable<R> & AsyncIterable<R, undefined>;

/** What pages of every kind have. */
export interface PageBase<T, B = unknown, K extends Kind = Kind> {
  /** The page's items in server order. */
  readonly items: readonly T[];
  /** The parsed body the items were found in. */
  readonly body: B;
  /** HTTP status. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request that fetched this page. */
  readonly request: PageRequest;
  /** Place of the page in its walk, from 0; a resumed walk counts on. */
  readonly index: number;
  /** Items of the whole list, as far as the server tells. */
  readonly totalCount?: number | undefined;
  /** Pages of the whole list, given by the server or derived from the total and the page size. */
  readonly totalPages?: number | undefined;
  /** Whether there is a page to ask for after this one. */
  readonly hasNextPage: boolean;
  /** Whether items come before this page and it can be told where: at a smaller number or offset, behind a `prev` link, or in this page itself, where it was resumed in. */
  readonly hasPreviousPage: boolean;
  /** Where the walk stands with this page. */
  readonly progress: Progress;
  /** Continues a walk after this page; on the last page, with what has been added to the list since. */
  readonly resumeToken: string;
  /**
   * Continues a walk after the first `count` items of this page.
   * @throws TypeError if `count` is not a whole number between 0 and the number of items.
   */
  resumeTokenAfter(count: number): string;
  /**
   * Emits the next page and completes; nothing on the last page. Each subscription asks for that page, and no further one, with
   * the options of this walk; unsubscribing aborts the request. Errors as the walk does.
   */
  nextPage(): Observable<PagedResponse<T, B, K>>;
  /**
   * The items before this page, to its very beginning: one page, or more where the server gives shorter ones than it was asked
   * for; empty where `hasPreviousPage` is `false`. A walk of its own, which counts from 0.
   */
  previousPage(): PageStream<PagedResponse<T, B, K>>;
}

/** A page of a list walked by opaque cursors. */
export interface CursorPagedResponse<
  T = unknown,
  B = unknown,
  K extends Kind = Kind,
> extends PageBase<T, B, K> {
  readonly kind: 'cursor';
  /** The cursor that fetched this page; absent on the first. */
  readonly cursor?: Json | undefined;
  /** The cursor of the next page; absent on the last. */
  readonly nextCursor?: Json | undefined;
}

/** A page of a list walked by links. */
export interface LinkPagedResponse<
  T = unknown,
  B = unknown,
  K extends Kind = Kind,
> extends PageBase<T, B, K> {
  readonly kind: 'link';
  /** The link that fetched this page; absent on the first. */
  readonly link?: string | undefined;
  /** The link of the next page; absent on the last. */
  readonly nextLink?: string | undefined;
  /** The link of the page before; like the next two, where the server gives it. */
  readonly prevLink?: string | undefined;
  readonly firstLink?: string | undefined;
  readonly lastLink?: string | undefined;
  /** Where changes since this walk can be asked for (OData). */
  readonly deltaLink?: string | undefined;
}

/** A page of a list walked by page numbers. */
export interface NumberPagedResponse<
  T = unknown,
  B = unknown,
  K extends Kind = Kind,
> extends PageBase<T, B, K> {
  readonly kind: 'number';
  /** The number that fetched this page, as the server counts. */
  readonly pageNumber: number;
  /** The number of the next page; absent on the last. */
  readonly nextPageNumber?: number | undefined;
}

/** A page of a list walked by offsets. */
export interface OffsetPagedResponse<
  T = unknown,
  B = unknown,
  K extends Kind = Kind,
> extends PageBase<T, B, K> {
  readonly kind: 'offset';
  /** Items before this page, from 0. */
  readonly offset: number;
  /** The page size asked for. */
  readonly limit?: number | undefined;
  /** Items before the next page; absent on the last. */
  readonly nextOffset?: number | undefined;
}

/** The one page of a list that is not paged; there is no other around it. */
export interface SinglePagedResponse<
  T = unknown,
  B = unknown,
  K extends Kind = Kind,
> extends PageBase<T, B, K> {
  readonly kind: 'single';
}

interface PagedResponses<T, B, K extends Kind> {
  cursor: CursorPagedResponse<T, B, K>;
  link: LinkPagedResponse<T, B, K>;
  number: NumberPagedResponse<T, B, K>;
  offset: OffsetPagedResponse<T, B, K>;
  single: SinglePagedResponse<T, B, K>;
}

/** A page with its metadata; tell the kinds apart by `kind`. Those around it are of any kind that `K` names. */
export type PagedResponse<T = unknown, B = unknown, K extends Kind = Kind> = PagedResponses<
  T,
  B,
  K
>[K];
