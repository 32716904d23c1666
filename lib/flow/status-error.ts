import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError, type ErrorCode, type ProblemDetails } from '../core/pagination-error';
import { replyFields, shorten } from '../core/reply-fields';
import { secretsIn, secretsOf } from '../core/secrets';
import { jsonTextOf } from '../protocol/json-text';
import { readRetryAfter } from '../protocol/retry-after';

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
  return new PaginationError(code, message, {
    ...replyFields(reply, secrets),
    problem: problemOf(reply, secrets),
    bodyExcerpt: bodyExcerpt(reply.body, secrets),
    retryAfterMs: readRetryAfter(reply.headers, now),
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
