import { describe } from './check-options';
import { field } from './field';
import type { PageRequest, ParamValue } from './page-request';

/** What is encoded as it is. */
const PLAIN = /^[\w.~*()!-]*$/;
const ABSOLUTE = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;

/**
 * The URL of a request: path values filled in, query parameters appended, joined to `base` if relative (as a prefix,
 * the way clients join their base URL). The one place where a URL is built, so that every transport sends the same bytes.
 *
 * @throws TypeError if `url` names a path value that `path` does not hold, and for what is no request, value or base.
 */
export function requestUrl(request: PageRequest, base?: string): string {
  if (typeof field(request, 'url') !== 'string') {
    throw new TypeError(`requestUrl: expected a request { url, ... }, got ${describe(request)}`);
  }
  if (base !== undefined && typeof base !== 'string') {
    throw new TypeError(`requestUrl: the base must be a string, got ${describe(base)}`);
  }
  const [address] = split(request.url, '#');
  const filled = fillPath(address, request.path ?? {});
  const [path, query] = split(filled, '?');
  const added = queryText(request.params ?? {});
  const joined = base === undefined || ABSOLUTE.test(path) ? path : joinBase(base, path);
  const search = [query ?? '', added].filter((part) => part !== '').join('&');
  return search === '' ? joined : `${joined}?${search}`;
}

/**
 * Percent-encodes for a query or path; also `'`, which the URL standard encodes in queries and RFC 3986 does not.
 * @throws URIError if the text is no well-formed Unicode.
 */
export function encodeValue(text: string): string {
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text).replaceAll("'", '%27');
}

function queryText(params: Readonly<Record<string, ParamValue>>): string {
  let text = '';
  for (const name of Object.keys(params)) {
    const value = params[name];
    if (value === undefined || value === null) continue;
    const encodedName = encodeValue(name);
    for (const one of valuesOf('parameter', name, value)) {
      text += `${text === '' ? '' : '&'}${encodedName}=${encodeValue(String(one))}`;
    }
  }
  return text;
}

type Plain = string | number | boolean;

function valuesOf(what: string, name: string, value: NonNullable<ParamValue>): readonly Plain[] {
  if (typeof value !== 'object') return [value];
  checkParamValue(`requestUrl: the ${what} '${name}'`, value);
  return value;
}

/** @throws TypeError where a value is none that a URL can hold */
export function checkParamValue(what: string, value: unknown): void {
  if (value === undefined || value === null || isPlain(value)) return;
  if (Array.isArray(value) && value.every(isPlain)) return;
  throw new TypeError(
    `${what} must be a string, a number, true or false, or an array of these, got ${describe(value)}`,
  );
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function fillPath(url: string, path: Readonly<Record<string, ParamValue>>): string {
  if (!url.includes('{')) return url;
  // What has quotes is JSON in a query and names nothing.
  return url.replace(/\{([^{}/?#"]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(path, name) ? path[name] : undefined;
    if (value === undefined || value === null) {
      throw new TypeError(`The URL ${url} needs a path value for {${name}}, and none was given`);
    }
    return valuesOf('path value', name, value)
      .map((one) => encodeValue(String(one)))
      .join(',');
  });
}

/** Every page of a walk has the same base, and mostly the same path. */
let lastJoin = { base: '', path: '', url: '' };

function joinBase(base: string, path: string): string {
  if (lastJoin.base !== base || lastJoin.path !== path) {
    const [trimmed] = split(split(base, '#')[0], '?');
    const url =
      path === '' ? trimmed : `${trimmed.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
    lastJoin = { base, path, url };
  }
  return lastJoin.url;
}

function split(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
