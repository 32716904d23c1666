import type { ServerResponse } from 'node:http';

import type { DemoReply } from './demo-route';

// Samples run in browsers on another origin; no credentials are involved, so the wildcards are in force.
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
  'access-control-allow-headers': 'authorization, *',
  'access-control-expose-headers': '*',
};

/** Writes a reply at once. */
export function sendReply(response: ServerResponse, reply: DemoReply): void {
  const text =
    'text' in reply ? reply.text : reply.body === undefined ? '' : JSON.stringify(reply.body);
  for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
  if (text !== '') {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-length', Buffer.byteLength(text));
  }
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  response.statusCode = reply.status;
  // Node leaves the body out where the request was a HEAD.
  response.end(text);
}
