import { cleanedCause } from '../core/cleaned-cause';
import { errorCodeOf } from '../core/error-code';
import type { PageRequest } from '../core/page-request';
import {
  isPaginationError,
  PaginationError,
  type CleanedCause,
  type PaginationErrorFields,
} from '../core/pagination-error';
import { UsageError } from '../core/usage-error';

import { redactRequest } from './redact';
import { scrub, secretsOf } from './secrets';

/** Where in a walk an error happened. */
export interface ErrorPlace {
  readonly request: PageRequest;
  readonly base: string | undefined;
  readonly pageIndex: number;
  readonly attempts: number;
}

/** What was thrown while a page was fetched or read, as the walk's own error, rid of every secret of the request. */
export function locateError(thrown: unknown, place: ErrorPlace): unknown {
  if (thrown instanceof UsageError) return thrown;
  const { request, base, pageIndex, attempts } = place;
  const secrets = secretsOf(request);
  const shown = redactRequest(request, base);
  const known = isPaginationError(thrown) ? thrown : undefined;
  const cause = known === undefined ? cleanedCause(thrown) : known.cause;
  const said = known?.message ?? `The request failed: ${cause?.message ?? ''}`;
  const message = `${scrub(said, secrets)} (page ${String(pageIndex + 1)}, ${shown.method} ${scrub(shown.url, secrets)})`;
  return new PaginationError(known?.code ?? errorCodeOf(thrown), message, {
    ...(known === undefined ? { status: statusOf(thrown) } : fieldsOf(known)),
    request: { method: shown.method, url: scrub(shown.url, secrets) },
    pageIndex,
    attempts,
    cause: cause === undefined ? undefined : scrubCause(cause, secrets),
  });
}

/** What a strategy's own functions throw at a reply they did not expect. */
export function readingError(thrown: unknown): unknown {
  if (isPaginationError(thrown) || thrown instanceof UsageError) return thrown;
  const cause = cleanedCause(thrown);
  return new PaginationError('BAD_SHAPE', `The reply could not be read: ${cause.message}`, {
    cause,
  });
}

/** The error with what is known once the walk has stopped. */
export function completeError(
  error: unknown,
  added: { readonly resumeToken: string; readonly itemsEmitted: number },
): unknown {
  if (!isPaginationError(error)) return error;
  return new PaginationError(error.code, error.message, { ...fieldsOf(error), ...added });
}

function fieldsOf(error: PaginationError): PaginationErrorFields {
  const { request, pageIndex, attempts, history, status, headers, problem } = error;
  const { bodyExcerpt, retryAfterMs, requestId, itemsEmitted, resumeToken, cause } = error;
  return {
    ...{ request, pageIndex, attempts, history, status, headers, problem },
    ...{ bodyExcerpt, retryAfterMs, requestId, itemsEmitted, resumeToken, cause },
  };
}

function scrubCause(cause: CleanedCause, secrets: readonly string[]): CleanedCause {
  return {
    ...cause,
    message: scrub(cause.message, secrets),
    ...(cause.stack !== undefined && { stack: scrub(cause.stack, secrets) }),
    ...(cause.cause !== undefined && { cause: scrubCause(cause.cause, secrets) }),
  };
}

/** SDK errors carry the status they met. */
function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}
