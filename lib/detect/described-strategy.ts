import type { PaginationStrategy } from '../core/pagination-strategy';
import type { PaginationDescription } from '../strategy/pagination-description';
import { strategyOf } from '../strategy/strategy-of';
import { leadsNowhere } from './find-link-header';
import { checkedEnd, type FirstPageFacts } from './later-page';

const ID = /^detect\((.*)\)$/s;

/** The strategy of a description, whose id is text that it can be made of again. */
export function describedStrategy<T>(
  description: PaginationDescription,
  first?: FirstPageFacts,
): PaginationStrategy<T> {
  const strategy = strategyOf<T>(description);
  const isHeader = description.kind === 'link' && description.next === undefined;
  return {
    ...strategy,
    id: `detect(${JSON.stringify(description)})`,
    read: (request, reply) => {
      const reading = checkedEnd(strategy.read(request, reply), reply, first);
      const isOver = isHeader && leadsNowhere(reply);
      return isOver ? { ...reading, next: () => undefined } : reading;
    },
  };
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
