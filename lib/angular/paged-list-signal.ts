import {
  assertInInjectionContext,
  computed,
  DestroyRef,
  effect,
  inject,
  Injector,
  PendingTasks,
  signal,
  untracked,
  type Signal,
  type WritableSignal,
} from '@angular/core';

import type { PagedObservable } from '../core/paged-observable';
import type { PagedList, PagedListOptions } from '../list/list-face';
import type { ListState, ListStatus } from '../list/list-state';
import { pagedList } from '../list/paged-list';

/** How a list is shown, and how long it lives. */
export interface PagedListSignalOptions<T> extends PagedListOptions<T> {
  /** Whose life the list shares. @defaultValue that of the injection context */
  readonly injector?: Injector | undefined;
}

/** A list on a screen as signals; the methods are those of `PagedList`. */
export interface PagedListSignal<T> extends Omit<PagedList<T>, 'state' | 'close'> {
  /** All of it as one immutable value, replaced as a whole by every change. */
  readonly state: Signal<ListState<T>>;
  /** The items loaded and kept, in server order; the same array as before where they did not change. */
  readonly items: Signal<readonly T[]>;
  /** Pages the items are of. */
  readonly pages: Signal<number>;
  /** What the list is doing; `'loading'` until the function that makes it has run first, unless `autoLoad` is `false`. */
  readonly status: Signal<ListStatus>;
  /** Why the last page asked for did not come; only with the status `error`. */
  readonly error: Signal<unknown>;
  /** Items of the whole list, as far as the server tells. */
  readonly totalCount: Signal<number | undefined>;
  /** Whether `loadPrevious()` has something to ask for. */
  readonly hasPrevious: Signal<boolean>;
}

/**
 * The state of an infinite list as signals: `pagedList` for a component. The first page is asked for at once (`autoLoad`), the others by
 * `loadMore()`. With the component the list is closed, and a request in flight aborted. What fails is in `error`. While a page is on
 * its way the application is not stable, whatever the transport: rendering on a server and `whenStable()` wait for it, retries included.
 *
 * @param source the list, or a function that makes it of other signals, such as a search text: when one of them changes, the request in
 * flight is aborted and the list starts over. The function runs first with the change detection, so that it may read inputs;
 * until then there is nothing to load.
 * @throws TypeError for an unknown or wrong option; Error outside an injection context without `injector`
 */
export function pagedListSignal<T>(
  source: PagedObservable<T> | (() => PagedObservable<T>),
  options: PagedListSignalOptions<T> = {},
): PagedListSignal<T> {
  if (options.injector === undefined) assertInInjectionContext(pagedListSignal);
  const { injector = inject(Injector), ...listOptions } = options;
  const state = signal<ListState<T>>({
    items: [],
    pages: 0,
    status: listOptions.autoLoad === false ? 'idle' : 'loading',
    hasPrevious: false,
  });
  const open = (paged: PagedObservable<T>) => watched(paged, listOptions, state, injector);
  let list: PagedList<T> | undefined;
  if (typeof source === 'function') {
    effect(
      () => {
        const paged = source();
        // What a transport reads on its way is none of the source's signals.
        untracked(() => {
          if (list === undefined) list = open(paged);
          else list.reset(paged);
        });
      },
      { injector },
    );
  } else {
    list = untracked(() => open(source));
  }
  return {
    state: state.asReadonly(),
    items: computed(() => state().items),
    pages: computed(() => state().pages),
    status: computed(() => state().status),
    error: computed(() => state().error),
    totalCount: computed(() => state().totalCount),
    hasPrevious: computed(() => state().hasPrevious),
    loadMore: () => list?.loadMore(),
    loadPrevious: () => list?.loadPrevious(),
    retry: () => list?.retry(),
    refresh: () => list?.refresh(),
    reset: (paged) => list?.reset(paged),
  };
}

function watched<T>(
  paged: PagedObservable<T>,
  options: PagedListOptions<T>,
  state: WritableSignal<ListState<T>>,
  injector: Injector,
): PagedList<T> {
  const life = injector.get(DestroyRef); // of an injector that is destroyed: throws before anything is requested
  const tasks = injector.get(PendingTasks);
  const list = pagedList(paged, options);
  let finish: (() => void) | undefined;
  const rest = () => {
    finish?.();
    finish = undefined;
  };
  list.state.subscribe({
    next: (next) => {
      state.set(next);
      if (next.status === 'loading' || next.status === 'refreshing') finish ??= tasks.add();
      else rest();
    },
    complete: rest,
  });
  life.onDestroy(() => {
    list.close();
  });
  return list;
}
