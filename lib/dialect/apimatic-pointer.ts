import { parsePointer } from '../protocol/json-pointer';
import { isPointer, isSelector } from '../strategy/selector';
import type { SlotPlace } from '../strategy/slot';

/** A part of a request that changes from page to page. */
export interface RequestSlot {
  readonly in: SlotPlace;
  readonly param: string;
}

const REQUEST = /^\$request\.(query|path|headers|body)#(.*)$/s;
const RESPONSE = /^\$response\.(?:body(?:#|$)|headers#)/;

const PLACES: Readonly<Record<string, SlotPlace>> = {
  query: 'params',
  path: 'path',
  headers: 'headers',
  body: 'body',
};

/** The slot of `$request.query#/name` and its like, names unescaped as RFC 6901 says; `undefined` if it is none. */
export function requestSlot(expression: string): RequestSlot | undefined {
  const [, scope = '', pointer = ''] = REQUEST.exec(expression) ?? [];
  const place = PLACES[scope];
  if (place === undefined || isPointer(pointer) !== undefined) return undefined;
  const [name, ...more] = parsePointer(pointer);
  if (name === undefined) return undefined;
  if (place === 'body') return { in: place, param: pointer };
  return name === '' || more.length > 0 ? undefined : { in: place, param: name };
}

/** Whether it is `$response.body#/pointer`, `$response.body` or, unless only the body will do, `$response.headers#/name`. */
export function isResponsePointer(expression: string, { bodyOnly = false } = {}): boolean {
  return (
    RESPONSE.test(expression) &&
    isSelector(expression) === undefined &&
    !(bodyOnly && expression.startsWith('$response.headers'))
  );
}
