import type { PageRequest, ParamValue } from '../core/page-request';
import { encodeValue, requestUrl } from '../core/request-url';
import { hashContent } from '../protocol/content-hash';
import { jsonTextOf } from '../protocol/json-text';
import { queryOf } from '../protocol/query-text';

import { originOf } from './origin-guard';

/** Says what it means as it is: decoded and encoded again it is the same text. */
const PLAIN_PAIR = /^[\w.~*()!-]+=[\w.~*()!-]*$/;

/**
 * The keys of a walk's requests. Two with the same key ask for the same: the order of differently named parameters does not
 * count. Mostly a request differs from the one before in one parameter only; then the rest of its key is known.
 */
export class RequestKeys {
  #last: PageRequest | undefined;
  /** What the keys of requests like the last one begin and end with, once there were two. */
  #known: { readonly start: string; readonly end: string } | undefined;

  of(request: PageRequest): string {
    if (this.#isLikeLast(request)) this.#known ??= knownOf(request);
    else this.#known = undefined;
    this.#last = request;
    const pairs = this.#known === undefined ? undefined : plainPairs(request.params);
    if (this.#known === undefined || pairs === undefined) return hashContent(wholeKey(request));
    const { start, end } = this.#known;
    const query = pairs.length > 1 ? pairs.sort(byName).join('&') : pairs[0];
    return hashContent(query === undefined ? start + end : `${start}?${query}${end}`);
  }

  #isLikeLast({ url, path, method, headers, body }: PageRequest): boolean {
    const last = this.#last;
    return (
      last !== undefined &&
      url === last.url &&
      path === last.path &&
      method === last.method &&
      headers === last.headers &&
      body === last.body
    );
  }
}

/** Nothing where the URL has a query of its own, among which the parameters are sorted. */
function knownOf(
  request: PageRequest,
): { readonly start: string; readonly end: string } | undefined {
  if (request.url.includes('?')) return undefined;
  const url = canonical(
    requestUrl({ url: request.url, ...(request.path && { path: request.path }) }),
  );
  return { start: `${methodOf(request)} ${url}`, end: endOf(request) };
}

function wholeKey(request: PageRequest): string {
  const url = canonical(requestUrl(request));
  const mark = url.indexOf('?');
  const sorted =
    mark < 0 ? url : `${url.slice(0, mark)}?${sortedPairs(url.slice(mark + 1)).join('&')}`;
  return `${methodOf(request)} ${sorted}${endOf(request)}`;
}

/** With scheme and host in the one way of writing them, as the URL standard has it; user info is no part of it. */
function canonical(url: string): string {
  const origin = originOf(url);
  return origin === undefined ? url : url.replace(/^[^/]*\/\/[^/?]*\/?/, () => `${origin}/`);
}

function methodOf({ method }: PageRequest): string {
  return method?.toUpperCase() ?? 'GET';
}

function endOf({ headers, body }: PageRequest): string {
  return headers === undefined && body === undefined ? '' : ` ${jsonTextOf([headers, body]) ?? ''}`;
}

/** The pairs of parameters, none where one of them can be written in more than one way. */
function plainPairs(
  params: Readonly<Record<string, ParamValue>> | undefined,
): string[] | undefined {
  const pairs: string[] = [];
  if (params === undefined) return pairs;
  for (const name of Object.keys(params)) {
    const value = params[name];
    if (value === undefined || value === null) continue;
    if (typeof value === 'object') return undefined;
    const pair = `${encodeValue(name)}=${encodeValue(String(value))}`;
    if (!PLAIN_PAIR.test(pair)) return undefined;
    pairs.push(pair);
  }
  return pairs;
}

function byName(one: string, other: string): number {
  return compare(one.slice(0, one.indexOf('=')), other.slice(0, other.indexOf('=')));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Servers read pairs however they are encoded. */
function sortedPairs(query: string): string[] {
  const pairs = query.split('&');
  if (pairs.every((pair) => PLAIN_PAIR.test(pair))) {
    return pairs.length === 1 ? pairs : pairs.sort(byName);
  }
  return [...queryOf(`?${query}`)]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
}
