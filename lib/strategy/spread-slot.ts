import type { Json } from '../core/json';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { isJson, typeFound } from './read-values';
import { unsendable, withSlot } from './slot';

/** Where the members of a cursor go: each is a query parameter, or a member of the body's object at `parent`. */
export interface SpreadPlace {
  readonly place: 'params' | 'body';
  /** A JSON pointer; `''` is the body itself. */
  readonly parent: string;
}

/**
 * The request with each member of the cursor under its own name. A query parameter that is `null` is left out.
 * @throws PaginationError `CHECKPOINT_CORRUPT` if it is no object; it may come from a token.
 */
export function withMembers(
  request: PageRequest,
  { place, parent }: SpreadPlace,
  position: Json,
): PageRequest {
  if (!isMembers(position)) {
    throw new PaginationError(
      'CHECKPOINT_CORRUPT',
      `The position must be an object of parameters, not ${typeFound(position)}`,
    );
  }
  return Object.entries(position).reduce((changed, [name, value]) => {
    if (place === 'params' && value === null) return changed;
    const slot = place === 'params' ? name : `${parent}/${escaped(name)}`;
    return withSlot(changed, place, slot, value);
  }, request);
}

/** What keeps a cursor from being sent member by member, in words; `undefined` if nothing does. */
export function unspreadable(value: unknown, { place }: SpreadPlace): string | undefined {
  if (!isMembers(value)) return typeFound(value);
  const problems = Object.values(value).map((member) =>
    place === 'params' && member === null ? undefined : unsendable(member, place),
  );
  const problem = problems.find((one) => one !== undefined);
  return problem === undefined ? undefined : `an object with ${problem}`;
}

function isMembers(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isJson(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
