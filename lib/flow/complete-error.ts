import { cleanedCause } from '../core/cleaned-cause';
import { errorCodeOf } from '../core/error-code';
import { field } from '../core/field';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import {
  isPaginationError,
  PaginationError,
  type FailedAttempt,
  type PaginationErrorFields,
} from '../core/pagination-error';
import { replyFields } from '../core/reply-fields';
import { fieldsOf, scrubFields } from '../core/scrub-error';
import { redactRequest } from '../core/redact';
import { scrub, secretsIn, secretsOf } from '../core/secrets';
import { UsageError } from '../core/usage-error';

/** Where in a walk an error happened. */
export interface ErrorPlace {
  readonly request: PageRequest;
  readonly base: string | undefined;
  /** None before a walk has read the token it goes on from. */
  readonly pageIndex: number | undefined;
  readonly attempts: number;
  /** Those that failed, and the error of the last. */
  readonly history?: readonly FailedAttempt[] | undefined;
  readonly last?: PaginationError | undefined;
  /** The reply it was met in: its transport may know of further secrets. */
  readonly reply?: PageReply | undefined;
}

/** What was thrown while a page was fetched or read, as the walk's own error, rid of every secret of the request. */
export function locateError(thrown: unknown, place: ErrorPlace): unknown {
  if (thrown instanceof UsageError) return thrown;
  const { request, base, pageIndex, attempts, history, last, reply } = place;
  const secrets = [...(reply === undefined ? [] : secretsIn(reply)), ...secretsOf(request)];
  const shown = redactRequest(request, base);
  const known = isPaginationError(thrown) ? thrown : undefined;
  const cause = known === undefined ? cleanedCause(thrown) : known.cause;
  const said = known?.message ?? `The request failed: ${cause?.message ?? ''}`;
  const page = pageIndex === undefined ? '' : `page ${String(pageIndex + 1)}, `;
  const message = `${scrub(said, secrets)} (${page}${shown.method} ${scrub(shown.url, secrets)})`;
  const fields = known === undefined ? statusFields(thrown) : fieldsOf(known);
  return new PaginationError(
    known?.code ?? errorCodeOf(thrown),
    message,
    scrubFields(
      {
        ...(last && fieldsOf(last)),
        ...(reply && replyFields(reply, secrets)),
        ...fields,
        request: shown,
        pageIndex,
        attempts,
        history,
        cause,
      },
      secrets,
    ),
  );
}

/** What a strategy's own functions throw at a reply they did not expect. */
export function readingError(thrown: unknown): unknown {
  if (isPaginationError(thrown) || thrown instanceof UsageError) return thrown;
  const cause = cleanedCause(thrown);
  return new PaginationError('BAD_SHAPE', `The reply could not be read: ${cause.message}`, {
    cause,
  });
}

/** The error with what is known once the walk has stopped; errors of no page, as of an abort, are rid of secrets here. */
export function completeError(
  error: unknown,
  request: PageRequest,
  added: { readonly resumeToken: string; readonly itemsEmitted: number },
): unknown {
  if (!isPaginationError(error)) return error;
  const { code, message } = error;
  const secrets = secretsOf(request);
  const fields = scrubFields(fieldsOf(error), secrets);
  return new PaginationError(code, scrub(message, secrets), { ...fields, ...added });
}

/** SDK errors carry the status they met. */
function statusFields(thrown: unknown): PaginationErrorFields {
  const status = field(thrown, 'status');
  return typeof status === 'number' ? { status } : {};
}
