import type { PageRequest } from '../core/page-request';
import type { Step } from '../core/step';

/** Which page to fetch. */
export interface PageOrder {
  readonly step: Step;
  readonly request: PageRequest;
  /** The page a walk begins or goes on with; it may be one that was seen before. */
  readonly isFirst: boolean;
}
