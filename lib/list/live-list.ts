import type { Observable } from 'rxjs';

import { describe } from '../core/check-options';
import { isPagedObservable } from '../core/is-paged-observable';
import { keyReader } from '../core/item-keys';
import type { PagedObservable } from '../core/paged-observable';
import type { PagedResponse } from '../core/paged-response';
import { PaginationError } from '../core/pagination-error';
import type { WalkOptions } from '../core/walk-options';

import type { PagedList, PagedListOptions } from './list-face';
import type { ListState, ListStatus } from './list-state';
import { PageWindow, type Piece } from './page-window';
import { readPiece, type Pages } from './read-piece';
import { StateStream } from './state-stream';

type Load = 'more' | 'previous' | 'refresh';

/** The list of `pagedList`. */
export class LiveList<T> implements PagedList<T> {
  readonly state: Observable<ListState<T>>;
  readonly #newWindow: () => PageWindow<T>;
  #window: PageWindow<T>;
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
    const keyOf = key === undefined ? undefined : keyReader<T>(key);
    this.#newWindow = () => new PageWindow(keyOf, maxPages);
    this.#window = this.#newWindow();
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
    this.#begin(this.#newWindow());
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
    if (this.#loading !== walk) return;
    void (load === 'previous' ? this.#receivePrevious(walk) : this.#receive(load, walk));
  }

  #walk(load: Load): Pages<T> {
    if (load === 'more') {
      this.#tail ??= walkFrom(this.#paged, { resumeFrom: this.#window.next });
      return this.#tail;
    }
    const place = load === 'previous' ? this.#window.previous : undefined;
    if (place === undefined) return walkFrom(this.#paged, {});
    if ('pages' in place) return place.pages[Symbol.asyncIterator]();
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
        isNew = this.#show(load, page, walk);
        load = load === 'refresh' ? 'more' : load; // the new list is begun with its first page
      }
      this.#rest();
    } catch (error) {
      if (this.#loading !== walk) return;
      // It is past the page that could not be shown; to refresh again is a walk of its own in any case.
      if (isShowing || load === 'refresh') this.#leave(walk);
      this.#fail(load, error);
    }
  }

  async #receivePrevious(first: Pages<T>): Promise<void> {
    let walk = first;
    try {
      for (let empty = 0; ; empty += 1) {
        const piece = await readPiece(walk);
        if (this.#loading !== walk) return;
        if (this.#showBefore(piece)) break;
        if (empty === EMPTY_PIECES) throw stalled(empty);
        walk = this.#loading = this.#walk('previous');
      }
      this.#rest();
    } catch (error) {
      if (this.#loading !== walk) return;
      this.#leave(walk);
      this.#fail('previous', error);
    }
  }

  /** Whether there is something new to be seen, or nothing more to be asked for. */
  #showBefore(piece: Piece<T> | undefined): boolean {
    const place = this.#window.previous;
    if (piece === undefined || place === undefined) {
      this.#window.begin();
      return true;
    }
    const { isNew, hasLeft } = this.#window.prepend(piece, place);
    if (hasLeft) {
      this.#leaveTail();
      this.#isAtEnd = false;
    }
    return isNew || this.#window.previous === undefined;
  }

  #fail(load: Load, error: unknown): void {
    this.#loading = undefined;
    this.#failed = load;
    this.#tell('error', error);
  }

  /** Whether there is something new to be seen: else the next page is asked for, as nobody would know to ask. */
  #show(load: Load, page: PagedResponse<T> | undefined, walk: Pages<T>): boolean {
    // The old list stays until the new one is known to have a first page that can be shown, or none at all.
    const window = load === 'refresh' ? this.#newWindow() : this.#window;
    const isNew = page !== undefined && window.append(page);
    if (load === 'refresh') {
      this.#leaveTail();
      this.#tail = walk;
      this.#begin(window);
    }
    this.#totalCount = page?.totalCount ?? this.#totalCount;
    this.#isAtEnd = page?.hasNextPage !== true;
    return isNew || this.#isAtEnd;
  }

  #begin(window: PageWindow<T>): void {
    this.#window = window;
    this.#totalCount = undefined;
    this.#isAtEnd = false;
  }

  #rest(): void {
    this.#loading = undefined;
    this.#tell(this.#isAtEnd ? 'done' : 'idle');
  }

  #tell(status: ListStatus, error?: unknown): void {
    if (this.#isClosed) return;
    const { items, size, previous } = this.#window;
    const state: ListState<T> = Object.freeze({
      items,
      pages: size,
      status,
      ...(status === 'error' && { error }),
      ...(this.#totalCount !== undefined && { totalCount: this.#totalCount }),
      hasPrevious: previous !== undefined,
    });
    if (isSame(state, this.#state)) return; // such as that of a refresh asked for twice
    this.#state = state;
    this.#stream.set(state);
  }

  #abort(): void {
    const walk = this.#loading;
    this.#loading = undefined;
    this.#failed = undefined;
    if (walk !== undefined) this.#leave(walk);
  }

  #leaveTail(): void {
    if (this.#tail !== undefined) this.#leave(this.#tail);
  }

  #leave(walk: Pages<T>): void {
    void walk.return?.();
    if (walk === this.#tail) this.#tail = undefined;
  }
}

function isSame<T>(one: ListState<T>, other: ListState<T>): boolean {
  return (
    one.status === other.status &&
    (one.items === other.items || one.items.length + other.items.length === 0) &&
    one.pages === other.pages &&
    one.error === other.error &&
    one.totalCount === other.totalCount &&
    one.hasPrevious === other.hasPrevious
  );
}

/** Pages of links may lead to each other for ever. */
const EMPTY_PIECES = 100;

function stalled(pages: number): PaginationError {
  const message = `${String(pages)} pages in a row before the first one shown had nothing new`;
  return new PaginationError('STALLED', message);
}

function walkFrom<T>(paged: PagedObservable<T>, options: WalkOptions): Pages<T> {
  return paged.with(options).pages()[Symbol.asyncIterator]();
}

export function checkList(where: string, value: unknown): void {
  if (!isPagedObservable(value)) {
    throw new TypeError(`${where}: expected a PagedObservable, got ${describe(value)}`);
  }
  if (value.walkOptions.pacedBy === undefined) return;
  throw new TypeError(
    `${where}: expected a walk without 'pacedBy', as the list asks for its pages`,
  );
}
