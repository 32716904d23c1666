import type { PaginationStrategy } from '../core/pagination-strategy';
import type { PaginationDescription } from '../strategy/pagination-description';
import { strategyOf } from '../strategy/strategy-of';

const ID = /^detect\((.*)\)$/s;

/** The strategy of a description, whose id is text that it can be made of again. */
export function describedStrategy<T>(description: PaginationDescription): PaginationStrategy<T> {
  return { ...strategyOf<T>(description), id: `detect(${JSON.stringify(description)})` };
}

/** The strategy that an id names; `undefined` if it names none. */
export function restoredStrategy<T>(id: string): PaginationStrategy<T> | undefined {
  const text = ID.exec(id)?.[1];
  if (text === undefined) return undefined;
  try {
    return describedStrategy<T>(JSON.parse(text) as PaginationDescription);
  } catch {
    return undefined; // a token may hold anything
  }
}
