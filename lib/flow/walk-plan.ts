import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import type { StandardSchemaV1 } from '../core/standard-schema';
import type { Step } from '../core/step';
import type { Transport } from '../core/transport';
import type { WalkOptions } from '../core/walk-options';

import { originOf } from './origin-guard';

/** Everything a walk is made of; checked, and never changed. */
export interface WalkPlan {
  readonly transport: Transport;
  readonly request: PageRequest;
  readonly strategy: PaginationStrategy;
  readonly schema: StandardSchemaV1 | undefined;
  readonly options: WalkOptions;
}

/** Where the first request goes, as far as that is known before its reply. */
export function originOfPlan({ request, transport }: WalkPlan): string | undefined {
  return originOf(request.url) ?? originOf(transport.baseUrl);
}

/** Where a walk begins. */
export function firstStep({ strategy }: WalkPlan): Step {
  return { strategy, position: undefined, taken: 0, digest: undefined, pages: 0, items: 0 };
}
