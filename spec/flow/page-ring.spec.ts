import { NEVER, of, Subject } from 'rxjs';

import {
  numberPagination,
  paginate,
  PaginationError,
  type PageReply,
  type PaginationStrategy,
  type Transport,
  type WalkOptions,
} from 'paged-observable';
import { Lists, run } from '../support/counted-lists';
import { range } from '../support/list-api';
import { record } from '../support/recorder';

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

describe('pages asked for ahead', () => {
  it.each([
    { first: 1, from: 1, last: 5 },
    { first: 0, from: 0, last: 4 },
    { first: 1, from: 3, last: 5 },
  ])('are those up to the last where the server tells the number of pages: %j', (given) => {
    const { first, from, last } = given;
    const lists = new Lists(50, 10);
    lists.total = 'untold';
    lists.first = first;
    lists.params = { page: from };
    lists.said = () => ({ pages: 5 });
    const walked = run(lists, lists.byNumber({ concurrency: 8 }, { totalPages: '/pages' }));
    expect(walked.values).toEqual(range((from - first) * 10, 50));
    expect(lists.sent).toEqual(range(from, last + 1).map((page) => [page, page === from ? 0 : 10]));
  });

  it('are those up to the total where the walk begins behind the first row', () => {
    const lists = new Lists(100, 10);
    lists.params = { offset: 50 };
    const walked = run(lists, lists.byOffset({ concurrency: 8 }, { first: 0 }));
    expect(walked.values).toEqual(range(50, 100));
    expect(lists.sent).toEqual([50, 60, 70, 80, 90].map((at) => [at, at === 50 ? 0 : 10]));
  });

  it.each<[string, object, number, number]>([
    ['a number of items', { totalCount: '/total' }, 20, 40],
    ['a number of pages', { totalPages: '/pages' }, 20, 40],
    ['neither', {}, 40, 40],
  ])('are as many behind a short page as behind another where %s is told', (...given) => {
    const [, how, fourth, fifth] = given;
    const lists = new Lists(50, 10);
    lists.total = 'untold';
    lists.said = () => ({ total: 47, pages: 5 });
    lists.length = (page) => (page === 2 ? 7 : 10);
    lists.latency = (place) => (place === 2 ? 30 : 10);
    const walked = run(lists, lists.byNumber({ concurrency: 2 }, how));
    expect(walked.values).toEqual([...range(0, 17), ...range(20, 50)]);
    expect(lists.sent.slice(0, 5)).toEqual([
      [1, 0],
      [2, 10],
      [3, 10],
      [4, fourth],
      [5, fifth],
    ]);
  });

  it('are none behind a page without rows, as long as no other had any', () => {
    const lists = new Lists(50, 10);
    lists.total = 'untold';
    lists.said = (page) => ({ more: page < 5 });
    lists.length = (page) => (page <= 2 ? 0 : 10);
    const walked = run(lists, lists.byNumber({ concurrency: 4 }, { hasMore: '/more' }));
    expect(walked.values).toEqual(range(20, 50));
    expect(lists.sent.slice(0, 3)).toEqual([
      [1, 0],
      [2, 10],
      [3, 20],
    ]);
  });

  it('are none before the server allows a request', () => {
    const lists = new Lists(50, 10);
    const none = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0.05' };
    lists.headers = (page) => (page === 1 ? none : {});
    const walked = run(lists, lists.byNumber({ concurrency: 3 }));
    expect(walked.notifications).toEqual({ values: range(0, 50), errors: 0, completions: 1 });
    expect(lists.sent).toEqual([
      [1, 0],
      [2, 60],
      [3, 70],
      [4, 70],
      [5, 70],
    ]);
  });

  describe('are none', () => {
    /** Page numbers, and the next one where it is another than the number after it. */
    const strategy = (next: (page: number) => unknown, at = (page: number): unknown => page) => {
      const numbers = numberPagination<number>({ items: '/rows' });
      return {
        ...numbers,
        at: (request, position) => numbers.at(request, Number(position)),
        read: (request, reply) => {
          const reading = numbers.read(request, reply);
          const page = Number(reading.position);
          return { ...reading, position: at(page), next: () => next(page) };
        },
      } as PaginationStrategy<number>;
    };

    it.each<[string, PaginationStrategy<number>, number, number[]]>([
      [
        'positions are text',
        strategy((page) => (page < 5 ? String(page + 1) : undefined), String),
        1,
        [1, 2, 3, 4, 5],
      ],
      [
        'the page before has no position of its own',
        strategy(
          (page) => (page < 5 ? page + 1 : undefined),
          () => null,
        ),
        1,
        [1, 2, 3, 4, 5],
      ],
      [
        'the next position is text',
        strategy((page) => (page < 5 ? String(page + 1) : undefined)),
        1,
        [1, 2, 3, 4, 5],
      ],
      [
        'positions go down',
        strategy((page) => (page > 1 ? page - 1 : undefined)),
        5,
        [5, 4, 3, 2, 1],
      ],
    ])('where %s', (_, pagination, from, asked) => {
      const lists = new Lists(50, 10);
      lists.params = { page: from };
      const walked = run(lists, lists.walk(lists.numbers, pagination, { concurrency: 3 }));
      expect(walked.notifications).toMatchObject({ errors: 0, completions: 1 });
      expect(lists.sent).toEqual(asked.map((page, at) => [page, at * 10]));
    });

    it('where the next position is that of the page itself', () => {
      const lists = new Lists(50, 10);
      const pagination = strategy((page) => page);
      const walked = run(lists, lists.walk(lists.numbers, pagination, { concurrency: 3 }));
      expect(walked.error).toMatchObject({ code: 'LOOP' });
      expect(lists.asked).toEqual([1]);
    });
  });
});

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
  it('count the one that waits until the server allows it', () => {
    const lists = new Lists(100, 10);
    lists.length = (offset) => (offset === 10 ? 5 : 10);
    lists.latency = (offset) => (offset === 20 ? 70 : offset === 15 ? 100 : 10);
    const none = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0.05' };
    lists.headers = (offset) => (offset === 10 ? none : {});
    const walked = run(lists, lists.byOffset({ concurrency: 2, prefetch: 3, maxItems: 45 }));
    expect(walked.notifications).toEqual({ values: range(0, 45), errors: 0, completions: 1 });
    expect(lists.sent).toEqual([
      [0, 0],
      [10, 10],
      [20, 10],
      [15, 70],
      [25, 80],
      [30, 90],
      [35, 100],
    ]);
    expect(lists.mostInFlight).toBe(2);
  });

  it('do not count one whose turn has come twice', () => {
    const lists = new Lists(60, 10);
    lists.latency = (place) => (place === 0 ? 10 : 100);
    const more = new Subject<void>();
    const walked = record(lists.byNumber({ concurrency: 3, pacedBy: more }));
    lists.clock.schedule(() => {
      more.next();
    }, 50);
    lists.clock.flush();
    expect(walked.values).toEqual(range(0, 20));
    expect(lists.sent).toEqual([
      [1, 0],
      [2, 10],
      [3, 10],
      [4, 50],
    ]);
    walked.subscription.unsubscribe();
  });

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

describe('replies that come at once', () => {
  const { stackTraceLimit } = Error;
  beforeEach(() => {
    Error.stackTraceLimit = Infinity;
  });
  afterEach(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it('do not deepen the stack, however far ahead they are asked for', async () => {
    const asked: number[] = [];
    const depths: number[] = [];
    const transport: Transport = (request) => {
      const page = Number(request.params?.['page'] ?? 1);
      asked.push(page);
      depths.push(new Error().stack?.split('\n').length ?? 0);
      return of(replyOf(page));
    };
    const pagination = numberPagination<number>({ items: '/rows' });
    const options = { pagination, concurrency: 2, prefetch: 8, maxPages: 10 };
    const pages = paginate(transport, 'http://api.test/rows', options)[Symbol.asyncIterator]();
    expect(await pages.next()).toEqual({ done: false, value: 1 });
    expect(asked).toEqual(range(1, 11));
    expect(depths.slice(1)).toEqual(Array(9).fill(depths[1]));
    await pages.return?.();
  });
});
