/**
 * The transport on Angular's `HttpClient`, for Angular 20 to 22. An ES module only, as Angular is.
 *
 * @module
 */
import {
  catchError,
  defer,
  filter,
  map,
  Observable,
  of,
  take,
  takeUntil,
  tap,
  throwIfEmpty,
} from 'rxjs';

import { errorCodeOf } from '../core/error-code';
import { field } from '../core/field';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import { scrubError } from '../core/scrub-error';
import { secretsTold, withSecrets } from '../core/secrets';
import type { Transport, TransportLimits } from '../core/transport';
import { maskUrls } from '../protocol/mask-urls';
import { aboutReply } from './about-reply';
import { absoluteBase } from './absolute-url';
import { addressOf, foreignAddressOf, type Address } from './angular-address';
import {
  bareClient,
  checkAngularArguments,
  type AngularHttpBackend,
  type AngularHttpClient,
  type AngularHttpEvent,
  type AngularHttpResponse,
  type AngularRequestOptions,
  type AngularTransportOptions,
} from './angular-client';
import { withinLimits } from './angular-limits';
import { addressObserved, observed, secretsObserved } from './angular-observed';
import {
  hasHead,
  headOf,
  innerError,
  isErrorResponse,
  isResponse,
  refusedResponse,
  replyOf,
} from './angular-reply';
import { joinHeaders, plainHeaders } from './fetch-headers';
import { NO_LIMITS } from './no-limits';
import { requestBody } from './request-body';
import { neutralHeaders } from './request-headers';
import { transportError, type Exchange } from './transport-error';

export type {
  AngularHttpBackend,
  AngularHttpClient,
  AngularHttpEvent,
  AngularRequestOptions,
  AngularTransportOptions,
};

/**
 * A transport on Angular's `HttpClient`: emits one reply, whatever its status, once the whole body is read and parsed.
 *
 * The request is sent on subscribe and goes through the interceptors; unsubscribing closes the connection, and so does
 * aborting the signal. It asks for text, so that broken JSON is seen. A relative URL is handed on as it is, for interceptors tell
 * by it which requests are the application's own. Redirects are given as replies on Node with `withFetch()`, and are followed
 * by the runtime elsewhere. Replies that server-side rendering left for the browser are not used: they lack headers, so a list
 * would seem to end. It errors with a PaginationError: `NETWORK`, `TIMEOUT`, `TLS`, `ABORTED`, `BAD_JSON`, `BAD_CONTENT`, `BODY_TOO_LARGE`,
 * `PROTOCOL`; in browsers all faults below HTTP are `NETWORK`. What an interceptor throws passes through, unless it is an HttpErrorResponse. The
 * body that is not JSON, of a status that promises no page, is given as text.
 *
 * @param http what `inject(HttpClient)` gives.
 * @throws TypeError if `http` is no HttpClient, and for options that are unknown or wrong.
 * @see https://angular.dev/api/common/http/HttpClient
 */
export function angularTransport(
  http: AngularHttpClient,
  options: AngularTransportOptions = {},
): Transport {
  checkAngularArguments(http, options);
  const { backend, baseUrl, secrets: tell } = options;
  const bare = backend === undefined ? undefined : bareClient(http, backend);

  const transport = (
    request: PageRequest,
    signal: AbortSignal,
    limits: TransportLimits = NO_LIMITS,
  ): Observable<PageReply> =>
    defer(() => {
      // As they left the last interceptor.
      const sent: unknown[] = [];
      let met: Parameters<typeof headOf>[0];
      const secrets = () => [...secretsObserved(sent), ...secretsTold(tell)];
      const answer = (response: AngularHttpResponse): PageReply =>
        withSecrets(
          { ...replyOf(response, address.finished, limits), requestedUrl: sentUrl(sent, address) },
          secrets,
        );
      const [client, address] =
        request.anonymous === true
          ? [checked(bare), foreignAddressOf(request, baseUrl)]
          : [observed(http, (one) => sent.push(one)), addressOf(request, baseUrl)];
      const method = (request.method ?? 'GET').toUpperCase();
      const exchange = { method, url: address.finished, signal };
      return client.request(method, address.sent, requestOptions(request, limits)).pipe(
        tap((event) => {
          if (hasHead(event)) met = event;
        }),
        withinLimits(limits),
        filter(isResponse),
        map(answer),
        catchError((error: unknown) => {
          // The status is for the walk to judge, after the interceptors have seen the error.
          const response = refusedResponse(error);
          if (response === undefined) throw failure(error, exchange, address);
          return of(answer(response));
        }),
        catchError((error: unknown) => {
          if (!isPaginationError(error)) throw error;
          throw scrubError(aboutReply(error, headOf(met), secrets()), secrets());
        }),
        take(1),
        throwIfEmpty(() => noResponse(exchange)),
        takeUntil(abortOf(exchange)),
      );
    });
  return Object.defineProperties(transport, {
    ...(bare !== undefined && { anonymous: { value: true, enumerable: true } }),
    baseUrl: { get: () => absoluteBase(baseUrl), enumerable: true },
  });
}

