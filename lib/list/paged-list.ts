import type { Observable } from 'rxjs';

import { checkOptions, describe, isCount, isFlag } from '../core/check-options';
import { isItemKey, keyReader } from '../core/item-keys';
import { isPagedObservable, type PagedObservable } from '../core/paged-observable';
import type { PagedResponse } from '../core/paged-response';
import type { WalkOptions } from '../core/walk-options';

import type { ListState, ListStatus } from './list-state';
import { PageWindow } from './page-window';
import { StateStream } from './state-stream';

/** How a list is shown. */
export interface PagedListOptions<T> {
  /** What tells the items apart, a JSON pointer into one or a function of it: an item whose key is shown already is left out. */
  readonly key?: string | ((item: T) => string | number) | undefined;
  /** Pages kept at most; loading on at one end lets pages go at the other. @defaultValue all */
  readonly maxPages?: number | undefined;
  /** Whether watching the state asks for the first page. @defaultValue true */
  readonly autoLoad?: boolean | undefined;
}

/**
 * The state of an infinite list on a screen, tied to no framework. No method throws or waits: what comes of it is seen in
 * `state`.
 */
export interface PagedList<T> {
  /**
   * Tells the present state at once and every change after it, one emission each; shared by all who subscribe. The first one to
   * subscribe asks for the first page (`autoLoad`); when the last one leaves, the request in flight is aborted and what
   * was loaded is kept. Completes with `close()`; never errors.
   */
  readonly state: Observable<ListState<T>>;
  /** Asks for the page after the last one shown; nothing while a page is on its way, after an error, or at the end. */
  loadMore(): void;
  /** Asks for the page before the first one shown, where that was let go (`maxPages`); else nothing. */
  loadPrevious(): void;
  /** After an error, asks again for what failed; else nothing. */
  retry(): void;
  /** Walks the list anew; what is shown stays until the new first page is in. Aborts a request in flight. */
  refresh(): void;
  /** Shows another list, from nothing, e.g. for a new filter. Aborts a request in flight. */
  reset(paged: PagedObservable<T>): void;
  /** Aborts a request in flight and completes `state`; nothing has an effect afterwards. */
  close(): void;
}

/**
 * A {@link PagedList} of a list. Nothing is requested before `state` is subscribed to or a method asks for it; then one page for each
 * call, and on through pages that add nothing.
 *
 * @throws TypeError for an unknown or wrong option
 *
 * @example
 * ```ts
 * import { linkPagination, paginate } from 'paged-observable';
 * import { fetchTransport } from 'paged-observable/fetch';
 * import { pagedList } from 'paged-observable/list';
 *
 * const users = paginate(fetchTransport(), 'http://127.0.0.1:8080/link/users', {
 *   pagination: linkPagination<{ id: string }>(),
 * });
 * const list = pagedList(users, { key: '/id' });
 * list.state.subscribe(({ status, items }) => {
 *   console.log(status, items.length);
 *   if (status === 'idle') list.loadMore(); // as a user would who scrolls down
 *   if (status === 'done') list.close();
 * });
 * ```
 */
export function pagedList<T>(
  paged: PagedObservable<T>,
  options: PagedListOptions<T> = {},
): PagedList<T> {
  checkList('pagedList', paged);
  checkOptions('pagedList', options, {
    key: isItemKey,
    maxPages: isCount,
    autoLoad: isFlag,
  });
  return new List(paged, options);
}

type Load = 'more' | 'previous' | 'refresh';
type Pages<T> = AsyncIterator<PagedResponse<T>, undefined>;

class List<T> implements PagedList<T> {
  readonly state: Observable<ListState<T>>;
  readonly #window: PageWindow<T>;
  readonly #stream: StateStream<ListState<T>>;
  readonly #autoLoad: boolean;
  #paged: PagedObservable<T>;
  #state: ListState<T>;
  /** The walk that the last page shown came from; none where another has to go on behind it. */
  #tail: Pages<T> | undefined;
  /** The walk a page of which is on its way. */
  #loading: Pages<T> | undefined;
  #failed: Load | undefined;
  #totalCount: number | undefined;
  #isAtEnd = false;
  #isClosed = false;

