import type { PageRequest } from '../core/page-request';
import { isPaginationError, type PaginationError } from '../core/pagination-error';
import { scrub, secretsOf } from '../core/secrets';

import { adviceOn, type Failed } from './advice';
import { asOneLine, shortText, visibleText } from './visible-text';

/** What went wrong in one line: code, page, what happened, what to try. Rid of secrets and terminal controls. */
export function errorLine(error: unknown, request: PageRequest, failed: Failed): string {
  return visibleText(scrub(sentence(error, failed), secretsOf(request)));
}

function sentence(error: unknown, failed: Failed): string {
  if (!isPaginationError(error)) {
    return `FAILED: ${asOneLine(error instanceof Error ? error.message : String(error))}`;
  }
  const { code, pageIndex, problem } = error;
  const page = pageIndex === undefined ? '' : String(pageIndex + 1);
  const said = problem?.detail ?? problem?.title ?? excerptOf(error);
  const advice = adviceOn(error, failed);
  return [
    code,
    page === '' ? '' : ` on page ${page}`,
    `: ${asOneLine(messageOf(error))}`,
    said === undefined ? '' : `: ${asOneLine(said)}`,
    advice === undefined ? '' : `; ${advice}`,
  ].join('');
}

/** The message ends with the page, told before, and the request, which some messages begin with. */
function messageOf({ message, pageIndex = 0, request }: PaginationError): string {
  const end = message.lastIndexOf(` (page ${String(pageIndex + 1)}, `);
  if (end < 0 || request === undefined) return message;
  const what = withoutCode(message.slice(0, end));
  const asked = `${request.method} ${request.url}`;
  return what.includes(asked) ? what : `${what} (${asked})`;
}

/** On a command line options say how a list is paged, and not the lines of code that a refused one is told with. */
export function withoutCode(message: string): string {
  return message.replace(/ Say how it is paged with the option[^]*?(?= ?\(page \d|$)/, '');
}

/** The beginning of the body. */
function excerptOf({ bodyExcerpt }: PaginationError): string | undefined {
  return bodyExcerpt === undefined ? undefined : shortText(asOneLine(bodyExcerpt));
}
