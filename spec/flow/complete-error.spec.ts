import type { PageRequest } from '../../lib/core/page-request';
import { PaginationError } from '../../lib/core/pagination-error';
import { withSecrets } from '../../lib/core/secrets';
import { UsageError } from '../../lib/core/usage-error';
import { replyOf } from '../support/reply-of';
import {
  completeError,
  locateError,
  readingError,
  type ErrorPlace,
} from '../../lib/flow/complete-error';

const request: PageRequest = {
  url: '/v1/items',
  params: { page: 2, token: 'in-the-query' },
  headers: { authorization: 'Bearer in-a-header' },
};
const place: ErrorPlace = { request, base: 'https://api.test', pageIndex: 1, attempts: 3 };
const shown = { method: 'GET', url: 'https://api.test/v1/items?page=2&token=***' };
const where = `(page 2, GET ${shown.url})`;

/** An error with a status, as SDKs throw them. */
const withStatus = (status: unknown) => Object.assign(new Error('no'), { status });

describe('what is thrown while a page is fetched', () => {
  it('becomes the error of the walk, with the page and the request it happened at', () => {
    const error = locateError(new TypeError('no such thing'), place);
    expect(error).toBeInstanceOf(PaginationError);
    expect(error).toMatchObject({
      code: 'PROTOCOL',
      message: `The request failed: no such thing ${where}`,
      request: shown,
      pageIndex: 1,
      attempts: 3,
      cause: { name: 'TypeError', message: 'no such thing' },
    });
    expect(error).not.toHaveProperty('status');
  });

  it.each([
    [withStatus(418), 418],
    [withStatus('418'), undefined],
    [new Error('no'), undefined],
    ['418', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('keeps the status an SDK met: %p', (thrown, status) => {
    expect(Reflect.get(locateError(thrown, place) as object, 'status')).toBe(status);
  });

  it('names no page where none is known yet', () => {
    expect(locateError(new Error('no'), { ...place, pageIndex: undefined })).toMatchObject({
      message: `The request failed: no (GET ${shown.url})`,
    });
  });

  it('has what the last failed attempt and the reply at hand tell, the nearest first', () => {
    const last = new PaginationError('HTTP_STATUS', 'It broke', {
      ...{ status: 503, requestId: 'r-1', retryAfterMs: 7, attempts: 9, pageIndex: 9 },
    });
    const history = [{ code: 'HTTP_STATUS', waitMs: 5, status: 503 }] as const;
    const stopped = new PaginationError('ABORTED', 'The walk was left');
    expect(locateError(stopped, { ...place, history, last })).toMatchObject({
      ...{ code: 'ABORTED', message: `The walk was left ${where}`, history },
      ...{ status: 503, requestId: 'r-1', retryAfterMs: 7, attempts: 3, pageIndex: 1 },
    });
    const headers = { 'x-request-id': 'r-2 in-a-header', 'set-cookie': 'a=b' };
    const reply = replyOf([], { status: 202, headers });
    const read = locateError(stopped, { ...place, history, last, reply });
    expect(read).toMatchObject({
      ...{ status: 202, requestId: 'r-2 ***', retryAfterMs: 7 },
      headers: { 'x-request-id': 'r-2 ***' },
    });
    const own = new PaginationError('BAD_SHAPE', 'No items', { status: 418 });
    expect(locateError(own, { ...place, reply })).toMatchObject({ status: 418 });
  });

  it('keeps the code, the message, the cause and the fields of an error of the walk', () => {
    const cause = { name: 'Error', message: 'socket' };
    const fields = { status: 503, requestId: 'r-1', cause, attempts: 9, pageIndex: 9 };
    const error = locateError(new PaginationError('NETWORK', 'It broke', fields), place);
    expect(error).toMatchObject({
      code: 'NETWORK',
      message: `It broke ${where}`,
      ...{ status: 503, requestId: 'r-1', cause, attempts: 3, pageIndex: 1, request: shown },
    });
  });

  it('stays itself where it is a mistake of the caller', () => {
    const mistake = new UsageError('no such option');
    expect(locateError(mistake, place)).toBe(mistake);
  });

  it('gives away nothing that was sent, in the path neither', () => {
    const secret = 'in-a-header';
    const path = { ...place, request: { ...request, url: `/v1/${secret}/items` } };
    const fields = { bodyExcerpt: secret, cause: { name: 'Error', message: secret } };
    const error = locateError(new PaginationError('NETWORK', `Not ${secret}`, fields), path);
    const url = 'https://api.test/v1/***/items?page=2&token=***';
    expect(error).toMatchObject({
      message: `Not *** (page 2, GET ${url})`,
      ...{ bodyExcerpt: '***', cause: { message: '***' }, request: { url } },
    });
    expect(locateError(new Error(`Not ${secret}`), path)).toMatchObject({
      message: `The request failed: Not *** (page 2, GET ${url})`,
      cause: { message: 'Not ***' },
    });
  });

  it('gives away nothing that the transport of its reply sent', () => {
    const reply = withSecrets({ ...replyOf({}) }, () => ['of-the-transport']);
    const error = locateError(new Error('Not of-the-transport'), { ...place, reply });
    expect(error).toMatchObject({ message: `The request failed: Not *** ${where}` });
  });
});

describe('what is thrown while a reply is read', () => {
  it('is BAD_SHAPE', () => {
    const error = readingError(new RangeError('too deep'));
    expect(error).toBeInstanceOf(PaginationError);
    expect(error).toMatchObject({
      code: 'BAD_SHAPE',
      message: 'The reply could not be read: too deep',
      cause: { name: 'RangeError', message: 'too deep' },
    });
  });

  it('stays itself where it is the error of the walk, or a mistake of the caller', () => {
    const known = new PaginationError('DRIFT', 'It moved');
    const mistake = new UsageError('no such option');
    expect(readingError(known)).toBe(known);
    expect(readingError(mistake)).toBe(mistake);
  });
});

describe('the error of a walk that has stopped', () => {
  const added = { resumeToken: 'po1.x.y', itemsEmitted: 7 };

  it('has the token and the items handed on, and what it had', () => {
    const fields = { status: 503, resumeToken: '', itemsEmitted: 0, pageIndex: 1 };
    const error = completeError(new PaginationError('NETWORK', 'It broke', fields), request, added);
    expect(error).toBeInstanceOf(PaginationError);
    expect(error).toMatchObject({
      ...{ code: 'NETWORK', message: 'It broke', status: 503, pageIndex: 1 },
      ...added,
    });
  });

  it('gives away nothing that was sent', () => {
    const fields = { cause: { name: 'Error', message: 'by in-the-query' } };
    const aborted = new PaginationError('ABORTED', 'Left in-a-header', fields);
    expect(completeError(aborted, request, added)).toMatchObject({
      message: 'Left ***',
      cause: { message: 'by ***' },
    });
  });

  it('stays itself where it is none of the walk', () => {
    const mistake = new UsageError('no such option');
    expect(completeError(mistake, request, added)).toBe(mistake);
  });
});
