import type { Json } from '../core/json';
import type { PageRequest, ParamValue } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { resolvePointer, setAtPointer } from '../protocol/json-pointer';
import { queryOf, withoutQuery } from '../protocol/query-text';

/** The part of a request that changes from page to page. */
export type SlotPlace = 'params' | 'path' | 'headers' | 'body';

/** The value in a slot of a request; `undefined` if it is not set. A query parameter may also stand in the URL's own text. */
export function readSlot(request: PageRequest, place: SlotPlace, param: string): unknown {
  switch (place) {
    case 'params':
      return (
        own(request.params, param) ?? queryOf(request.url).find(([name]) => name === param)?.[1]
      );
    case 'path':
      return own(request.path, param);
    case 'headers':
      return own(request.headers, headerName(request, param));
    case 'body': {
      const found = resolvePointer(request.body, param);
      return found.found ? found.value : undefined;
    }
  }
}

/**
 * A copy of the request with `value` in the slot. A query parameter that stood in the URL's own text is taken out of it, every
 * other byte of the URL stays. A request without a body gets one if the slot is a member of it, and objects around a slot of the body
 * that are absent are made, but not for a GET without a body; nothing that is there is replaced.
 *
 * @throws PaginationError `BAD_SHAPE` if the value cannot be sent there unchanged, see {@link unsendable}.
 * @throws TypeError if the request's body has no place for the slot.
 */
export function withSlot(
  request: PageRequest,
  place: SlotPlace,
  param: string,
  value: Json,
): PageRequest {
  const problem = unsendable(value, place);
  if (problem !== undefined) {
    throw new PaginationError('BAD_SHAPE', `Cannot send ${problem} in ${place} ${param}`);
  }
  switch (place) {
    case 'params':
      // Not with a spread: V8 makes a new hidden class for each object that is copied and then gets another property.
      return Object.assign({}, request, {
        url: request.url.includes('?') ? withoutQuery(request.url, new Set([param])) : request.url,
        params: withMember(request.params, param, asParam(value)),
      });
    case 'path':
      return { ...request, path: { ...request.path, [param]: asParam(value) } };
    case 'headers': {
      const headers = { ...request.headers, [headerName(request, param)]: String(asParam(value)) };
      return { ...request, headers };
    }
    case 'body': {
      const set = setInBody(request, param, value);
      if (!set.ok)
        throw new TypeError(
          `The body has nothing at ${JSON.stringify(set.missing)} to hold ${param}`,
        );
      return { ...request, body: set.document };
    }
  }
}

/** Whether the request has a place for the slot. */
export function hasPlace(request: PageRequest, place: SlotPlace, param: string): boolean {
  switch (place) {
    case 'params':
    case 'headers':
      return true;
    case 'path':
      return request.url.includes(`{${param}}`);
    case 'body':
      return setInBody(request, param, null).ok;
  }
}

/**
 * What keeps a value from arriving in a slot as it is, in words fit for a message; `undefined` if nothing does. Query, path
 * and header take text and numbers. A header takes no control characters and none above U+00FF, which clients either
 * refuse or change; a path no empty segment, `.` or `..`. A whole number above 2^53 was rounded when it was parsed.
 */
export function unsendable(value: unknown, place: SlotPlace): string | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return 'a number that is not finite';
    return Number.isInteger(value) && !Number.isSafeInteger(value)
      ? 'a whole number above 2^53, which JSON.parse has rounded'
      : undefined;
  }
  if (typeof value === 'string') return unsendableText(value, place);
  if (place === 'body' && typeof value === 'object' && value !== null) return undefined;
  return typeof value === 'object' && value !== null
    ? `an ${Array.isArray(value) ? 'array' : 'object'}`
    : String(value === null ? null : typeof value);
}

function unsendableText(text: string, place: SlotPlace): string | undefined {
  if (place === 'body') return undefined; // JSON can say it all
  if (/\p{Cs}/u.test(text)) return 'text with half a surrogate pair';
  if (place === 'path' && /^\.{0,2}$/.test(text)) return 'an empty segment, "." or ".."';
  if (place !== 'headers') return undefined;
  if (/[^\x20-\x7e\xa0-\xff]/.test(text)) return 'characters that no header can hold';
  return text.startsWith(' ') || text.endsWith(' ')
    ? 'text with blanks around it, which a header loses'
    : undefined;
}

function withMember(
  values: PageRequest['params'],
  name: string,
  value: string | number,
): Record<string, ParamValue> {
  // Assigning `__proto__` would make no member of it.
  if (name === '__proto__' || (values !== undefined && Object.hasOwn(values, '__proto__'))) {
    return { ...values, [name]: value };
  }
  const copy: Record<string, ParamValue> = Object.assign({}, values);
  copy[name] = value;
  return copy;
}

function setInBody(request: PageRequest, pointer: string, value: Json) {
  const { body = {} } = request;
  return setAtPointer(body, pointer, value, { makeParents: takesBody(request) });
}

/** A GET that has no body is not to get one of several levels: most clients refuse to send it. */
export function takesBody({ method = 'GET', body }: PageRequest): boolean {
  return body !== undefined || !/^(?:GET|HEAD)$/i.test(method);
}

function asParam(value: Json): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

/** The name as the request spells it, else as the strategy does. */
function headerName(request: PageRequest, name: string): string {
  const wanted = name.toLowerCase();
  return Object.keys(request.headers ?? {}).find((key) => key.toLowerCase() === wanted) ?? name;
}

function own(values: Readonly<Record<string, ParamValue>> | undefined, name: string): ParamValue {
  if (values === undefined || !Object.hasOwn(values, name)) return undefined;
  return values[name] ?? undefined;
}
