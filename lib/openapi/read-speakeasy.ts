import { formatPointer } from '../protocol/json-pointer';
import {
  UnfitExtension,
  type CommonDescription,
  type ExtensionReader,
  type OperationReading,
} from './extension-reader';
import { parseSimplePath, type SimplePath } from './json-path';
import { isObject, listOf, member, present, textOf } from './json-view';
import type { NextPlace, PaginationDescription, RequestPlace } from './pagination-description';

const KEY = 'x-speakeasy-pagination';

type Inputs = Readonly<Partial<Record<'page' | 'offset' | 'limit' | 'cursor', RequestPlace>>>;

/**
 * `x-speakeasy-pagination`: `{ type: offsetLimit | cursor | url, inputs, outputs }`, with outputs as JSONPath into the body.
 *
 * @see https://www.speakeasy.com/docs/sdks/customize/runtime/pagination
 */
export const readSpeakeasy: ExtensionReader = (reading) => {
  const value = reading.extension(KEY);
  if (value === undefined || value === false) return undefined;
  if (!isObject(value)) throw new UnfitExtension('expected an object of type, inputs and outputs');
  const outputs = member(value, 'outputs');
  const inputs = readInputs(reading, member(value, 'inputs'));
  const results = pathOf(outputs, 'results');
  if (results?.ofLast !== undefined) throw new UnfitExtension("'results' leads into an element");
  const items = results === undefined ? reading.theItems() : reading.itemsAt(results.tokens);
  const common = { extension: KEY, system: 'speakeasy' as const, ...items, firstPageRequired: [] };
  const type = textOf(value, 'type');
  switch (type) {
    case 'offsetLimit':
      return byNumber(reading, common, inputs, outputs);
    case 'cursor': {
      if (inputs.cursor === undefined) throw new UnfitExtension("no input of type 'cursor'");
      return {
        ...common,
        kind: 'cursor',
        request: inputs,
        next: nextOf(reading, outputs, 'nextCursor'),
        rules: { cursor: isNumeric(reading, inputs.cursor) ? 'text-or-number' : 'text' },
      };
    }
    case 'url':
      return {
        ...common,
        kind: 'link',
        request: inputs,
        next: nextOf(reading, outputs, 'nextUrl'),
        rules: { follow: 'same-method', path: reading.operation.path },
      };
    case undefined:
    default:
      throw new UnfitExtension("'type' must be offsetLimit, cursor or url");
  }
};

function byNumber(
  reading: OperationReading,
  common: CommonDescription,
  inputs: Inputs,
  outputs: unknown,
): PaginationDescription {
  const totalPages = pathOf(outputs, 'numPages');
  if (totalPages !== undefined) reading.checkResponse(totalPages.tokens);
  const position = inputs.page ?? inputs.offset;
  if (position === undefined) throw new UnfitExtension("no input of type 'page' or 'offset'");
  return {
    ...common,
    kind: inputs.page === undefined ? 'offset' : 'number',
    request: inputs,
    rules: present({
      first: reading.numberAt(position),
      limit: reading.numberAt(inputs.limit),
      totalPages: totalPages && formatPointer(totalPages.tokens),
      shortPage: inputs.limit && ('end' as const),
    }),
  };
}

function readInputs(reading: OperationReading, value: unknown): Inputs {
  const inputs: Partial<Record<'page' | 'offset' | 'limit' | 'cursor', RequestPlace>> = {};
  for (const input of listOf(value)) {
    const type = textOf(input, 'type');
    const name = textOf(input, 'name');
    if (type !== 'page' && type !== 'offset' && type !== 'limit' && type !== 'cursor') continue;
    if (name === undefined) throw new UnfitExtension('an input has no name');
    const inBody = textOf(input, 'in') === 'requestBody';
    inputs[type] ??= inBody ? reading.bodyPlace([name]) : reading.parameterPlace(name);
  }
  return inputs;
}

function pathOf(outputs: unknown, name: string): SimplePath | undefined {
  const value = member(outputs, name);
  if (value === undefined) return undefined;
  const path = typeof value === 'string' ? parseSimplePath(value) : undefined;
  if (path === undefined) throw new UnfitExtension(`'${name}' is no JSONPath to one value`);
  return path;
}

function nextOf(reading: OperationReading, outputs: unknown, name: string): NextPlace {
  const path = pathOf(outputs, name);
  if (path === undefined) throw new UnfitExtension(`no output '${name}'`);
  reading.checkResponse(path.tokens);
  return present<NextPlace>({
    in: 'body',
    pointer: formatPointer(path.tokens),
    ofLast: path.ofLast && formatPointer(path.ofLast),
  });
}

function isNumeric(reading: OperationReading, place: RequestPlace): boolean {
  const types = reading.typesAt(place);
  return types.has('integer') || types.has('number');
}
