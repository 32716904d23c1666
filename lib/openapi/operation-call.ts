import type { Kind } from '../core/paged-response';
import {
  securityOf,
  serversOf,
  type SecurityRequirements,
  type ServerDescription,
} from './api-description';
import { argumentNames } from './argument-names';
import type { ReadOperation } from './describe-operations';
import type { OpenedDocument } from './document-operations';
import { present } from './json-view';
import type { PaginationDescription } from './pagination-description';
import type { OperationParameter, ParameterStyle } from './parameters';

/** A parameter of a call. */
export interface CallParameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header' | 'cookie';
  /** Its name among the arguments, where that is another: two parameters may share a name. */
  readonly argument?: string | undefined;
  readonly required?: true | undefined;
  /** @defaultValue `simple` in path and headers, else `form` */
  readonly style?: ParameterStyle | undefined;
  /** @defaultValue true for `form` */
  readonly explode?: boolean | undefined;
  /** Goes into the path as it is, not percent-encoded. */
  readonly unencoded?: true | undefined;
}

/** How an operation is called, as plain JSON: what a generated client holds of it. */
export interface OperationCall<K extends Kind = Kind> {
  /** Names it in messages. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters?: readonly CallParameter[] | undefined;
  readonly body?:
    { readonly required?: true | undefined; readonly mediaType?: string | undefined } | undefined;
  /** Servers of its own. */
  readonly servers?: readonly ServerDescription[] | undefined;
  readonly security?: SecurityRequirements | undefined;
  readonly pagination?: PaginationDescription<K> | undefined;
}

/** The call of an operation of a document. */
export function callOf(document: OpenedDocument, read: ReadOperation): OperationCall {
  const { operation, pagination } = read;
  const { name, method, path, parameters, body, node, item } = operation;
  const names = argumentNames(parameters);
  const list = parameters.map((one, index) => parameterOf(one, names[index] ?? one.name));
  return present<OperationCall>({
    name,
    method,
    path,
    parameters: list.length > 0 ? list : undefined,
    body: body && {
      ...(body.required && { required: true }),
      ...(body.mediaType !== 'application/json' && { mediaType: body.mediaType }),
    },
    servers: serversOf(node) ?? serversOf(item),
    security: securityOf(document, node),
    pagination: pagination && withoutSchemas(pagination),
  });
}

function parameterOf(parameter: OperationParameter, argument: string): CallParameter {
  const { name, in: place, required, style, explode, unencoded } = parameter;
  const usual = place === 'query' || place === 'cookie' ? 'form' : 'simple';
  return present<CallParameter>({
    name,
    in: place,
    argument: argument === name ? undefined : argument,
    required: required ? true : undefined,
    style: style === usual ? undefined : style,
    explode: explode === (style === 'form') ? undefined : explode,
    unencoded,
  });
}

/** Schemas are for reading and for types; a call does not need them. */
function withoutSchemas(description: PaginationDescription): PaginationDescription {
  return present<PaginationDescription>({
    ...description,
    itemSchema: undefined,
    others: description.others?.map(withoutSchemas),
  });
}
