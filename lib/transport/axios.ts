/**
 * The transport on axios, a peer that `npm install axios` brings.
 *
 * @module
 */
import axios, {
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosRequestTransformer,
  type AxiosResponseTransformer,
} from 'axios';

import { checkOptions, describe, isFunction } from '../core/check-options';
import { errorCodeOf } from '../core/error-code';
import { field } from '../core/field';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import { controllerFor } from '../core/request-signal';
import { scrubError } from '../core/scrub-error';
import { joinSecrets, secretsTold, withSecrets } from '../core/secrets';
import type { Transport, TransportLimits } from '../core/transport';
import { queryOf } from '../protocol/query-text';
import { aboutReply } from './about-reply';
import { absoluteBase, absoluteUrl, withCredentialsOf, withoutCredentials } from './absolute-url';
import { watchBody } from './axios-idle';
import { finalUrl, isClientResponse, plainHeaders, refusedResponse, sentUrl } from './axios-reply';
import { SentSecrets } from './axios-secrets';
import { joinHeaders } from './fetch-headers';
import { IdleTimer } from './idle-timer';
import { NO_LIMITS } from './no-limits';
import { replyBody, utf8Length } from './reply-body';
import { requestBody } from './request-body';
import { neutralHeaders } from './request-headers';
import { transportError, type Exchange } from './transport-error';

/** Browsers follow redirects themselves and hide where they lead. */
const inBrowser = typeof document !== 'undefined' || 'WorkerGlobalScope' in globalThis;

/** What the transport on axios can be told besides its instance. */
export interface AxiosTransportOptions {
  /**
   * Further secrets that requests carry and that must not be shown where a server sends them back: what an adapter of your
   * own adds. What the instance and its interceptors add is known without; asked for whenever something is to be shown.
   * @defaultValue none
   */
  readonly secrets?: (() => readonly string[]) | undefined;
}

/**
 * A transport on axios: gives one reply, whatever its status, once the whole body is read and parsed.
 *
 * The request is sent when the transport is called; aborting the signal closes the connection. The instance's base URL, default
 * headers and params, `auth`, interceptors, timeout, proxy and further transforms are kept; only axios' own JSON parser, which
 * hands on broken JSON as text, is replaced by a strict one. Redirects are given as replies on Node and are followed by the
 * runtime elsewhere. It errors with a PaginationError: `NETWORK`, `TIMEOUT`, `TLS`, `ABORTED`, `BAD_JSON`, `BAD_CONTENT`, `PROTOCOL`,
 * `BODY_TOO_LARGE` (the instance's `maxContentLength`), and `BAD_SHAPE` for an interceptor that drops the response; what an
 * interceptor throws passes through. The body that is not JSON, of a status that promises no page, is given as text.
 *
 * @param instance the default axios if omitted.
 * @throws TypeError if `instance` is no axios instance, and for options that are unknown or wrong.
 * @see https://axios-http.com/docs/req_config
 */
