import { describe } from '../core/check-options';
import type { Kind } from '../core/paged-response';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { dropshotPagination } from '../dialect/dropshot-pagination';
import { choosePagination } from '../strategy/choose-pagination';
import { cursorPagination } from '../strategy/cursor-pagination';
import { linkPagination } from '../strategy/link-pagination';
import { numberPagination } from '../strategy/number-pagination';
import { offsetPagination } from '../strategy/offset-pagination';
import { NO_SIZE } from '../strategy/size-slot';
import type { SlotPlace } from '../strategy/slot';
import { singlePage } from '../strategy/single-page';
import { cursorSelector, nextSelector } from './next-selector';
import { operationPagination } from './operation-pagination';
import type { PaginationDescription, RequestPlace } from './pagination-description';
import { keepingParams, sameMethodLinks } from './link-rules';
import { endingShort, startingAt } from './number-rules';
import { SLOT_PLACES } from './slot-place';

/**
 * The strategy of a {@link PaginationDescription}, by the rules of the system that it comes from. An empty page does not end a walk
 * that has a cursor or link, except where the system says so; totals that are missing, unreadable or exceeded are ignored.
 *
 * @throws TypeError for a description that lacks what its kind needs.
 */
export function describedPagination<T = unknown, K extends Kind = Kind>(
  description: PaginationDescription<K>,
): PaginationStrategy<T, K> {
  const { others = [] } = description;
  const first = strategyOf<T>(description);
  const strategy =
    others.length === 0 ? first : choosePagination([first, ...others.map(strategyOf<T>)]);
  return strategy as PaginationStrategy<T, K>; // the switch below makes the kind that it is asked for
}

function strategyOf<T>(description: PaginationDescription): PaginationStrategy<T> {
  switch (description.kind) {
    case 'cursor':
      return byCursor<T>(description);
    case 'link':
      return byLink<T>(description);
    case 'number':
      return byNumber<T>(description);
    case 'offset':
      return byOffset<T>(description);
    case 'single':
      return singlePage<T>({ items: description.itemsPointer, ...totals(description) });
  }
}

function byCursor<T>(description: PaginationDescription): PaginationStrategy<T> {
  const { request, rules = {}, system } = description;
  if (system === 'dropshot') return dropshotPagination<T>();
  const slot = slotOf(description, 'cursor', request.cursor);
  return cursorPagination<T>({
    ...common(description),
    ...slot,
    ...limitSlot(slot.in, request.limit),
    next: cursorSelector(needed(description, 'next', description.next), rules.cursor),
    hasMore: rules.hasMore,
    totalCount: rules.totalCount,
    emptyPage: rules.emptyPage,
    // The last page of an OpenAI list may hold null in place of its items.
    ...(system === 'heuristic' && { nullIsEmpty: true }),
  });
}

function byLink<T>(description: PaginationDescription): PaginationStrategy<T> {
  const { rules = {} } = description;
  const next = needed(description, 'next', description.next);
  if (rules.operation !== undefined) {
    return operationPagination<T>(description.itemsPointer, nextSelector(next), rules.operation);
  }
  const options = {
    ...common(description),
    next: nextSelector(next),
    hasMore: rules.hasMore,
    totalCount: rules.totalCount,
    emptyPage: rules.emptyPage,
  };
  if (rules.follow === 'same-method') return sameMethodLinks<T>(options, rules.path);
  const links = linkPagination<T>({ ...options, follow: rules.follow });
  return rules.keep === undefined ? links : keepingParams(links, rules.keep);
}

function byNumber<T>(description: PaginationDescription): PaginationStrategy<T> {
  const { request, rules = {} } = description;
  const slot = slotOf(description, 'page', request.page);
  const strategy = numberPagination<T>({
    ...common(description),
    ...slot,
    ...sizeSlot(slot.in, request.limit),
    first: rules.first,
    totalPages: rules.totalPages,
    totalCount: rules.totalCount,
    hasMore: rules.hasMore,
    emptyPage: rules.emptyPage,
  });
  return rules.shortPage === 'end' ? endingShort(strategy, rules.limit) : strategy;
}

function byOffset<T>(description: PaginationDescription): PaginationStrategy<T> {
  const { request, rules = {} } = description;
  const slot = slotOf(description, 'offset', request.offset);
  const size = limitSlot(slot.in, request.limit);
  const offsets = offsetPagination<T>({
    ...common(description),
    ...slot,
    ...size,
    totalCount: rules.totalCount,
    hasMore: rules.hasMore,
  });
  const strategy = size.limitParam === undefined ? { ...offsets, ...NO_SIZE } : offsets;
  const placed =
    rules.first === undefined || rules.first === 0
      ? strategy
      : startingAt(strategy, slot, rules.first);
  return rules.shortPage === 'end' ? endingShort(placed, rules.limit) : placed;
}

function common({ itemsPointer, rules }: PaginationDescription) {
  return { items: itemsPointer, hideEmpty: rules?.hideEmpty };
}

function totals({ rules }: PaginationDescription) {
  return { totalCount: rules?.totalCount };
}

function slotOf(
  description: PaginationDescription,
  name: string,
  place: RequestPlace | undefined,
): { readonly in: SlotPlace; readonly param: string } {
  const found = needed(description, `request.${name}`, place);
  return { in: SLOT_PLACES[found.in], param: found.name };
}

/** A page size is read where the strategies look for it: in the body with the position, else in the query. */
function limitSlot(
  place: SlotPlace,
  limit: RequestPlace | undefined,
): { readonly limitParam?: string } {
  const fits = limit !== undefined && (place === 'body') === (limit.in === 'body');
  return fits && (limit.in === 'query' || limit.in === 'body') ? { limitParam: limit.name } : {};
}

function sizeSlot(
  place: SlotPlace,
  limit: RequestPlace | undefined,
): { readonly sizeParam?: string } {
  const { limitParam } = limitSlot(place, limit);
  return limitParam === undefined ? {} : { sizeParam: limitParam };
}

function needed<V>(description: PaginationDescription, name: string, value: V | undefined): V {
  if (value !== undefined) return value;
  throw new TypeError(
    `describedPagination: a description of kind '${description.kind}' needs '${name}', got ${describe(value)}`,
  );
}
