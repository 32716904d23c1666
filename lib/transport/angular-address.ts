import type { PageRequest } from '../core/page-request';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import { requestUrl } from '../core/request-url';
import { absoluteBase, absoluteUrl, withoutCredentials } from './absolute-url';

/** Where a request goes. */
export interface Address {
  /** The URL as HttpClient gets it. */
  readonly sent: string;
  /** The finished one, as far as it is known here. */
  readonly finished: string;
  /** Why it is not finished: it stays relative unless an interceptor knows more. */
  readonly lack?: PaginationError | undefined;
}

/**
 * A relative URL stays so, for interceptors tell by it which requests are the application's own; the runtime resolves it.
 *
 * @throws PaginationError `PROTOCOL` where it is no URL.
 */
export function addressOf(request: PageRequest, baseUrl: string | undefined): Address {
  const sent = requestUrl(request, baseUrl);
  const finished = resolved(request, baseUrl);
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(sent)) {
    if (typeof finished !== 'string') throw finished;
    return { sent: finished, finished };
  }
  return typeof finished === 'string'
    ? { sent, finished }
    : { sent, finished: sent, lack: finished };
}

/**
 * The address of a request that must carry no credentials.
 * @throws PaginationError `CROSS_ORIGIN` for the page's own origin: XMLHttpRequest adds the cookies there, whatever it is told.
 */
export function foreignAddressOf(request: PageRequest, baseUrl: string | undefined): Address {
  const url = withoutCredentials(absoluteUrl(request, baseUrl));
  const own = absoluteBase(undefined);
  if (own !== undefined && new URL(url).origin === new URL(own).origin) {
    throw new PaginationError(
      'CROSS_ORIGIN',
      `The next link leads to ${new URL(url).origin}, where the browser adds the cookies of this page; no request was made`,
    );
  }
  return { sent: url, finished: url };
}

function resolved(request: PageRequest, baseUrl: string | undefined): string | PaginationError {
  try {
    return absoluteUrl(request, baseUrl);
  } catch (error) {
    if (isPaginationError(error)) return error;
    throw error;
  }
}
