import { checkArgument } from '../core/check-options';
import { isRecord } from '../protocol/is-record';
import { parsePointer } from '../protocol/json-pointer';
import { findItems } from './read-items';
import { isPointerGiven, select } from './selector';
import type { SelectorFunction } from './selector';
import { labelled } from './selector-functions';

/**
 * A selector of the one array of records in the object at `pointer`, whatever its name: HAL has the items of a list in
 * `_embedded`, under the name of the resource. Where there is no such object, or nothing in it, it finds nothing; several arrays of
 * records, or none, error the walk with `BAD_SHAPE`.
 *
 * @throws TypeError if the pointer is malformed.
 */
export function listIn<T = unknown>(pointer: string): SelectorFunction<readonly T[]> {
  checkArgument('listIn', pointer, isPointerGiven);
  parsePointer(pointer.replace(/^\$response\.body#?/, ''));
  const read = labelled(`listIn(${pointer})`, (reply) => {
    const place = select(reply, pointer);
    return isRecord(place) && Object.keys(place).length > 0 ? findItems(place).found : undefined;
  });
  // What is no array is refused by who reads the items; the type of an item is the caller's word.
  return read as SelectorFunction<readonly T[]>;
}
