import { isCredentialName } from '../core/credential-name';
import { field } from '../core/field';
import type { PageRequest } from '../core/page-request';
import { queryOf } from '../protocol/query-text';

/** Of header values, whatever the header is called (RFC 7617, RFC 6750 and their like). */
const SCHEMED = /^(?:basic|bearer|digest|token|apikey|negotiate|aws4-hmac-\w+)\s+\S/i;
/** Deeper than bodies of list requests are. */
const DEEPEST = 32;

/**
 * A description is stored and read by many: what looks like a credential is refused. They come from the transport, which each
 * worker makes from its own environment.
 *
 * @throws TypeError naming the place, not the value
 */
export function refuseCredentials(where: string, request: Partial<PageRequest>): void {
  const place = credentialIn(request);
  if (place === undefined) return;
  throw new TypeError(
    `${where}: ${place} looks like a credential, which would be stored in the database; give it to the transport of the workers`,
  );
}

function credentialIn({ url = '', path, params, headers, body }: Partial<PageRequest>) {
  if (/^[^/?#]*\/\/[^/?#]*@/.test(url)) return 'the user info of the URL';
  const query = queryOf(url).find(([name]) => isCredentialName(name))?.[0];
  if (query !== undefined) return `the query parameter ${query}`;
  for (const [kind, values] of Object.entries({ path, params })) {
    const name = Object.keys(values ?? {}).find(isCredentialName);
    if (name !== undefined) return `${kind} ${name}`;
  }
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (isSecretHeader(name, value)) return `the header ${name}`;
  }
  const member = credentialWithin(body, '', 0);
  return member === undefined ? undefined : `the body's ${member}`;
}

function isSecretHeader(name: string, value: unknown): boolean {
  return isCredentialName(name) || /auth|cookie/i.test(name) || SCHEMED.test(String(value));
}

function credentialWithin(value: unknown, at: string, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > DEEPEST) throw new TypeError('a body is nested too deep to be stored');
  for (const name of Object.keys(value)) {
    const place = `${at}/${name}`;
    if (!Array.isArray(value) && isCredentialName(name)) return place;
    const found = credentialWithin(field(value, name), place, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
