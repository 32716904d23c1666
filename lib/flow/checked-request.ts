import { checkOptions, describe, isText, type Check } from '../core/check-options';
import { field } from '../core/field';
import type { PageRequest } from '../core/page-request';
import { checkParamValue } from '../core/request-url';
import { isRecord } from '../protocol/is-record';

const PARTS: Readonly<Record<string, Check>> = {
  method: isText,
  url: isText,
  path: isObject,
  params: isObject,
  headers: isObject,
  body: () => undefined,
};

/**
 * The request of a caller, as a copy, so that what he does to his own does not reach a walk under way.
 * @throws TypeError naming what is wrong with it, what was expected and what came
 */
export function checkedRequest(where: string, request: string | PageRequest): PageRequest {
  if (typeof request === 'string') return { url: request };
  checkKind(where, request);
  checkOptions(`${where}: request`, request, PARTS);
  if (typeof field(request, 'url') !== 'string') {
    throw new TypeError(`${where}: the request needs a 'url'`);
  }
  const { path, params, headers } = request;
  const start = `${where}: request`;
  for (const [name, value] of Object.entries(path ?? {})) {
    checkParamValue(`${start}: the path value '${name}'`, value);
  }
  for (const [name, value] of Object.entries(params ?? {})) {
    checkParamValue(`${start}: the parameter '${name}'`, value);
  }
  checkHeaders(start, headers);
  return {
    ...request,
    ...(path !== undefined && { path: { ...path } }),
    ...(params !== undefined && { params: { ...params } }),
    ...(headers !== undefined && { headers: { ...headers } }),
  };
}

function checkKind(where: string, request: unknown): void {
  const isPlain = isRecord(request);
  if (isPlain && (!('url' in request) || Object.hasOwn(request, 'url')) && !('href' in request)) {
    return;
  }
  // Those two have no properties of their own, so that nothing of them would be sent.
  const hint = !isPlain
    ? ''
    : 'href' in request
      ? "; of a URL object give its 'href'"
      : "; of a Request give its 'url', and what else it is made of";
  throw new TypeError(
    `${where}: the request must be a URL as text or an object { url, params, headers ... }, got ${describe(request)}${hint}`,
  );
}

function checkHeaders(where: string, headers: unknown): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    const given: unknown = value;
    if (typeof given === 'string') continue;
    throw new TypeError(`${where}: the header '${name}' must be a string, got ${describe(given)}`);
  }
}

/** What is walked through, such as `URLSearchParams`, `Headers` and a `Map`, has no properties, and would be sent as none. */
function isObject(value: unknown): string | undefined {
  const fits = isRecord(value) && field(value, Symbol.iterator) === undefined;
  return fits ? undefined : 'a plain object of names and values';
}
