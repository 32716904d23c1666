import { member } from './body-view';
import { slotOf } from './request-slot';
import type { RequestSlot } from './request-slot';

/** Longer queries are looked at up to here. */
const LONGEST_QUERY = 50_000;

/**
 * The variables of a GraphQL request under the names of the arguments they are bound to: `items(after: $c)` makes of the
 * variable `c` a slot called `after`. Variables without a value yet are slots too.
 */
export function graphqlSlots(text: string, body: unknown): readonly RequestSlot[] {
  const variables = member(body, 'variables');
  const query = text.slice(0, LONGEST_QUERY);
  const slots: RequestSlot[] = [];
  for (const [, argument = '', variable = ''] of query.matchAll(/(\w{1,80})\s?:\s?\$(\w{1,80})/g)) {
    // Without an object of variables there is no place for one.
    if (typeof variables !== 'object' || variables === null) break;
    slots.push(
      slotOf('body', `/variables/${variable}`, argument, member(variables, variable) ?? undefined),
    );
  }
  return slots;
}

/** A page size written into the query's text: `users(first: 20)`. */
export function literalSize(text: string): number | undefined {
  const query = text.slice(0, LONGEST_QUERY);
  const found = /\b(?:first|last|limit|perPage|pageSize|take)\s?:\s?(\d{1,6})\b/.exec(query);
  return found === null ? undefined : Number(found[1]);
}
