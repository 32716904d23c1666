// Reading
export { describeOperations } from './describe-operations';
export { parseDocument } from './parse-document';

// What was read as a strategy
export { describedPagination } from './described-pagination';

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
