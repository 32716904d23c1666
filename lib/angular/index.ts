/**
 * The transport over `HttpClient`, what an application provides for all its lists, and lists as signals. Needs the peers
 * `@angular/core` and `@angular/common`; ES modules only, as Angular is.
 *
 * @module
 */
export { angularTransport } from '../transport/angular';
export { injectPaginate } from './inject-paginate';
export { pagedListSignal } from './paged-list-signal';
export { PAGINATION_DEFAULTS } from './pagination-defaults';
export { PAGINATION_TRANSPORT } from './pagination-transport';
export { providePagination } from './provide-pagination';

export type {
  AngularHttpBackend,
  AngularHttpClient,
  AngularHttpEvent,
  AngularRequestOptions,
  AngularTransportOptions,
} from '../transport/angular';
export type { AppPaginate, OfKind } from './inject-paginate';
export type { PagedListSignal, PagedListSignalOptions } from './paged-list-signal';
export type { PaginationDefaults } from './pagination-defaults';
