import { assertInInjectionContext, inject } from '@angular/core';

import type { PageRequest } from '../core/page-request';
import type { PagedObservable } from '../core/paged-observable';
import type { Kind, PagedResponse } from '../core/paged-response';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { paginate, type PaginateOptions, type SchemaPaginateOptions } from '../paginate';
import { PAGINATION_DEFAULTS } from './pagination-defaults';
import { PAGINATION_TRANSPORT } from './pagination-transport';

/** Options with one strategy, so that the kind of its pages is known even where `T` is given by hand. */
export type OfKind<T, K extends Kind> = PaginateOptions<T, K> & {
  readonly pagination: PaginationStrategy<T, K>;
};

/** `paginate` with the transport and the defaults of an application. */
export interface AppPaginate {
  <T>(
    request: string | PageRequest,
    options: OfKind<T, 'cursor'>,
  ): PagedObservable<T, PagedResponse<T, unknown, 'cursor'>>;
  <T>(
    request: string | PageRequest,
    options: OfKind<T, 'link'>,
  ): PagedObservable<T, PagedResponse<T, unknown, 'link'>>;
  <T>(
    request: string | PageRequest,
    options: OfKind<T, 'number'>,
  ): PagedObservable<T, PagedResponse<T, unknown, 'number'>>;
  <T>(
    request: string | PageRequest,
    options: OfKind<T, 'offset'>,
  ): PagedObservable<T, PagedResponse<T, unknown, 'offset'>>;
  <T>(
    request: string | PageRequest,
    options: OfKind<T, 'single'>,
  ): PagedObservable<T, PagedResponse<T, unknown, 'single'>>;
  <T = unknown, K extends Kind = Kind>(
    request: string | PageRequest,
    options?: PaginateOptions<T, K>,
  ): PagedObservable<T, PagedResponse<T, unknown, K>>;
  <T, K extends Kind = Kind>(
    request: string | PageRequest,
    options: SchemaPaginateOptions<T, K>,
  ): PagedObservable<T, PagedResponse<T, unknown, K>>;
}

/**
 * `paginate` of the application, for a field of a component or service: it asks through the application's `HttpClient`, and what a
 * call leaves out is as `providePagination` says. Nothing is requested before a subscription, which an `async` pipe, `toSignal`,
 * `takeUntilDestroyed` or `pagedListSignal` ends with the component.
 *
 * @throws Error outside an injection context
 */
export function injectPaginate(): AppPaginate {
  assertInInjectionContext(injectPaginate);
  const transport = inject(PAGINATION_TRANSPORT);
  const defaults = Object.entries(inject(PAGINATION_DEFAULTS)).filter(
    ([name]) => name !== 'transport',
  );
  const call = (request: string | PageRequest, options: PaginateOptions<unknown, Kind> = {}) => {
    // An option that is undefined counts as left out.
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    return paginate(transport, request, Object.fromEntries([...defaults, ...given]));
  };
  // What it gives is typed by what it is called with, as that of paginate.
  return call as AppPaginate;
}
