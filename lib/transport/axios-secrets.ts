import { field } from '../core/field';
import type { ParamValue } from '../core/page-request';
import { secretsOf } from '../core/secrets';

/** What axios sent by this configuration that must not be shown: headers, `auth`, the proxy's `auth`, params, credentials of its URLs. */
export function secretsSent(config: unknown, url: string): readonly string[] {
  const headers = field(config, 'headers');
  const named = [
    ...Object.entries(textsOf(field(headers, 'common'))),
    ...Object.entries(textsOf(headers)),
    ...basic('authorization', field(config, 'auth')),
    ...basic('proxy-authorization', field(field(config, 'proxy'), 'auth')),
  ];
  const own = named.flatMap(([name, value]) => secretsOf({ url: '', headers: { [name]: value } }));
  const base = field(config, 'baseURL');
  return [
    ...own,
    ...secretsOf({ url, params: textsOf(field(config, 'params')) }),
    ...(typeof base === 'string' ? secretsOf({ url: base }) : []),
  ];
}

/** As the header that axios makes of it. */
function basic(header: string, auth: unknown): readonly [string, string][] {
  const parts = [field(auth, 'username'), field(auth, 'password')];
  if (parts.every((part) => typeof part !== 'string')) return [];
  const text = parts.map((part) => (typeof part === 'string' ? part : '')).join(':');
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return [[header, `Basic ${btoa(bytes)}`]];
}

function textsOf(values: unknown): Record<string, ParamValue & string> {
  if (typeof values !== 'object' || values === null) return {};
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}
