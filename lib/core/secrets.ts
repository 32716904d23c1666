import { isCredentialName } from './credential-name';
import type { PageRequest } from './page-request';

/** Headers whose values are no secrets; every other header's value is taken for one. */
const OPEN_HEADERS =
  /^(?:accept.*|content-type|content-length|user-agent|cache-control|prefer|host|connection|if-.*)$/i;
/** Words of header values that say how and not what. */
const SCHEMES = /^(?:basic|bearer|digest|negotiate|token|apikey|oauth|path|domain)$/i;
/** Shorter ones would take away words that mean nothing. */
const SHORTEST = 4;
/** Of a secret's end that a cut may have left standing. */
const LONGEST_PREFIX = 512;

const SECRETS: unique symbol = Symbol.for('paged-observable/secrets');

interface Secretive {
  readonly [SECRETS]?: () => readonly string[];
}

/** What a request carries that must not be shown, in each form in which a server might send it back. */
export function secretsOf(request: PageRequest): readonly string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (!isOpenHeader(name)) collectHeader(value, found);
  }
  for (const values of [request.params, request.path]) {
    for (const [name, value] of Object.entries(values ?? {})) {
      if (isCredentialName(name)) found.add(String(value));
    }
  }
  for (const secret of secretsOfUrl(request.url)) found.add(secret);
  collectFields(request.body, found, 0);
  if (found.size === 0) return []; // as for most requests, and every page asks
  return longestFirst([...found].filter((text) => text.length >= SHORTEST).flatMap(formsOf));
}

/** Whether the values of a header may be shown. */
export function isOpenHeader(name: string): boolean {
  return OPEN_HEADERS.test(name);
}

/** The text with every secret masked, and with the beginning of one at its end, where it may have been cut. */
export function scrub(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, '***');
  for (const secret of secrets) clean = withoutBeginning(clean, secret);
  return clean;
}

/** All of these, the longest first again. */
export function joinSecrets(...lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists.filter(({ length }) => length > 0);
  return others.length === 0 ? first : longestFirst([first, ...others].flat());
}

/** So that no secret is left standing around a part of it that was masked. */
function longestFirst(forms: readonly string[]): readonly string[] {
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** Notes on a reply what its transport sent besides the request, so that a server that sends it back gives nothing away. */
export function withSecrets<R extends object>(reply: R, secrets: () => readonly string[]): R {
  return Object.defineProperty(reply, SECRETS, { value: secrets });
}

/** A copy of a reply, with what its transport sent besides the request noted on it too. */
export function keepSecrets<R extends object>(copy: R, reply: R & Secretive): R {
  const secrets = reply[SECRETS];
  return secrets === undefined ? copy : withSecrets(copy, secrets);
}

/** What the transport of this reply sent besides the request. */
export function secretsIn(reply: object): readonly string[] {
  return (reply as Secretive)[SECRETS]?.() ?? [];
}

/** Secrets that the caller tells, in each form in which a server might send them back. */
export function secretsTold(tell: (() => readonly string[]) | undefined): readonly string[] {
  let told: readonly string[];
  try {
    told = tell?.() ?? [];
  } catch {
    return []; // an error is on its way, and a second one would hide it
  }
  return told.flatMap((secret) => secretsOf({ url: '', headers: { secret } }));
}

/** Whole, in its parts (`name=value; ...`) and as what those encode: of Basic (RFC 7617) the user name and password. */
function collectHeader(value: string, found: Set<string>): void {
  found.add(value);
  for (const word of value.split(/[\s;,]+/)) {
    const parts = [word, word.slice(word.indexOf('=') + 1), ...word.split('=')];
    for (const part of parts.filter((one) => !SCHEMES.test(one))) {
      found.add(part);
      const decoded = fromBase64(part);
      if (decoded !== undefined) found.add(decoded).add(decoded.slice(decoded.indexOf(':') + 1));
    }
  }
}

function secretsOfUrl(url: string): readonly string[] {
  if (!/[?@]/.test(url)) return [];
  const userInfo = /^[^/?#]*\/\/([^/?#]*)@/.exec(url)?.[1];
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  const values = query
    .split('&')
    .map((pair) => splitPair(pair))
    .filter(([name]) => isCredentialName(name))
    .map(([, value]) => value);
  return [...(userInfo === undefined ? [] : [userInfo, ...userInfo.split(':')]), ...values];
}

function splitPair(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

function collectFields(value: unknown, found: Set<string>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 8) return;
  for (const [name, field] of Object.entries(value)) {
    if (isCredentialName(name) && (typeof field === 'string' || typeof field === 'number')) {
      found.add(String(field));
    } else {
      collectFields(field, found, depth + 1);
    }
  }
}

function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret.replace(/\p{Cs}/gu, ''));
  const json = jsonOf(secret);
  // Twice, for a body that is quoted within one.
  const forms = [secret, json, json.replaceAll('/', '\\/'), jsonOf(json), htmlOf(secret)];
  for (const text of [encoded, encoded.replaceAll("'", '%27'), encoded.replaceAll('%20', '+')]) {
    forms.push(
      text,
      text.replace(/%../g, (code) => code.toLowerCase()),
    );
  }
  const bytes = String.fromCharCode(...new TextEncoder().encode(secret.slice(0, 8192)));
  const base64 = btoa(bytes);
  forms.push(base64, base64.replace(/=+$/, ''));
  forms.push(base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
  try {
    const decoded = decodeURIComponent(secret);
    forms.push(decoded, jsonOf(decoded));
  } catch {
    // Not percent-encoded.
  }
  return forms.filter((form) => form.length >= SHORTEST);
}

function jsonOf(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

function htmlOf(secret: string): string {
  return secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function withoutBeginning(text: string, secret: string): string {
  for (let length = Math.min(secret.length - 1, LONGEST_PREFIX); length >= SHORTEST; length--) {
    const beginning = secret.slice(0, length);
    if (text.endsWith(beginning) && !SCHEMES.test(beginning.trim())) {
      return `${text.slice(0, -length)}***`;
    }
  }
  return text;
}

/** The text that Base64 stands for, if it is one. */
function fromBase64(text: string): string | undefined {
  if (text.length < 8 || !/^[\w+/-]+=*$/.test(text)) return undefined;
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    // atob gives bytes; percent-encoding is the way from them to UTF-8 that every runtime has.
    const escaped = bytes.replace(/[^]/g, (byte) => {
      return `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
    });
    const decoded = decodeURIComponent(escaped);
    return /\p{Cc}/u.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}
