import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { requestUrl } from '../core/request-url';
import { maskUrls } from '../protocol/mask-urls';

const SCHEME = /^[a-z][a-z\d+.-]*:/i;
/** Scheme, host and port in plain letters: nothing that stands behind them makes a URL unreadable. */
const PLAIN_ORIGIN = /^https?:\/\/[a-z\d.-]+(?::\d+)?(?=[/?#]|$)/i;
/** The last of these that was read, and the last base: every page of a walk asks for the same. */
let lastOrigin = '';
let lastBase: { base: string; own: string | undefined; bare: string } | undefined;

/**
 * The finished URL of a request: joined to `base`, else resolved against the page's own address where there is one. What
 * is absolute keeps its bytes, so that all clients send the same ones.
 *
 * @throws PaginationError `PROTOCOL` where it stays relative or is no URL.
 */
export function absoluteUrl(request: PageRequest, base: string | undefined): string {
  const url = requestUrl(request, base);
  if (SCHEME.test(url)) {
    if (isReadable(url)) return url;
    throw new PaginationError('PROTOCOL', `The URL ${maskUrls(url)} cannot be read`);
  }
  const resolved = parse(url, url.startsWith('//') && base !== undefined ? base : ownAddress());
  if (resolved !== undefined) return resolved.href;
  const lack = base === undefined ? 'the transport has no base URL' : 'so is the base URL';
  throw new PaginationError('PROTOCOL', `The URL ${maskUrls(url)} is relative, and ${lack}`);
}

/** A base URL as relative requests see it: absolute where that can be known, and without credentials. */
export function absoluteBase(base: string | undefined): string | undefined {
  const own = ownAddress();
  if (base === undefined || base === '')
    return own === undefined ? undefined : new URL('/', own).href;
  if (lastBase?.base !== base || lastBase.own !== own) {
    lastBase = { base, own, bare: withoutCredentials(base, own) };
  }
  return lastBase.bare;
}

/** The URL without user name and password. */
export function withoutCredentials(url: string, base?: string): string {
  if (base === undefined && !url.includes('@')) return url; // as for most pages
  const parsed = parse(url, base);
  if (parsed === undefined) return url;
  if (base === undefined && `${parsed.username}${parsed.password}` === '') return url;
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}

/** User name and password of `base` for a URL of the same origin that has none itself, as in links of its replies. */
export function withCredentialsOf(base: string | undefined, url: string): string {
  const from = base?.includes('@') === true ? parse(base) : undefined;
  if (from === undefined) return url;
  const to = parse(url);
  if (to === undefined || from.origin !== to.origin) return url;
  if (`${from.username}${from.password}` === '' || `${to.username}${to.password}` !== '')
    return url;
  return url.replace('://', `://${from.username}:${from.password}@`);
}

function isReadable(url: string): boolean {
  const origin = PLAIN_ORIGIN.exec(url)?.[0];
  if (origin !== undefined && origin === lastOrigin) return true;
  if (parse(url) === undefined) return false;
  lastOrigin = origin ?? lastOrigin;
  return true;
}

/** What a browser resolves relative URLs against. */
function ownAddress(): string | undefined {
  if (typeof document !== 'undefined') return document.baseURI;
  return typeof location === 'undefined' ? undefined : location.href;
}

function parse(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
