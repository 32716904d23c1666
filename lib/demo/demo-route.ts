import type { IncomingHttpHeaders } from 'node:http';

import type { BadInput } from './bad-input';
import type { User } from './data-set';

/** What a route knows of a request besides its query and body. */
export interface DemoContext {
  /** The data set, in server order. */
  readonly users: readonly User[];
  /** The server's origin as the client wrote it, for absolute links. */
  readonly origin: string;
  /** The path asked for, as sent. */
  readonly path: string;
  /** Decoded values of the `{name}`s of the route's path. */
  readonly pathValues: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** Also sent as `x-request-id`. */
  readonly requestId: string;
}

interface JsonReply {
  readonly status: number;
  /** An array sends the header once for each value. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly body: unknown;
  /** Milliseconds to wait before answering. */
  readonly delayMs?: number | undefined;
}

/** A reply that is not JSON, sent as it is. */
interface TextReply extends Omit<JsonReply, 'body'> {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export type DemoReply = JsonReply | TextReply;

/** Answers one request. May throw a {@link BadInput}, which becomes a 400. */
export type DemoHandler = (
  query: URLSearchParams,
  body: unknown,
  context: DemoContext,
) => DemoReply;

/** One route of the demo API. */
export interface DemoRoute {
  /** @defaultValue 'GET', which also answers HEAD */
  readonly method?: 'GET' | 'POST' | undefined;
  /** A `{name}` stands for one segment. */
  readonly path: string;
  /** One line for the index. */
  readonly about: string;
  /** What to append to the origin to try it. */
  readonly example: string;
  readonly handle: DemoHandler;
  /** The protocol's own form of a 400. @defaultValue problem details of RFC 9457 */
  readonly refuse?: ((error: BadInput, context: DemoContext) => DemoReply) | undefined;
}
