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
  const plain = new Map<string, string>();
  for (const [name, value] of headers) {
    // Only set-cookie comes more than once here; the runtime has joined the others.
    const before = plain.get(name);
    plain.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(plain);
}
