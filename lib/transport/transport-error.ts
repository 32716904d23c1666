import { cleanedCause } from '../core/cleaned-cause';
import { errorCodeOf } from '../core/error-code';
import { isPaginationError, PaginationError, type CleanedCause } from '../core/pagination-error';
import { excerpt } from '../protocol/excerpt';
import { maskUrls } from '../protocol/mask-urls';

/** What was asked of a client. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly signal: AbortSignal;
}

/** What an HTTP client threw, as the error of this toolkit; nothing of the client's own error object is kept. */
export function transportError(error: unknown, { method, url, signal }: Exchange): PaginationError {
  if (isPaginationError(error)) return error;
  const shown = maskUrls(url);
  const cause = cleanedCause(error);
  const code = signal.aborted ? 'ABORTED' : errorCodeOf(error);
  const what = code === 'ABORTED' ? 'was aborted' : `failed: ${excerpt(reasonOf(cause), 300)}`;
  return new PaginationError(code, `${method} ${shown} ${what}`, {
    request: { method, url: shown },
    cause,
  });
}

/** The innermost cause says most: clients wrap it in 'fetch failed' or 'Network Error'. */
function reasonOf(cause: CleanedCause): string {
  const inner = cause.cause === undefined ? '' : reasonOf(cause.cause);
  if (inner !== '') return inner;
  return cause.message === '' ? (cause.code ?? '') : cause.message;
}
