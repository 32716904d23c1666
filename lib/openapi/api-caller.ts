import { map, type Observable } from 'rxjs';

import { checkOptions, describe, isFunction } from '../core/check-options';
import type { PagedObservable } from '../core/paged-observable';
import type { Kind, PagedResponse } from '../core/paged-response';
import type { PaginationStrategy } from '../core/pagination-strategy';
import type { Transport } from '../core/transport';
import type { WalkOptions } from '../core/walk-options';
import { paginate } from '../paginate';
import type { ApiDescription, SecurityRequirements } from './api-description';
import { authorizedTransport, type Credentials } from './authorized-transport';
import { buildRequest, type CallArguments } from './build-request';
import { describedPagination } from './described-pagination';
import { isObject } from './json-view';
import type { OperationCall } from './operation-call';
import { serverUrl, type ServerChoice } from './server-url';

/** Options of a client. */
export interface ApiOptions extends ServerChoice {
  /**
   * Gives the credentials of the document's security schemes; asked on every attempt.
   * @defaultValue none: those of the transport, if it has any
   */
  readonly credentials?: Credentials | undefined;
}

/** Options of a call that is no walk. */
export type CallOptions = Pick<
  WalkOptions,
  'retry' | 'timeout' | 'idleTimeout' | 'limits' | 'signal' | 'events'
>;

/** Methods whose requests may be sent again without doing twice what they do (RFC 9110, section 9.2.2). */
const REPEATABLE = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'QUERY'];

/** How the options of a client are checked. */
export const apiChecks = {
  server: (value: unknown) =>
    typeof value === 'string' || (Number.isSafeInteger(value) && Number(value) >= 0)
      ? undefined
      : 'a URL or the place of a server',
  variables: (value: unknown) =>
    isObject(value) && Object.values(value).every((one) => typeof one === 'string')
      ? undefined
      : 'an object whose values are strings',
  credentials: isFunction,
};

/**
 * Calls the operations of an API: what clients are made of, those of a document at run time and generated ones. Nothing is requested
 * before a subscription.
 *
 * @throws TypeError for an unknown or wrong option, and for a server that cannot be had.
 */
export class ApiCaller {
  readonly #transport: Transport;
  readonly #api: ApiDescription;
  readonly #options: ApiOptions;
  readonly #authorized = new Map<string, Transport>();

  /** Nothing is requested; the transport is asked when a list or call is subscribed to. */
  constructor(transport: Transport, api: ApiDescription, options: ApiOptions = {}) {
    if (typeof transport !== 'function') {
      throw new TypeError(
        `ApiCaller: the transport must be a function, got ${describe(transport)}`,
      );
    }
    const { server, variables, credentials } = options;
    checkOptions('ApiCaller', { server, variables, credentials }, apiChecks);
    this.#transport = transport;
    this.#api = api;
    this.#options = options;
  }

  /**
   * The list of an operation as a stream of its items, by the rules of `paginate`.
   * @throws TypeError for arguments that are unknown or missing, and for an operation that is not paged.
   */
  list<T = unknown, B = unknown, K extends Kind = Kind>(
    call: OperationCall<K>,
    args?: CallArguments,
    options: WalkOptions = {},
  ): PagedObservable<T, PagedResponse<T, B, K>> {
    if (call.pagination === undefined) {
      throw new TypeError(`${call.name} is not known to be paged: it can be called, not listed`);
    }
    const pagination = describedPagination<T, K>(call.pagination);
    const paged = paginate<T, K>(this.#transportOf(call), this.#request(call, args), {
      ...options,
      pagination,
    });
    return paged as PagedObservable<T, PagedResponse<T, B, K>>; // what a body is, the document says
  }

  /**
   * The reply of an operation: emits its body and completes; `undefined` for a reply without one. Retried like a page, but only where
   * sending it again does no harm (RFC 9110); errors are those of `paginate`.
   * @throws TypeError for arguments that are unknown or missing.
   */
  call<T = unknown>(
    call: OperationCall,
    args?: CallArguments,
    options: CallOptions = {},
  ): Observable<T> {
    const retry = REPEATABLE.includes(call.method) ? undefined : (false as const);
    const paged = paginate<T>(this.#transportOf(call), this.#request(call, args), {
      retry,
      ...options,
      pagination: wholeReply<T>(),
    });
    return paged.pipe(map((body) => body));
  }

  #request(call: OperationCall, args: CallArguments | undefined) {
    const server = serverUrl(this.#options, this.#api.servers, call.servers);
    return buildRequest(server, call, args);
  }

  /** One for each set of requirements: a transport value has a retry budget of its own. */
  #transportOf({ security = [] }: OperationCall): Transport {
    const { credentials } = this.#options;
    if (credentials === undefined || security.length === 0) return this.#transport;
    const key = JSON.stringify(security);
    const known = this.#authorized.get(key);
    if (known !== undefined) return known;
    const made = this.#authorize(credentials, security);
    this.#authorized.set(key, made);
    return made;
  }

  #authorize(credentials: Credentials, security: SecurityRequirements): Transport {
    return authorizedTransport(this.#transport, credentials, security, this.#api.schemes);
  }
}

/** Its one item is the body. A reply without a body is as good as any. */
function wholeReply<T>(): PaginationStrategy<T, 'single'> {
  return {
    id: 'reply',
    start: (request) => request,
    at: (request) => request,
    // The type of a body is the document's word.
    read: (_, { status, body }) => {
      const item = status === 204 || status === 205 ? undefined : body;
      return { kind: 'single', items: [item as T], next: () => undefined };
    },
    statuses: { 204: 'empty', 205: 'empty' },
  };
}
