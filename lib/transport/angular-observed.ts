import { field } from '../core/field';
import { secretsOf } from '../core/secrets';
import { rootOf, type AngularHttpBackend, type AngularHttpClient } from './angular-client';

/** Told each request as it leaves the last interceptor. */
type Note = (request: unknown) => void;

/**
 * The client with a look at what leaves its last interceptor: what an interceptor adds stands in no other place. The
 * application's own objects stay as they are. A client that is not built as Angular's is given back as it is, and then
 * nothing is noted.
 */
export function observed(http: AngularHttpClient, note: Note): AngularHttpClient {
  const handler = field(http, 'handler');
  // A class of the caller's own may rest on more than its handler.
  if (!isHandler(handler) || http.request !== field(rootOf(http), 'request')) return http;
  return derived(http, { handler: { value: watched(handler, note) } });
}

/** A handler before a backend: Angular's own, whose chain of interceptors ends at `this.backend`. */
function watched(handler: AngularHttpBackend, note: Note): AngularHttpBackend {
  const backend = field(handler, 'backend');
  if (!isHandler(backend) || !('chain' in handler) || !('injector' in handler)) {
    return {
      handle: (request) => {
        note(request);
        return handler.handle(request);
      },
    };
  }
  // The backend may be a handler itself, where requests go on through the parent injector's interceptors.
  const last = watched(backend, note);
  return derived(handler, {
    backend: {
      get(this: object) {
        // Until there is a chain Angular tells by the backend what belongs in it.
        return field(this, 'chain') === null ? backend : last;
      },
    },
  });
}

/** What these requests carry that must not be shown. */
export function secretsObserved(requests: readonly unknown[]): readonly string[] {
  return requests.flatMap((request) => {
    const url = field(request, 'urlWithParams');
    return secretsOf({
      url: typeof url === 'string' ? url : '',
      headers: headersOf(field(request, 'headers')),
      body: field(request, 'body'),
    });
  });
}

/** Where the last of these requests went, as far as it says so. */
export function addressObserved(requests: readonly unknown[]): string | undefined {
  const url = field(requests.at(-1), 'urlWithParams');
  return typeof url === 'string' && /^https?:/i.test(url) ? url : undefined;
}

function headersOf(headers: unknown): Record<string, string> {
  if (!isHeaders(headers)) return {};
  return Object.fromEntries(
    headers.keys().map((name) => [name, (headers.getAll(name) ?? []).join(', ')]),
  );
}

interface HeadersLike {
  keys(): string[];
  getAll(name: string): string[] | null;
}

function isHeaders(headers: unknown): headers is HeadersLike {
  return ['keys', 'getAll'].every((name) => typeof field(headers, name) === 'function');
}

function isHandler(value: unknown): value is AngularHttpBackend {
  return typeof field(value, 'handle') === 'function';
}

/** The same object in all but these properties. */
function derived<T extends object>(object: T, properties: PropertyDescriptorMap): T {
  return Object.create(object, properties) as T;
}
