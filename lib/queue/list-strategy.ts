import { checkOptions, describe, isText } from '../core/check-options';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { apimaticPagination } from '../dialect/apimatic-pagination';
import { dialect, entryOf } from '../dialect/dialect';
import { isSelectorData } from '../strategy/selector-of';
import { strategyOf } from '../strategy/strategy-of';

import type { PagingDescription } from './export-description';

/**
 * The strategy that a description stands for; none for none, so that the walk finds out.
 * @throws TypeError naming what is wrong with it
 */
export function listStrategy(
  paging: PagingDescription | undefined,
  where = 'pagination',
): PaginationStrategy | undefined {
  if (paging === undefined) return undefined;
  checkOptions(where, paging, {
    dialect: isText,
    items: isSelectorData,
    xPagination: () => undefined,
    strategy: () => undefined,
  });
  const kinds = ['dialect', 'xPagination', 'strategy'].filter((kind) =>
    Object.hasOwn(paging, kind),
  );
  if (kinds.length !== 1) {
    throw new TypeError(
      `${where}: expected one of dialect, xPagination or strategy, got ${kinds.length === 0 ? describe(paging) : kinds.join(' and ')}`,
    );
  }
  if ('dialect' in paging) return dialect(paging.dialect, { items: paging.items });
  if ('items' in paging) throw new TypeError(`${where}: 'items' goes with 'dialect' only`);
  return 'strategy' in paging
    ? strategyOf(paging.strategy)
    : apimaticPagination(paging.xPagination);
}

/** What a list by page number calls its first page. */
export function firstNumber(paging: PagingDescription): number {
  if ('xPagination' in paging) return 1;
  const pagination = 'dialect' in paging ? entryOf(paging.dialect).pagination : paging.strategy;
  return pagination.kind === 'number' ? (pagination.first ?? 1) : 1;
}
