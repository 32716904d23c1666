import type { PaginationDescription } from '../strategy/pagination-description';
import type { Detection } from './detection';

/** A way to say how a list is paged, and when it is the right one. */
export interface Suggestion {
  readonly when: string;
  readonly description: PaginationDescription;
}

const MOST = 3;
const COUNTERS: ReadonlySet<string> = new Set(['number', 'offset']);

/** What a person could write where detection does not know: the ways that were weighed, else the list as it came. */
export function suggestionsFor({
  candidates,
  itemsPointer: items,
  itemCount,
  totalCount,
  isNoList,
}: Detection): readonly Suggestion[] {
  if (isNoList === true || items === undefined) return [];
  const weighed = candidates.slice(0, MOST).map(({ description, confidence }) => ({
    when: `${percent(confidence)} likely`,
    description,
  }));
  const isPart = (totalCount ?? 0) > (itemCount ?? 0);
  const isCounted = weighed.some(({ description: { kind } }) => COUNTERS.has(kind));
  if (weighed.length > 0 && (isCounted || !isPart)) return weighed;
  const pages: Suggestion = {
    when: 'if a parameter of the request counts its pages',
    description: { kind: 'number', items, param: 'page' },
  };
  if (!isPart) {
    return [pages, { when: 'if this is all of it', description: { kind: 'single', items } }];
  }
  const rows: Suggestion = {
    when: 'if it counts its items',
    description: { kind: 'offset', items, param: 'offset' },
  };
  return [...weighed, pages, rows];
}

export function percent(share: number): string {
  return `${String(Math.round(share * 100))} %`;
}
