/**
 * How the lists of an OpenAPI document are paged, and a client that calls them.
 *
 * @module
 */
// Reading
export { describeOperations } from './describe-operations';
export { parseDocument } from './parse-document';
export { applyOverlay } from './apply-overlay';

// What was read as a strategy
export { describedPagination } from './described-pagination';

// Calling
export { createClient } from './create-client';
export { ApiCaller } from './api-caller';

export type { ApiOptions, CallOptions } from './api-caller';
export type {
  ApiDescription,
  SecurityRequirements,
  SecurityScheme,
  ServerDescription,
  ServerVariable,
} from './api-description';
export type { Credential, Credentials } from './authorized-transport';
export type { CallArguments } from './build-request';
export type { Client, ClientOptions } from './create-client';
export type { CallParameter, OperationCall } from './operation-call';
export type { ParameterStyle } from './parameters';
export type { ServerChoice } from './server-url';
export type {
  DescribeOptions,
  DocumentDescription,
  DocumentProblem,
  OperationDescription,
} from './describe-operations';
export type {
  NextOperation,
  NextPlace,
  PaginationDescription,
  PagingRules,
  PagingSystem,
  RequestPlace,
} from './pagination-description';
export type { FileReader } from './references';
