import { isCredentialName } from '../core/credential-name';
import type { Json } from '../core/json';
import type { PageRequest } from '../core/page-request';
import { redactRequest } from '../core/redact';
import { secretsOf } from '../core/secrets';
import { jsonTextOf } from '../protocol/json-text';

import { originOf } from './origin-guard';
import { originOfPlan, type WalkPlan } from './walk-plan';

/** Shorter secrets stand in other text by accident; of those only a whole value counts. */
const TELLING_LENGTH = 8;
const WITH_USER_INFO = /^(?:[a-z][a-z\d+.-]*:)?[/\\]{2}[^/?#]*@/i;

/** A position as it may be written down. */
export interface PublicPosition {
  readonly position: Json;
  /** Names of parameters left out of a link because the request itself has them. */
  readonly left?: readonly string[];
}

/**
 * A position without the credentials that it repeats of the request, which a resumed one has itself; none where it holds a
 * secret that is only the server's to give, such as the signature of a signed link, or that the request has elsewhere.
 *
 * @param further secrets that the transport sent
 */
export function publicPosition(
  position: Json,
  plan: WalkPlan,
  further: () => readonly string[] = () => [],
): PublicPosition | undefined {
  if (typeof position !== 'string' && typeof position !== 'object') return { position };
  const shown = typeof position === 'string' ? leaveCredentials(position, plan) : { position };
  const text =
    typeof shown.position === 'string' ? shown.position : (jsonTextOf(shown.position) ?? '');
  if (typeof position === 'string' && isSigned(text)) return undefined;
  return repeats(text, plan, further()) ? undefined : shown;
}

/** The position with the request's own credentials back in it. */
export function wholePosition({ position, left = [] }: PublicPosition, request: PageRequest): Json {
  if (typeof position !== 'string' || left.length === 0) return position;
  const pairs = credentialsOf(request)
    .filter(([name]) => left.includes(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return position + (position.endsWith('?') ? '' : '&') + pairs.join('&');
}

function leaveCredentials(position: string, plan: WalkPlan): PublicPosition {
  if (!position.includes('?')) return { position };
  // A credential of ours must not be put back into a link that leads elsewhere.
  const [origin, home] = [originOf(position), originOfPlan(plan)];
  if (origin !== undefined && home !== undefined && origin !== home) return { position };
  const own = credentialsOf(plan.request);
  const mark = position.indexOf('?');
  const pairs = position.slice(mark + 1).split('&');
  // Only what is the request's own: under the same name the link may carry a position, or a signature of its page.
  const isOwn = (pair: string) =>
    [...new URLSearchParams(`&${pair}`)].some(([name, value]) =>
      own.some((credential) => credential[0] === name && credential[1] === value),
    );
  const left = pairs.filter(isOwn).flatMap((pair) => [...new URLSearchParams(`&${pair}`).keys()]);
  if (left.length === 0) return { position };
  const kept = pairs.filter((pair) => !isOwn(pair));
  return { position: `${position.slice(0, mark)}?${kept.join('&')}`, left };
}

/** Whether a link carries a credential: a parameter of its query, path or fragment that is named so, or user info. */
function isSigned(link: string): boolean {
  if (!/[?&;#@]/.test(link)) return false; // as most cursors are
  return (
    WITH_USER_INFO.test(link) ||
    valuesOf(link).some(([name, value]) => value !== '' && isCredentialName(name))
  );
}

function repeats(text: string, { request }: WalkPlan, further: readonly string[]): boolean {
  const { shown, own } = secretsOfRequest(request);
  if (own.length === 0 && further.length === 0) return false;
  const secrets = [...own, ...further];
  const values = valuesOf(text).map(([, value]) => value);
  return secrets.some((secret) => {
    // What the URL of the request shows is known to everyone who sees the walk.
    if (shown.includes(secret)) return false;
    if (secret.length >= TELLING_LENGTH) return text.includes(secret);
    return !/^\d+$/.test(secret) && values.includes(secret);
  });
}

/** Names and decoded values of whatever in a link has a name. */
function valuesOf(link: string): readonly (readonly [string, string])[] {
  return link
    .split(/[?&;#]/)
    .slice(1)
    .flatMap((pair) => [...new URLSearchParams(`&${pair}`)]);
}

function credentialsOf(request: PageRequest): readonly (readonly [string, string])[] {
  const given = Object.entries(request.params ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, String(value)] as const);
  const query = /\?([^#]*)/.exec(request.url)?.[1] ?? '';
  return [...given, ...new URLSearchParams(query)].filter(([name]) => isCredentialName(name));
}

interface RequestSecrets {
  readonly own: readonly string[];
  /** Its URL as it is shown. */
  readonly shown: string;
}

const known = new WeakMap<PageRequest, RequestSecrets>();

/** Found out once for each request: every page asks. */
function secretsOfRequest(request: PageRequest): RequestSecrets {
  let secrets = known.get(request);
  if (secrets === undefined) {
    secrets = { own: secretsOf(request), shown: redactRequest(request).url };
    known.set(request, secrets);
  }
  return secrets;
}
