import { inject, Injectable } from '@angular/core';
import { numberPagination, type PagedObservable, type PageReply } from 'paged-observable';
import { injectPaginate } from 'paged-observable/angular';

import { RetryNotice } from './retry-notice';

export const PAGE_SIZE = 50;

export type StateFilter = 'open' | 'closed' | 'all';

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly author: string;
  readonly labels: readonly string[];
  readonly comments: number;
  readonly createdAt: string;
  /** Place in the whole list, from 0. */
  readonly place: number;
}

export interface IssueQuery {
  readonly text: string;
  readonly state: StateFilter;
}

interface IssuesBody {
  readonly page: number;
  readonly per_page: number;
  readonly issues: readonly Omit<Issue, 'place'>[];
}

const pagination = numberPagination<Issue>({
  items: ({ body }: PageReply) => placed(body as IssuesBody),
  totalCount: '/total_count',
  totalPages: '/total_pages',
});

/** The issue lists of the API. Each is only a plan: nothing is asked for before it is shown or exported. */
@Injectable({ providedIn: 'root' })
export class Issues {
  readonly #paginate = injectPaginate();
  readonly #notice = inject(RetryNotice);

  /** @param page where the list begins; the pages before it are found by scrolling up */
  list({ text, state }: IssueQuery, page = 1): PagedObservable<Issue> {
    return this.#paginate<Issue>(
      { url: '/api/issues', params: { q: text || undefined, state, per_page: PAGE_SIZE, page } },
      { pagination, events: this.#notice.observer },
    );
  }
}

function placed({ page, per_page: size, issues }: IssuesBody): Issue[] {
  return issues.map((issue, index) => ({ ...issue, place: (page - 1) * size + index }));
}
