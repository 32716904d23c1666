import { formatPointer } from '../protocol/json-pointer';
import type { DocumentOperation } from './document-operations';
import { UnfitExtension, type ExtensionReader, type OperationReading } from './extension-reader';
import { isObject, member, present, textOf } from './json-view';
import type { NextOperation, PagingRules } from './pagination-description';

const KEY = 'x-ms-pageable';

/**
 * `x-ms-pageable` of AutoRest: `{ nextLinkName, itemName?, operationName? }`. Names are those of single properties, a dot belongs
 * to them. `nextLinkName: null` is one page whose array is only taken out of its envelope.
 *
 * @see https://azure.github.io/autorest/extensions/#x-ms-pageable
 */
export const readAzure: ExtensionReader = (reading) => {
  const value = reading.extension(KEY);
  if (value === undefined || value === false) return undefined;
  if (!isObject(value)) throw new UnfitExtension('expected an object of nextLinkName and itemName');
  const link = member(value, 'nextLinkName');
  if (link !== null && (typeof link !== 'string' || link === '')) {
    throw new UnfitExtension("'nextLinkName' must be a name or null");
  }
  const common = {
    extension: KEY,
    system: 'azure' as const,
    ...reading.itemsAt([textOf(value, 'itemName') ?? 'value']),
    request: {},
    firstPageRequired: [],
  };
  if (link === null) return { ...common, kind: 'single' };
  reading.checkResponse([link]);
  const operationName = textOf(value, 'operationName');
  const operation =
    operationName === undefined ? undefined : nextOperation(reading, operationName, link);
  return {
    ...common,
    kind: 'link',
    next: { in: 'body', pointer: formatPointer([link]) },
    rules: present<PagingRules>({ operation, keep: operation ? undefined : ['api-version'] }),
  };
};

function nextOperation(reading: OperationReading, name: string, link: string): NextOperation {
  const found = reading.operationOf(name);
  if (found === undefined) throw new UnfitExtension(`there is no operation '${name}'`);
  const param = linkParameter(reading.operation, found, link);
  if (param === undefined) {
    throw new UnfitExtension(`the operation '${name}' has no parameter for the next link`);
  }
  return present<NextOperation>({
    method: found.method,
    path: found.path,
    from: reading.operation.path,
    param: { in: param.in === 'cookie' ? 'query' : param.in, name: param.name },
    unencoded: param.unencoded,
  });
}

/** The one of the link's name, else the only one that the first operation has not. */
function linkParameter(
  first: DocumentOperation,
  next: DocumentOperation,
  link: string,
): DocumentOperation['parameters'][number] | undefined {
  const named = next.parameters.find(({ name }) => name === link || name === 'nextLink');
  if (named !== undefined) return named;
  const own = next.parameters.filter(
    ({ name, in: place }) =>
      (place === 'path' || place === 'query') &&
      !first.parameters.some((one) => one.name === name && one.in === place),
  );
  return own.length === 1 ? own[0] : undefined;
}
