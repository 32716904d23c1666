import { formatPointer } from '../protocol/json-pointer';
import {
  UnfitExtension,
  type CommonDescription,
  type ExtensionReader,
  type OperationReading,
} from './extension-reader';
import { isObject, member, present, textOf } from './json-view';
import type { PaginationDescription, RequestPlace } from './pagination-description';

const KEY = 'x-fern-pagination';

/**
 * `x-fern-pagination`, on the operation; `true` there takes what stands at the root of the document. `$request.…` and `$response.…`
 * are dotted paths. Without `step` an `offset` is a page number.
 *
 * @see https://buildwithfern.com/learn/api-definitions/openapi/extensions/pagination
 */
export const readFern: ExtensionReader = (reading) => {
  const own = reading.extension(KEY);
  if (own === undefined || own === false) return undefined;
  const value = own === true ? member(reading.document.root.value, KEY) : own;
  if (!isObject(value)) {
    const place = own === true ? 'at the root of the document ' : '';
    throw new UnfitExtension(`expected ${place}an object of offset, cursor, next_uri or next_path`);
  }
  if (member(value, 'results') === undefined) throw new UnfitExtension("'results' is missing");
  const common = {
    extension: KEY,
    system: 'fern' as const,
    ...reading.itemsAt(responsePath(reading, value, 'results') ?? []),
    firstPageRequired: [],
  };
  const hasMore = responsePath(reading, value, 'has-next-page');
  const rules = present({ hasMore: hasMore && formatPointer(hasMore) });

  if (member(value, 'cursor') !== undefined) {
    return {
      ...common,
      kind: 'cursor',
      request: { cursor: requestPlace(reading, value, 'cursor') },
      next: next(reading, value, 'next_cursor'),
      rules,
    };
  }
  const link = ['next_uri', 'next_path'].find((name) => member(value, name) !== undefined);
  if (link !== undefined) {
    const request = {};
    return { ...common, kind: 'link', request, next: next(reading, value, link), rules };
  }
  if (member(value, 'offset') !== undefined) return byOffset(reading, value, common, rules);
  throw new UnfitExtension('none of offset, cursor, next_uri and next_path');
};

function byOffset(
  reading: OperationReading,
  value: unknown,
  common: CommonDescription,
  rules: PaginationDescription['rules'],
): PaginationDescription {
  const offset = requestPlace(reading, value, 'offset');
  if (member(value, 'step') === undefined) {
    return { ...common, kind: 'number', request: { page: offset }, rules };
  }
  const limit = requestPlace(reading, value, 'step');
  return { ...common, kind: 'offset', request: { offset, limit }, rules };
}

function next(
  reading: OperationReading,
  value: unknown,
  name: string,
): PaginationDescription['next'] {
  const tokens = responsePath(reading, value, name);
  if (tokens === undefined) throw new UnfitExtension(`'${name}' is missing`);
  return { in: 'body', pointer: formatPointer(tokens) };
}

function responsePath(
  reading: OperationReading,
  value: unknown,
  name: string,
): readonly string[] | undefined {
  if (member(value, name) === undefined) return undefined;
  const tokens = dotted(textOf(value, name), '$response');
  if (tokens === undefined) throw new UnfitExtension(`'${name}' must be $response.…`);
  reading.checkResponse(tokens);
  return tokens;
}

/** A query parameter, or else a field of the body. */
function requestPlace(reading: OperationReading, value: unknown, name: string): RequestPlace {
  const tokens = dotted(textOf(value, name), '$request');
  const [first, ...more] = tokens ?? [];
  if (tokens === undefined || first === undefined) {
    throw new UnfitExtension(`'${name}' must be $request.…`);
  }
  const isParameter = more.length === 0 && reading.parameter(first, ['query']) !== undefined;
  if (isParameter || reading.operation.body === undefined) return reading.parameterPlace(first);
  return reading.bodyPlace(tokens);
}

function dotted(text: string | undefined, scope: string): readonly string[] | undefined {
  if (text === scope) return [];
  return text?.startsWith(`${scope}.`) === true
    ? text.slice(scope.length + 1).split('.')
    : undefined;
}
