import type { PageRequest } from '../core/page-request';
import type { PagedObservable } from '../core/paged-observable';
import type { Transport } from '../core/transport';
import { paginate } from '../paginate';

import type { ExportDescription, PagingDescription } from './export-description';
import type { PartRange } from './export-plan';
import { listStrategy } from './list-strategy';

/** What is needed to walk a part. */
interface WalkedPart {
  readonly request: PageRequest;
  readonly pagination?: PagingDescription | undefined;
  readonly range?: PartRange | undefined;
}

/**
 * The walk of a part, which ends at the end of its range.
 * @throws TypeError for what no walk can be made of
 */
export function partWalk(
  transport: Transport,
  { request, pagination, range }: WalkedPart,
  { walk = {} }: Pick<ExportDescription, 'walk'>,
): PagedObservable<unknown> {
  const strategy = listStrategy(pagination);
  return paginate(transport, request, {
    ...walk,
    ...(strategy !== undefined && { pagination: strategy }),
    ...(range?.pages !== undefined ? { maxPages: range.pages } : { maxItems: range?.rows }),
  });
}
