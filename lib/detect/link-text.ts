import { resolveLink } from '../protocol/next-url';
import { requestUrl } from '../core/request-url';
import type { Sight } from './sight';

/** Longer texts are no links that anybody follows. */
const LONGEST = 8_192;

/** Whether a text can only be a URL: absolute, or of a query alone, or a path with a query. */
export function isSurelyLink(text: string): boolean {
  if (text.length > LONGEST || /\s/.test(text.trim())) return isSpacedUrl(text);
  return /^(?:https?:\/\/[^/]|\?[^=]+=|\/[^/?]+[^?]*\?[^=]+=|[\w.-]+\/?[\w./-]*\?[\w$%[\].-]+=)/i.test(
    text,
  );
}

/** Some write a blank into a query and do not encode it. */
function isSpacedUrl(text: string): boolean {
  return text.length <= LONGEST && /^(?:https?:\/\/[^/\s]+\/|\/)[^\s?]*\?/i.test(text.trim());
}

/** Whether a text is a path of the same API, as far as can be seen. */
export function isPath(text: string, { request }: Sight): boolean {
  if (!/^\/[^/\s]/.test(text) || text.length > LONGEST) return false;
  const [first] = text.slice(1).split(/[/?#]/);
  return first !== undefined && request.path.split('/').includes(first);
}

/** The link resolved against the reply; `undefined` where it is none or leads to this very page. */
export function resolved(text: string, { request, reply }: Sight): string | undefined {
  const own = requestUrlOf(request.request);
  const link = resolveLink(
    text.trim().replace(/\{[^}]*\}$/, ''),
    reply.url === '' ? own : reply.url,
  );
  return link === undefined || sameUrl(link, own) || sameUrl(link, reply.url) ? undefined : link;
}

function requestUrlOf(request: Parameters<typeof requestUrl>[0]): string {
  try {
    return requestUrl(request);
  } catch {
    return request.url;
  }
}

function sameUrl(a: string, b: string): boolean {
  return a.replace(/#.*$/s, '') === b.replace(/#.*$/s, '');
}
