/**
 * The transport on `fetch`, which Node and browsers have. It needs no package.
 *
 * @module
 */
import { checkOptions, describe, isFunction } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { linkedController } from '../core/request-signal';
import { scrubError } from '../core/scrub-error';
import { joinSecrets, secretsOf, secretsTold, withSecrets } from '../core/secrets';
import type { Transport, TransportLimits } from '../core/transport';
import { isRecord } from '../protocol/is-record';
import { aboutReply } from './about-reply';
import { absoluteBase, absoluteUrl, withoutCredentials } from './absolute-url';
import { HeaderJoiner, plainHeaders, type FetchHeaders } from './fetch-headers';
import { parsePage, type ParseContext, type ParsePage } from './parse-page';
import { IdleTimer } from './idle-timer';
import { NO_LIMITS } from './no-limits';
import { readBody } from './read-body';
import { hasPage, replyBody } from './reply-body';
import { requestBody } from './request-body';
import { neutralHeaders } from './request-headers';
import { transportError } from './transport-error';

export type { FetchHeaders, ParseContext, ParsePage };

/** What the transport on `fetch` sends and how it reads; it keeps no state of walks. */
export interface FetchTransportOptions {
  /**
   * What relative request URLs are joined to, as a prefix. It holds no user name or password: those are headers.
   * @defaultValue none on Node, the document's own address in a browser
   */
  readonly baseUrl?: string | undefined;
  /** Sent with every request; a function is asked on every attempt, so that it can refresh a token. */
  readonly headers?: FetchHeaders | (() => FetchHeaders | Promise<FetchHeaders>) | undefined;
  /**
   * Sends the requests, except those that must carry no credentials: they go through the global one.
   * @defaultValue the global `fetch`, looked up on every attempt
   */
  readonly fetch?: typeof fetch | undefined;
  /** Reads the text of a page in another format than JSON; what it throws is a `BAD_CONTENT` error. */
  readonly parse?: ParsePage | undefined;
  /**
   * Further secrets that requests carry and that must not be shown where a server sends them back: what a `fetch` of your
   * own adds. Asked for whenever something is to be shown. @defaultValue none
   */
  readonly secrets?: (() => readonly string[]) | undefined;
}

/**
 * A transport on `fetch`: gives one reply, whatever its status, once the whole body is read and parsed.
 *
 * The request is sent when the transport is called; aborting the signal closes the connection. Redirects are given as replies
 * where the runtime shows them (Node) and are followed by the runtime where it does not (browsers). It errors with a
 * PaginationError: `NETWORK`, `TIMEOUT`, `TLS`, `ABORTED`, `BAD_JSON`, `BAD_CONTENT`, `PROTOCOL`; what a `headers` function throws
 * passes through. The body that is not JSON, of a status that promises no page, is given as text.
 *
 * @throws TypeError for options that are unknown or wrong.
 * @see https://fetch.spec.whatwg.org
 */
