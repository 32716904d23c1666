import type { Kind } from '../core/paged-response';

/** Where a value of a request goes: the name of a parameter, or a JSON pointer into the body. */
export interface RequestPlace {
  readonly in: 'query' | 'path' | 'header' | 'body';
  readonly name: string;
}

/** Where a page says how to go on: a JSON pointer into its body, or the name of a header. */
export interface NextPlace {
  readonly in: 'body' | 'header';
  readonly pointer: string;
  /** An array stands at `pointer`, and the value at this JSON pointer in its last element. */
  readonly ofLast?: string | undefined;
}

/** The operation that gives the next page, where it is another one (`operationName` of `x-ms-pageable`). */
export interface NextOperation {
  readonly method: string;
  readonly path: string;
  /** Path of the operation that gives the first page. */
  readonly from: string;
  /** Its parameter that takes the next link. */
  readonly param: RequestPlace;
  /** The value goes into the path as it is, not percent-encoded (`x-ms-skip-url-encoding`). */
  readonly unencoded?: true | undefined;
}

/** What a system says about its pages besides where things are. Pointers lead into the body. */
export interface PagingRules {
  /** Number or offset of the first page, where the request names none. @defaultValue 1 for a number, 0 for an offset */
  readonly first?: number | undefined;
  /** The page size that the server takes where the request names none. */
  readonly limit?: number | undefined;
  readonly totalPages?: string | undefined;
  readonly totalCount?: string | undefined;
  readonly hasMore?: string | undefined;
  /** A page with fewer items than its limit is the last. */
  readonly shortPage?: 'end' | undefined;
  /** A page without items is the last whatever else it says. */
  readonly emptyPage?: 'end' | undefined;
  /** A closing page without items is not shown to `pages()`. */
  readonly hideEmpty?: true | undefined;
  /** Only text goes on, or text and numbers; every other cursor is the end. */
  readonly cursor?: 'text' | 'text-or-number' | undefined;
  /** `'link'`: GET the link; `'merge'`: only its query counts; `'same-method'`: the link with the method and body of the operation. */
  readonly follow?: 'link' | 'merge' | 'same-method' | undefined;
  /** Path of the operation: a link that begins with `/` stands behind what precedes it in the URL. */
  readonly path?: string | undefined;
  /** Query parameters of the first request that every link must carry. */
  readonly keep?: readonly string[] | undefined;
  readonly operation?: NextOperation | undefined;
}

/** Whose extension it is that says how a list is paged. */
export type PagingSystem =
  | 'dropshot'
  | 'speakeasy'
  | 'fern'
  | 'azure'
  | 'apimatic'
  | 'datadog'
  | 'stainless'
  | 'scalar'
  | 'heuristic';

/** How the list of an operation is paged, as plain JSON. */
export interface PaginationDescription<K extends Kind = Kind> {
  /** The key it was read from, such as `x-dropshot-pagination`, or `heuristic`. */
  readonly extension: string;
  /** Whose rules these are; several systems use the key `x-pagination`. */
  readonly system: PagingSystem;
  readonly kind: K;
  /** JSON pointer to the items in the body; `''` where the body is the array. */
  readonly itemsPointer: string;
  /** The schema of one item as the document has it; absent where it does not say. */
  readonly itemSchema?: unknown;
  readonly request: {
    readonly cursor?: RequestPlace | undefined;
    readonly page?: RequestPlace | undefined;
    readonly offset?: RequestPlace | undefined;
    readonly limit?: RequestPlace | undefined;
  };
  readonly next?: NextPlace | undefined;
  /** Parameters that must be given where the walk starts at the beginning. */
  readonly firstPageRequired: readonly string[];
  readonly rules?: PagingRules | undefined;
  /** Further strategies in order of preference; the first that can go on is taken for the rest of the walk. */
  readonly others?: readonly PaginationDescription[] | undefined;
}
