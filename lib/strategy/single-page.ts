import { checkOptions } from '../core/check-options';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { commonChecks, readCommon, readFigures, statusesOf, strategyId } from './common-options';
import type { CommonOptions } from './common-options';
import { isSelector } from './selector';
import type { Selector } from './selector';

/** Where the items of a list that is not paged are. */
export interface SinglePageOptions<T = unknown> extends CommonOptions<T> {
  readonly totalCount?: Selector | undefined;
}

const checks = { ...commonChecks, totalCount: isSelector };

/**
 * A list that comes whole in one reply: one request, then the end.
 * @throws TypeError for an unknown or wrong option.
 */
export function singlePage<T = unknown>(
  options: SinglePageOptions<T> = {},
): PaginationStrategy<T, 'single'> {
  checkOptions('singlePage', options, checks);
  const { totalCount } = options;
  return {
    kind: 'single',
    id: options.id ?? strategyId('single', { items: options.items }),
    start: (request) => request,
    at: (request) => request,
    read: (_, reply) => {
      const common = readCommon(reply, options);
      const figures = readFigures(reply, common.items, { totalCount });
      return { kind: 'single', ...common, ...figures, next: () => undefined };
    },
    statuses: statusesOf(options),
  };
}
