import { field } from '../core/field';
import type { ParamValue } from '../core/page-request';
import { isOpenHeader, joinSecrets, secretsOf } from '../core/secrets';

/** Headers that are known; where every request has another one, the map is begun anew. */
const MOST_KNOWN = 64;

/** What requests of axios carry that must not be shown. */
export class SentSecrets {
  /** By name and value: every page asks, and mostly for the same. */
  readonly #known = new Map<string, readonly string[]>();

  /** What axios sent by these configurations: headers, `auth`, the proxy's `auth`, params, credentials of its URLs. */
  of(configs: readonly unknown[], url: string): readonly string[] {
    const lists = configs.map((config) => this.#sentBy(config));
    return joinSecrets(secretsOf({ url }), ...lists.flat());
  }

  #sentBy(config: unknown): readonly (readonly string[])[] {
    const headers = field(config, 'headers');
    const named = [
      ...Object.entries(textsOf(field(headers, 'common'))),
      ...Object.entries(textsOf(headers)),
      ...basic('authorization', field(config, 'auth')),
      ...basic('proxy-authorization', field(field(config, 'proxy'), 'auth')),
    ].filter(([name]) => !isOpenHeader(name));
    const [params, base] = [field(config, 'params'), field(config, 'baseURL')];
    return [
      ...named.map((pair) => this.#ofHeader(pair)),
      ...(params === undefined ? [] : [secretsOf({ url: '', params: textsOf(params) })]),
      ...(typeof base === 'string' ? [secretsOf({ url: base })] : []),
    ];
  }

  #ofHeader([name, value]: readonly [string, string]): readonly string[] {
    const key = `${name}: ${value}`;
    let secrets = this.#known.get(key);
    if (secrets === undefined) {
      secrets = secretsOf({ url: '', headers: { [name]: value } });
      if (this.#known.size >= MOST_KNOWN) this.#known.clear();
      this.#known.set(key, secrets);
    }
    return secrets;
  }
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
