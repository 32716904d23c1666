import type { PageRequest } from '../core/page-request';
import type { PaginationDescription } from '../strategy/pagination-description';
import { strategyOf } from '../strategy/strategy-of';
import type { List } from './body-view';
import type { Lead } from './lead';
import type { Sight } from './sight';
import type { Signals } from './signals';

/** A lead with all that is known of the list, and the request it leads to. */
export interface Way extends Lead {
  /** Absent where the list ends with this page. */
  readonly next: PageRequest | undefined;
}

/** The way that a lead shows; `undefined` where it cannot be gone. */
export function completeLead(
  lead: Lead,
  sight: Sight,
  list: List,
  signals: Signals,
): Way | undefined {
  const description = describe(lead.description, list.pointer, signals);
  try {
    return { ...lead, description, next: nextOf(description, sight) };
  } catch {
    return undefined;
  }
}

function describe(
  bare: PaginationDescription,
  items: string,
  { hasMore, totalCount, totalPages }: Signals,
): PaginationDescription {
  const flag = hasMore === undefined ? {} : { hasMore: hasMore.from };
  const total = totalCount === undefined ? {} : { totalCount: totalCount.from };
  const pages = totalPages === undefined ? {} : { totalPages: totalPages.from };
  switch (bare.kind) {
    case 'cursor':
    case 'lastItem':
    case 'link':
    case 'offset':
      return { items, ...bare, ...flag, ...total };
    case 'number':
      return { items, ...bare, ...flag, ...total, ...pages };
    case 'single':
    case 'contentRange':
      return { items, ...bare };
  }
}

function nextOf(
  description: PaginationDescription,
  { request: { request }, reply }: Sight,
): PageRequest | undefined {
  const strategy = strategyOf(description);
  const reading = strategy.read(request, reply);
  const position = reading.next();
  if (position === undefined || position === '') return undefined;
  const { kind, totalCount, items } = reading;
  const before = kind === 'offset' ? Number(reading.position) : 0;
  const isCounted = kind === 'offset' || kind === 'number';
  if (isCounted && before + items.length === totalCount) return undefined;
  return strategy.at(strategy.start(request), position);
}