  constructor(paged: PagedObservable<T>, options: PagedListOptions<T>) {
    const { key, maxPages = Infinity, autoLoad = true } = options;
    this.#paged = paged;
    this.#autoLoad = autoLoad;
    // The key is of items as they are shown, which a schema may have made of those that came.
    this.#window = new PageWindow(key === undefined ? undefined : keyReader<T>(key), maxPages);
    const { items } = this.#window;
    this.#state = Object.freeze({ items, pages: 0, status: 'idle', hasPrevious: false });
    this.#stream = new StateStream(this.#state, {
      first: () => {
        if (autoLoad && this.#window.size === 0) this.loadMore();
      },
      none: () => {
        const isLoading = this.#loading !== undefined;
        if (isLoading) this.#abort();
        this.#leaveTail(); // with what it fetched ahead
        if (isLoading) this.#rest();
      },
    });
    this.state = this.#stream.changes;
  }

  loadMore(): void {
    if (this.#state.status === 'idle') this.#load('more');
  }

  loadPrevious(): void {
    const { status, hasPrevious } = this.#state;
    if (hasPrevious && (status === 'idle' || status === 'done')) this.#load('previous');
  }

  retry(): void {
    if (this.#failed !== undefined) this.#load(this.#failed);
  }

  refresh(): void {
    this.#abort();
    this.#load('refresh');
  }

  reset(paged: PagedObservable<T>): void {
    checkList('reset', paged);
    this.#abort();
    this.#leaveTail();
    this.#paged = paged;
    this.#window.clear();
    this.#totalCount = undefined;
    this.#isAtEnd = false;
    if (this.#autoLoad) this.#load('more');
    else this.#rest();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#abort();
    this.#leaveTail();
    this.#stream.complete();
  }

  #load(load: Load): void {
    if (this.#isClosed) return;
    this.#failed = undefined;
    const walk = this.#walk(load);
    this.#loading = walk;
    this.#tell(load === 'refresh' ? 'refreshing' : 'loading');
    // Who was told may have asked for something else.
    if (this.#loading === walk) void this.#receive(load, walk);
  }

  #walk(load: Load): Pages<T> {
    if (load === 'more') {
      this.#tail ??= walkFrom(this.#paged, { resumeFrom: this.#window.next });
      return this.#tail;
    }
    const place = load === 'previous' ? this.#window.previous : undefined;
    if (place === undefined) return walkFrom(this.#paged, {});
    return walkFrom(this.#paged, { resumeFrom: place.from, maxPages: place.index + 1 });
  }

  async #receive(asked: Load, walk: Pages<T>): Promise<void> {
    let load = asked;
    let isShowing = false;
    try {
      for (let isNew = false; !isNew; isShowing = false) {
        const { value: page } = await walk.next();
        if (this.#loading !== walk) return; // left while the page was on its way
        isShowing = true;
        if (page === undefined && load !== 'previous') this.#isAtEnd = true;
        isNew = page === undefined || this.#show(load, page, walk);
        load = load === 'refresh' ? 'more' : load; // the new list is begun with its first page
      }
      this.#rest();
    } catch (error) {
      if (this.#loading !== walk) return;
      this.#loading = undefined;
      this.#failed = load;
      if (isShowing) this.#leaveTail(); // it is past the page that could not be shown
      this.#tell('error', error);
    }
  }

  /** Whether there is something new to be seen: else the next page is asked for, as nobody would know to ask. */
  #show(load: Load, page: PagedResponse<T>, walk: Pages<T>): boolean {
    if (load === 'previous') {
      if (this.#window.prepend(page)) {
        this.#leaveTail();
        this.#isAtEnd = false;
      }
      return true;
    }
    if (load === 'refresh') {
      this.#leaveTail();
      this.#tail = walk;
      this.#window.clear();
      this.#totalCount = undefined;
    }
    const isNew = this.#window.append(page);
    this.#totalCount = page.totalCount ?? this.#totalCount;
    this.#isAtEnd = !page.hasNextPage;
    return isNew || this.#isAtEnd;
  }

  #rest(): void {
    this.#loading = undefined;
    this.#tell(this.#isAtEnd ? 'done' : 'idle');
  }

  #tell(status: ListStatus, error?: unknown): void {
    if (this.#isClosed) return;
    const { items, size, previous } = this.#window;
    this.#state = Object.freeze({
      items,
      pages: size,
      status,
      ...(status === 'error' && { error }),
      ...(this.#totalCount !== undefined && { totalCount: this.#totalCount }),
      hasPrevious: previous !== undefined,
    });
    this.#stream.set(this.#state);
  }

  #abort(): void {
    const walk = this.#loading;
    this.#loading = undefined;
    this.#failed = undefined;
    if (walk === this.#tail) this.#leaveTail();
    else void walk?.return?.();
  }

  #leaveTail(): void {
    void this.#tail?.return?.();
    this.#tail = undefined;
  }
}

function walkFrom<T>(paged: PagedObservable<T>, options: WalkOptions): Pages<T> {
  return paged.with(options).pages()[Symbol.asyncIterator]();
}

function checkList(where: string, value: unknown): void {
  if (isPagedObservable(value)) return;
  throw new TypeError(`${where}: expected a PagedObservable, got ${describe(value)}`);
}
