import { isCredentialName } from '../core/credential-name';
import type { PageRequest } from '../core/page-request';

/** Headers whose values are no secrets; every other header's value is taken for one. */
const OPEN_HEADERS = /^(?:accept.*|content-type|user-agent|cache-control|prefer|if-.*)$/i;
const SHORTEST = 4;

/** What a request carries that must not be shown, in each form in which a server might send it back. */
export function secretsOf(request: PageRequest): readonly string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (OPEN_HEADERS.test(name)) continue;
    found.add(value);
    for (const part of value.split(/[\s;,=]+/)) found.add(part);
  }
  for (const values of [request.params, request.path]) {
    for (const [name, value] of Object.entries(values ?? {})) {
      if (isCredentialName(name)) found.add(String(value));
    }
  }
  for (const secret of secretsOfUrl(request.url)) found.add(secret);
  collectFields(request.body, found, 0);
  const forms = [...found].filter((text) => text.length >= SHORTEST).flatMap(formsOf);
  // The longest first, so that no secret is left standing around a part of it that was masked.
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** The text with every secret masked. */
export function scrub(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, '***');
  return clean;
}

function secretsOfUrl(url: string): string[] {
  const userInfo = /^[^/?#]*\/\/([^/?#]*)@/.exec(url)?.[1];
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  const values = query
    .split('&')
    .map((pair) => pair.split(/=(.*)/s, 2))
    .filter(([name = '']) => isCredentialName(name))
    .map(([, value = '']) => value);
  return [...(userInfo === undefined ? [] : [userInfo, ...userInfo.split(':')]), ...values];
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
  const forms = [secret, encodeURIComponent(secret.replace(/\p{Cs}/gu, ''))];
  const bytes = String.fromCharCode(...new TextEncoder().encode(secret.slice(0, 8192)));
  forms.push(btoa(bytes), btoa(bytes).replace(/=+$/, ''));
  try {
    forms.push(decodeURIComponent(secret));
  } catch {
    // Not percent-encoded.
  }
  return forms;
}
