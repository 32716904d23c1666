import type { PaginationDescription } from '../strategy/pagination-description';
import type { Detection } from './detection';

/** A way to say how a list is paged, and when it is the right one. */
export interface Suggestion {
  readonly when: string;
  readonly description: PaginationDescription;
}

const MOST = 3;

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
  if (weighed.length > 0) return weighed;
  const counted: Suggestion = {
    when: 'if its pages are counted by a parameter of the request',
    description: { kind: 'number', items, param: 'page' },
  };
  const isPart = (totalCount ?? 0) > (itemCount ?? 0);
  const single: Suggestion = {
    when: 'if this is all of it',
    description: { kind: 'single', items },
  };
  return isPart ? [counted] : [counted, single];
}

export function percent(share: number): string {
  return `${String(Math.round(share * 100))} %`;
}
