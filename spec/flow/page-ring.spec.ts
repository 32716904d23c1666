import { NEVER, type Observable, of } from 'rxjs';

import {
  numberPagination,
  paginate,
  PaginationError,
  type PageReply,
  type Transport,
  type WalkOptions,
} from 'paged-observable';
import { Lists } from '../support/counted-lists';
import { range } from '../support/list-api';
import { record } from '../support/recorder';

/** Runs a walk to its end by the clock. */
function run(lists: Lists, walk: Observable<number>) {
  const walked = record(walk);
  lists.clock.flush();
  return walked;
}

/** A numbered list of one row a page without an end, of which page 1 comes at once and no other ever. */
class Endless {
  readonly asked: number[] = [];
  readonly aborted: number[] = [];
  /** Called for each request. */
  onRequest: (page: number) => void = () => undefined;

  readonly transport: Transport = (request, signal) => {
    const page = Number(request.params?.['page'] ?? 1);
    this.asked.push(page);
    signal.addEventListener('abort', () => this.aborted.push(page));
    this.onRequest(page);
    return page === 1 ? of(replyOf(page)) : NEVER;
  };

  walk(options: WalkOptions = {}) {
    const pagination = numberPagination<number>({ items: '/rows' });
    return paginate(this.transport, 'http://api.test/rows', {
      timeout: Infinity,
      pagination,
      ...options,
    });
  }
}

function replyOf(page: number): PageReply {
  return { status: 200, headers: {}, url: 'http://api.test/rows', body: { rows: [page] } };
}

describe('who hears of a request that is asked for ahead', () => {
  it('may leave: it is not sent, nor any other', () => {
    const api = new Endless();
    const events: string[] = [];
    const walk = api.walk({
      concurrency: 5,
      events: {
        next: (event) => {
          events.push(event.type);
          if (event.type === 'request' && event.index === 2) void pages.return?.();
        },
      },
    });
    const pages = walk[Symbol.asyncIterator]();
    void pages.next();
    expect(api.asked).toEqual([1, 2]);
    expect(api.aborted).toEqual([2]);
    expect(events).toEqual(['request', 'page', 'request', 'request', 'end']);
  });

  it('may leave as its transport: it is aborted, and no other is sent', () => {
    const api = new Endless();
    api.onRequest = (page) => {
      if (page === 3) void pages.return?.();
    };
    const pages = api.walk({ concurrency: 5 })[Symbol.asyncIterator]();
    void pages.next();
    expect(api.asked).toEqual([1, 2, 3]);
    expect(api.aborted).toEqual([2, 3]);
  });
});

describe('requests on their way at once', () => {
  it.each<[string, Partial<Lists>]>([
    ['a status', { status: (page, attempt) => (page === 3 && attempt === 1 ? 503 : 200) }],
    ['an error in a reply', { said: (page, attempt) => ({ error: page === 3 && attempt === 1 }) }],
    [
      'no reply',
      {
        failure: (page, attempt) =>
          page === 3 && attempt === 1 ? new PaginationError('NETWORK', 'cut') : undefined,
      },
    ],
  ])('count the one for a page that came before its turn as %s', (_, how) => {
    const lists = new Lists(80, 10);
    lists.latency = (place) => (place === 2 ? 10 : 40);
    Object.assign(lists, how);
    const options = { concurrency: 2, prefetch: 4, maxPages: 7, retry: { baseDelay: 2 } };
    const walked = run(lists, lists.byNumber(options, { apiError: '/error', retryApiError: true }));
    expect(walked.notifications).toEqual({ values: range(0, 70), errors: 0, completions: 1 });
    expect(lists.mostInFlight).toBe(2);
    expect(lists.sent).toEqual([
      [1, 0],
      [2, 40],
      [3, 40],
      [4, 50],
      [3, 80],
      [5, 90],
      [6, 90],
      [7, 130],
    ]);
  });
});
