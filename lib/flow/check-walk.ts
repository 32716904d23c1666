import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import type { Transport } from '../core/transport';
import type { WalkOptions } from '../core/walk-options';

import { checkOverlap } from './check-overlap';
import { checkPageSize } from './check-page-size';
import { checkAllowedOrigins, checkConcurrency, checkTogether } from './check-walk-options';

/** @throws TypeError where options do not go with each other, with the transport or with the strategy */
export function checkWalk(
  where: string,
  options: WalkOptions,
  transport: Pick<Transport, 'anonymous'>,
  strategy: PaginationStrategy,
  request: PageRequest,
): void {
  checkAllowedOrigins(where, options, transport);
  checkTogether(where, options);
  checkConcurrency(where, options, strategy);
  checkPageSize(where, options, strategy);
  checkOverlap(where, options, strategy, request);
}
