import type { IncomingHttpHeaders } from 'node:http';

import { BadInput } from './bad-input';
import type { User } from './data-set';
import type { DemoReply } from './demo-route';
import { matchRoute } from './match-route';
import { problem } from './problem';

/** A request as the socket gave it. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly users: readonly User[];
  readonly origin: string;
  readonly requestId: string;
}

/** The reply to a request; every refusal is a reply, too. */
export function answer(request: RawRequest): DemoReply {
  // Preflights of browsers; the CORS headers themselves are on every reply.
  if (request.method === 'OPTIONS') return { status: 204, body: undefined };
  try {
    return byRoute(request);
  } catch (error) {
    if (error instanceof BadInput) return badRequest(error);
    return problem(500, 'The demo server failed; this is a defect of it');
  }
}

function byRoute({ method, path, query, text, ...rest }: RawRequest): DemoReply {
  const match = matchRoute(path);
  if (match === undefined) return problem(404, `No route ${path}; GET / lists them`);
  const { route, pathValues } = match;
  const { method: allowed = 'GET' } = route;
  if (method !== allowed && !(method === 'HEAD' && allowed === 'GET')) {
    const allow = allowed === 'GET' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS';
    return problem(405, `${path} takes ${allow}, not ${method}`, {}, { allow });
  }
  const context = { ...rest, path, pathValues };
  try {
    const body = allowed === 'POST' ? parseBody(text) : undefined;
    return route.handle(new URLSearchParams(query), body, context);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return route.refuse === undefined ? badRequest(error) : route.refuse(error, context);
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadInput('body', 'JSON', text);
  }
}

function badRequest({ message, parameter }: BadInput): DemoReply {
  return problem(400, message, { parameter });
}
