import type { Observable } from 'rxjs';

import type { PagedObservable } from '../core/paged-observable';

import type { ListState } from './list-state';

/** How a list is shown. */
export interface PagedListOptions<T> {
  /** What tells the items apart, a JSON pointer into one or a function of it: an item whose key is shown already is left out. */
  readonly key?: string | ((item: T) => string | number) | undefined;
  /** Pages with items kept at most; loading on at one end lets pages go at the other. @defaultValue all */
  readonly maxPages?: number | undefined;
  /** Whether watching the state asks for the first page. @defaultValue true */
  readonly autoLoad?: boolean | undefined;
}

/**
 * The state of an infinite list on a screen, tied to no framework. No method waits, or throws for what goes wrong with a page: what
 * comes of it is seen in `state`.
 */
export interface PagedList<T> {
  /**
   * Tells the present state at once and every change after it, one emission each; shared by all who subscribe. The first one to
   * subscribe asks for the first page (`autoLoad`); when the last one leaves, the request in flight is aborted and what
   * was loaded is kept. Completes with `close()`; never errors.
   */
  readonly state: Observable<ListState<T>>;
  /** Asks for the page after the last one shown; nothing while a page is on its way, after an error (`retry()`), or at the end. */
  loadMore(): void;
  /**
   * Asks for the page before the first one shown, where that was let go (`maxPages`), or where the list begins in its middle
   * (`resumeFrom`, a first page number or offset) and the strategy can tell where it is; else nothing.
   */
  loadPrevious(): void;
  /** After an error, asks again for what failed; else nothing. */
  retry(): void;
  /** Walks the list anew; what is shown stays until the new first page is in. Aborts a request in flight. */
  refresh(): void;
  /**
   * Shows another list, from nothing, e.g. for a new filter. Aborts a request in flight, and asks for the first page (`autoLoad`).
   *
   * @throws TypeError for what is no PagedObservable
   */
  reset(paged: PagedObservable<T>): void;
  /** Aborts a request in flight and completes `state`; nothing has an effect afterwards. */
  close(): void;
}
