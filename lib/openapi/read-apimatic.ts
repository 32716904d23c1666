import { apimaticPagination, type XPagination } from '../dialect/apimatic-pagination';
import { requestSlot } from '../dialect/apimatic-pointer';
import { parsePointer } from '../protocol/json-pointer';
import { UnfitExtension, type ExtensionReader, type OperationReading } from './extension-reader';
import { isObject, listOf, member, membersOf, textOf } from './json-view';
import type { NextPlace, PaginationDescription, RequestPlace } from './pagination-description';

const KEY = 'x-pagination';

const KEYS = ['type', 'result', 'results', 'input', 'output', 'next'];

/** OpenAPI's word for a slot of a request. */
const PLACES = { params: 'query', path: 'path', headers: 'header', body: 'body' } as const;

/**
 * APIMatic's `x-pagination`, on the operation or on its successful response: a strategy, or several in order of preference. Other
 * tools use the same key; a value is APIMatic's if every object of it has a `type` and a pointer.
 *
 * @see https://docs.apimatic.io/rulesets/openapi-v3-apimatic-linting/valid-pagination-type
 */
export const readApimatic: ExtensionReader = (reading) => {
  const value = xPaginationOf(reading);
  if (!isApimatic(value)) return undefined;
  const strategies = (Array.isArray(value) ? listOf(value) : [value]).filter(isXPagination);
  try {
    apimaticPagination(strategies);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnfitExtension(error.message.replace(/^apimaticPagination: /, ''));
  }
  const [first, ...others] = strategies.map((one) => describe(reading, one));
  if (first === undefined) return undefined;
  return others.length === 0 ? first : { ...first, others };
};

/** The value of `x-pagination`, whoever uses it: of the operation, else of its response. */
export function xPaginationOf(reading: OperationReading): unknown {
  const own = reading.extension(KEY);
  const ofResponse = member(reading.operation.success?.node.value, KEY);
  return own === undefined ? ofResponse : (own ?? ofResponse ?? null);
}

function isApimatic(value: unknown): boolean {
  const all = Array.isArray(value) ? listOf(value) : [value];
  return all.length > 0 && all.every(isXPagination);
}

function isXPagination(value: unknown): value is XPagination {
  return (
    isObject(value) &&
    Object.hasOwn(value, 'type') &&
    membersOf(value).some(
      ([, text]) => typeof text === 'string' && /^\$(?:request|response)\b/.test(text),
    )
  );
}

function describe(reading: OperationReading, value: XPagination): PaginationDescription {
  const stray = Object.keys(value).filter((key) => !KEYS.includes(key));
  if (stray.length > 0) reading.notes.push(`keys that are not read: ${stray.join(', ')}`);
  const result = textOf(value, 'result') ?? textOf(value, 'results') ?? '';
  const common = {
    extension: KEY,
    system: 'apimatic' as const,
    ...reading.itemsAt(parsePointer(result.replace(/^\$response\.body#?/, ''))),
    firstPageRequired: [],
  };
  const rules = { hideEmpty: true } as const;
  switch (value.type) {
    case 'offset':
      return { ...common, kind: 'offset', request: { offset: slot(reading, value) }, rules };
    case 'page':
      return { ...common, kind: 'number', request: { page: slot(reading, value) }, rules };
    case 'cursor': {
      const request = { cursor: slot(reading, value) };
      return { ...common, kind: 'cursor', request, next: next(reading, value, 'output'), rules };
    }
    case 'link': {
      const place = next(reading, value, 'next');
      const merged = { ...rules, follow: 'merge' } as const;
      return { ...common, kind: 'link', request: {}, next: place, rules: merged };
    }
  }
}

function slot(reading: OperationReading, value: XPagination): RequestPlace {
  const found = requestSlot(textOf(value, 'input') ?? '');
  if (found === undefined) throw new UnfitExtension("'input' is no pointer into the request");
  if (found.in === 'body') return reading.bodyPlace(parsePointer(found.param));
  if (found.in === 'path' && !reading.operation.path.includes(`{${found.param}}`)) {
    throw new UnfitExtension(`the path has no {${found.param}}`);
  }
  return { in: PLACES[found.in], name: found.param };
}

function next(reading: OperationReading, value: XPagination, key: 'output' | 'next'): NextPlace {
  const pointer = textOf(value, key) ?? '';
  const [scope, rest = ''] = pointer.split(/#(.*)/s);
  const tokens = parsePointer(rest);
  if (scope !== '$response.body') return { in: 'header', pointer: tokens[0] ?? '' };
  reading.checkResponse(tokens);
  return { in: 'body', pointer: rest };
}
