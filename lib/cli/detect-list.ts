import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { isPaginationError } from '../core/pagination-error';
import { requestUrl } from '../core/request-url';
import { scrub, secretsOf } from '../core/secrets';
import { explainPagination } from '../detect/explain-pagination';
import type { PaginationReport } from '../detect/explain-pagination';
import { paginate } from '../paginate';
import { fetchTransport } from '../transport/fetch';

import { errorLine } from './error-line';
import { EXIT, exitCodeOf } from './exit-codes';
import { hideFields, hideSecrets } from './hide-secrets';
import type { Interrupts } from './interrupts';
import type { Output } from './output';
import { requestOf, type RequestFlags } from './request-of';

/** Options of `detect`. */
export interface DetectFlags extends RequestFlags {
  readonly json?: boolean | undefined;
  readonly timeout?: number | undefined;
  readonly retries?: number | undefined;
}

/** What is said on stderr, and the exit code. */
export interface Detected {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** Makes the first request of a list and prints what its reply shows of how it goes on. */
export async function detectList(
  url: string,
  flags: DetectFlags,
  output: Output,
  { signal }: Interrupts,
): Promise<Detected> {
  const request = requestOf(url, flags);
  let seen: PageReply | undefined;
  const pagination = onePage((reply) => (seen = reply));
  const { timeout, retries } = flags;
  try {
    const paged = paginate(fetchTransport(), request, {
      ...{ pagination, signal, timeout },
      retry: { retries },
    });
    await paged.forEach(() => undefined);
  } catch (error) {
    const line = errorLine(error, request, { strategy: 'detect', flags: {}, reply: seen });
    const exitCode = isPaginationError(error) ? exitCodeOf(error.code) : EXIT.failed;
    return { lines: [`paged-observable: ${line}`], exitCode };
  }
  if (seen === undefined) return { lines: [], exitCode: EXIT.failed };
  const report = explainPagination(request, seen);
  output.line(flags.json === true ? jsonOf(report, request) : String(report));
  return { lines: [], exitCode: report.verdict === 'unknown' ? EXIT.failed : EXIT.done };
}

/** Reads no items: the reply alone is wanted, after all that a walk does about failures. */
function onePage(saw: (reply: PageReply) => void): PaginationStrategy {
  return {
    id: 'detect',
    start: (request) => request,
    at: (request) => request,
    read: (_, reply) => {
      saw(reply);
      return { kind: 'single', items: [], next: () => undefined };
    },
  };
}

/** The report in one line, without the headers of the next request, which hold credentials. */
function jsonOf({ next, ...report }: PaginationReport, request: PageRequest): string {
  const shown =
    next === undefined
      ? {}
      : {
          next: {
            method: next.method ?? 'GET',
            url: hideSecrets(requestUrl(next)),
            ...(next.body !== undefined && { body: hideFields(next.body) }),
          },
        };
  return scrub(JSON.stringify({ ...report, ...shown }), secretsOf(request));
}
