import type { PaginationStrategy } from '../core/pagination-strategy';
import type { WalkOptions } from '../core/walk-options';

/** What a repeat means to a walk: what its caller says, else what its protocol is known for. */
export function repeatPolicy(
  options: WalkOptions,
  { mayRepeat }: PaginationStrategy,
): NonNullable<WalkOptions['onRepeat']> {
  if (mayRepeat === true && options.onRepeat === undefined) return 'allow';
  const { onRepeat = 'error' } = options;
  return onRepeat;
}
