import { of } from 'rxjs';

import {
  paginate,
  singlePage,
  type PageReply,
  type PageRequest,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

import { withSecrets } from '../../lib/core/secrets';
import { replyError } from '../../lib/flow/status-error';
import { ManualClock } from '../support/manual-clock';
import { record } from '../support/recorder';
import { replyOf } from '../support/reply-of';

const plain: PageRequest = { url: 'https://api.example.com/v1/items' };

function errorOf(reply: PageReply, request: PageRequest = plain, now = 0) {
  return replyError('HTTP_STATUS', 'The server answered', request, reply, now);
}

const withHeaders = (headers: Readonly<Record<string, string>>) =>
  errorOf(replyOf('', { headers }));

describe('the error of a reply', () => {
  it('has the code, the message and the status', () => {
    const error = errorOf(replyOf({ a: 1 }, { status: 503 }));
    expect(error).toMatchObject({
      code: 'HTTP_STATUS',
      message: 'The server answered',
      status: 503,
      headers: {},
      bodyExcerpt: '{"a":1}',
    });
    const others = ['problem', 'retryAfterMs', 'requestId', 'retryable'];
    expect(others.filter((name) => name in error)).toEqual([]);
  });

  it('says that trying again is worth it where the strategy does', () => {
    const error = replyError('API_ERROR', '', plain, replyOf({}), 0, true);
    expect([error.code, error.retryable]).toEqual(['API_ERROR', true]);
  });

  const telling = [
    ...['content-type', 'content-length', 'date', 'retry-after', 'retry-after-ms', 'server'],
    ...['via', 'age', 'allow', 'x-ratelimit-limit', 'x-rate-limit-reset', 'ratelimit'],
    ...['ratelimit-policy', 'x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid'],
    ...['x-amz-request-id', 'x-ms-request-id', 'x-trace-id', 'cf-ray'],
  ];
  const others = [
    ...['set-cookie', 'authorization', 'location', 'link', 'www-authenticate', 'x-token'],
    ...['x-server', 'server-timing', 'page', 'dateline', 'x-date', 'my-ratelimit', 'cf-ray-2'],
  ];
  it('shows the headers that tell about a failure, and no others', () => {
    const headers = Object.fromEntries([...telling, ...others].map((name) => [name, `${name}!`]));
    const shown = telling.map((name) => [name, `${name}!`]);
    expect(withHeaders(headers).headers).toEqual(Object.fromEntries(shown));
  });

  it.each([
    'x-request-id',
    'request-id',
    'x-correlation-id',
    'x-amzn-requestid',
    'x-amz-request-id',
    'x-ms-request-id',
    'x-trace-id',
    'cf-ray',
  ])('has the name the server gave the request: %s', (name) => {
    expect(withHeaders({ [name]: 'r-1' }).requestId).toBe('r-1');
  });

  it('takes the first of several such names, be it empty', () => {
    const headers = { 'cf-ray': 'c', 'x-trace-id': 't', 'request-id': '' };
    expect(withHeaders(headers).requestId).toBe('');
  });

  it('has the wait the server asks for, by the time it came', () => {
    const headers = { 'retry-after': 'Thu, 01 Jan 1970 00:00:09 GMT' };
    expect(errorOf(replyOf('', { headers }), plain, 2_000).retryAfterMs).toBe(7_000);
  });

  describe('begins to show the body', () => {
    it.each<readonly [unknown, string | undefined]>([
      ['plain text', 'plain text'],
      [{ a: [1, null] }, '{"a":[1,null]}'],
      [0, '0'],
      [false, 'false'],
      ['', undefined],
      [null, undefined],
      [undefined, undefined],
    ])('%j', (body, excerpt) => {
      expect(errorOf(replyOf(body)).bodyExcerpt).toBe(excerpt);
    });

    it('in at most 200 characters', () => {
      expect(errorOf(replyOf('x'.repeat(201))).bodyExcerpt).toBe('x'.repeat(200));
    });

    it.each<readonly [string, unknown]>([
      ['a big integer', { id: 1n }],
      ['a function', () => 1],
      ['a symbol', Symbol('a')],
    ])('and keeps its code where the body is no JSON: %s', (_, body) => {
      const error = errorOf({ ...replyOf(''), status: 503, body });
      expect([error.code, error.status, 'bodyExcerpt' in error]).toEqual(['HTTP_STATUS', 503, false]);
    }); // prettier-ignore
  });

  describe('has the problem details of RFC 9457', () => {
    const problemOf = (body: unknown, contentType: string) =>
      errorOf(replyOf(body, { status: 429, headers: { 'content-type': contentType } })).problem;

    it('as text, with the status of the reply', () => {
      const body = { type: 'https://a.test/p', title: 'T', detail: 'D', instance: '/i', status: 1 };
      expect(problemOf(body, 'application/problem+json')).toEqual({ ...body, status: 429 });
    });

    it.each(['application/problem+json; charset=utf-8', 'Application/Problem+JSON'])(
      'where the content type says so: %s',
      (type) => {
        expect(problemOf({ title: 'T' }, type)).toEqual({ status: 429, title: 'T' });
      },
    );

    it.each(['application/json', 'x application/problem+json', 'application/problem+jsonp', ''])(
      'and none where it does not: %s',
      (type) => {
        expect(problemOf({ title: 'T' }, type)).toBeUndefined();
      },
    );

    it('and none where the reply has no content type, or no object for a body', () => {
      expect(errorOf(replyOf({ title: 'T' })).problem).toBeUndefined();
      expect(problemOf(null, 'application/problem+json')).toBeUndefined();
      expect(problemOf('{"title":"T"}', 'application/problem+json')).toBeUndefined();
    });

    it('from its own members that are text', () => {
      const body: unknown = Object.assign(Object.create({ title: 'inherited' }), { detail: 1 });
      expect(problemOf(body, 'application/problem+json')).toEqual({ status: 429 });
    });
  });

  it('gives away nothing that was sent, be it by the request or its transport', () => {
    const headers = {
      'content-type': 'application/problem+json',
      server: 'of hunter2-key',
      'x-request-id': 'id-told-secret',
    };
    const body = { title: 'hunter2-key', detail: 'told-secret' };
    const reply = withSecrets({ ...replyOf(body), headers }, () => ['told-secret']);
    const error = errorOf(reply, { ...plain, headers: { authorization: 'Bearer hunter2-key' } });
    expect(error.headers).toEqual({ ...headers, server: 'of ***', 'x-request-id': 'id-***' });
    expect(error.requestId).toBe('id-***');
    expect(error.problem).toMatchObject({ title: '***', detail: '***' });
    expect(error.bodyExcerpt).toBe('{"title":"***","detail":"***"}');
  });

  it('gives away no credential of the reply, nor half a secret where it is cut', () => {
    const request = { ...plain, headers: { 'x-api-key': 'hunter2-key' } };
    const text = `${'x'.repeat(195)} hunter2-key https://a.test/?token=abcdef`;
    expect(errorOf(replyOf(text), request).bodyExcerpt).toBe(`${'x'.repeat(195)} *** `);
    expect(errorOf(replyOf('https://a.test/?token=abcdef')).bodyExcerpt).toBe(
      'https://a.test/?token=***',
    );
  });
});

describe('a reply whose body is no JSON', () => {
  const body = { items: [1n], error: { at: 1n } };
  const walk = (statuses: number[], options: WalkOptions = {}) => {
    const transport: Transport = () => of({ ...replyOf(''), status: statuses.shift() ?? 200, body });
    const pagination = singlePage({ items: '/items', ...(statuses.length === 0 && { apiError: '/error' }) });
    return record(paginate(transport, '/a', { pagination, ...options }));
  }; // prettier-ignore

  it('fails with its status, and is asked for again', () => {
    expect(walk([503], { retry: false }).error).toMatchObject({ code: 'HTTP_STATUS', status: 503 });
    const clock = new ManualClock();
    const walked = walk([503, 502], { clock });
    clock.advance(10_000);
    expect(walked.notifications).toEqual({ values: [1n], errors: 0, completions: 1 });
  });

  it('fails with the error that is in it', () => {
    const { error } = walk([]);
    expect(error.code).toBe('API_ERROR');
    expect(error.message).toContain('The reply is an error: an object');
  });
});
