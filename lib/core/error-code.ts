import { field } from './field';
import { isPaginationError, type ErrorCode } from './pagination-error';

/** Causes looked at, the error itself included. */
const MAX_DEPTH = 10;

const NAMES: Readonly<Record<string, ErrorCode>> = {
  AbortError: 'ABORTED', // fetch, DOM
  CanceledError: 'ABORTED', // axios
  TimeoutError: 'TIMEOUT', // AbortSignal.timeout, RxJS
};

/** Codes of Node (libuv, net, tls, http, zlib), undici and axios that say what happened whatever wraps them. */
const CODES: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^(?:ABORT_ERR|ERR_CANCELED|UND_ERR_ABORTED)$/, 'ABORTED'],
  [/^(?:ETIMEDOUT|ESOCKETTIMEDOUT|ERR_TLS_HANDSHAKE_TIMEOUT|UND_ERR_\w+_TIMEOUT)$/, 'TIMEOUT'],
  // The verification errors of OpenSSL as Node names them (tls, "X509 certificate error codes"), and failed handshakes.
  [
    /^(?:(?:CERT|CRL|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|ERROR_IN_CERT|ERROR_IN_CRL|ERR_TLS_CERT|ERR_SSL)_\w+|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|EPROTO)$/,
    'TLS',
  ],
  [
    /^(?:ECONNRESET|ECONNREFUSED|ENOTCONN|EPIPE|ENOTFOUND|EAI_\w+|ENODATA|E(?:HOST|NET)(?:UNREACH|DOWN)|ENETRESET|EADDRNOTAVAIL)$/,
    'NETWORK',
  ],
  [
    /^(?:UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|ERR_STREAM_PREMATURE_CLOSE)$/,
    'NETWORK',
  ],
  [/^(?:ERR_HTTP2_\w+|HPE_INVALID_EOF_STATE|Z_BUF_ERROR)$/, 'NETWORK'],
  [/^(?:Z_\w+|ERR__ERROR_FORMAT_\w+)$/, 'BAD_CONTENT'], // not in the encoding the headers name
  [/^UND_ERR_RES_EXCEEDED_MAX_SIZE$/, 'BODY_TOO_LARGE'],
];

/** What fetch says when the network failed: undici, Chromium, Firefox, Safari, React Native; also while the body is read. */
const FETCH_FAILED =
  /^(?:fetch failed|terminated|failed to fetch|networkerror when attempting|load failed|network error|network request failed|the network connection was lost|error in input stream)/i;

/**
 * What an error thrown by an HTTP client means. It looks through the chain of causes: first for what is certain, then
 * for what clients say in general. Only `NETWORK`, `TIMEOUT` and `BAD_JSON` speak of something that may be over soon.
 * What it does not know is `PROTOCOL`, which nobody retries.
 */
export function errorCodeOf(error: unknown): ErrorCode {
  const chain = chainOf(error);
  return first(chain, certainCode) ?? first(chain, generalCode) ?? 'PROTOCOL';
}

function certainCode(error: unknown): ErrorCode | undefined {
  if (isPaginationError(error)) return error.code;
  const name = field(error, 'name');
  if (typeof name === 'string' && Object.hasOwn(NAMES, name)) return NAMES[name];
  const code = field(error, 'code');
  if (typeof code !== 'string') return undefined;
  if (code === 'ECONNABORTED') return abortedConnection(error);
  return CODES.find(([pattern]) => pattern.test(code))?.[1];
}

/** axios' own timeout has this code, under a message that can be configured; the system's and XMLHttpRequest's are no timeouts. */
function abortedConnection(error: unknown): ErrorCode {
  return /^(?:request aborted|(?:read|write|connect) ECONNABORTED)/i.test(messageOf(error))
    ? 'NETWORK'
    : 'TIMEOUT';
}

function generalCode(error: unknown): ErrorCode | undefined {
  const message = messageOf(error);
  const code = field(error, 'code');
  if (code === 'ERR_NETWORK') return 'NETWORK';
  if (code === 'ERR_BAD_RESPONSE' && message.startsWith('maxContentLength'))
    return 'BODY_TOO_LARGE';
  if (code === 'ERR_BAD_RESPONSE' && message === 'stream has been aborted') return 'NETWORK';
  if (field(error, 'name') === 'TypeError' && FETCH_FAILED.test(message)) return 'NETWORK';
  return statusCode(error);
}

/** A client that throws on a status puts it on the error or on its response. */
function statusCode(error: unknown): ErrorCode | undefined {
  const status = field(error, 'status') ?? field(field(error, 'response'), 'status');
  if (typeof status !== 'number') return undefined;
  if (status >= 400) return 'HTTP_STATUS';
  // Angular: no reply at all, and a reply that its JSON parser refused.
  if (field(error, 'name') !== 'HttpErrorResponse') return undefined;
  return status === 0 ? 'NETWORK' : 'BAD_JSON';
}

function messageOf(error: unknown): string {
  const message = field(error, 'message');
  return typeof message === 'string' ? message : '';
}

function first<R>(
  chain: readonly unknown[],
  read: (error: unknown) => R | undefined,
): R | undefined {
  for (const error of chain) {
    const result = read(error);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** The error, its causes, and the first of several errors that an AggregateError holds. */
function chainOf(error: unknown): readonly unknown[] {
  const chain = new Set<unknown>();
  let next = error;
  while (next !== undefined && next !== null && chain.size < MAX_DEPTH && !chain.has(next)) {
    chain.add(next);
    const errors = field(next, 'errors');
    next = field(next, 'cause') ?? (Array.isArray(errors) ? (errors[0] as unknown) : undefined);
  }
  return [...chain];
}
