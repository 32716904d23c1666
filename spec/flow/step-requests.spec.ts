import type { Json } from '../../lib/core/json';
import type { Page } from '../../lib/core/page';
import type { PageRequest } from '../../lib/core/page-request';
import type { PageReading, PaginationStrategy } from '../../lib/core/pagination-strategy';
import type { WalkOptions } from '../../lib/core/walk-options';
import { StepRequests } from '../../lib/flow/step-requests';
import { WalkMemory } from '../../lib/flow/walk-memory';
import { originOfPlan, type WalkPlan } from '../../lib/flow/walk-plan';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { errorOf } from '../support/error-of';
import { pageOf, readingOf, stepOf } from '../support/page-of';

const url = 'http://api.test/items';
const byCursor = cursorPagination();
const byLink = linkPagination({ next: '/next' });
const byNumber = numberPagination();

const nothing = () => {
  throw new Error('Nothing is sent where only requests are made');
};

/** The requests of a walk's steps, each of them asked for by its position. */
function requestsOf(
  strategy: PaginationStrategy,
  request: PageRequest = { url },
  options: WalkOptions = {},
) {
  const plan: WalkPlan = { transport: nothing, request, strategy, schema: undefined, options };
  const requests = new StepRequests(plan, new WalkMemory(originOfPlan(plan), options));
  const at = (position: Json | undefined) => stepOf({ strategy, position });
  return {
    of: (position?: Json, after?: Page) => requests.of(at(position), after),
    early: (position: Json) => requests.early(strategy, position),
  };
}

/** A strategy whose position is the URL of its page. */
const byAddress: PaginationStrategy = {
  ...byCursor,
  at: (request, position) =>
    typeof position === 'string' ? { ...request, url: position } : request,
};

describe('the first request', () => {
  it('is prepared once for all steps of a strategy', () => {
    const prepared: PageRequest[] = [];
    const start = (request: PageRequest) => {
      prepared.push(request);
      return { ...request, params: { limit: 5 } };
    };
    const requests = requestsOf({ ...byCursor, start });
    const first = requests.of();
    expect(first).toEqual({ url, params: { limit: 5 } });
    expect(requests.of()).toBe(first);
    expect(requests.of('a')).toEqual({ url, params: { limit: 5, cursor: 'a' } });
    expect(requests.early('b')).toEqual({ url, params: { limit: 5, cursor: 'b' } });
    expect(prepared).toEqual([{ url }]);
  });
});

describe('user info in the URL of the caller', () => {
  const own = 'http://user:word@api.test/items';

  it('stays where a strategy changes what is beside the URL, or its query', () => {
    expect(requestsOf(byCursor, { url: own }).of('a')).toEqual({
      url: own,
      params: { cursor: 'a' },
    });
    expect(requestsOf(byNumber, { url: `${own}?page=4&size=2` }).of(5)).toEqual({
      url: `${own}?size=2`,
      params: { page: 5 },
    });
    for (const later of [`${own}?page=5`, `${own}?p\n=5#b`, `${own}#page-5`]) {
      expect(requestsOf(byAddress, { url: own }).of(later)).toEqual({ url: later });
      expect(requestsOf(byAddress, { url: `${own}?a=1` }).of(later)).toEqual({ url: later });
    }
  });

  it('is CROSS_ORIGIN in a link, even to where the walk began', () => {
    const { code, message } = errorOf(() => requestsOf(byLink, { url: own }).of(`${own}/more`));
    expect([code, message]).toEqual([
      'CROSS_ORIGIN',
      'The next link to api.test carries user info; no request was made',
    ]);
  });
});

describe('a request before its turn', () => {
  it('is that of its position', () => {
    expect(requestsOf(byCursor).early('a')).toEqual({ url, params: { cursor: 'a' } });
  });

  it('may have another query, and no other address', () => {
    const { early } = requestsOf(byAddress);
    expect(early(`${url}?page=2`)).toEqual({ url: `${url}?page=2` });
    expect(early(`${url}/2`)).toBeUndefined();
    expect(early('http://other.test/items')).toBeUndefined();
  });

  it('is none where it cannot be told', () => {
    expect(requestsOf(byNumber).early('no number')).toBeUndefined();
  });

  it('is no request of the walk yet', () => {
    const { early, of } = requestsOf(byCursor);
    early('a');
    expect(of('a', pageOf(readingOf('cursor', [0])))).toEqual({ url, params: { cursor: 'a' } });
  });
});

