import { maskReply } from '../core/mask-reply';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError, type ErrorCode, type ProblemDetails } from '../core/pagination-error';
import { scrub, secretsIn, secretsOf } from '../core/secrets';
import { excerpt } from '../protocol/excerpt';
import { jsonTextOf } from '../protocol/json-text';
import { readRetryAfter } from '../protocol/retry-after';

/** Reply headers that tell about the failure and never carry a credential. */
const TELLING =
  /^(?:content-type|content-length|date|retry-after|retry-after-ms|server|via|age|allow|x-rate-?limit.*|ratelimit.*)$/;
const REQUEST_IDS = [
  'x-request-id',
  'request-id',
  'x-correlation-id',
  'x-amzn-requestid',
  'x-amz-request-id',
  'x-ms-request-id',
  'x-trace-id',
  'cf-ray',
];

/** The error of a reply that is no page. Everything taken from the reply is cut short and rid of what was sent. */
export function replyError(
  code: ErrorCode,
  message: string,
  request: PageRequest,
  reply: PageReply,
  now: number,
  retryable?: true,
): PaginationError {
  const secrets = [...secretsIn(reply), ...secretsOf(request)];
  const headers = Object.entries(reply.headers)
    .filter(([name]) => TELLING.test(name) || REQUEST_IDS.includes(name))
    .map(([name, value]) => [name, shorten(value, secrets)] as const);
  const requestId = REQUEST_IDS.map((name) => reply.headers[name]).find((id) => id !== undefined);
  return new PaginationError(code, message, {
    status: reply.status,
    headers: Object.fromEntries(headers),
    problem: problemOf(reply, secrets),
    bodyExcerpt: bodyExcerpt(reply.body, secrets),
    retryAfterMs: readRetryAfter(reply.headers, now),
    requestId: requestId === undefined ? undefined : shorten(requestId, secrets),
    retryable,
  });
}

function bodyExcerpt(body: unknown, secrets: readonly string[]): string | undefined {
  if (body === undefined || body === null || body === '') return undefined;
  // What a transport's own parser made need not be JSON.
  const text = typeof body === 'string' ? body : jsonTextOf(body);
  return text === undefined ? undefined : shorten(text, secrets);
}

/** RFC 9457; servers send its members as plain JSON too, so only the content type decides. */
function problemOf(reply: PageReply, secrets: readonly string[]): ProblemDetails | undefined {
  const { body } = reply;
  if (!/^application\/problem\+json\b/i.test(reply.headers['content-type'] ?? '')) return undefined;
  if (typeof body !== 'object' || body === null) return undefined;
  const text = (name: string) => {
    const value: unknown = Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined;
    return typeof value === 'string' ? shorten(value, secrets) : undefined;
  };
  return {
    type: text('type'),
    title: text('title'),
    status: reply.status,
    detail: text('detail'),
    instance: text('instance'),
  };
}

function shorten(text: string, secrets: readonly string[]): string {
  // Scrubbed before it is cut, for half a secret is no longer found; the rough cut bounds the time.
  return excerpt(maskReply(scrub(text.slice(0, 20_000), secrets)));
}
