/** One request that reached the demo server. */
export interface LoggedRequest {
  readonly method: string;
  /** As sent, still percent-encoded. */
  readonly path: string;
  /** What followed the `?`, byte for byte; `''` if there was none. */
  readonly query: string;
  /** The body as sent, if it was not empty. */
  readonly body?: string | undefined;
  /** Absent until the request is answered; stays so if the client leaves first. */
  readonly status?: number | undefined;
  /** Whether the client left, or the server was closed, before the whole reply was handed over. */
  readonly aborted: boolean;
}

type Entry = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };

/** The requests in the order of their arrival. */
export class RequestLog {
  #entries: Entry[] = [];

  /** Enters a request; what becomes of it is written into the returned entry, even after a `clear`. */
  add(method: string, path: string, query: string): Entry {
    const entry: Entry = { method, path, query, aborted: false };
    this.#entries.push(entry);
    return entry;
  }

  /** Copies, so that a list taken earlier does not change. */
  list(): readonly LoggedRequest[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }

  /** Counts the requests at or below a path: `/kneo` counts `/kneo/users` and not `/kneo-no-total/users`. */
  count(pathPrefix = ''): number {
    const prefix = pathPrefix.replace(/\/$/, '');
    return this.#entries.filter(({ path }) => path === prefix || path.startsWith(`${prefix}/`))
      .length;
  }

  clear(): void {
    this.#entries = [];
  }
}
