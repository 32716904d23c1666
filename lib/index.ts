/**
 * Paginated lists as streams: `paginate`, the strategies, pages, errors. Its only peer is `rxjs` 7.8; it runs on Node 20 or newer and
 * in browsers.
 *
 * @module
 */
// The verbs
export { paginate } from './paginate';
export { fromPages } from './from-pages';

// The stream
export { DemandObservable } from './core/demand-observable';
export { isPagedObservable } from './core/is-paged-observable';
export { PagedObservable } from './core/paged-observable';
export { PaginationError, isPaginationError } from './core/pagination-error';

// Strategies
export { cursorPagination } from './strategy/cursor-pagination';
export { linkPagination } from './strategy/link-pagination';
export { numberPagination } from './strategy/number-pagination';
export { offsetPagination } from './strategy/offset-pagination';
export { singlePage } from './strategy/single-page';
export { choosePagination } from './strategy/choose-pagination';
export { lastItemPagination } from './strategy/last-item-pagination';
export { contentRangePagination } from './strategy/content-range-pagination';

// Selectors
export { contentRange } from './strategy/content-range-pagination';
export { lastItem } from './strategy/selector';
export { linkIn } from './strategy/link-in';
export { listIn } from './strategy/list-in';
export { joined, members, not, plus, unless, when } from './strategy/selector-functions';

// Strategies of known systems and families
export { apimaticPagination } from './dialect/apimatic-pagination';
export { arcnmPagination } from './dialect/arcnm-pagination';
export { dropshotPagination } from './dialect/dropshot-pagination';
export { halPagination } from './dialect/hal-pagination';
export { jsonApiPagination } from './dialect/json-api-pagination';
export { kneoPagination } from './dialect/kneo-pagination';
export { odataPagination } from './dialect/odata-pagination';
export { openaiPagination } from './dialect/openai-pagination';
export { relayPagination } from './dialect/relay-pagination';

// A list nobody described
export { detectPagination } from './detect/detect-pagination';
export { explainPagination } from './detect/explain-pagination';

// For transports of one's own
export { requestUrl } from './core/request-url';

export type { PaginateOptions, SchemaPaginateOptions } from './paginate';
export type { FetchedPage, FromPagesOptions } from './from-pages';
export type { Json } from './core/json';
export type { PageRequest, ParamValue } from './core/page-request';
export type { PageReply } from './core/page-reply';
export type { Transport, TransportLimits } from './core/transport';
export type {
  CursorPagedResponse,
  Kind,
  LinkPagedResponse,
  NumberPagedResponse,
  OffsetPagedResponse,
  PageBase,
  PagedResponse,
  PageStream,
  Progress,
  SinglePagedResponse,
} from './core/paged-response';
export type {
  PageLinks,
  PreviousPosition,
  PageReading,
  PaginationStrategy,
  StatusMeaning,
} from './core/pagination-strategy';
export type {
  CleanedCause,
  ErrorCode,
  FailedAttempt,
  PaginationErrorFields,
  ProblemDetails,
  RedactedRequest,
} from './core/pagination-error';
export type {
  EndEvent,
  EndReason,
  PageEvent,
  PageSizeEvent,
  RequestEvent,
  RetryEvent,
  WaitEvent,
  WalkEvent,
} from './core/walk-event';
export type { PageSizeOptions } from './core/page-size-options';
export type { RetryOptions } from './core/retry-options';
export type { ItemKey, WalkLimits, WalkOptions } from './core/walk-options';
export type { DetectOptions } from './detect/detect-options';
export type { Candidate, Detection, Evidence } from './detect/detection';
export type { PaginationReport } from './detect/explain-pagination';
export type { CommonOptions } from './strategy/common-options';
export type { ContentRangeOptions } from './strategy/content-range-pagination';
export type { LaterRequest } from './strategy/later-request';
export type { CursorOptions } from './strategy/cursor-pagination';
export type { LastItemOptions } from './strategy/last-item-pagination';
export type { LinkOptions } from './strategy/link-pagination';
export type { NumberOptions } from './strategy/number-pagination';
export type { OffsetOptions } from './strategy/offset-pagination';
export type { Selector, SelectorFunction } from './strategy/selector';
export type { PaginationDescription } from './strategy/pagination-description';
export type { SlotPlace } from './strategy/slot';
export type { SchemaIssue, SchemaResult, StandardSchemaV1 } from './core/standard-schema';
export type { ApimaticOptions, XPagination } from './dialect/apimatic-pagination';
export type { ArcnmOptions } from './dialect/arcnm-pagination';
export type { DropshotOptions } from './dialect/dropshot-pagination';
export type { HalOptions } from './dialect/hal-pagination';
export type { JsonApiOptions } from './dialect/json-api-pagination';
export type { KneoOptions } from './dialect/kneo-pagination';
export type { OdataOptions } from './dialect/odata-pagination';
export type { OpenaiOptions } from './dialect/openai-pagination';
export type { RelayOptions } from './dialect/relay-pagination';