export function axiosTransport(
  instance: AxiosInstance = axios,
  options: AxiosTransportOptions = {},
): Transport {
  checkOptions('axiosTransport', options, { secrets: isFunction });
  if (typeof field(instance, 'request') !== 'function' || !field(instance, 'defaults')) {
    throw new TypeError(`axiosTransport: expected an axios instance, got ${describe(instance)}`);
  }

  const sentSecrets = new SentSecrets();
  const transport = async (
    request: PageRequest,
    signal: AbortSignal,
    limits: TransportLimits = NO_LIMITS,
  ): Promise<PageReply> => {
    const finished = absoluteUrl(request, instance.defaults.baseURL);
    const method = (request.method ?? 'GET').toUpperCase();
    joinHeaders(request.headers); // axios would take the characters out that cannot be sent
    const url =
      request.anonymous === true
        ? withoutCredentials(finished)
        : withCredentialsOf(instance.defaults.baseURL, finished);
    // With what the instance and its interceptors added, which the walk does not know.
    const sent: unknown[] = [instance.defaults];
    const secrets = () => joinSecrets(sentSecrets.of(sent, url), secretsTold(options.secrets));
    let bytes: number | undefined;
    let met: { readonly status: unknown; readonly headers: unknown } | undefined;
    const meet = (status: unknown, headers: unknown) => {
      met = { status, headers };
    };
    const about = (error: PaginationError) =>
      aboutReply(
        error,
        met && { status: Number(met.status), headers: plainHeaders(met) },
        secrets(),
      );
    const readers: Readers = {
      measure: (data: unknown, headers, status) => {
        meet(status, headers);
        if (typeof data === 'string') bytes = utf8Length(data);
        return data;
      },
      parser: strictParser(limits.jsonDepth),
      note: (headers: unknown) => sent.push({ headers }),
    };
    // A body that pauses is aborted too.
    const { controller, release } = controllerFor(signal);
    const idle = new IdleTimer(limits.idleTimeout, (error) => {
      controller.abort(error);
    });
    const config: AxiosRequestConfig = {
      url,
      method,
      signal: controller.signal,
      responseType: 'text',
      maxContentLength: smallerLimit(instance.defaults.maxContentLength, limits.bodyBytes),
      ...(limits.idleTimeout !== Infinity &&
        watchBody(instance, idle, meet, request.anonymous === true)),
      ...(!inBrowser && redirectsAsReplies(instance)),
    };
    let response: unknown;
    try {
      response =
        request.anonymous === true
          ? await sendBare(instance, request, config, readers)
          : await send(instance, request, config, readers);
      sent.push(field(response, 'config'));
    } catch (error) {
      sent.push(field(error, 'config'));
      // The status is for the walk to judge, after the instance's own interceptors have seen the error.
      response = refusedResponse(error);
      if (response === undefined) {
        const failed = failure(idle.error ?? error, { method, url, signal });
        throw isPaginationError(failed) ? scrubError(about(failed), secrets()) : failed;
      }
    } finally {
      idle.stop();
      release();
    }
    if (!isClientResponse(response)) {
      throw about(
        new PaginationError(
          'BAD_SHAPE',
          `An interceptor of the axios instance dropped the response: expected a response with status and data, got ${describe(response)}`,
        ),
      );
    }
    const reply = {
      status: response.status,
      headers: plainHeaders(response),
      body: response.data,
      url: finalUrl(response, url),
      requestedUrl: sentUrl(instance, response, url),
      bytes,
    };
    return withSecrets(reply, secrets);
  };
  return Object.defineProperties(transport, {
    anonymous: { value: true, enumerable: true },
    baseUrl: { get: () => absoluteBase(instance.defaults.baseURL), enumerable: true },
  });
}

/** The fetch adapter of axios before 1.20 knows nothing of `maxRedirects` and would follow anywhere, credentials and all. */
function redirectsAsReplies({ defaults }: AxiosInstance): AxiosRequestConfig {
  return { maxRedirects: 0, fetchOptions: { ...defaults.fetchOptions, redirect: 'manual' } };
}

/** What is done to what is sent and to the text of a body. */
interface Readers {
  readonly measure: AxiosResponseTransformer;
  readonly parser: AxiosResponseTransformer;
  /** Told the headers as they are after all request interceptors. */
  readonly note: (headers: unknown) => void;
}

function send(
  instance: AxiosInstance,
  request: PageRequest,
  config: AxiosRequestConfig,
  readers: Readers,
): Promise<unknown> {
  const { defaults } = instance;
  const { body } = request;
  // An object goes as it is, so that request interceptors can look into it; axios writes the same JSON.
  const data = typeof body === 'object' && body !== null ? body : requestBody(request, null)?.text;
  const nameType: AxiosRequestTransformer = (sent: unknown, headers) => {
    readers.note(headers);
    const shared = headers.getContentType();
    const content = requestBody(request, typeof shared === 'string' ? shared : null);
    if (content !== undefined) headers.setContentType(content.contentType);
    return sent;
  };
  return instance.request({
    ...config,
    allowAbsoluteUrls: true,
    headers: { ...request.headers },
    data,
    params: overridden(defaults.params, config.url ?? ''),
    transformRequest: [nameType, ...listOf(defaults.transformRequest)],
    transformResponse: [
      readers.measure,
      ...strictly(listOf(defaults.transformResponse), readers.parser),
    ],
  });
}

