import { describe } from '../core/check-options';
import type { PageRequest, ParamValue } from '../core/page-request';
import { BODY } from './argument-names';
import { isObject, member, membersOf, present } from './json-view';
import type { CallParameter, OperationCall } from './operation-call';
import type { RequestPlace } from './pagination-description';
import { headerText, pathText, queryPairs } from './parameter-text';

/** Values of the parameters of an operation by their names, and its `body`; `undefined` and `null` are not sent. */
export type CallArguments = Readonly<Record<string, unknown>>;

/**
 * The request of a call: each argument in its place and style.
 * @throws TypeError naming an argument that is unknown, or missing although it is required.
 */
export function buildRequest(server: string, call: OperationCall, args: unknown): PageRequest {
  const given = checkedArguments(call, args);
  const { parameters = [], method, path, body } = call;
  const params = new Map<string, ParamValue>();
  const inPath = new Map<string, ParamValue>();
  const headers = new Map<string, string>();
  const query: string[] = [];
  let url = server + path;
  for (const parameter of parameters) {
    const value = valueOf(call, parameter, given);
    if (value === undefined || value === null) continue;
    const { name } = parameter;
    switch (parameter.in) {
      case 'query':
        if (isPlain(parameter, value)) params.set(name, value);
        else query.push(...queryPairs(parameter, value));
        break;
      case 'path':
        if (isPlain(parameter, value) && !Array.isArray(value)) inPath.set(name, value);
        else url = url.replaceAll(`{${name}}`, () => pathText(parameter, value));
        break;
      case 'header':
        headers.set(name, headerText(parameter, value));
        break;
      case 'cookie': {
        const cookie = `${name}=${encodeURIComponent(headerText(parameter, value))}`;
        headers.set('cookie', [headers.get('cookie') ?? [], cookie].flat().join('; '));
      }
    }
  }
  const content = body === undefined ? undefined : bodyOf(call, member(given, BODY), headers);
  const mark = url.includes('?') ? '&' : '?';
  return present<PageRequest>({
    method: method === 'GET' ? undefined : method,
    url: query.length > 0 ? `${url}${mark}${query.join('&')}` : url,
    path: inPath.size > 0 ? Object.fromEntries(inPath) : undefined,
    params: params.size > 0 ? Object.fromEntries(params) : undefined,
    headers: headers.size > 0 ? Object.fromEntries(headers) : undefined,
    body: content,
  });
}

function checkedArguments(call: OperationCall, args: unknown): CallArguments {
  const { name, parameters = [], body } = call;
  if (args !== undefined && !isObject(args)) {
    throw new TypeError(`${name}: expected an object of arguments, got ${describe(args)}`);
  }
  const known = [...parameters.map(argumentOf), ...(body === undefined ? [] : [BODY])];
  for (const key of Object.keys(args ?? {})) {
    if (known.includes(key)) continue;
    const choices = known.length === 0 ? 'it takes none' : `the arguments are ${known.join(', ')}`;
    throw new TypeError(`${name}: unknown argument ${describe(key)}; ${choices}`);
  }
  return args ?? {};
}

/** @throws TypeError if it is missing and needed */
function valueOf(call: OperationCall, parameter: CallParameter, given: CallArguments): unknown {
  const value = member(given, argumentOf(parameter));
  if (value !== undefined && value !== null) return value;
  const { pagination } = call;
  const { request = {}, rules = {}, firstPageRequired = [] } = pagination ?? {};
  if (isAt(request.page, parameter)) return parameter.required && (rules.first ?? 1);
  if (isAt(request.offset, parameter)) return parameter.required && (rules.first ?? 0);
  const first = parameter.in === 'query' && firstPageRequired.includes(parameter.name);
  const starts = first && cursorOf(call, given) === undefined;
  if (parameter.required !== true && !starts) return undefined;
  const why = starts ? `, which the first page needs` : '';
  throw new TypeError(`${call.name}: the argument '${argumentOf(parameter)}' is missing${why}`);
}

function cursorOf({ parameters = [], pagination }: OperationCall, given: CallArguments): unknown {
  const parameter = parameters.find((one) => isAt(pagination?.request.cursor, one));
  return parameter && (member(given, argumentOf(parameter)) ?? undefined);
}

function isAt(place: RequestPlace | undefined, { name, in: where }: CallParameter): boolean {
  return place?.name === name && place.in === where;
}

function argumentOf({ name, argument }: CallParameter): string {
  return argument ?? name;
}

/** Values that a request itself can hold, of the style in which it writes them. */
function isPlain(parameter: CallParameter, value: unknown): value is ParamValue {
  const { style, explode, unencoded } = parameter;
  if (unencoded === true || (style !== undefined && style !== 'simple' && style !== 'form')) {
    return false;
  }
  if (Array.isArray(value)) {
    return explode !== false && value.length > 0 && value.every((one) => isScalar(one));
  }
  return isScalar(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** JSON as it is; the fields of a form as its text. @throws TypeError for types that cannot be sent */
function bodyOf(call: OperationCall, value: unknown, headers: Map<string, string>): unknown {
  const { required, mediaType = 'application/json' } = call.body ?? {};
  const canBeMadeUp =
    call.pagination !== undefined &&
    Object.values(call.pagination.request).some((place) => place?.in === 'body');
  if (value === undefined || value === null) {
    if (required !== true || canBeMadeUp) return required === true ? {} : undefined;
    throw new TypeError(`${call.name}: the argument '${BODY}' is missing`);
  }
  if (/[/+]json\s*(?:;|$)/i.test(mediaType)) {
    if (mediaType !== 'application/json') headers.set('content-type', mediaType);
    return value;
  }
  headers.set('content-type', mediaType);
  if (typeof value === 'string') return value;
  if (/^application\/x-www-form-urlencoded/i.test(mediaType) && isObject(value)) {
    return membersOf(value)
      .flatMap(([name, one]) =>
        one === undefined || one === null ? [] : queryPairs({ name, in: 'query' }, one),
      )
      .join('&');
  }
  throw new TypeError(`${call.name}: a body of type ${mediaType} must be given as text`);
}
