/** A parameter's value; `undefined` and `null` leave the parameter out, an array repeats its name. */
export type ParamValue =
  string | number | boolean | null | undefined | readonly (string | number | boolean)[];

/** One page asked for, as plain JSON. The toolkit never changes a request it is given. */
export interface PageRequest {
  /** @defaultValue 'GET' */
  readonly method?: string | undefined;
  /** Absolute, or relative to the transport's base; `{name}` stands for a value of `path`. */
  readonly url: string;
  /** Values for the `{name}`s of `url`, percent-encoded when sent. */
  readonly path?: Readonly<Record<string, ParamValue>> | undefined;
  /** Query parameters. */
  readonly params?: Readonly<Record<string, ParamValue>> | undefined;
  /** Sent besides those of the transport; over these where both have one. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Set by the engine for an allowed foreign origin: no credentials of any kind may be sent. */
  readonly anonymous?: true | undefined;
}
