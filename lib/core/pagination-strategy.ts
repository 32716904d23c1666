import type { Json } from './json';
import type { Kind } from './paged-response';
import type { PageReply } from './page-reply';
import type { PageRequest } from './page-request';

/** What a status outside 200-299 (or a bodyless 204, 205, 304) means to a strategy. */
export type StatusMeaning =
  | 'empty' // a page without items: `read` is called and gives none
  | 'end' // after the first page: the list is over
  | 'expired'; // the position is no longer known to the server

/** Further links of a page, as far as the server gives them. */
export interface PageLinks {
  readonly prev?: string | undefined;
  readonly first?: string | undefined;
  readonly last?: string | undefined;
  readonly delta?: string | undefined;
}

/** Where the items before a page are. */
export interface PreviousPosition {
  /** Absent for the first page of the request. */
  readonly position?: Json | undefined;
  /** How many items from there on come before the page. @defaultValue those of one page */
  readonly items?: number | undefined;
}

/** What a strategy finds in one reply. */
export interface PageReading<T = unknown, K extends Kind = Kind> {
  /** What its pages are, and so which fields they have. */
  readonly kind: K;
  /** In server order; not copied. */
  readonly items: readonly T[];
  /** The name under which the items were found where none was given: on later pages it must be the same. */
  readonly itemsName?: string | undefined;
  /** What fetched this page: cursor, link, page number or offset; absent where the first page has none. */
  readonly position?: Json | undefined;
  /** The list's total. A number or offset walk ends when it is declared and that many items were received. */
  readonly totalCount?: number | undefined;
  /** The list's number of pages, if the server gives it. */
  readonly totalPages?: number | undefined;
  /** The page size asked for, where the protocol has one. */
  readonly limit?: number | undefined;
  /** What the reply itself says about more pages; absent if it says nothing. `true` without a position is a `PROTOCOL` error. */
  readonly hasMore?: boolean | undefined;
  /** The next position is made of the items, so that a page with the same items leads nowhere: it is a `LOOP` and not handed on. */
  readonly isMadeOfItems?: true | undefined;
  /** A closing page without items is not shown to `pages()`. */
  readonly hideEmpty?: true | undefined;
  /** The declared error envelope found in the reply: the walk errors with `API_ERROR`. */
  readonly apiError?: Json | undefined;
  /** That error may be over soon: the page is asked for again, as far as the walk's `retry` allows. */
  readonly retryable?: true | undefined;
  /** Other links of the page, read only when asked for. */
  links?(): PageLinks;
  /** Where the items before this page are; absent, or gives `undefined`, where that cannot be told. Called after `next()`. */
  previous?(): PreviousPosition | undefined;
  /** The strategy for the rest of the walk, when this one is a choice; read after `next()`. */
  readonly strategy?: PaginationStrategy<T, K> | undefined;
  /** The next position, or `undefined` at the end of the list. Called at most once. May throw a `PaginationError`. */
  next(): Json | undefined;
}

/**
 * How one protocol finds its items and its next page: pure, synchronous values that know nothing of time or RxJS.
 * Work that needs time, such as signing, belongs to the transport.
 */
export interface PaginationStrategy<T = unknown, K extends Kind = Kind> {
  /** Names the dialect and its settings in a resume token. */
  readonly id: string;
  /** The kind of its pages, where that can be told before a reply. */
  readonly kind?: K | undefined;
  /** The first request: adds only what the protocol requires and never replaces what the caller set. */
  start(request: PageRequest): PageRequest;
  /** The request of a position; `request` is the result of `start`. Also how a token resumes. */
  at(request: PageRequest, position: Json): PageRequest;
  /**
   * The same request for another page size, at most as large as the server is known to take. Only where the size may change from
   * page to page: positions do not depend on it, and a page shorter than that is not taken for the last.
   */
  readonly sized?: ((request: PageRequest, size: number) => PageRequest) | undefined;
  /** The page size that a request asks for, if any; along with `sized`. */
  readonly sizeOf?: ((request: PageRequest) => number | undefined) | undefined;
  /** Reads a reply; `request` is the one that was sent. May throw a `PaginationError`. */
  read(request: PageRequest, reply: PageReply): PageReading<T, K>;
  /**
   * Whether the positions of a walk of `request` are the numbers of items before its pages for sure, so that a declared total tells by
   * them where the list ends, although it changes meanwhile. Else a total ends the walk where that many items were received: an offset that the caller
   * sets may count from 1. Of lists by offset. @defaultValue never
   */
  countsFromZero?(request: PageRequest): boolean;
  /** Whether this strategy can prepare `request` at all. @defaultValue always */
  applies?(request: PageRequest): boolean;
  /**
   * The same request may give one page after the other, as where the server keeps the place: then only the same items again
   * are a repeat, unless the walk's `onRepeat` says otherwise. @defaultValue false
   */
  readonly mayRepeat?: boolean | undefined;
  /** What certain statuses mean. @defaultValue `{ 410: 'expired' }` */
  readonly statuses?: Readonly<Record<number, StatusMeaning>> | undefined;
  /** The strategies a choice is made of, so that a token can name the chosen one; without them a walk is gone on from by the choice itself. */
  readonly choices?: readonly PaginationStrategy<T, K>[] | undefined;
  /** The strategy that this one chose in an earlier walk and that is not among `choices`, by the id a resume token names. */
  restore?(id: string): PaginationStrategy<T, K> | undefined;
  /**
   * The strategy that does the work, where it is loaded only when it is needed: before a reply is read, or before a token
   * is gone on from. Until then only `id`, `start` and `restore` are used.
   */
  load?(): Promise<PaginationStrategy<T, K>>;
}
