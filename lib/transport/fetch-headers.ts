import { PaginationError } from '../core/pagination-error';
import { excerpt } from '../protocol/excerpt';

/** Header values by name; an `undefined` one is left out. */
export type FetchHeaders = Readonly<Record<string, string | undefined>>;

/** One set of headers; later sources win, whatever the case of a name. */
export function joinHeaders(...sources: readonly (FetchHeaders | undefined)[]): Headers {
  const joined = new Headers();
  for (const [name, value] of sources.flatMap((source) => Object.entries(source ?? {}))) {
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
  const plain: [string, string][] = [];
  let cookies: [string, string] | undefined;
  for (const [name, value] of headers) {
    // Only set-cookie comes more than once here; the runtime has joined the others.
    if (name === 'set-cookie' && cookies !== undefined) {
      cookies[1] += `, ${value}`;
    } else {
      const entry: [string, string] = [name, value];
      plain.push(entry);
      if (name === 'set-cookie') cookies = entry;
    }
  }
  return Object.fromEntries(plain);
}
