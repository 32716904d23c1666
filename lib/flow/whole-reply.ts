import { describe } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { requestUrl } from '../core/request-url';
import { keepSecrets } from '../core/secrets';

type Headers = PageReply['headers'];

/**
 * Transports written by hand may leave out what a plain page does not need, and give headers as they have them: a `Link` that is not found
 * for its capital would end the list.
 * @throws PaginationError `BAD_SHAPE` for headers that are none
 */
export function wholeReply(reply: PageReply, request: PageRequest): PageReply {
  const given: Partial<PageReply> = reply;
  const { url = '' } = given;
  const headers = namedInLowerCase(given.headers);
  if (headers === given.headers && url !== '') return reply;
  const whole = { ...reply, headers, url: url === '' ? requestUrl(request) : url };
  return keepSecrets(whole, reply);
}

function namedInLowerCase(headers: unknown): Headers {
  if (headers === undefined) return {};
  if (isHeaders(headers)) {
    for (const name in headers) if (/[A-Z]/.test(name)) return lowered(Object.entries(headers));
    return headers;
  }
  if (isPairs(headers)) return lowered(headers);
  throw new PaginationError(
    'BAD_SHAPE',
    `Expected the headers of a reply as an object, got ${describe(headers)}`,
  );
}

/** The names of a reply, as `Headers` and `Map` give them too. */
function isPairs(value: unknown): value is Iterable<readonly [string, string]> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function isHeaders(value: unknown): value is Headers {
  return typeof value === 'object' && value !== null && !isPairs(value);
}

function lowered(pairs: Iterable<readonly [string, string]>): Headers {
  return Object.fromEntries(Array.from(pairs, ([name, value]) => [name.toLowerCase(), value]));
}
