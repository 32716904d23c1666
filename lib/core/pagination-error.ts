/** Why a walk failed. */
export type ErrorCode =
  | 'HTTP_STATUS'
  | 'RATE_LIMITED'
  | 'RETRY_EXHAUSTED'
  | 'TIMEOUT'
  | 'DEADLINE'
  | 'NETWORK'
  | 'TLS'
  | 'BODY_TOO_LARGE'
  | 'BAD_CONTENT'
  | 'BAD_JSON'
  | 'BAD_SHAPE'
  | 'API_ERROR'
  | 'LOOP'
  | 'STALLED'
  | 'PROTOCOL'
  | 'CURSOR_EXPIRED'
  | 'DRIFT'
  | 'CROSS_ORIGIN'
  | 'SPEC_REJECTED'
  | 'CHECKPOINT_MISMATCH'
  | 'CHECKPOINT_CORRUPT'
  | 'LOCKED'
  | 'SINK'
  | 'LEASE_LOST'
  | 'ABORTED';

/** One attempt at a page that did not succeed. */
export interface FailedAttempt {
  readonly code: ErrorCode;
  readonly status?: number | undefined;
  /** Milliseconds waited after it; 0 when it was the last. */
  readonly waitMs: number;
}

/** A request as it may be shown: no headers, no body, credentials and unknown query values masked. */
export interface RedactedRequest {
  readonly method: string;
  readonly url: string;
}

/** A copy of the original error without the fields in which clients keep requests and headers. */
export interface CleanedCause {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly stack?: string | undefined;
  readonly cause?: CleanedCause | undefined;
}

/** Problem details of RFC 9457. */
export interface ProblemDetails {
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly status?: number | undefined;
  readonly detail?: string | undefined;
  readonly instance?: string | undefined;
}

/** What an error knows besides its code and message; for strategies and transports of one's own. */
export interface PaginationErrorFields {
  readonly request?: RedactedRequest | undefined;
  readonly pageIndex?: number | undefined;
  readonly attempts?: number | undefined;
  readonly history?: readonly FailedAttempt[] | undefined;
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly problem?: ProblemDetails | undefined;
  readonly bodyExcerpt?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryable?: true | undefined;
  readonly itemsEmitted?: number | undefined;
  readonly resumeToken?: string | undefined;
  readonly cause?: CleanedCause | undefined;
}

/** In the order in which they are shown. */
const OPTIONAL = [
  ...(['request', 'pageIndex', 'status', 'headers', 'problem', 'bodyExcerpt'] as const),
  ...(['retryAfterMs', 'requestId', 'retryable', 'cause'] as const),
];

const BRAND = Symbol.for('paged-observable/PaginationError');

/**
 * The one error of this toolkit; `code` says what happened, fields say where. It never holds a header that was sent,
 * a request body or a credential.
 */
export class PaginationError extends Error {
  override readonly name = 'PaginationError';
  /** Stable name of what happened. */
  readonly code: ErrorCode;
  /** The request that failed, fit to be logged. */
  declare readonly request?: RedactedRequest;
  /** Place of the failed page in its walk, from 0; of the page in hand where the walk was stopped between two. */
  declare readonly pageIndex?: number;
  /** Requests made for the failed page; 0 where none was under way or waited for. */
  readonly attempts: number;
  /** Each failed attempt in order. */
  readonly history: readonly FailedAttempt[];
  /** HTTP status of the last reply. */
  declare readonly status?: number;
  /** Headers of the last reply, without those that set credentials. */
  declare readonly headers?: Readonly<Record<string, string>>;
  /** Problem details of the last reply (RFC 9457). */
  declare readonly problem?: ProblemDetails;
  /** The beginning of the reply's body, at most 200 characters, control characters escaped. */
  declare readonly bodyExcerpt?: string;
  /** The wait the server asked for, in milliseconds. */
  declare readonly retryAfterMs?: number;
  /** The server's own name of the request, to be quoted to its operator. */
  declare readonly requestId?: string;
  /** The strategy took the error in the reply for one that may be over soon. */
  declare readonly retryable?: true;
  /** Items delivered before the error, by this walk and those it resumed. */
  readonly itemsEmitted: number;
  /** Continues the walk exactly after the last delivered item. */
  readonly resumeToken: string;
  /** The error behind this one, without what clients keep in theirs; after retries that of the last attempt. */
  declare readonly cause?: CleanedCause;

  /** For transports, strategies and sinks of one's own; the walk adds what it knows, and the token. */
  constructor(code: ErrorCode, message: string, fields: PaginationErrorFields = {}) {
    super(message);
    this.code = code;
    this.attempts = fields.attempts ?? 0;
    this.history = fields.history ?? [];
    this.itemsEmitted = fields.itemsEmitted ?? 0;
    this.resumeToken = fields.resumeToken ?? '';
    for (const name of OPTIONAL) {
      if (fields[name] !== undefined) Object.assign(this, { [name]: fields[name] });
    }
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Whether `value` is a {@link PaginationError}, of this copy of the package or another. */
export function isPaginationError(value: unknown): value is PaginationError {
  return typeof value === 'object' && value !== null && BRAND in value;
}
