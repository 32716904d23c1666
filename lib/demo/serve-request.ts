import type { IncomingMessage, ServerResponse } from 'node:http';

import { answer } from './answer';
import type { User } from './data-set';
import { problem } from './problem';
import { readText } from './read-text';
import type { RequestLog } from './request-log';
import { sendReply } from './send-reply';

const MAX_BODY_BYTES = 1024 * 1024;

export interface ServerState {
  readonly users: readonly User[];
  /** The server's own origin, for clients that send no usable `Host`. */
  readonly url: string;
  readonly log: RequestLog;
  readonly latencyMs: number;
  readonly requestId: string;
}

/** Logs a request, answers it after the delay asked for, and logs whether the client stayed for the answer. */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { users, url, log, latencyMs, requestId }: ServerState,
): Promise<void> {
  const { method = 'GET', url: target = '/', headers } = request;
  const { path, query } = splitTarget(target);
  const entry = log.add(method, path, query);
  let timer: NodeJS.Timeout | undefined;
  response.on('close', () => {
    clearTimeout(timer);
    entry.aborted = !response.writableFinished;
  });
  response.setHeader('x-request-id', requestId);

  const text = await readText(request, MAX_BODY_BYTES);
  if (text !== undefined && text !== '') entry.body = text;
  const origin = originOf(headers.host) ?? url;
  const reply =
    text === undefined
      ? problem(413, `body: expected at most ${String(MAX_BODY_BYTES)} bytes`, {
          parameter: 'body',
        })
      : answer({ method, path, query, headers, text, users, origin, requestId });

  const send = (): void => {
    // Before the first byte, so that a client that has its reply finds it in the log.
    entry.status = reply.status;
    sendReply(response, reply);
  };
  const delay = latencyMs + (reply.delayMs ?? 0);
  if (response.closed) return;
  if (delay === 0) send();
  else timer = setTimeout(send, delay);
}

// Not `new URL`, which takes the path `//x/y` for a host and rewrites what the client sent.
function splitTarget(target: string): { path: string; query: string } {
  const at = target.indexOf('?');
  return at < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, at), query: target.slice(at + 1) };
}

// The client's own spelling (localhost or an address), so that its next link is of the origin it knows.
function originOf(host: string | undefined): string | undefined {
  return host !== undefined && /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i.test(host)
    ? `http://${host}`
    : undefined;
}
