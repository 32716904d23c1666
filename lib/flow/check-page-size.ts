import { checkOptions, isCount, isDuration } from '../core/check-options';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { UsageError } from '../core/usage-error';
import type { WalkOptions } from '../core/walk-options';

const PARTS = { min: isCount, max: isCount, target: isDuration };

type Sizeable = Pick<PaginationStrategy, 'id' | 'kind' | 'sized' | 'load' | 'choices'>;

/** @throws TypeError where the page size of this walk cannot change from page to page */
export function checkPageSize(where: string, options: WalkOptions, strategy: Sizeable): void {
  const { pageSize, concurrency = 1, overlap = 0 } = options;
  if (pageSize === undefined) return;
  checkOptions(`${where}: pageSize`, pageSize, PARTS);
  const { min = 0, max = Infinity } = pageSize;
  if (min > max) {
    throw new TypeError(
      `${where}: option 'pageSize' needs a min of at most max, got ${String(min)} and ${String(max)}`,
    );
  }
  if (concurrency > 1) {
    throw new TypeError(
      `${where}: option 'pageSize' does not go with 'concurrency', which tells later positions by the size of the pages before them`,
    );
  }
  if (overlap > 0) {
    throw new TypeError(
      `${where}: option 'pageSize' does not go with 'overlap', which looks for known rows by the size of the pages`,
    );
  }
  const { choices = [] } = strategy;
  for (const one of choices.length === 0 ? [strategy] : choices) checkSizeable(where, one);
}

function checkSizeable(where: string, { id, kind, sized, load }: Sizeable): void {
  const start = `${where}: option 'pageSize' is for lists paged by cursor or offset`;
  if (kind === 'number') {
    throw new UsageError(
      `${start}; this one is paged by number, and a page number stands for other items at another size`,
    );
  }
  if (kind !== undefined && kind !== 'cursor' && kind !== 'offset') {
    throw new UsageError(`${start}; this one is paged by ${kind}`);
  }
  // One that is found out from the first reply is judged then.
  if (sized === undefined && load === undefined) {
    throw new UsageError(
      `${start} that take a page size, and the strategy ${id} names no parameter for it; 'limitParam' does, where the API has one`,
    );
  }
}
