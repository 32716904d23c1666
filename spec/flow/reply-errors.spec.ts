import { firstValueFrom, lastValueFrom, of, queueScheduler, take, throwError, toArray } from 'rxjs';

import {
  cursorPagination,
  linkPagination,
  paginate,
  PaginationError,
  type PageReply,
  type PageRequest,
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

const links = linkPagination<number>({ items: '/data', next: '/next' });
const page = (next: unknown) => ({ body: { data: [1], next } });

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

describe('the error of a position that a reply leads to', () => {
  it.each<[string, string, readonly (Partial<PageReply> | Error)[], PaginationStrategy<number>]>([
    ['that is none', 'BAD_SHAPE', [page(true)], cursors],
    ['that is no URL', 'PROTOCOL', [page('http://[')], links],
    ['that is of another origin', 'CROSS_ORIGIN', [page('http://other.test/')], links],
    ['that is too long', 'PROTOCOL', [page('x'.repeat(20_000))], cursors],
    ['that is its own', 'LOOP', [page('a'), page('a')], cursors],
    ['without an item', 'STALLED', [{ body: { data: [], next: 'a' } }], cursors],
  ])('has the page, its attempts and its reply: %s', (_, code, replies, pagination) => {
    const error = errorOf(replies, pagination, { limits: { emptyPages: 1 } });
    const pageIndex = replies.length - 1;
    expect(error).toMatchObject({ ...said, code, pageIndex, attempts: 1, history: [] });
    expect(error.headers).toEqual(shown);
  });

  it('has the attempts that failed before', () => {
    const replies = [page('a'), { status: 503 }, { status: 502 }, page(true)];
    const retry = { baseDelay: 0 };
    const seen = errorOf(replies, cursors, { retry, clock: queueScheduler });
    expect(seen).toMatchObject({ ...said, code: 'BAD_SHAPE', pageIndex: 1, attempts: 3 });
    expect(seen.history.map(({ status }) => status)).toEqual([503, 502]);
  });

  it('is told once where the strategy is loaded on the way', async () => {
    const transport = ({ params }: PageRequest) =>
      params?.['cursor'] === undefined
        ? of({
            status: 200,
            headers,
            url: request.url,
            body: { data: [{ id: 1 }], next_cursor: 'b' },
          })
        : of({ status: 404, headers, url: request.url, body: {} });
    const list = paginate(transport, request).pages();
    const [first] = await firstValueFrom(list.pipe(take(1), toArray()));
    const seen = await lastValueFrom(
      paginate(transport, request, { resumeFrom: first!.resumeToken }),
    ).catch((error: unknown) => error as PaginationError);
    expect(seen).toMatchObject({ ...said, status: 404, pageIndex: 1, attempts: 1 });
    expect(Reflect.get(seen as object, 'history')).toHaveLength(1);
    expect(Reflect.get(seen as object, 'message')).toMatch(/^[^(]*\(page 2, [^(]*\)$/);
  });
});
