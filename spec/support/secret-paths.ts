import {
  cursorPagination,
  linkPagination,
  type PaginationStrategy,
  type WalkOptions,
} from 'paged-observable';

import type { Fault } from './fault';
import { cursorList, jsonReply } from './fault-lists';
import type { FaultScript } from './fault-server';
import type { ReplyText, RequestText } from './http-text';
import { echoOf, echoTexts, marks } from './planted-secrets';

/** One way for a walk to fail on its second page. */
export interface SecretPath {
  readonly name: string;
  readonly script: FaultScript;
  readonly options?: WalkOptions | undefined;
  readonly pagination?: PaginationStrategy | undefined;
  /** Code of the error; there may be several where transports differ. */
  readonly code: string;
}

const quick = { retry: { baseDelay: 1 } } as const;

/** Every way in which a walk ends with an error that a server has a hand in. */
export const secretPaths: readonly SecretPath[] = [
  ...[400, 401, 404, 409].map((status) =>
    echoing(`an echo in JSON under ${String(status)}`, 'HTTP_STATUS', (request) =>
      jsonReply(echoOf(request), { status }),
    ),
  ),
  ...['text/plain', 'text/html', 'application/json', 'application/problem+json'].map((type) =>
    echoing(`an echo of type ${type} under 403`, 'HTTP_STATUS', (request) =>
      jsonReply(echoOf(request), { status: 403, headers: { 'content-type': type } }),
    ),
  ),
  ...Array.from({ length: 40 }, (_, index) =>
    echoing(`text ${String(index)} of an echo`, 'HTTP_STATUS', (request) => ({
      status: 401,
      headers: { 'content-type': index % 2 === 0 ? 'text/plain' : 'text/html' },
      body: echoTexts(request)[index] ?? 'no more',
    })),
  ),
  ...Array.from({ length: 40 }, (_, index) =>
    echoing(`text ${String(index)} of an echo in place of a page`, 'BAD_CONTENT', (request) => ({
      headers: { 'content-type': 'text/html' },
      body: echoTexts(request)[index] ?? 'no more',
    })),
  ),
  ...Array.from({ length: 60 }, (_, index) =>
    echoing(
      `an echo in JSON that is cut short within a value, ${String(index)}`,
      'RETRY_EXHAUSTED',
      (request) => {
        const texts = echoTexts(request);
        const value = JSON.stringify(texts[index % texts.length]);
        return { body: `{"e":${value}`.slice(0, 16 + 3 * index) };
      },
      quick,
    ),
  ),
  echoing(
    'an echo under 503',
    'RETRY_EXHAUSTED',
    (request) => jsonReply(echoOf(request), { status: 503 }),
    quick,
  ),
  echoing('an echo in headers, under 429', 'RATE_LIMITED', (request) => {
    const all = request.headers.map(([, value]) => value).join(' ');
    return {
      status: 429,
      headers: { 'retry-after': '86400', 'x-request-id': all, server: all, via: all },
      body: JSON.stringify(echoOf(request)),
    };
  }),
  {
    ...echoing('an echo in an error envelope', 'API_ERROR', (request) =>
      jsonReply({ error: echoOf(request) }),
    ),
    pagination: cursorPagination({ items: '/items', apiError: '/error' }),
  },
  {
    ...echoing('an echo in the names of properties', 'BAD_SHAPE', (request) => {
      const texts = echoTexts(request).map((text): [string, number] => [text, 1]);
      return jsonReply(Object.fromEntries(texts));
    }),
    pagination: cursorPagination(),
  },
  echoing('an echo under 410', 'CURSOR_EXPIRED', (request) =>
    jsonReply(echoOf(request), { status: 410 }),
  ),
  echoing('an echo in a location', 'CROSS_ORIGIN', (request) => ({
    status: 302,
    headers: { location: `http://user:${marks.userInfo}@h.example${request.target}` },
  })),
  echoing('an echo in a location that is no URL', 'PROTOCOL', (request) => ({
    status: 302,
    headers: { location: `http://[${request.target}` },
  })),
  {
    ...echoing('an echo in a link', 'CROSS_ORIGIN', (request) =>
      jsonReply([{ id: 1 }], {
        headers: { link: `<http://user:${marks.userInfo}@h.example${request.target}>; rel=next` },
      }),
    ),
    pagination: linkPagination(),
  },
  {
    ...echoing('an echo in a link that is no URL', 'PROTOCOL', (request) =>
      jsonReply([{ id: 1 }], { headers: { link: `<http://[${request.target}>; rel=next` } }),
    ),
    pagination: linkPagination(),
  },
  {
    ...echoing('a strategy that throws what it was given', 'BAD_SHAPE', (request) =>
      jsonReply(echoOf(request)),
    ),
    pagination: cursorPagination({
      items: (reply) => {
        throw new Error(`cannot read ${JSON.stringify(reply)}`);
      },
    }),
  },
  faulty('a 204', 'PROTOCOL', { kind: 'reply', status: 204 }),
  faulty('a reset', 'RETRY_EXHAUSTED', { kind: 'reset', at: 'body' }, quick),
  faulty('a hang-up', 'RETRY_EXHAUSTED', { kind: 'hang-up', at: 'start' }, quick),
  faulty('a reset without retries', 'NETWORK', { kind: 'reset', at: 'start' }, { retry: false }),
  faulty('a stall', 'TIMEOUT', { kind: 'stall', at: 'start' }, { retry: false, timeout: 40 }),
  faulty('a deadline', 'DEADLINE', { kind: 'stall', at: 'start' }, { deadline: 60 }),
  faulty('broken gzip', 'BAD_CONTENT', { kind: 'broken gzip' }),
  faulty('a large body', 'BODY_TOO_LARGE', undefined, { limits: { bodyBytes: 10 } }),
  faulty('a deep body', 'BAD_CONTENT', undefined, { limits: { jsonDepth: 1 } }),
];

function faulty(
  name: string,
  code: string,
  fault: Fault | undefined,
  options?: WalkOptions,
): SecretPath {
  return { name, code, script: cursorList({ ...(fault && { faults: { 2: fault } }) }), options };
}

/** Page 2 is made of what was asked. The first page leads to it by cursor and by link. */
function echoing(
  name: string,
  code: string,
  reply: (request: RequestText) => ReplyText,
  options?: WalkOptions,
): SecretPath {
  const first = jsonReply({ items: [{ id: 0 }], next_cursor: 'p2' });
  const headers = { link: '</items?cursor=p2>; rel=next' };
  const script = cursorList({
    reply: (page, request) => (page === 1 ? { ...first, headers } : reply(request)),
  });
  return { name, code, script, options };
}
