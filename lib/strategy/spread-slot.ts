import type { Json } from '../core/json';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { isRecord } from '../protocol/is-record';
import { resolvePointer, setAtPointer } from '../protocol/json-pointer';
import { isJson, typeFound } from './read-values';
import { takesBody, unsendable, withSlot } from './slot';

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
  if (place === 'body') return { ...request, body: merged(request, parent, position) };
  return Object.entries(position)
    .filter(([, value]) => value !== null)
    .reduce((changed, [name, value]) => withSlot(changed, place, name, value), request);
}

/** In the object at `parent`, which is made where it is absent. @throws TypeError if something else is there. */
function merged(
  request: PageRequest,
  parent: string,
  members: Readonly<Record<string, Json>>,
): unknown {
  const { body: document = {} } = request;
  const found = resolvePointer(document, parent);
  const holder: unknown = found.found && found.value !== undefined ? found.value : {};
  const set = isRecord(holder)
    ? setAtPointer(document, parent, { ...holder, ...members }, { makeParents: takesBody(request) })
    : undefined;
  if (set?.ok === true) return set.document;
  throw new TypeError(`The body has no object at ${JSON.stringify(parent)} to hold the cursor`);
}

/** What keeps a cursor from being sent member by member, in words; `undefined` if nothing does. */
export function unspreadable(value: unknown, { place }: SpreadPlace): string | undefined {
  if (!isMembers(value)) return typeFound(value);
  // JSON can say all that was parsed from it, but for numbers that lost digits.
  const problems = Object.values(value).map((member) =>
    member === null || (place === 'body' && typeof member !== 'number')
      ? undefined
      : unsendable(member, place),
  );
  const problem = problems.find((one) => one !== undefined);
  return problem === undefined ? undefined : `an object with ${problem}`;
}

function isMembers(value: unknown): value is Readonly<Record<string, Json>> {
  return isRecord(value) && isJson(value);
}
