import { firstValueFrom, NEVER, timeout } from 'rxjs';

import { errorCodeOf } from '../../lib/core/error-code';
import { PaginationError, type ErrorCode } from '../../lib/core/pagination-error';

/** Errors in the shapes that clients throw them. */
const shaped = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);
const failedFetch = (cause: unknown, message = 'fetch failed') => new TypeError(message, { cause });
const axiosError = (message: string, code: string | undefined, fields: object = {}) =>
  shaped(message, { name: 'AxiosError', isAxiosError: true, code, config: {}, ...fields });
const refusedTwice = Object.assign(
  new AggregateError([
    shaped('connect ECONNREFUSED ::1:1', { code: 'ECONNREFUSED' }),
    shaped('connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' }),
  ]),
  { code: 'ECONNREFUSED' },
);

describe('errorCodeOf', () => {
  it.each<[ErrorCode, string, unknown]>([
    // Node
    ['NETWORK', 'reset', shaped('read ECONNRESET', { code: 'ECONNRESET', errno: -104 })],
    ['NETWORK', 'hang up', shaped('socket hang up', { code: 'ECONNRESET' })],
    ['NETWORK', 'refused', shaped('connect ECONNREFUSED', { code: 'ECONNREFUSED' })],
    ['NETWORK', 'refused on all addresses', refusedTwice],
    ['NETWORK', 'broken pipe', shaped('write EPIPE', { code: 'EPIPE' })],
    ['NETWORK', 'name unknown', shaped('getaddrinfo ENOTFOUND h', { code: 'ENOTFOUND' })],
    ['NETWORK', 'name service down', shaped('getaddrinfo EAI_AGAIN h', { code: 'EAI_AGAIN' })],
    ['NETWORK', 'host unreachable', shaped('', { code: 'EHOSTUNREACH' })],
    ['NETWORK', 'network unreachable', shaped('', { code: 'ENETUNREACH' })],
    ['NETWORK', 'aborted by the system', shaped('write ECONNABORTED', { code: 'ECONNABORTED' })],
    ['NETWORK', 'premature close', shaped('', { code: 'ERR_STREAM_PREMATURE_CLOSE' })],
    ['NETWORK', 'HTTP/2 refused stream', shaped('', { code: 'ERR_HTTP2_STREAM_ERROR' })],
    ['NETWORK', 'compressed body cut', shaped('unexpected end of file', { code: 'Z_BUF_ERROR' })],
    ['BAD_CONTENT', 'not compressed', shaped('incorrect header check', { code: 'Z_DATA_ERROR' })],
    ['PROTOCOL', 'not HTTP', shaped('Expected HTTP/', { code: 'HPE_INVALID_CONSTANT' })],
    ['TIMEOUT', 'connect', shaped('connect ETIMEDOUT', { code: 'ETIMEDOUT' })],
    ['TIMEOUT', 'handshake', shaped('', { code: 'ERR_TLS_HANDSHAKE_TIMEOUT' })],
    ['TLS', 'expired', shaped('certificate has expired', { code: 'CERT_HAS_EXPIRED' })],
    ['TLS', 'other host', shaped('altnames', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    ['TLS', 'self-signed', shaped('', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['TLS', 'self-signed root', shaped('', { code: 'SELF_SIGNED_CERT_IN_CHAIN' })],
    ['TLS', 'unknown issuer', shaped('', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })],
    ['TLS', 'handshake failure', shaped('', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' })],
    ['TLS', 'handshake failure in OpenSSL', shaped('write EPROTO', { code: 'EPROTO' })],
    // undici and other fetches
    ['NETWORK', 'fetch refused', failedFetch(refusedTwice)],
    [
      'NETWORK',
      'fetch refused, no code on top',
      failedFetch(new AggregateError(refusedTwice.errors)),
    ],
    [
      'NETWORK',
      'fetch, other side closed',
      failedFetch(shaped('other side closed', { code: 'UND_ERR_SOCKET' })),
    ],
    [
      'NETWORK',
      'fetch, body cut',
      failedFetch(shaped('other side closed', { code: 'UND_ERR_SOCKET' }), 'terminated'),
    ],
    ['NETWORK', 'fetch, no cause', new TypeError('fetch failed')],
    ['NETWORK', 'Chromium', new TypeError('Failed to fetch')],
    ['NETWORK', 'Chromium, in the body', new TypeError('network error')],
    ['NETWORK', 'Firefox', new TypeError('NetworkError when attempting to fetch resource.')],
    ['NETWORK', 'Safari', new TypeError('Load failed')],
    ['NETWORK', 'Safari, in the body', new TypeError('The network connection was lost.')],
    ['NETWORK', 'React Native', new TypeError('Network request failed')],
    ['TIMEOUT', 'fetch, connect', failedFetch(shaped('', { code: 'UND_ERR_CONNECT_TIMEOUT' }))],
    ['TIMEOUT', 'fetch, headers', failedFetch(shaped('', { code: 'UND_ERR_HEADERS_TIMEOUT' }))],
    [
      'TIMEOUT',
      'fetch, body',
      failedFetch(shaped('', { code: 'UND_ERR_BODY_TIMEOUT' }), 'terminated'),
    ],
    ['TIMEOUT', 'signal', new DOMException('The operation timed out', 'TimeoutError')],
    ['TLS', 'fetch', failedFetch(shaped('certificate has expired', { code: 'CERT_HAS_EXPIRED' }))],
    ['ABORTED', 'fetch', new DOMException('This operation was aborted', 'AbortError')],
    ['ABORTED', 'Node', shaped('The operation was aborted', { code: 'ABORT_ERR' })],
    ['PROTOCOL', 'fetch, invalid argument', new TypeError('Invalid URL')],
    // axios
    ['NETWORK', 'axios, refused', axiosError('connect ECONNREFUSED', 'ECONNREFUSED')],
    ['NETWORK', 'axios, browser', axiosError('Network Error', 'ERR_NETWORK')],
    ['NETWORK', 'axios, browser gave up', axiosError('Request aborted', 'ECONNABORTED')],
    [
      'NETWORK',
      'axios, body cut',
      axiosError('stream has been aborted', 'ERR_BAD_RESPONSE', { response: { status: 200 } }),
    ],
    [
      'NETWORK',
      'axios, body of an error status cut',
      axiosError('stream has been aborted', 'ERR_BAD_RESPONSE', { status: 503 }),
    ],
    ['TIMEOUT', 'axios', axiosError('timeout of 50ms exceeded', 'ECONNABORTED')],
    ['TIMEOUT', 'axios, own message', axiosError('too slow', 'ECONNABORTED')],
    ['TIMEOUT', 'axios, clarified', axiosError('timeout of 50ms exceeded', 'ETIMEDOUT')],
    [
      'TLS',
      'axios on fetch',
      axiosError('Network Error', 'ERR_NETWORK', { cause: { code: 'CERT_HAS_EXPIRED' } }),
    ],
    ['ABORTED', 'axios', shaped('canceled', { name: 'CanceledError', code: 'ERR_CANCELED' })],
    [
      'BODY_TOO_LARGE',
      'axios',
      axiosError('maxContentLength size of 9 exceeded', 'ERR_BAD_RESPONSE'),
    ],
    ['HTTP_STATUS', 'axios', axiosError('', 'ERR_BAD_REQUEST', { response: { status: 404 } })],
    ['PROTOCOL', 'axios, bad option', axiosError('', 'ERR_BAD_OPTION')],
    // Angular
    ['NETWORK', 'Angular', { name: 'HttpErrorResponse', status: 0, message: 'Http failure' }],
    ['BAD_JSON', 'Angular', { name: 'HttpErrorResponse', status: 200, message: 'Http failure' }],
    ['HTTP_STATUS', 'Angular', { name: 'HttpErrorResponse', status: 503, message: 'Http failure' }],
    // others
    ['LOOP', 'own', new PaginationError('LOOP', 'fetch failed')],
    ['LOOP', 'own, wrapped', new Error('wrapped', { cause: new PaginationError('LOOP', '') })],
    ['HTTP_STATUS', 'an SDK', shaped('Not found', { status: 404 })],
    ['PROTOCOL', 'a good status', shaped('odd', { status: 200 })],
    ['PROTOCOL', 'plain', new Error('boom')],
    ['PROTOCOL', 'type error', new TypeError('x is not a function')],
    ['PROTOCOL', 'text', 'ECONNRESET'],
    ['PROTOCOL', 'nothing', undefined],
    ['PROTOCOL', 'null', null],
    ['PROTOCOL', 'names of Object.prototype', { name: 'constructor', code: '__proto__' }],
  ])('is %s for: %s', (code, _, error) => {
    expect(errorCodeOf(error)).toBe(code);
  });

  it('says of the failures whether another attempt can help', () => {
    const passing: readonly ErrorCode[] = ['NETWORK', 'TIMEOUT', 'BAD_JSON'];
    const retryable = (error: unknown) => passing.includes(errorCodeOf(error));
    expect(retryable(failedFetch(shaped('', { code: 'ECONNRESET' })))).toBe(true);
    expect(retryable(failedFetch(shaped('', { code: 'CERT_HAS_EXPIRED' })))).toBe(false);
    expect(retryable(new DOMException('', 'AbortError'))).toBe(false);
    expect(retryable(new Error('boom'))).toBe(false);
  });

  it('is TIMEOUT for the timeout of RxJS', async () => {
    const error: unknown = await firstValueFrom(NEVER.pipe(timeout(1))).catch((e: unknown) => e);
    expect(errorCodeOf(error)).toBe('TIMEOUT');
  });

  it('survives cycles, long chains and getters that throw', () => {
    const cycle: { cause?: unknown } = {};
    cycle.cause = cycle;
    expect(errorCodeOf(cycle)).toBe('PROTOCOL');

    let deep: unknown = { code: 'ECONNRESET' };
    for (let i = 0; i < 1000; i++) deep = { cause: deep };
    expect(errorCodeOf(deep)).toBe('PROTOCOL');

    const trap = () => {
      throw new Error('trap');
    };
    expect(errorCodeOf(new Proxy({}, { get: trap }))).toBe('PROTOCOL');
  });
});

describe('errors that only look like known ones', () => {
  it.each<[ErrorCode, unknown]>([
    ['PROTOCOL', { name: ['AbortError'] }],
    ['PROTOCOL', { name: 'toString' }],
    ['PROTOCOL', { code: ['ECONNRESET'] }],
    ['TIMEOUT', shaped('the request aborted', { code: 'ECONNABORTED' })],
    ['TIMEOUT', { code: 'ECONNABORTED', message: ['request aborted'] }],
    ['PROTOCOL', shaped('maxContentLength size exceeded')],
    ['PROTOCOL', shaped('stream has been aborted')],
    ['PROTOCOL', shaped('other', { code: 'ERR_BAD_RESPONSE' })],
    ['PROTOCOL', shaped('fetch failed')],
    ['PROTOCOL', { status: '404' }],
    ['HTTP_STATUS', { status: 400 }],
    ['PROTOCOL', { status: 399 }],
    ['TLS', new AggregateError([shaped('', { code: 'CERT_HAS_EXPIRED' })])],
    ['PROTOCOL', { errors: { 0: { code: 'ECONNRESET' } } }],
  ])('are %s: %j', (code, error) => {
    expect(errorCodeOf(error)).toBe(code);
  });

  it('are looked at to the tenth cause', () => {
    const behind = (causes: number) => {
      let error: unknown = shaped('', { code: 'ECONNRESET' });
      for (let at = 0; at < causes; at++) error = new Error('wrapped', { cause: error });
      return errorCodeOf(error);
    };
    expect([0, 9, 10].map(behind)).toEqual(['NETWORK', 'NETWORK', 'PROTOCOL']);
  });
});
