import { checkArgument, type Check } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { isRecord } from '../protocol/is-record';
import { codeOf, importsOf } from '../strategy/code-of';
import { detect } from './detect';
import type { Detection } from './detection';
import { reportText } from './report-text';

const WHERE = 'explainPagination';

/** What detection makes of a list, for people (`String(report)`) and machines (`JSON.stringify(report)`). */
export interface PaginationReport extends Detection {
  /** The strategy as one would write it; `''` where it is not known. */
  readonly code: string;
  /** The names that the code needs of the package. */
  readonly imports: readonly string[];
  /** The report for people, without credentials. */
  toString(): string;
}

/**
 * What detection sees in the first request of a list and its reply: where the items are, how the list goes on, the next request, the
 * totals, how sure that is and why, and the code that says so. Makes no request itself, and throws for no body, whatever is in it.
 *
 * @throws TypeError for what is no request or no reply
 *
 * @example
 * ```ts
 * import { explainPagination } from 'paged-observable';
 *
 * const url = 'https://api.example.com/rows?limit=2';
 * const body = { data: [{ id: 1 }, { id: 2 }], next_cursor: 'k2' };
 * const report = explainPagination({ url }, { status: 200, headers: {}, body, url });
 * console.log(report.code);
 * ```
 */
export function explainPagination(
  request: string | PageRequest,
  reply: PageReply,
): PaginationReport {
  const asked = typeof request === 'string' ? { url: request } : request;
  checkArgument(WHERE, asked, isRequest);
  checkArgument(WHERE, reply, isReply);
  const detection = detect(asked, reply);
  const { description } = detection;
  const code = description === undefined ? '' : codeOf(description);
  const imports = description === undefined ? [] : importsOf(description);
  const report = { ...detection, code, imports };
  // No part of the JSON.
  return Object.defineProperty(report, 'toString', {
    value: () => reportText(asked, report),
  });
}

const isRequest: Check = (value) =>
  isRecord(value) && typeof value['url'] === 'string'
    ? undefined
    : 'a URL or a request { url, ... }';

const isReply: Check = (value) =>
  isRecord(value) && isRecord(value['headers']) && 'body' in value
    ? undefined
    : 'a reply { status, headers, body, url }';
