/** What came back for one {@link PageRequest}. */
export interface PageReply<B = unknown> {
  /** HTTP status. */
  readonly status: number;
  /** Names in lower case; a repeated header is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body. */
  readonly body: B;
  /** The URL that answered, after redirects; relative links resolve against it. */
  readonly url: string;
  /**
   * The URL that was sent, where the transport can tell it from the one that answered: a client may follow redirects by
   * itself, and its interceptors may send a request elsewhere. @defaultValue the URL of the request
   */
  readonly requestedUrl?: string | undefined;
  /** Size of the body in bytes after decompression, where the transport can tell. */
  readonly bytes?: number | undefined;
}
