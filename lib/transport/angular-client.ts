import type { Observable } from 'rxjs';

import { checkOptions, describe, isFunction } from '../core/check-options';
import { field } from '../core/field';
import { withoutCredentials } from './absolute-url';

/** An event of Angular's `HttpClient`: progress, the response and others, told apart by `type`. */
export interface AngularHttpEvent {
  /** Of `HttpEventType`. */
  readonly type: number;
}

/** What is used of the response of Angular's `HttpClient`. */
export interface AngularHttpResponse {
  readonly status: number;
  readonly url: string | null;
  readonly body: unknown;
  readonly headers: { keys(): string[]; getAll(name: string): string[] | null };
}

/** What is used of the options of Angular's `HttpClient`. */
export interface AngularRequestOptions {
  readonly observe: 'events';
  readonly responseType: 'text';
  readonly reportProgress: boolean;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
  readonly withCredentials?: boolean;
  readonly transferCache?: boolean;
  readonly redirect?: 'manual';
}

/** What is used of Angular's `HttpClient`, so that no version of Angular is needed here. */
export interface AngularHttpClient {
  /** Sends a request on subscribe; unsubscribing aborts it. */
  request(
    method: string,
    url: string,
    options: AngularRequestOptions,
  ): Observable<AngularHttpEvent>;
}

/** What is used of Angular's `HttpBackend`. */
export interface AngularHttpBackend {
  /** Sends a request past the interceptors. */
  handle(request: never): Observable<unknown>;
}

/** What the transport on `HttpClient` can be told besides the client. */
export interface AngularTransportOptions {
  /**
   * What Angular gives for `inject(HttpBackend)`: sends the requests that must carry no credentials, past all interceptors.
   * Without it the transport does not declare `anonymous`, and links to other origins are refused.
   */
  readonly backend?: AngularHttpBackend | undefined;
  /**
   * What relative request URLs are joined to, as a prefix. It holds no user name or password: those are headers. Where an
   * interceptor prefixes relative URLs, name the same base here; else links of the API lead to another origin than
   * the document's.
   * @defaultValue none on Node, the document's own address in a browser
   */
  readonly baseUrl?: string | undefined;
  /**
   * Further secrets that requests carry and that must not be shown where a server sends them back. What interceptors add is
   * known without; asked for whenever something is to be shown.
   */
  readonly secrets?: (() => readonly string[]) | undefined;
}

/** @throws TypeError for a client or options that are wrong. */
export function checkAngularArguments(
  http: AngularHttpClient,
  options: AngularTransportOptions,
): void {
  if (typeof field(http, 'request') !== 'function') {
    throw new TypeError(`angularTransport: expected Angular's HttpClient, got ${describe(http)}`);
  }
  checkOptions('angularTransport', options, {
    backend: (value) =>
      typeof field(value, 'handle') === 'function' ? undefined : "Angular's HttpBackend",
    baseUrl: () => undefined,
    secrets: isFunction,
  });
  // Its value may hold credentials and is not shown.
  const { baseUrl } = options;
  if (baseUrl !== undefined && typeof baseUrl !== 'string') {
    throw new TypeError(
      `angularTransport: option 'baseUrl' must be a string, got ${describe(baseUrl)}`,
    );
  }
  if (baseUrl !== undefined && withoutCredentials(baseUrl) !== baseUrl) {
    throw new TypeError(
      "angularTransport: option 'baseUrl' must be a URL without user name and password, got one with them; add them in an interceptor",
    );
  }
}

/**
 * A client on the backend alone: `new HttpClient(backend)`, as Angular's documentation has it. Its class is the one at
 * the root of the given client, for a class derived from it may bring a handler of its own.
 *
 * @throws TypeError if the given client is not made by Angular's class.
 * @see https://angular.dev/api/common/http/HttpBackend
 */
export function bareClient(
  http: AngularHttpClient,
  backend: AngularHttpBackend,
): AngularHttpClient {
  const made = construct(field(rootOf(http), 'constructor'), backend);
  if (isClient(made)) return made;
  throw new TypeError(
    "angularTransport: option 'backend' needs Angular's own HttpClient as the first argument, got another object",
  );
}

function construct(made: unknown, argument: unknown): unknown {
  return typeof made === 'function' ? Reflect.construct(made, [argument]) : undefined;
}

/** The prototype at the root of the object's class and those it is derived from. */
export function rootOf(object: object): object {
  const above: unknown = Object.getPrototypeOf(object);
  if (typeof above !== 'object' || above === null) return object;
  return Object.getPrototypeOf(above) === null ? object : rootOf(above);
}

function isClient(value: unknown): value is AngularHttpClient {
  return typeof field(value, 'request') === 'function';
}
