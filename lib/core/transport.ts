import type { ObservableInput } from 'rxjs';

import type { PageReply } from './page-reply';
import type { PageRequest } from './page-request';

/** What a walk asks of its transport while a body is read; only the transport sees the bytes come. */
export interface TransportLimits {
  /** Bytes of a body after decompression, above which it errors with `BODY_TOO_LARGE`; `Infinity` for no limit. */
  readonly bodyBytes: number;
  /** Levels of nested JSON, above which it errors with `BAD_CONTENT`. */
  readonly jsonDepth: number;
  /** Milliseconds without a byte of the body, after which it errors with `TIMEOUT`; `Infinity` for no limit. */
  readonly idleTimeout: number;
}

/**
 * Sends one request and gives its reply as an Observable, a Promise or anything else RxJS can read. The first
 * reply counts; giving none is a `PROTOCOL` error. When the walk is left, the subscription ends and `signal` aborts.
 *
 * A reply with a status of 400 and above may be given like any other, or thrown.
 */
export interface Transport {
  (request: PageRequest, signal: AbortSignal, limits?: TransportLimits): ObservableInput<PageReply>;
  /** Declares that `request.anonymous` is honoured; without it links to other origins are never followed. */
  readonly anonymous?: true | undefined;
  /** What relative request URLs are joined to, where the transport knows it; makes origins known before the first reply. */
  readonly baseUrl?: string | undefined;
}
