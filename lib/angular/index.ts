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
export type { AppPaginate } from './inject-paginate';
export type { PagedListSignal, PagedListSignalOptions } from './paged-list-signal';
export type { PaginationDefaults } from './pagination-defaults';
