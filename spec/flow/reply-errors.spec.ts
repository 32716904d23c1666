import { of, throwError } from 'rxjs';

import {
  cursorPagination,
  paginate,
  PaginationError,
  type PageReply,
  type PaginationStrategy,
  type WalkOptions,
} from 'paged-observable';

import { record } from '../support/recorder';

const headers = { 'x-request-id': 'r-9', 'set-cookie': 'a=b', server: 'key-of-the-caller' };
const shown = { 'x-request-id': 'r-9', server: '***' };
const request = {
  url: 'http://api.test/items',
  headers: { authorization: 'Bearer key-of-the-caller' },
};
const said = { status: 200, headers: shown, requestId: 'r-9' };
const cursors = cursorPagination<number>({ items: '/data', next: '/next' });

/** The error of a walk that is given these replies one after another. */
function errorOf(
  replies: readonly (Partial<PageReply> | Error)[],
  pagination: PaginationStrategy<number> = cursors,
  options: WalkOptions<number> = {},
): PaginationError {
  let sent = 0;
  const transport = () => {
    const reply = replies[sent++] ?? {};
    if (reply instanceof Error) return throwError(() => reply);
    return of({ status: 200, headers, url: request.url, body: {}, ...reply });
  };
  const seen = record(paginate(transport, request, { pagination, retry: false, ...options }));
  return seen.error;
}

describe('the error of a reply that came', () => {
  it.each<[string, string, Partial<PageReply>]>([
    ['has no items where they should be', 'BAD_SHAPE', { body: { rows: 1 } }],
    ['has a longer Link than is read', 'PROTOCOL', { headers: { ...headers, link: '<' } }],
    ['is no page', 'PROTOCOL', { status: 204 }],
  ])('has its status, headers and request id: %s', (_, code, reply) => {
    const error = errorOf([reply], cursors, { limits: { linkHeaderBytes: 0 } });
    expect(error).toMatchObject({ ...said, code, status: reply.status ?? 200, attempts: 1 });
    expect(error.headers).toEqual(shown);
  });

  it('has those of a redirect that is not followed', () => {
    const reply = { status: 302, headers: { ...headers, location: '/a' } };
    const error = errorOf([reply], cursors, { limits: { redirects: 0 } });
    expect(error).toMatchObject({ ...said, code: 'PROTOCOL', status: 302 });
  });

  it('has those of a reply whose headers are none, as far as there are any', () => {
    const bad = { headers: 'none' as never, status: 201 };
    expect(errorOf([bad])).toMatchObject({ code: 'BAD_SHAPE', status: 201, headers: {} });
  });

  it('has what the transport knows of it', () => {
    const known = new PaginationError('BAD_JSON', 'No', { status: 207, requestId: 'r-1' });
    expect(errorOf([known])).toMatchObject({ code: 'BAD_JSON', status: 207, requestId: 'r-1' });
  });
});
