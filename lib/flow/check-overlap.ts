import type { PageReading, PaginationStrategy } from '../core/pagination-strategy';
import type { PageRequest } from '../core/page-request';
import { UsageError } from '../core/usage-error';
import type { WalkOptions } from '../core/walk-options';

type Overlapping = Pick<PaginationStrategy, 'kind' | 'choices' | 'start' | 'sizeOf'>;

/** @throws TypeError where it is known before the first reply that the walk is none of offsets, or that its pages are too small */
export function checkOverlap(
  where: string,
  { overlap = 0 }: WalkOptions,
  strategy: Overlapping,
  request: PageRequest,
): void {
  if (overlap === 0) return;
  const { kind, choices = [] } = strategy;
  const kinds = choices.length === 0 ? [kind] : choices.map((choice) => choice.kind);
  // Of several strategies the first reply takes one; only where none of them is one of offsets it need not be waited for.
  if (kinds.some((one) => one === undefined || one === 'offset')) {
    if (choices.length === 0 && strategy.sizeOf?.(strategy.start(request)) === 1) tooSmall(where);
    return;
  }
  notOffset(where, [...new Set(kinds)].join(' or '));
}

/** @throws UsageError where that shows at the reply */
export function checkOverlapping({ kind, limit }: PageReading): void {
  if (kind !== 'offset') notOffset('paginate', kind);
  if (limit === 1) tooSmall('paginate');
}

function notOffset(where: string, kind: string): never {
  throw new UsageError(
    `${where}: option 'overlap' is for lists paged by offset, which alone can ask for rows once more; this one is paged by ${kind}`,
  );
}

function tooSmall(where: string): never {
  throw new UsageError(
    `${where}: option 'overlap' needs pages of two rows or more, and the limit is 1`,
  );
}
