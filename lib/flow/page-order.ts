import type { Observable } from 'rxjs';

import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { Step } from '../core/step';

/** Which page to fetch. */
export interface PageOrder {
  readonly step: Step;
  readonly request: PageRequest;
  /** The page a walk begins or goes on with; it may be one that was seen before. */
  readonly isFirst: boolean;
  /** The reply of its first attempt, where that was sent already. */
  readonly sent?: Observable<PageReply> | undefined;
  /** When that came or failed, in milliseconds of the clock: waits before the next attempt begin there. */
  readonly sentUntil?: (() => number | undefined) | undefined;
}
