import { isCredentialName } from './credential-name';
import type { PageRequest } from './page-request';
import type { RedactedRequest } from './pagination-error';
import { requestUrl } from './request-url';

/** Query parameters whose short, plain values help to find a page and give nothing away. */
const HARMLESS =
  /^(?:page|page_?number|page_?size|per_?page|size|limit|offset|skip|start|first|last|top|count|max_?results)$/i;
const PLAIN_VALUE = /^\d{1,9}$/;

/** A request as it may be shown: method and URL, without user info, with every value masked that may be a secret. */
export function redactRequest(request: PageRequest, base?: string): RedactedRequest {
  return { method: request.method?.toUpperCase() ?? 'GET', url: redactUrl(urlOf(request, base)) };
}

/** Keeps origin, path and the names of parameters. */
function redactUrl(url: string): string {
  const bare = url.replace(/#.*$/s, '').replace(/^([^/?]*\/\/)[^/?]*@/, '$1');
  const mark = bare.indexOf('?');
  if (mark < 0) return bare;
  const pairs = bare
    .slice(mark + 1)
    .split('&')
    .map(redactPair);
  return `${bare.slice(0, mark)}?${pairs.join('&')}`;
}

function redactPair(pair: string): string {
  const mark = pair.indexOf('=');
  // A pair without a name is all value.
  if (mark < 0) return pair === '' ? '' : '***';
  const name = pair.slice(0, mark);
  const value = pair.slice(mark + 1);
  return HARMLESS.test(name) && PLAIN_VALUE.test(value) ? pair : `${name}=***`;
}

function urlOf(request: PageRequest, base?: string): string {
  try {
    // Path values that carry a credential are masked by their name, as in the query.
    const path = Object.fromEntries(
      Object.entries(request.path ?? {}).map(([name, value]) => [
        name,
        isCredentialName(name) ? '***' : value,
      ]),
    );
    return requestUrl({ ...request, path }, base);
  } catch {
    return request.url;
  }
}
