import type { ObservableInput } from 'rxjs';

import type { PageReply } from './page-reply';
import type { PageRequest } from './page-request';

/**
 * Sends one request and gives its reply as an Observable, a Promise or anything else RxJS can read. The first
 * reply counts; giving none is a `PROTOCOL` error. When the walk is left, the subscription ends and `signal` aborts.
 *
 * A reply with a status of 400 and above may be given like any other, or thrown.
 */
export interface Transport {
  (request: PageRequest, signal: AbortSignal): ObservableInput<PageReply>;
  /** Declares that `request.anonymous` is honoured; without it links to other origins are never followed. */
  readonly anonymous?: true | undefined;
  /** What relative request URLs are joined to, where the transport knows it; makes origins known before the first reply. */
  readonly baseUrl?: string | undefined;
}
