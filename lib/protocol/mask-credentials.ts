const NAME =
  /(?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,40}?(?:key|token|auth|secret)|api[-_]?key|(?:access|refresh|id|auth|session|bearer|api|csrf|xsrf)[-_]?token|(?:client[-_]?)?secret|passw(?:or)?d/
    .source;
/** A field of JSON or a header line, as servers show them in error pages. */
const NAMED = new RegExp(
  `(["']?\\b(?:${NAME})["']?\\s*[:=]\\s*)("(?:[^"\\\\]|\\\\.)*"?|[^\\n,}&<]*)`,
  'gi',
);
// Credentials of RFC 7617 and RFC 6750.
const SCHEMED = /\b(Basic|Bearer)(\s|%20|\+)[^\s"',<]+/gi;

/**
 * The text without the values of fields that usually hold credentials. For servers that send a request back in an error page:
 * what an interceptor of the client added is known to nobody else. Takes time linear in the text.
 */
export function maskCredentials(text: string): string {
  return text.replace(NAMED, '$1***').replace(SCHEMED, '$1$2***');
}
