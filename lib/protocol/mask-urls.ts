// Credentials of RFC 7617 and RFC 6750, for clients that show a header value.
const CREDENTIALS = /\b(Basic|Bearer)\s+[^\s"',]+/gi;

/**
 * The text with user names, passwords, queries and fragments of its URLs masked, and credentials of header values too.
 * Takes time linear in the text.
 */
export function maskUrls(text: string): string {
  return text.replace(/\S+/g, maskWord).replace(CREDENTIALS, '$1 ***');
}

function maskWord(word: string): string {
  if (!word.includes('://')) return maskRelative(word);
  const mark = word.search(/[?#]/);
  const address = mark < 0 ? word : word.slice(0, mark);
  const [scheme = '', ...rest] = address.split('://');
  return [scheme, ...rest.map(withoutUserInfo)].join('://') + (mark < 0 ? '' : '?***');
}

/** Only what looks like name=value is taken for a query: prose and code have question marks too. */
function maskRelative(word: string): string {
  const mark = word.indexOf('?');
  return mark >= 0 && word.includes('=', mark + 2) ? `${word.slice(0, mark)}?***` : word;
}

function withoutUserInfo(address: string): string {
  const slash = address.indexOf('/');
  const at = address.lastIndexOf('@', slash < 0 ? address.length : slash);
  return at < 0 ? address : `***${address.slice(at)}`;
}