function requestOptions(
  request: PageRequest,
  { bodyBytes, idleTimeout }: TransportLimits,
): AngularRequestOptions {
  const anonymous = request.anonymous === true;
  const { body } = request;
  const content = requestBody(request, null);
  const headers = joinHeaders(
    anonymous ? neutralHeaders(request.headers) : request.headers,
    content && { 'content-type': content.contentType },
  );
  return {
    observe: 'events',
    responseType: 'text',
    reportProgress: bodyBytes !== Infinity || idleTimeout !== Infinity,
    headers: plainHeaders(headers),
    // An object goes as it is, so that interceptors can look into it; HttpClient writes the same JSON.
    body: typeof body === 'object' && body !== null ? body : content?.text,
    // The cache of server-side rendering keeps no headers unless told to: without its Link header a list would end there.
    transferCache: false,
    ...(anonymous && { withCredentials: false }),
    // XMLHttpRequest cannot, and warns of it; browsers hide where a redirect leads.
    ...(!inBrowser() && { redirect: 'manual' as const }),
  };
}

/** A relative one may have been sent elsewhere where nobody looked; then nothing is said. */
function sentUrl(sent: readonly unknown[], address: Address): string | undefined {
  const isAbsolute = /^https?:/i.test(address.sent);
  return sent.length > 0 || isAbsolute ? (addressObserved(sent) ?? address.finished) : undefined;
}

function inBrowser(): boolean {
  return typeof document !== 'undefined' || 'WorkerGlobalScope' in globalThis;
}

function checked(bare: AngularHttpClient | undefined): AngularHttpClient {
  if (bare !== undefined) return bare;
  throw new PaginationError(
    'PROTOCOL',
    "angularTransport sends requests without credentials only with its option 'backend'",
  );
}

/** Errors when the signal aborts. */
function abortOf(exchange: Exchange): Observable<never> {
  const { signal } = exchange;
  return new Observable((subscriber) => {
    const abort = () => {
      subscriber.error(transportError(signal.reason, exchange));
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort);
    subscriber.add(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

function noResponse({ method, url }: Exchange): PaginationError {
  return new PaginationError(
    'PROTOCOL',
    `${method} ${maskUrls(url)} ended without a response: an interceptor dropped it, or the application was destroyed`,
  );
}

/** What an interceptor throws is the caller's own and passes; what comes from HttpClient holds headers and does not. */
function failure(error: unknown, exchange: Exchange, { lack }: Address): unknown {
  const inner = innerError(error);
  const code = errorCodeOf(inner);
  if (code === 'PROTOCOL') {
    if (lack !== undefined && isErrorResponse(error)) return lack;
    // Runtimes show the value of a header that cannot be sent.
    if (/header.*valid|valid.*header/is.test(String(field(inner, 'message')))) {
      return new PaginationError(
        'PROTOCOL',
        `${exchange.method} ${maskUrls(exchange.url)} failed: a header that an interceptor set holds a forbidden character`,
      );
    }
  }
  const foreign = !isErrorResponse(error) && (code === 'PROTOCOL' || code === 'HTTP_STATUS');
  return foreign ? error : transportError(inner, exchange);
}
