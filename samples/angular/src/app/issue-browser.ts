import { Injectable, linkedSignal, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { inject } from '@angular/core';
import { pagedListSignal } from 'paged-observable/angular';
import { debounceTime, distinctUntilChanged } from 'rxjs';

import { Issues, PAGE_SIZE, type IssueQuery, type StateFilter } from './issues';

const TYPING_MS = 200;

/** Pages kept: 300 rows, however far one scrolls. */
const WINDOW_PAGES = 6;

/** What is shown: the query, where its list begins, and the list itself. */
@Injectable({ providedIn: 'root' })
export class IssueBrowser {
  readonly #issues = inject(Issues);
  readonly text = signal('');
  readonly state = signal<StateFilter>('all');

  readonly #typed = toSignal(
    toObservable(this.text).pipe(debounceTime(TYPING_MS), distinctUntilChanged()),
    { initialValue: '' },
  );

  readonly query = linkedSignal<IssueQuery>(
    () => ({
      text: this.#typed().trim(),
      state: this.state(),
    }),
    { equal: (one, other) => one.text === other.text && one.state === other.state },
  );

  /** The page to begin with; another query begins at the first one. */
  readonly #start = linkedSignal({ source: this.query, computation: () => ({ page: 1 }) });

  // Another query, or another place to begin at, aborts what is on its way and starts over.
  readonly list = pagedListSignal(() => this.#issues.list(this.query(), this.#start().page), {
    key: '/number',
    maxPages: WINDOW_PAGES,
  });

  /** Of the query, also while its list starts over somewhere else. */
  readonly total = linkedSignal<
    { query: IssueQuery; count: number | undefined },
    number | undefined
  >({
    source: () => ({ query: this.query(), count: this.list.totalCount() }),
    computation: ({ query, count }, previous) =>
      previous === undefined || previous.source.query !== query
        ? undefined
        : (count ?? previous.value),
  });

  /** Shows the list from the page that holds a place. */
  goTo(place: number): void {
    this.#start.set({ page: Math.floor(place / PAGE_SIZE) + 1 });
  }

  clear(): void {
    this.text.set('');
    this.state.set('all');
  }
}
