import { DemandObservable } from './demand-observable';
import type { Page } from './page';
import { PAGED_BRAND } from './paged-brand';
import type { PagedResponse } from './paged-response';
import { itemsView, pagesView } from './views';
import { openWalk, type Continuation, type OpenValues, type View, type Walk } from './walk';
import type { WalkOptions } from './walk-options';

/** What a PagedObservable is the face of. */
export interface PagedSource {
  readonly options: WalkOptions;
  /** A new walk, or one that goes on where another stopped. */
  walk(from?: Continuation): Walk<Page>;
  /** The same list walked differently. */
  with(options: WalkOptions): PagedSource;
}

/**
 * A list that is handed out in pages, as one stream of items in server order, each once.
 *
 * Requests are made from subscribing on, one page after another as the consumer asks for more; `prefetch` asks ahead.
 * Completes at a positive end of the list or at a cap of the caller's, else errors with a {@link PaginationError}, whose
 * `resumeToken` continues exactly after the last item delivered. Unsubscribing aborts the request in flight. Each
 * subscription is a walk of its own.
 */
export class PagedObservable<
  T,
  R extends PagedResponse<T> = PagedResponse<T>,
> extends DemandObservable<T> {
  readonly #list: PagedSource;

  /** @internal */
  constructor(list: PagedSource) {
    super(openView<T>(list, itemsView as View<Page, T>));
    this.#list = list;
  }

  /** @internal */
  get [PAGED_BRAND](): true {
    return true;
  }

  /** @internal How this list is walked, for what adds to its options without replacing them. */
  get walkOptions(): WalkOptions {
    return this.#list.options;
  }

  /**
   * The pages with their metadata, as a walk of its own with its own requests: subscribing to the items and to the pages
   * asks for every page twice.
   */
  pages(): DemandObservable<R> {
    // Which kind of page comes is the strategy's to say, and its type says it.
    return new DemandObservable(openView(this.#list, pagesView as unknown as View<Page, R>));
  }

  /**
   * A copy that is walked differently; options left out or `undefined` stay as they are.
   * @throws TypeError for an unknown or wrong option; the strategy and the schema cannot be changed.
   */
  with(options: WalkOptions): PagedObservable<T, R> {
    return new PagedObservable(this.#list.with(options));
  }
}

function openView<V>(list: PagedSource, view: View<Page, V>): OpenValues<V> {
  return (observer, from) => openWalk(list.walk(from), view, observer);
}
