import { NEVER } from 'rxjs';

import type { WalkOptions } from 'paged-observable';

import { settle } from '../support/manual-clock';
import { record } from '../support/recorder';
import { reset, ScriptedApi, type Outcome } from '../support/scripted-api';

const unavailable: Outcome = {
  status: 503,
  headers: { 'retry-after': '30', 'x-request-id': 'r-7' },
};
const asked = {
  method: 'GET',
  url: 'http://api.test/items?cursor=***',
};

/** How a walk is stopped from without, at a time in milliseconds. */
const stops = [
  ['DEADLINE', (at: number) => ({ options: { deadline: at }, stop: () => undefined })],
  [
    'ABORTED',
    () => {
      const controller = new AbortController();
      return {
        options: { signal: controller.signal },
        stop: () => {
          controller.abort();
        },
      };
    },
  ],
] as const;

function stopped(
  api: ScriptedApi,
  how: (typeof stops)[number][1],
  at: number,
  further: WalkOptions = {},
) {
  const { options, stop } = how(at);
  const seen = record(api.list({ ...further, ...options }));
  api.clock.advance(at);
  stop();
  return seen.error;
}

describe.each(stops)('the error %s', (code, how) => {
  it('names the page of the request in flight', () => {
    const error = stopped(new ScriptedApi({ 1: ['never'] }), how, 1000);
    expect(error).toMatchObject({ code, pageIndex: 1, request: asked, attempts: 1 });
    expect(error.history).toEqual([]);
    expect(error).not.toHaveProperty('status');
    expect(error.message).toMatch(/ \(page 2, GET http:\/\/api\.test\/items\?cursor=\*\*\*\)$/);
  });

  it('names the page that is waited for, with its attempts and the last reply', () => {
    const error = stopped(new ScriptedApi({ 1: [unavailable] }), how, 1000);
    expect(error).toMatchObject({
      ...{ code, pageIndex: 1, request: asked, attempts: 1 },
      ...{ status: 503, requestId: 'r-7', retryAfterMs: 30_000 },
      history: [{ code: 'HTTP_STATUS', status: 503, waitMs: 30_000 }],
    });
  });

  it('counts the attempt in flight after those that failed', () => {
    const api = new ScriptedApi({ 2: [reset(), unavailable, 'never'] });
    const error = stopped(api, how, 31_000);
    expect(error).toMatchObject({ code, pageIndex: 2, request: asked, attempts: 3 });
    expect(error.history.map((attempt) => attempt.code)).toEqual(['NETWORK', 'HTTP_STATUS']);
  });

  it('names the page that a limit of the server is waited for, with no attempt', () => {
    const api = new ScriptedApi({}, { 0: { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' } });
    const error = stopped(api, how, 1000);
    expect(error).toMatchObject({ code, pageIndex: 1, request: asked, attempts: 0 });
    expect(error.history).toEqual([]);
  });

  it('names the page that was asked for ahead', () => {
    const error = stopped(new ScriptedApi({ 2: ['never'] }), how, 1000, { prefetch: 1 });
    expect(error).toMatchObject({ code, pageIndex: 2, request: asked, attempts: 1 });
  });

  it('names the page in hand between two, with no attempt', () => {
    const api = new ScriptedApi({ 0: [unavailable] });
    const error = stopped(api, how, 40_000, { pacedBy: NEVER });
    expect(error).toMatchObject({ code, pageIndex: 0, attempts: 0, itemsEmitted: 2 });
    expect(error.request).toEqual({ method: 'GET', url: 'http://api.test/items' });
    expect(error.history).toEqual([]);
    expect(error).not.toHaveProperty('status');
  });

  it('names the page whose items are handed on', async () => {
    const api = new ScriptedApi();
    const { options, stop } = how(1000);
    const iterator = api.list(options)[Symbol.asyncIterator]();
    for (let pull = 0; pull < 3; pull++) await iterator.next();
    api.clock.advance(1000);
    stop();
    await settle();
    await expect(iterator.next()).rejects.toMatchObject({
      ...{ code, pageIndex: 1, request: asked, attempts: 0, itemsEmitted: 3 },
    });
  });

  it('names no page that is done, where the walk goes on after it', async () => {
    const api = new ScriptedApi({ 1: ['never'] });
    const { options, stop } = how(1000);
    const iterator = api.list(options)[Symbol.asyncIterator]();
    for (let pull = 0; pull < 2; pull++) await iterator.next();
    const pull = iterator.next();
    api.clock.advance(1000);
    stop();
    await expect(pull).rejects.toMatchObject({ code, pageIndex: 1, attempts: 1 });
  });
});

describe('the error of a walk that is aborted before it begins', () => {
  const signal = AbortSignal.abort();
  const request = { method: 'GET', url: 'http://api.test/items' };

  it('names the request it would have begun with', () => {
    const api = new ScriptedApi();
    expect(record(api.list({ signal })).error).toMatchObject({ request, pageIndex: 0 });
  });

  it('names no page where a token tells it', () => {
    const api = new ScriptedApi();
    const resumeFrom = record(api.list().pages()).values[0]!.resumeToken;
    const { error } = record(api.list({ signal, resumeFrom }));
    expect(error).toMatchObject({ request });
    expect(error).not.toHaveProperty('pageIndex');
  });
});
