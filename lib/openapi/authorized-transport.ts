import { catchError, defer, from, map, switchMap, take } from 'rxjs';

import { cleanedCause } from '../core/cleaned-cause';
import { errorCodeOf } from '../core/error-code';
import type { PageRequest } from '../core/page-request';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import { scrubError } from '../core/scrub-error';
import { scrub, secretsIn, secretsOf, withSecrets } from '../core/secrets';
import type { Transport } from '../core/transport';
import { withSlot } from '../strategy/slot';
import type { SecurityRequirements, SecurityScheme } from './api-description';

/** A token or key, or user name and password of a `basic` scheme. */
export type Credential = string | { readonly username: string; readonly password: string };

/**
 * Gives the credential of a scheme, `undefined` where there is none. Asked on every attempt, so that tokens can be renewed; never
 * for requests to other origins.
 */
export type Credentials = (
  scheme: SecurityScheme,
) => Credential | undefined | PromiseLike<Credential | undefined>;

/**
 * The transport, which sends what the first requirement needs that credentials can be had for; without any it sends the request
 * as it is. What it sends is masked in errors.
 */
export function authorizedTransport(
  transport: Transport,
  credentials: Credentials,
  requirements: SecurityRequirements,
  schemes: readonly SecurityScheme[],
): Transport {
  const sending: Transport = (request, signal, limits) => {
    if (request.anonymous === true) return transport(request, signal, limits);
    return defer(() => authorize(request, credentials, requirements, schemes)).pipe(
      switchMap((authorized) =>
        from(transport(authorized, signal, limits)).pipe(
          take(1),
          map((reply) => {
            const known = secretsIn(reply);
            return withSecrets({ ...reply }, () => [...known, ...secretsOf(authorized)]);
          }),
          catchError((error: unknown) => {
            throw withoutSecrets(error, secretsOf(authorized));
          }),
        ),
      ),
    );
  };
  return Object.defineProperties(sending, {
    anonymous: { get: () => transport.anonymous, enumerable: true },
    baseUrl: { get: () => transport.baseUrl, enumerable: true },
  });
}

/** What a transport throws may repeat what it was given; the walk only knows the request without it. */
function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (isPaginationError(error)) return scrubError(error, secrets);
  const cause = cleanedCause(error);
  const text = JSON.stringify(cause);
  if (scrub(text, secrets) === text) return error;
  return scrubError(new PaginationError(errorCodeOf(error), cause.message, { cause }), secrets);
}

async function authorize(
  request: PageRequest,
  credentials: Credentials,
  requirements: SecurityRequirements,
  schemes: readonly SecurityScheme[],
): Promise<PageRequest> {
  for (const names of requirements) {
    const needed = names.map((name) => schemes.find((scheme) => scheme.name === name));
    let authorized: PageRequest | undefined = request;
    for (const scheme of needed) {
      const credential = scheme && (await credentials(scheme));
      if (scheme === undefined || credential === undefined) {
        authorized = undefined;
        break;
      }
      authorized = withCredential(authorized, scheme, credential);
    }
    if (authorized !== undefined && names.length > 0) return authorized;
  }
  return request;
}

function withCredential(
  request: PageRequest,
  scheme: SecurityScheme,
  credential: Credential,
): PageRequest {
  const { type, in: place, parameter = '' } = scheme;
  const text =
    typeof credential === 'string' ? credential : `${credential.username}:${credential.password}`;
  if (type === 'bearer') return withSlot(request, 'headers', 'Authorization', `Bearer ${text}`);
  if (type === 'basic') {
    return withSlot(request, 'headers', 'Authorization', `Basic ${base64(text)}`);
  }
  if (place === 'query') return withSlot(request, 'params', parameter, text);
  if (place === 'header') return withSlot(request, 'headers', parameter, text);
  const given = Object.entries(request.headers ?? {}).find(([name]) => /^cookie$/i.test(name));
  const cookie = `${parameter}=${encodeURIComponent(text)}`;
  return withSlot(request, 'headers', 'Cookie', [given?.[1] ?? [], cookie].flat().join('; '));
}

/** Of the UTF-8 bytes (RFC 7617). */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
