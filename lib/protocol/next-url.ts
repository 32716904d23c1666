import { parseUrl } from './parse-url';

/** Origin that stands in for an unknown one; `.invalid` belongs to nobody (RFC 2606). */
const UNKNOWN_ORIGIN = 'http://unknown.invalid';

/** What the URL standard takes away before it reads a URL. */
const REMOVED = /^[\0- ]+|[\t\n\r]/g;

const ABSOLUTE = /^[a-z][a-z\d+.-]*:/i;

/** Absolute, and read alike by every parser: no backslash, blank or control character that the URL standard would repair. */
const PLAIN_ABSOLUTE = /^[a-z][a-z\d+.-]*:\/\/[^/\\\s\p{Cc}][^\\\s\p{Cc}]*$/iu;

/**
 * Resolves a link against the URL of the reply it came with (RFC 3986, as the URL standard does it). An absolute link
 * keeps its own bytes; a relative one is encoded no further than the URL standard does. If the reply's URL is itself
 * relative so is the result, unless the link names a host: then it begins with `//`.
 *
 * Gives `undefined` for what is no URL. Where the link leads is the caller's to judge.
 */
export function resolveLink(link: string, replyUrl: string): string | undefined {
  if (/\p{Cs}/u.test(link)) return undefined; // a lone surrogate cannot be sent
  if (PLAIN_ABSOLUTE.test(link)) return parseUrl(link) === undefined ? undefined : link;
  const base = parseUrl(replyUrl);
  if (base !== undefined) return parseUrl(link, base.href)?.href;
  return resolveRelative(withoutRemoved(link), replyUrl);
}

/** A link as the URL standard begins to read it: what stands before a scheme or within it hides none. */
export function withoutRemoved(link: string): string {
  return link.replace(REMOVED, '');
}

function resolveRelative(link: string, replyUrl: string): string | undefined {
  if (ABSOLUTE.test(link)) return parseUrl(link)?.href;
  const base = parseUrl(replyUrl, UNKNOWN_ORIGIN);
  const url = base && parseUrl(link, base.href);
  if (url === undefined) return undefined;
  if (!url.href.startsWith(`${UNKNOWN_ORIGIN}/`)) return url.href.slice(url.protocol.length);
  const rest = url.href.slice(UNKNOWN_ORIGIN.length);
  // "//host" would name a host where a path was meant.
  return rest.startsWith('//') ? `/.${rest}` : rest;
}