describe('a position that is too long', () => {
  const limits = { cursorBytes: 8, urlBytes: 40 };
  const bodies = cursorPagination({ in: 'body' });
  const problem = (strategy: PaginationStrategy, position: Json) => {
    const requests = requestsOf(strategy, { url, method: 'POST' }, { limits });
    return errorOf(() => requests.of(position));
  };

  it('is a PROTOCOL error that says how long it is', () => {
    expect(problem(byCursor, '123456789')).toEqual({
      code: 'PROTOCOL',
      message: 'The cursor has 9 characters, which is more than the 8 allowed',
    });
    expect(problem(byLink, `${url}?`.padEnd(41, '2'))).toEqual({
      code: 'PROTOCOL',
      message: 'The next URL has 41 characters, which is more than the 40 allowed',
    });
    expect(problem(bodies, ['1234567'])).toMatchObject({
      message: 'The cursor has 11 characters, which is more than the 8 allowed',
    });
  });

  it('is judged as a link where it is one, also one with braces, which are sent encoded', () => {
    const sent = requestsOf(byLink, { url }, { limits }).of(`${url}?{a}`);
    expect(sent).toEqual({ url: `${url}?%7Ba%7D` });
    const { message } = problem(byLink, `${url}?{`.padEnd(41, '2'));
    expect(message).toBe('The next URL has 41 characters, which is more than the 40 allowed');
  });

  it('is judged as a cursor with braces too, whatever it is', () => {
    const { of } = requestsOf(bodies, { url, method: 'POST' }, { limits });
    for (const position of ['{"a":12}', ['{a}'], { a: 12 }]) {
      expect(of(position)).toMatchObject({ body: { cursor: position } });
    }
    for (const position of ['{"a":123}', ['{abcd}'], { ab: '{}' }]) {
      expect(problem(bodies, position).message).toContain('The cursor has ');
    }
  });

  it('is none that has no text, such as an object of a client', () => {
    const own: unknown = { id: 7n };
    const at = (request: PageRequest, position: Json) => ({ ...request, body: position });
    const { of } = requestsOf({ ...byCursor, at }, { url }, { limits: { cursorBytes: 1 } });
    expect(of(own as Json)?.body).toBe(own);
  });
});

describe('a step', () => {
  type Case = readonly [PaginationStrategy, PageReading['kind']];
  const loop = {
    code: 'LOOP',
    message: 'The page leads back to a request that was made before',
  };
  const pageAt = (kind: PageReading['kind'], position: Json) =>
    pageOf(readingOf(kind, [0], position), { position });
  /** Walks on from page to page, and gives what the last step is. */
  const walked = (
    [strategy, kind]: Case,
    positions: readonly Json[],
    options: WalkOptions = {},
    parts: Parameters<typeof pageOf>[2] = {},
  ) => {
    const { of } = requestsOf(strategy, { url }, options);
    const [first = null, ...rest] = positions;
    of(first);
    let before = first;
    let request: PageRequest | undefined;
    for (const position of rest) {
      request = of(position, pageOf(readingOf(kind, [0], before), { position: before }, parts));
      before = position;
    }
    return request;
  };
  const counted: readonly Case[] = [
    [byNumber, 'number'],
    [byNumber, 'offset'],
  ];

  it('to a request made before is LOOP, and the end or the same again where that is wanted', () => {
    const cursors: Case = [byCursor, 'cursor'];
    const again = ['a', 'b', 'a'];
    expect(errorOf(() => walked(cursors, again))).toEqual(loop);
    expect(walked(cursors, again, { onRepeat: 'complete' })).toBeUndefined();
    expect(walked(cursors, again, { onRepeat: 'allow' })?.params).toEqual({ cursor: 'a' });
  });

  it.each(counted)('of a count is LOOP where it turns round: %#', (...each) => {
    expect(walked(each, [4, 5, 7])?.params).toEqual({ page: 7 });
    expect(walked(each, [7, 5, 4])?.params).toEqual({ page: 4 });
    for (const back of [[4, 5, 3], [7, 5, 6], [4, 5, 5]]) {
      expect(errorOf(() => walked(each, back))).toEqual(loop);
      expect(errorOf(() => walked(each, back, { onRepeat: 'allow' }))).toEqual(loop);
      expect(walked(each, back, { onRepeat: 'complete' })).toBeUndefined();
    }
  }); // prettier-ignore

  it.each(counted)('of a count may lead to what was asked for otherwise: %#', (...each) => {
    const { of } = requestsOf(each[0]);
    of(6);
    expect(of(6, pageAt(each[1], 5))?.params).toEqual({ page: 6 });
  });

  it('of a count whose positions are no numbers is told by its request', () => {
    const each: Case = [byCursor, 'number'];
    expect(walked(each, ['z', 'b', 'y'])?.params).toEqual({ cursor: 'y' });
    expect(errorOf(() => walked(each, ['z', 'b', 'z']))).toEqual(loop);
  });

  it('back in search of known rows is none', () => {
    expect(walked(counted[1]!, [4, 5, 3], {}, { isGap: true })?.params).toEqual({ page: 3 });
  });

  it('where a walk goes on is none', () => {
    const { of } = requestsOf(byCursor);
    of('a');
    expect(of('a')?.params).toEqual({ cursor: 'a' });
  });
});