export function fetchTransport(options: FetchTransportOptions = {}): Transport {
  checkFetchOptions(options);
  const { baseUrl, headers, fetch: ownFetch, parse, secrets: tell } = options;
  // Browsers hide where a redirect leads ('opaqueredirect'); from the first one on they follow them themselves.
  let redirect: RequestRedirect = 'manual';
  const joiner = new HeaderJoiner();

  const transport = async (
    request: PageRequest,
    signal: AbortSignal,
    limits: TransportLimits = NO_LIMITS,
  ): Promise<PageReply> => {
    const anonymous = request.anonymous === true;
    const finished = absoluteUrl(request, baseUrl);
    const url = anonymous ? withoutCredentials(finished) : finished;
    const method = (request.method ?? 'GET').toUpperCase();
    let joined = joiner.join(
      ACCEPT,
      anonymous ? undefined : typeof headers === 'function' ? await headers() : headers,
      anonymous ? neutralHeaders(request.headers) : request.headers,
    );
    // A fetch of the caller's own may add credentials, to these headers too.
    const own = anonymous ? undefined : ownFetch;
    const client = own ?? globalThis.fetch;
    const body = requestBody(
      request,
      request.body === undefined ? null : joined.get('content-type'),
    );
    if (own !== undefined || body !== undefined) joined = new Headers(joined);
    if (body !== undefined) joined.set('content-type', body.contentType);
    const init: RequestInit = {
      headers: joined,
      ...((own !== undefined || method !== 'GET') && { method }),
      ...(body !== undefined && { body: body.text }),
      ...(anonymous && { credentials: 'omit' }),
    };

    // Node's fetch leaves its listener on the signal it was given.
    const { controller, release } = linkedController(signal);
    const idle = new IdleTimer(limits.idleTimeout, (error) => {
      controller.abort(error);
    });
    // With the transport's own headers, which the walk does not know.
    const secrets = () =>
      joinSecrets(joiner.secretsOf(joined), secretsOf({ url }), secretsTold(tell));
    let response: Response | undefined;
    try {
      init.signal = controller.signal;
      response = await client(url, { ...init, redirect });
      if (response.type === 'opaqueredirect') {
        redirect = 'follow';
        response = await client(url, { ...init, redirect });
      }
      return withSecrets(await readReply(response, url, parse, limits, idle), secrets);
    } catch (error) {
      const told = secrets();
      const reply = response && {
        status: response.status,
        headers: plainHeaders(response.headers),
      };
      const failed = transportError(idle.error ?? error, { method, url, signal });
      throw scrubError(aboutReply(failed, reply, told), told);
    } finally {
      release();
    }
  };
  return Object.defineProperties(transport, {
    // Seems to name no signal, so that the walk gives several requests the same one: each has a controller of its own here,
    // and lets go of that signal.
    ...(ownFetch === undefined && { length: { value: 1 } }),
    anonymous: { value: true, enumerable: true },
    baseUrl: { get: () => absoluteBase(baseUrl), enumerable: true },
  });
}

const ACCEPT: FetchHeaders = { accept: 'application/json, */*;q=0.8' };

async function readReply(
  response: Response,
  requested: string,
  parse: ParsePage | undefined,
  limits: TransportLimits,
  idle: IdleTimer,
): Promise<PageReply> {
  const { status } = response;
  const { text, bytes } = await readBody(response, limits, idle);
  const url = response.url === '' ? requested : response.url;
  const contentType = response.headers.get('content-type') ?? undefined;
  const body =
    parse !== undefined && hasPage(status)
      ? await parsePage(parse, text, { contentType, status, url })
      : replyBody(text, contentType, status, limits.jsonDepth);
  return {
    status,
    headers: plainHeaders(response.headers),
    body,
    url,
    requestedUrl: requested,
    bytes,
  };
}

function checkFetchOptions(options: FetchTransportOptions): void {
  checkOptions('fetchTransport', options, {
    baseUrl: () => undefined,
    headers: () => undefined,
    fetch: isFunction,
    parse: isFunction,
    secrets: isFunction,
  });
  // The values of these two may hold credentials and are not shown.
  const { baseUrl, headers } = options;
  if (baseUrl !== undefined && typeof baseUrl !== 'string') {
    throw new TypeError(
      `fetchTransport: option 'baseUrl' must be a string, got ${describe(baseUrl)}`,
    );
  }
  if (baseUrl !== undefined && withoutCredentials(baseUrl) !== baseUrl) {
    throw new TypeError(
      "fetchTransport: option 'baseUrl' must be a URL without user name and password, got one with them; send them in 'headers'",
    );
  }
  if (headers !== undefined && typeof headers !== 'function' && !isRecord(headers)) {
    throw new TypeError(
      `fetchTransport: option 'headers' must be an object or a function, got a ${typeof headers}`,
    );
  }
}
