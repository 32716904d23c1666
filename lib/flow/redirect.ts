import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { requestUrl } from '../core/request-url';
import { resolveLink } from '../protocol/next-url';

import { anonymousRequest } from './anonymous-request';
import { judgeTarget, originOf } from './origin-guard';

/** RFC 9110 section 15.4; 300 and 304 are not followed. */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface RedirectRules {
  /** Foreign origins that may be gone to, without credentials. */
  readonly allowed: readonly string[];
  /** The walk's own origin, as far as it is known. */
  readonly home: string | undefined;
  /** What relative URLs are joined to. */
  readonly base: string | undefined;
}

/**
 * The request to which a reply redirects, within the origin, for transports that hand redirects over; none where the reply
 * is no redirect. Credentials and headers go along, and so do the query parameters where the new location has none; to a foreign origin none of
 * them. As the Fetch standard has it, 303 becomes a GET, and 301 and 302 of a POST do.
 *
 * @param left redirects that may still be followed
 * @throws PaginationError `PROTOCOL` where none is left, `CROSS_ORIGIN` where the reply or the redirect is of another origin
 */
export function redirectOf(
  request: PageRequest,
  reply: PageReply,
  rules: RedirectRules,
  left: number,
): PageRequest | undefined {
  checkAnswer(request, reply, rules);
  const location = REDIRECTS.has(reply.status) ? reply.headers['location'] : undefined;
  if (location === undefined) return undefined;
  if (left <= 0) {
    throw new PaginationError('PROTOCOL', 'The server redirects more often than is followed');
  }
  return redirected(request, reply, location, rules.allowed);
}

/**
 * Clients that follow redirects by themselves may come back from anywhere; what is of a foreign origin is not for the walk.
 *
 * @throws PaginationError `CROSS_ORIGIN`, after the request has gone out
 */
function checkAnswer(
  request: PageRequest,
  reply: PageReply,
  { allowed, home, base }: RedirectRules,
): void {
  if (reply.url === reply.requestedUrl) return;
  const answered = originOf(reply.url);
  if (answered === undefined) return;
  const asked = originOf(reply.requestedUrl ?? addressOf(request, base));
  if (asked === undefined || answered === asked) return;
  if (answered === home) return;
  const isDowngrade = asked.startsWith('https:') && answered.startsWith('http:');
  if (!isDowngrade && allowed.includes(answered)) return;
  throw new PaginationError(
    'CROSS_ORIGIN',
    `The client followed a redirect from ${asked} to ${answered}: the request has been sent there, and nothing of the reply is used`,
  );
}

/** What tells the origin of a request: most have it in their own text. */
function addressOf(request: PageRequest, base: string | undefined): string {
  const { url } = request;
  return /^https?:/i.test(url) && !url.includes('{') ? url : requestUrl(request, base);
}

function redirected(
  request: PageRequest,
  reply: PageReply,
  location: string,
  allowed: readonly string[],
): PageRequest {
  const from = reply.url === '' ? requestUrl(request) : reply.url;
  const target = resolveLink(location, from);
  if (target === undefined) {
    throw new PaginationError('PROTOCOL', 'The server redirects to what is no URL');
  }
  const isOwn = judgeTarget(target, originOf(from), allowed) === 'own';
  // The parameters may hold a credential.
  const query = isOwn ? (/\?[^#]*/.exec(requestUrl(request))?.[0] ?? '') : '';
  const method = request.method?.toUpperCase() ?? 'GET';
  const becomesGet = reply.status === 303 || (reply.status < 303 && method === 'POST');
  const next: PageRequest = {
    url: target.includes('?') ? target : target.replace(/#.*$/s, '') + query,
    headers: request.headers,
    ...(becomesGet ? {} : { method, body: request.body }),
    ...(request.anonymous === true && { anonymous: true }),
  };
  return isOwn ? next : anonymousRequest(next);
}
