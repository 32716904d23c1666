import { describe, isOneOf } from '../core/check-options';
import type { Json } from '../core/json';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { readWhole, typeFound } from './read-values';
import { isPointer } from './selector';
import { hasPlace, readSlot } from './slot';
import type { SlotPlace } from './slot';

export const isPlace = isOneOf('params', 'path', 'headers', 'body');

/** The name of a slot where the caller gave none: in a body it is a pointer. */
export function slotName(param: string | undefined, name: string, place: SlotPlace): string {
  return param ?? (place === 'body' ? `/${name}` : name);
}

/** Where the page size goes: with the position if that is in the body, else into the query. */
export function sizePlace(place: SlotPlace): SlotPlace {
  return place === 'body' ? 'body' : 'params';
}

/** @throws TypeError if the option cannot name a slot of that place. */
export function checkSlot(where: string, option: string, param: string, place: SlotPlace): void {
  const expected = place === 'body' ? (isPointer(param) ?? nonEmpty(param)) : nonEmpty(param);
  if (expected === undefined) return;
  const condition = place === 'body' ? " where the slot is in the 'body'" : '';
  throw new TypeError(
    `${where}: option '${option}' must be ${expected}${condition}, got ${describe(param)}`,
  );
}

/** @throws TypeError if the request has no place for the slot. */
export function checkPlace(
  where: string,
  request: PageRequest,
  place: SlotPlace,
  param: string,
): void {
  if (hasPlace(request, place, param)) return;
  throw new TypeError(
    place === 'path'
      ? `${where}: expected {${param}} in the URL of the request, got ${describe(request.url)}`
      : `${where}: expected a body with a place for ${param}, got ${describe(request.body)}`,
  );
}

function nonEmpty(param: string): string | undefined {
  return param === '' ? 'a name' : undefined;
}

/**
 * The whole number in a slot, `undefined` if it is not set.
 * @throws TypeError if something else is there: counting on from it would lose or repeat pages.
 */
export function checkWholeSlot(
  where: string,
  request: PageRequest,
  place: SlotPlace,
  param: string,
): number | undefined {
  const value = readSlot(request, place, param);
  const whole = readWhole(value);
  if (whole !== undefined || value === undefined) return whole;
  throw new TypeError(
    `${where}: expected a whole number in ${place} ${param}, got ${describe(value)}`,
  );
}

/** @throws PaginationError `CHECKPOINT_CORRUPT` if a position, which may come from a token, is no whole number. */
export function checkPosition(name: string, position: Json): number {
  if (typeof position === 'number' && readWhole(position) === position) return position;
  throw new PaginationError(
    'CHECKPOINT_CORRUPT',
    `The position must be the whole number of a ${name}, not ${typeFound(position)}`,
  );
}
