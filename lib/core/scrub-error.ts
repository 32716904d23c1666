import {
  PaginationError,
  type CleanedCause,
  type PaginationErrorFields,
  type ProblemDetails,
} from './pagination-error';
import { scrub } from './secrets';

/** The fields of an error, to make another of it. */
export function fieldsOf(error: PaginationError): PaginationErrorFields {
  return Object.assign({}, error);
}

/** The fields with every secret masked, wherever a server or a client may have put it. */
export function scrubFields(
  fields: PaginationErrorFields,
  secrets: readonly string[],
): PaginationErrorFields {
  const { request, headers, problem, bodyExcerpt, requestId, cause } = fields;
  const clean = (text: string | undefined) =>
    text === undefined ? undefined : scrub(text, secrets);
  return {
    ...fields,
    request: request && { method: request.method, url: scrub(request.url, secrets) },
    headers: headers && scrubValues(headers, secrets),
    problem: problem && scrubProblem(problem, secrets),
    bodyExcerpt: clean(bodyExcerpt),
    requestId: clean(requestId),
    cause: cause && scrubCause(cause, secrets),
  };
}

/** The error with every secret masked; the very same where there is none in it. */
export function scrubError(error: PaginationError, secrets: readonly string[]): PaginationError {
  const { code, message, stack = '' } = error;
  const before = fieldsOf(error);
  const after = scrubFields(before, secrets);
  const clean = scrub(message, secrets);
  const isClean =
    clean === message &&
    scrub(stack, secrets) === stack &&
    JSON.stringify(after) === JSON.stringify(before);
  return isClean ? error : new PaginationError(code, clean, after);
}

function scrubCause(cause: CleanedCause, secrets: readonly string[]): CleanedCause {
  const { name, code, message, stack } = cause;
  return {
    name: scrub(name, secrets),
    message: scrub(message, secrets),
    ...(code !== undefined && { code: scrub(code, secrets) }),
    ...(stack !== undefined && { stack: scrub(stack, secrets) }),
    ...(cause.cause !== undefined && { cause: scrubCause(cause.cause, secrets) }),
  };
}

function scrubProblem(problem: ProblemDetails, secrets: readonly string[]): ProblemDetails {
  return scrubValues({ ...problem }, secrets);
}

/** In the order that they have, so that what is clean stays the same. */
function scrubValues<R extends Readonly<Record<string, string | number | undefined>>>(
  values: R,
  secrets: readonly string[],
): R {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? scrub(value, secrets) : value,
  ]);
  return Object.fromEntries(entries) as R;
}
