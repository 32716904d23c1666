import { PaginationError } from '../core/pagination-error';
import { secretsOf } from '../core/secrets';
import { excerpt } from '../protocol/excerpt';
import { setOwn } from '../protocol/set-own';

/** Header values by name; an `undefined` one is left out. */
export type FetchHeaders = Readonly<Record<string, string | undefined>>;

type Source = FetchHeaders | undefined;

/** One set of headers; later sources win, whatever the case of a name. */
export function joinHeaders(...sources: readonly Source[]): Headers {
  return headersOf(pairsOf(sources));
}

/** Joins the headers of one request after another: mostly they are those of the one before, and are not made again. */
export class HeaderJoiner {
  #pairs: readonly (string | undefined)[] = [];
  #headers = new Headers();
  #secrets: readonly string[] | undefined = [];

  /** Not to be changed: it may be that of other requests. */
  join(...sources: readonly Source[]): Headers {
    const pairs = pairsOf(sources);
    if (!isSame(pairs, this.#pairs)) {
      this.#headers = headersOf(pairs);
      this.#pairs = pairs;
      this.#secrets = undefined;
    }
    return this.#headers;
  }

  /** What is to be hidden of a set of headers. */
  secretsOf(headers: Headers): readonly string[] {
    if (headers !== this.#headers) return secretsOf({ url: '', headers: plainHeaders(headers) });
    return (this.#secrets ??= secretsOf({ url: '', headers: plainHeaders(headers) }));
  }
}

/** Names and values by turns. */
function pairsOf(sources: readonly Source[]): readonly (string | undefined)[] {
  const pairs: (string | undefined)[] = [];
  for (const source of sources) {
    if (source === undefined) continue;
    for (const name of Object.keys(source)) pairs.push(name, source[name]);
  }
  return pairs;
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}

function headersOf(pairs: readonly (string | undefined)[]): Headers {
  const joined = new Headers();
  for (let at = 0; at < pairs.length; at += 2) {
    const [name = '', value] = [pairs[at], pairs[at + 1]];
    if (value === undefined) continue;
    try {
      joined.set(name, value);
    } catch {
      // The runtime's own error shows the value.
      throw new PaginationError(
        'PROTOCOL',
        `The header ${excerpt(name, 80)} cannot be sent: its name or value holds a forbidden character`,
      );
    }
  }
  return joined;
}

/** Names are in lower case already; what came more than once is joined. */
export function plainHeaders(headers: Headers): Readonly<Record<string, string>> {
  const plain: Record<string, string> = {};
  headers.forEach((value, name) => {
    if (name === '__proto__') setOwn(plain, name, value);
    // Only set-cookie comes more than once here; the runtime has joined the others.
    else plain[name] = Object.hasOwn(plain, name) ? `${plain[name] ?? ''}, ${value}` : value;
  });
  return plain;
}
