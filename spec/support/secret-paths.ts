import {
  cursorPagination,
  linkPagination,
  type PageRequest,
  type PaginationStrategy,
  type WalkOptions,
} from 'paged-observable';

import { digestRequest, writeResumeToken } from '../../lib/core/resume-token';

import type { Fault } from './fault';
import { cursorList, jsonReply } from './fault-lists';
import type { FaultScript } from './fault-server';
import type { ReplyText, RequestText } from './http-text';
import { echoOf, echoTexts, marks, signedLink } from './planted-secrets';

/** One way for a walk to fail on its second page. */
export interface SecretPath {
  readonly name: string;
  readonly script: FaultScript;
  readonly options?: WalkOptions | ((request: PageRequest) => WalkOptions) | undefined;
  /** It is met by cursors only. */
  readonly byCursor?: true;
  /** It is met on the first page already. */
  readonly onFirstPage?: true;
  /** Nothing is sent, or not for sure: where time runs out, it may do so before. */
  readonly isUnsent?: true;
  readonly pagination?: PaginationStrategy | undefined;
  /** Code of the error; there may be several where transports differ. */
  readonly code: string;
}

/** The first page leads on by cursor and by a signed link. */
const firstPage = jsonReply(
  { items: [{ id: 0 }], next_cursor: 'p2' },
  { headers: { link: `<${signedLink}>; rel=next` } },
);

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
  ...Array.from({ length: 6 }, (_, index) =>
    echoing(
      `an echo in JSON that is cut short, without retries, ${String(index)}`,
      'BAD_JSON',
      (request) => ({ body: `{"e":${JSON.stringify(echoTexts(request)[index])}` }),
      { retry: false },
    ),
  ),
  {
    ...echoing('an echo in a page that leads back to itself', 'LOOP', (request) =>
      jsonReply({ items: [echoOf(request)], next_cursor: 'p2' }),
    ),
    byCursor: true,
  },
  {
    ...faulty('an echo in pages without items', 'STALLED', undefined, {
      limits: { emptyPages: 3 },
    }),
    script: cursorList({
      reply: (page, request) =>
        jsonReply({ items: [], next_cursor: `p${String(page + 1)}`, echo: echoOf(request) }),
    }),
    byCursor: true,
  },
  {
    ...echoing('an echo in a page that has changed', 'DRIFT', (request) =>
      jsonReply({ items: [echoOf(request)], next_cursor: 'p3' }),
    ),
    options: (request) => ({ resumeFrom: tokenAt(request, { digest: 'of another item' }) }),
    byCursor: true,
  },
  {
    ...faulty('a token of another walk', 'CHECKPOINT_MISMATCH', undefined),
    options: (request) => ({ resumeFrom: tokenAt({ ...request, method: 'PATCH' }) }),
    ...{ byCursor: true, isUnsent: true },
  },
  {
    ...faulty('a token that is damaged', 'CHECKPOINT_CORRUPT', undefined),
    options: (request) => ({ resumeFrom: tokenAt(request).slice(0, -1) }),
    isUnsent: true,
  },
  {
    ...faulty('an abort', 'ABORTED', { kind: 'stall', at: 'start' }),
    options: () => ({ signal: AbortSignal.timeout(100) }),
    isUnsent: true,
  },
  {
    ...echoing('an echo in an error envelope', 'API_ERROR', (request) =>
      jsonReply({ error: echoOf(request) }),
    ),
    pagination: cursorPagination({ items: '/items', apiError: '/error' }),
    byCursor: true,
  },
  {
    ...echoing('an echo in the names of properties', 'BAD_SHAPE', (request) => {
      const texts = echoTexts(request).map((text): [string, number] => [text, 1]);
      return jsonReply(Object.fromEntries(texts));
    }),
    pagination: cursorPagination(),
    byCursor: true,
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
    byCursor: true,
  },
  faulty('a 204', 'PROTOCOL', { kind: 'reply', status: 204 }),
  faulty('a reset', 'RETRY_EXHAUSTED', { kind: 'reset', at: 'body' }, quick),
  faulty('a hang-up', 'RETRY_EXHAUSTED', { kind: 'hang-up', at: 'start' }, quick),
  faulty('a reset without retries', 'NETWORK', { kind: 'reset', at: 'start' }, { retry: false }),
  {
    ...faulty('a stall', 'TIMEOUT', { kind: 'stall', at: 'start' }),
    ...{ options: { retry: false, timeout: 100 }, isUnsent: true },
  },
  {
    ...faulty('a deadline', 'DEADLINE', { kind: 'stall', at: 'start' }),
    ...{ options: { deadline: 100 }, isUnsent: true },
  },
  faulty('broken gzip', 'BAD_CONTENT', { kind: 'broken gzip' }),
  {
    ...faulty('a large body', 'BODY_TOO_LARGE', undefined, { limits: { bodyBytes: 10 } }),
    onFirstPage: true,
  },
  {
    ...faulty('a deep body', 'BAD_CONTENT', undefined, { limits: { jsonDepth: 1 } }),
    onFirstPage: true,
  },
];

function faulty(
  name: string,
  code: string,
  fault: Fault | undefined,
  options?: WalkOptions,
): SecretPath {
  const script = cursorList({ ...(fault && { faults: { 2: fault } }) });
  const reply: FaultScript['reply'] = (page, request) =>
    page === 1 ? firstPage : script.reply(page, request);
  return { name, code, script: { ...script, reply }, options };
}

/** Page 2 is made of what was asked. */
function echoing(
  name: string,
  code: string,
  reply: (request: RequestText) => ReplyText,
  options?: WalkOptions,
): SecretPath {
  const script = cursorList({
    reply: (page, request) => (page === 1 ? firstPage : reply(request)),
  });
  return { name, code, script, options };
}

/** A token behind the first item of page 2. */
function tokenAt(request: PageRequest, { digest = '' } = {}): string {
  const { id: strategy } = cursorPagination({ items: '/items' });
  const place = { position: 'p2', taken: 1, digest, pages: 1, items: 2 };
  return writeResumeToken({ strategy, ...place, request: digestRequest(request) });
}