/** Sends with nothing of the instance that could be or carry a credential; `axios.create()` would inherit the defaults of axios. */
function sendBare(
  { defaults }: AxiosInstance,
  request: PageRequest,
  config: AxiosRequestConfig,
  readers: Readers,
): Promise<unknown> {
  const content = requestBody(request, null);
  return new axios.Axios({}).request({
    ...config,
    // XMLHttpRequest would send cookies to the page's own origin.
    adapter: inBrowser ? ['fetch', 'xhr'] : ['http', 'fetch'],
    withCredentials: false,
    headers: {
      Accept: 'application/json, */*;q=0.8',
      ...neutralHeaders(request.headers),
      ...(content !== undefined && { 'Content-Type': content.contentType }),
    },
    data: content?.text,
    validateStatus: null,
    transformResponse: [readers.measure, readers.parser],
    ...(defaults.timeout !== undefined && { timeout: defaults.timeout }),
    ...(defaults.proxy !== undefined && { proxy: defaults.proxy }),
  });
}

function strictParser(jsonDepth: number): AxiosResponseTransformer {
  return (data: unknown, headers, status = 200) => {
    if (typeof data !== 'string') return data; // an adapter of the caller's own has parsed it
    const type = headers.get('content-type');
    return replyBody(data, typeof type === 'string' ? type : undefined, status, jsonDepth);
  };
}

/** The instance's transforms with the strict parser in the place of axios' own. */
function strictly(
  transforms: readonly AxiosResponseTransformer[],
  parser: AxiosResponseTransformer,
): readonly AxiosResponseTransformer[] {
  if (transforms.length === 0) return [parser];
  // Known by its text, for the instance may come from another copy of axios (ESM beside CommonJS).
  return transforms.map((one) => (isOwnParser(one) ? parser : one));
}

/** Looked up once for each: the text of a function is written anew every time. */
const judged = new WeakMap<AxiosResponseTransformer, boolean>();

function isOwnParser(transform: AxiosResponseTransformer): boolean {
  let isOwn = judged.get(transform);
  if (isOwn === undefined) {
    isOwn = Function.prototype.toString.call(transform).includes('forcedJSONParsing');
    judged.set(transform, isOwn);
  }
  return isOwn;
}

/** Takes away the default params that the URL names itself, as a param of the request would override them. */
function overridden(params: unknown, url: string): Record<string, undefined> {
  const given = typeof params === 'object' && params !== null ? params : {};
  const names = queryOf(url).map(([name]) => name.replace(/\[.*/s, ''));
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(given, name)).map((name) => [name, undefined]),
  );
}

/** axios counts bytes after decompression; a negative or missing limit of its own is none. */
function smallerLimit(own: number | undefined, limit: number): number {
  const smaller = Math.min(own === undefined || own < 0 ? Infinity : own, limit);
  return smaller === Infinity ? -1 : smaller;
}

function listOf<F>(functions: F | F[] | undefined): readonly F[] {
  return functions === undefined ? [] : ([functions].flat() as readonly F[]);
}

/** What an interceptor throws is the caller's own and passes; what comes from axios holds headers and does not. */
function failure(error: unknown, exchange: Exchange): unknown {
  const code = errorCodeOf(error);
  const foreign = field(error, 'isAxiosError') !== true && !exchange.signal.aborted;
  return foreign && (code === 'PROTOCOL' || code === 'HTTP_STATUS')
    ? error
    : transportError(error, exchange);
}
